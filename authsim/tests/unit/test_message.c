/* SPDX-License-Identifier: BSD-2-Clause */
#include "message.h"
#include "testing.h"

#include <ldns/ldns.h>

#include <stdlib.h>
#include <string.h>

static const uint8_t root[] = "";
static const uint8_t asked[] = "\3wWw\7eXample";
static const uint8_t www[] = "\3www\7example";
static const uint8_t example[] = "\7example";
static const uint8_t mail[] = "\4mail\7example";
static const uint8_t caa[] = "\0\5issueca.test";

enum { CAA_LEN = sizeof(caa) - 1, COUNT_MAX = 1100 };

static struct sim_query query_for(const uint8_t *name, uint16_t type)
{
    struct sim_query q = { .id = 0x4321,
                           .flags = 0x0110, /* RD, CD */
                           .has_question = true,
                           .type = type,
                           .class = 1 };

    memcpy(q.name, name, scn_name_length(name));
    return q;
}

static struct sim_rr rr_of(const uint8_t *owner, uint16_t type,
                           const uint8_t *rdata, size_t len)
{
    return (struct sim_rr){ .owner = owner,
                            .type = type,
                            .ttl = 300,
                            .rdata = rdata,
                            .rdata_len = (uint16_t)len };
}

static struct sim_rr_list list_of(struct sim_rr *rrs, size_t count)
{
    return (
        struct sim_rr_list){ .rrs = rrs, .count = count, .capacity = count };
}

/* Encodes and reads back with an independent parser. [owned] */
static ldns_pkt *encode(const struct sim_message *m, size_t limit,
                        size_t *len_out)
{
    uint8_t *buf = malloc(SIM_MESSAGE_MAX);
    ldns_pkt *pkt = NULL;

    assert_non_null(buf);
    *len_out = sim_message_encode(m, limit, buf);
    assert_true(*len_out <= limit);
    assert_int_equal(ldns_wire2pkt(&pkt, buf, *len_out), LDNS_STATUS_OK);
    free(buf);
    return pkt;
}

static void echoes_the_question_octet_for_octet(void **state)
{
    const struct sim_query q = query_for(asked, 257);
    struct sim_message m;
    uint8_t buf[SIM_MESSAGE_MAX];

    (void)state;
    sim_message_frame(&q, 0, &m);
    size_t len = sim_message_encode(&m, 512, buf);
    assert_int_equal(len, 12 + sizeof(asked) + 4);
    assert_memory_equal(buf + 12, asked, sizeof(asked));
    assert_int_equal(buf[0], 0x43);
    assert_int_equal(buf[1], 0x21);
    assert_int_equal(buf[2], 0x81); /* QR, RD */
    assert_int_equal(buf[3], 0x10); /* CD */
}

static void has_an_opt_when_it_was_asked_with_one(void **state)
{
    struct sim_query q = query_for(asked, 257);
    struct sim_message m;
    size_t len = 0;

    (void)state;
    q.edns = true;
    q.dnssec_ok = true;
    sim_message_frame(&q, 16, &m); /* BADVERS: 1 in the OPT, 0 below */
    ldns_pkt *pkt = encode(&m, 512, &len);
    assert_true(ldns_pkt_edns(pkt));
    assert_true(ldns_pkt_edns_do(pkt));
    assert_int_equal(ldns_pkt_edns_udp_size(pkt), 1232);
    assert_int_equal(ldns_pkt_edns_version(pkt), 0);
    assert_int_equal(ldns_pkt_edns_extended_rcode(pkt), 1);
    assert_int_equal(ldns_pkt_get_rcode(pkt), 0);
    ldns_pkt_free(pkt);
}

/* RFC 9824 section 5.1 */
static void says_that_compact_answers_are_known(void **state)
{
    struct sim_query q = query_for(asked, 257);
    struct sim_message m;
    size_t len = 0;

    (void)state;
    q.edns = true;
    q.compact_ok = true;
    sim_message_frame(&q, 0, &m);
    ldns_pkt *pkt = encode(&m, 512, &len);
    assert_false(ldns_pkt_edns_do(pkt));
    assert_int_equal(ldns_pkt_edns_z(pkt), 0x4000);
    ldns_pkt_free(pkt);
}

static void an_opt_may_be_malformed(void **state)
{
    struct sim_query q = query_for(asked, 257);
    struct sim_message m;
    uint8_t buf[SIM_MESSAGE_MAX];

    (void)state;
    q.edns = true;
    sim_message_frame(&q, 0, &m);
    m.opt_form = SCN_OPT_MALFORMED;
    size_t len = sim_message_encode(&m, 512, buf);
    assert_int_equal(len, 12 + sizeof(asked) + 4 + 11);
    assert_int_equal(buf[len - 1], 8); /* octets that are not there */
}

static void an_opt_may_be_echoed_unless_it_is_too_long(void **state)
{
    static const uint8_t opt[] = { 0, 0, 41, 16, 0, 0, 0, 0, 0,
                                   0, 6, 0,  10, 0, 2, 7, 7 };
    struct sim_query q = query_for(asked, 257);
    struct sim_message m;
    uint8_t buf[SIM_MESSAGE_MAX];
    const size_t before = 12 + sizeof(asked) + 4;

    (void)state;
    q.edns = true;
    q.opt = opt;
    q.opt_len = sizeof(opt);
    sim_message_frame(&q, 0, &m);
    m.opt_form = SCN_OPT_ECHO;
    assert_int_equal(sim_message_encode(&m, 512, buf), before + sizeof(opt));
    assert_memory_equal(buf + before, opt, sizeof(opt));
    assert_int_equal(sim_message_encode(&m, before + 1, buf), before);
    assert_int_equal(buf[2] & 0x02, 0x02); /* TC */
    assert_int_equal(buf[11], 0);          /* no OPT */
}

static void an_owner_may_keep_its_case(void **state)
{
    static const uint8_t capitals[] = "\3WWW\7EXAMPLE";
    const struct sim_query q = query_for(asked, 257);
    struct sim_rr rrs[] = { rr_of(capitals, 257, caa, CAA_LEN) };
    struct sim_message m;
    uint8_t buf[SIM_MESSAGE_MAX];

    (void)state;
    rrs[0].owner_as_is = true;
    sim_message_frame(&q, 0, &m);
    m.answer = list_of(rrs, 1);
    (void)sim_message_encode(&m, 512, buf);
    assert_memory_equal(buf + 12 + sizeof(asked) + 4, capitals,
                        sizeof(capitals));
}

static void limits_are_of_transport_and_edns(void **state)
{
    struct sim_query q = query_for(asked, 257);

    (void)state;
    assert_int_equal(sim_message_limit(&q, SCN_UDP), 512);
    assert_int_equal(sim_message_limit(&q, SCN_TCP), 65535);
    q.edns = true;
    q.edns_size = 100;
    assert_int_equal(sim_message_limit(&q, SCN_UDP), 512);
    q.edns_size = 1000;
    assert_int_equal(sim_message_limit(&q, SCN_UDP), 1000);
    q.edns_size = 4096;
    assert_int_equal(sim_message_limit(&q, SCN_UDP), 1232);
}

static void owners_that_were_written_become_pointers(void **state)
{
    const struct sim_query q = query_for(asked, 257);
    struct sim_rr rrs[] = { rr_of(www, 257, caa, CAA_LEN),
                            rr_of(www, 257, caa, CAA_LEN),
                            rr_of(mail, 257, caa, CAA_LEN) };
    struct sim_message m;
    size_t len = 0;

    (void)state;
    sim_message_frame(&q, 0, &m);
    m.answer = list_of(rrs, 3);
    ldns_pkt *pkt = encode(&m, 512, &len);
    const size_t fixed = 10 + CAA_LEN;
    assert_int_equal(len, 12 + sizeof(asked) + 4 + 2 * (2 + fixed) +
                              (5 + 2 + fixed));
    assert_int_equal(ldns_pkt_ancount(pkt), 3);
    ldns_pkt_free(pkt);
}

/* SOA: two names, then twenty octets. */
static const uint8_t soa[] = "\2ns\7example\0"
                             "\4root\2ns\7example\0"
                             "\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5";

static void names_in_rdata_of_rfc_1035_are_compressed(void **state)
{
    const struct sim_query q = query_for(asked, 6);
    static const uint8_t mx[] = "\0\012\4mail\7example";
    struct sim_rr rrs[] = { rr_of(example, 6, soa, sizeof(soa) - 1),
                            rr_of(example, 15, mx, sizeof(mx)) };
    struct sim_message m;
    size_t len = 0;

    (void)state;
    sim_message_frame(&q, 0, &m);
    m.authority = list_of(rrs, 2);
    ldns_pkt *pkt = encode(&m, 512, &len);
    assert_int_equal(len, 12 + sizeof(asked) + 4 +
                              (2 + 10 + 3 + 2 + 5 + 2 + 20) +
                              (2 + 10 + 2 + 5 + 2));
    ldns_rr *got = ldns_rr_list_rr(ldns_pkt_authority(pkt), 0);
    char *text = ldns_rdf2str(ldns_rr_rdf(got, 1));
    assert_string_equal(text, "root.ns.eXample.");
    free(text);
    ldns_pkt_free(pkt);
}

static void names_in_rdata_of_later_types_are_not(void **state)
{
    const struct sim_query q = query_for(asked, 39);
    struct sim_rr rrs[] = { rr_of(www, 39, mail, sizeof(mail)) };
    struct sim_message m;
    size_t len = 0;

    (void)state;
    sim_message_frame(&q, 0, &m);
    m.answer = list_of(rrs, 1);
    ldns_pkt_free(encode(&m, 512, &len));
    assert_int_equal(len, 12 + sizeof(asked) + 4 + 2 + 10 + sizeof(mail));
}

static void rdata_that_is_not_of_its_type_is_left_alone(void **state)
{
    static const uint8_t odd[][4] = {
        { 3, 'a', 'b', 'c' }, /* no end */
        { 0, 1, 2, 3 },       /* more after the name */
        { 0xc0, 12, 0, 0 },   /* a pointer */
    };
    const struct sim_query q = query_for(asked, 5);
    struct sim_message m;
    uint8_t buf[SIM_MESSAGE_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        struct sim_rr rrs[] = { rr_of(www, 5, odd[i], sizeof(odd[i])),
                                rr_of(www, 15, odd[i], 1),
                                rr_of(www, 5, odd[i], 0) };
        sim_message_frame(&q, 0, &m);
        m.answer = list_of(rrs, 3);
        size_t len = sim_message_encode(&m, 512, buf);
        const size_t at = 12 + sizeof(asked) + 4;
        assert_int_equal(len, at + 36 + 4 + 1);
        assert_memory_equal(buf + at + 12, odd[i], 4);
    }
}

static void the_root_needs_no_pointer(void **state)
{
    const struct sim_query q = query_for(root, 2);
    struct sim_rr rrs[] = { rr_of(root, 2, root, 1), rr_of(root, 2, root, 1) };
    struct sim_message m;
    size_t len = 0;

    (void)state;
    sim_message_frame(&q, 0, &m);
    m.answer = list_of(rrs, 2);
    ldns_pkt_free(encode(&m, 512, &len));
    assert_int_equal(len, 12 + 1 + 4 + 2 * 12);
}

static void a_set_that_does_not_fit_is_left_out_whole(void **state)
{
    static struct sim_rr rrs[COUNT_MAX];
    const struct sim_query q = query_for(asked, 257);
    struct sim_message m;
    size_t len = 0;

    (void)state;
    for (size_t i = 0; i < 1001; i++) {
        rrs[i] = rr_of(www, 257, caa, CAA_LEN);
    }
    sim_message_frame(&q, 0, &m);
    m.flags |= SCN_AA;
    m.answer = list_of(rrs, 1001);
    ldns_pkt *pkt = encode(&m, 1232, &len);
    assert_true(ldns_pkt_tc(pkt));
    assert_true(ldns_pkt_aa(pkt));
    assert_int_equal(ldns_pkt_ancount(pkt), 0);
    assert_int_equal(ldns_pkt_qdcount(pkt), 1);
    ldns_pkt_free(pkt);
    pkt = encode(&m, SIM_MESSAGE_MAX, &len);
    assert_false(ldns_pkt_tc(pkt));
    assert_int_equal(ldns_pkt_ancount(pkt), 1001);
    ldns_pkt_free(pkt);
}

static void additional_records_go_first_and_in_silence(void **state)
{
    static struct sim_rr rrs[COUNT_MAX];
    const struct sim_query q = query_for(asked, 257);
    struct sim_message m;
    size_t len = 0;

    (void)state;
    for (size_t i = 0; i < 100; i++) {
        rrs[i] = rr_of(mail, 257, caa, CAA_LEN);
    }
    sim_message_frame(&q, 0, &m);
    m.answer = list_of(rrs, 1);
    m.additional = list_of(rrs, 100);
    ldns_pkt *pkt = encode(&m, 512, &len);
    assert_false(ldns_pkt_tc(pkt));
    assert_int_equal(ldns_pkt_ancount(pkt), 1);
    assert_int_equal(ldns_pkt_arcount(pkt), 0);
    ldns_pkt_free(pkt);
}

static void a_referral_without_its_glue_is_truncated(void **state)
{
    static struct sim_rr rrs[COUNT_MAX];
    struct sim_rr ns[] = { rr_of(example, 2, mail, sizeof(mail)) };
    const struct sim_query q = query_for(asked, 257);
    struct sim_message m;
    size_t len = 0;

    (void)state;
    for (size_t i = 0; i < 100; i++) {
        rrs[i] = rr_of(mail, 1, (const uint8_t *)"\1\2\3\4", 4);
    }
    sim_message_frame(&q, 0, &m);
    m.authority = list_of(ns, 1);
    m.additional = list_of(rrs, 100);
    ldns_pkt *pkt = encode(&m, 512, &len);
    assert_true(ldns_pkt_tc(pkt));
    assert_int_equal(ldns_pkt_nscount(pkt), 1);
    ldns_pkt_free(pkt);
}

/* Many names, far beyond the places that are kept, and beyond 0x3fff. */
static void a_long_message_of_many_names_reads_back(void **state)
{
    static uint8_t names[COUNT_MAX][16];
    static struct sim_rr rrs[COUNT_MAX];
    const struct sim_query q = query_for(asked, 257);
    struct sim_message m;
    size_t len = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_MAX; i++) {
        memcpy(names[i], "\4aaaa\7example", 14);
        names[i][1] = (uint8_t)('a' + i % 26);
        names[i][2] = (uint8_t)('a' + i / 26 % 26);
        names[i][3] = (uint8_t)('a' + i / 676);
        rrs[i] = rr_of(names[i], 257, caa, CAA_LEN);
    }
    sim_message_frame(&q, 0, &m);
    m.answer = list_of(rrs, COUNT_MAX);
    ldns_pkt *pkt = encode(&m, SIM_MESSAGE_MAX, &len);
    assert_int_equal(ldns_pkt_ancount(pkt), COUNT_MAX);
    char *text = ldns_rdf2str(
        ldns_rr_owner(ldns_rr_list_rr(ldns_pkt_answer(pkt), COUNT_MAX - 1)));
    assert_memory_equal(text, (const char *)names[COUNT_MAX - 1] + 1, 4);
    assert_string_equal(text + 4, ".eXample.");
    free(text);
    ldns_pkt_free(pkt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(echoes_the_question_octet_for_octet),
        cmocka_unit_test(has_an_opt_when_it_was_asked_with_one),
        cmocka_unit_test(says_that_compact_answers_are_known),
        cmocka_unit_test(an_opt_may_be_malformed),
        cmocka_unit_test(an_opt_may_be_echoed_unless_it_is_too_long),
        cmocka_unit_test(an_owner_may_keep_its_case),
        cmocka_unit_test(limits_are_of_transport_and_edns),
        cmocka_unit_test(owners_that_were_written_become_pointers),
        cmocka_unit_test(names_in_rdata_of_rfc_1035_are_compressed),
        cmocka_unit_test(names_in_rdata_of_later_types_are_not),
        cmocka_unit_test(rdata_that_is_not_of_its_type_is_left_alone),
        cmocka_unit_test(the_root_needs_no_pointer),
        cmocka_unit_test(a_set_that_does_not_fit_is_left_out_whole),
        cmocka_unit_test(additional_records_go_first_and_in_silence),
        cmocka_unit_test(a_referral_without_its_glue_is_truncated),
        cmocka_unit_test(a_long_message_of_many_names_reads_back),
    };

    return cmocka_run_group_tests_name("authsim.message", tests, NULL, NULL);
}
