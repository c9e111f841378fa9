/* SPDX-License-Identifier: BSD-2-Clause */
#include "packet.h"
#include "query.h"
#include "testing.h"

#include <stdlib.h>

static const uint8_t www[] = "\3wWw\7example";

static enum sim_query_kind parse(const struct packet *p, struct sim_query *q,
                                 uint8_t *rcode)
{
    /* A copy of exactly that size, so that ASan sees an octet too far. */
    uint8_t *exact = malloc(p->len == 0 ? 1 : p->len);
    assert_non_null(exact);
    memcpy(exact, p->octets, p->len);
    enum sim_query_kind kind = sim_query_parse(exact, p->len, q, rcode);
    free(exact);
    return kind;
}

static void expect_error(const struct packet *p, uint8_t expected)
{
    struct sim_query q;
    uint8_t rcode = 99;

    assert_int_equal(parse(p, &q, &rcode), SIM_QUERY_ERROR);
    assert_int_equal(rcode, expected);
    assert_int_equal(q.id, 0x1234);
}

static void reads_a_plain_query(void **state)
{
    struct packet p;
    struct sim_query q;
    uint8_t rcode = 99;

    (void)state;
    packet_query(&p, www, 257, 0x0110);
    assert_int_equal(parse(&p, &q, &rcode), SIM_QUERY_GOOD);
    assert_int_equal(rcode, 0);
    assert_int_equal(q.id, 0x1234);
    assert_int_equal(q.flags, 0x0110);
    assert_true(q.has_question);
    assert_memory_equal(q.name, www, sizeof(www));
    assert_int_equal(q.type, 257);
    assert_int_equal(q.class, 1);
    assert_false(q.edns);
    assert_false(q.dnssec_ok);
}

static void reads_edns(void **state)
{
    struct packet p;
    struct sim_query q;
    uint8_t rcode = 99;

    (void)state;
    packet_query(&p, www, 1, 0);
    packet_opt(&p, 4096, 0, 0x8000);
    assert_int_equal(parse(&p, &q, &rcode), SIM_QUERY_GOOD);
    assert_true(q.edns);
    assert_int_equal(q.edns_size, 4096);
    assert_true(q.dnssec_ok);
    assert_false(q.compact_ok);
    assert_false(q.edns_options);
    assert_int_equal(q.opt_len, 11);
    packet_query(&p, www, 1, 0);
    packet_opt(&p, 4096, 0, 0x4000);
    assert_int_equal(parse(&p, &q, &rcode), SIM_QUERY_GOOD);
    assert_true(q.compact_ok);
    assert_false(q.dnssec_ok);
}

/* RFC 9824 section 3.5 */
static void refuses_to_be_asked_for_nxname(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 128, 0);
    expect_error(&p, SIM_FORMERR);
}

static void skips_edns_options(void **state)
{
    struct packet p;
    struct sim_query q;
    uint8_t rcode = 99;

    (void)state;
    packet_query(&p, www, 1, 0);
    packet_opt(&p, 1232, 0, 0);
    p.len -= 2;
    packet_u16(&p, 12); /* RDLENGTH: a cookie of eight octets */
    packet_u16(&p, 10);
    packet_u16(&p, 8);
    for (int i = 0; i < 8; i++) {
        packet_u8(&p, 0xc0);
    }
    assert_int_equal(parse(&p, &q, &rcode), SIM_QUERY_GOOD);
    assert_true(q.edns);
    assert_true(q.edns_options);
    assert_int_equal(q.opt_len, 11 + 12);
    assert_false(q.dnssec_ok);
}

static void put_option(struct packet *p, unsigned octets, unsigned said)
{
    packet_query(p, www, 1, 0);
    packet_option(p, octets, said);
}

static void options_fill_their_record_exactly(void **state)
{
    struct packet p;

    (void)state;
    put_option(&p, 8, 9);
    expect_error(&p, SIM_FORMERR);
    put_option(&p, 8, 7); /* one octet is left, which is no option */
    expect_error(&p, SIM_FORMERR);
    put_option(&p, 8, 65535);
    expect_error(&p, SIM_FORMERR);
}

/* RFC 6891 section 7: the OPT is understood, its options are not. */
static void a_malformed_option_is_answered_with_edns(void **state)
{
    struct packet p;
    struct sim_query q;
    uint8_t rcode = 0;

    (void)state;
    put_option(&p, 8, 9);
    assert_int_equal(parse(&p, &q, &rcode), SIM_QUERY_ERROR);
    assert_int_equal(rcode, SIM_FORMERR);
    assert_true(q.has_question);
    assert_true(q.edns);
    assert_null(q.opt);
}

/* Its length leads out of the message, not only out of the record. */
static void an_option_beyond_the_end_is_no_option(void **state)
{
    struct packet p;
    struct sim_query q;
    uint8_t rcode = 0;

    (void)state;
    put_option(&p, 0, 8);
    assert_int_equal(parse(&p, &q, &rcode), SIM_QUERY_ERROR);
    assert_int_equal(rcode, SIM_FORMERR);
    assert_true(q.edns);
    assert_null(q.opt);
}

static void every_truncation_is_ignored_or_an_error(void **state)
{
    struct packet whole;
    struct sim_query q;
    uint8_t rcode = 0;

    (void)state;
    packet_query(&whole, www, 257, 0);
    packet_opt(&whole, 1232, 0, 0);
    for (size_t len = 0; len < whole.len; len++) {
        struct packet part = whole;
        part.len = len;
        assert_int_equal(parse(&part, &q, &rcode), len < PACKET_HEADER
                                                       ? SIM_QUERY_IGNORED
                                                       : SIM_QUERY_ERROR);
        if (len >= PACKET_HEADER) {
            assert_int_equal(rcode, 1);
        }
    }
}

static void never_answers_a_response(void **state)
{
    struct packet p;
    struct sim_query q;
    uint8_t rcode = 0;

    (void)state;
    packet_query(&p, www, 1, 0x8000);
    assert_int_equal(parse(&p, &q, &rcode), SIM_QUERY_IGNORED);
}

static void does_not_implement_other_opcodes(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0x2000); /* NOTIFY */
    expect_error(&p, 4);
    packet_query(&p, www, 1, 0x7800);
    expect_error(&p, 4);
}

static void wants_exactly_one_question(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0);
    p.octets[5] = 0;
    expect_error(&p, 1);
    p.octets[5] = 2;
    expect_error(&p, 1);
}

static void refuses_other_classes_and_transfers(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 257, 0);
    p.octets[p.len - 1] = 3; /* CH */
    expect_error(&p, 5);
    packet_query(&p, www, 252, 0); /* AXFR */
    expect_error(&p, 5);
}

static void says_badvers_to_later_edns(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0);
    packet_opt(&p, 1232, 1, 0);
    expect_error(&p, 16);
}

static void two_opts_are_malformed(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0);
    packet_opt(&p, 1232, 0, 0);
    packet_opt(&p, 1232, 0, 0);
    expect_error(&p, 1);
}

static void an_opt_belongs_to_the_root(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0);
    packet_opt(&p, 1232, 0, 0);
    const size_t at = p.len - 11;
    memmove(p.octets + at + 2, p.octets + at + 1, 10);
    p.octets[at] = 0xc0; /* a pointer to the question */
    p.octets[at + 1] = PACKET_HEADER;
    p.len++;
    expect_error(&p, 1);
}

static void octets_after_the_end_are_malformed(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0);
    packet_u8(&p, 0);
    expect_error(&p, 1);
}

static void a_question_has_nothing_to_point_to(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0);
    p.octets[PACKET_HEADER] = 0xc0;
    expect_error(&p, 1);
    p.octets[PACKET_HEADER] = 0x40;
    expect_error(&p, 1);
}

static void opt_and_zero_are_no_types_to_ask_for(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 41, 0);
    expect_error(&p, 1);
    packet_query(&p, www, 0, 0);
    expect_error(&p, 1);
}

/* A name of labels of 63 octets, and one last label. */
static void put_long_name(uint8_t *name, uint8_t last)
{
    size_t at = 0;

    for (int i = 0; i < 3; i++) {
        name[at++] = 63;
        memset(name + at, 'a', 63);
        at += 63;
    }
    name[at++] = last;
    memset(name + at, 'b', last);
    name[at + last] = 0;
}

static void a_name_has_at_most_255_octets(void **state)
{
    uint8_t name[300];
    struct packet p;
    struct sim_query q;
    uint8_t rcode = 0;

    (void)state;
    put_long_name(name, 61); /* 3 * 64 + 62 + 1 = 255 */
    packet_query(&p, name, 1, 0);
    assert_int_equal(parse(&p, &q, &rcode), SIM_QUERY_GOOD);
    put_long_name(name, 62);
    packet_query(&p, name, 1, 0);
    expect_error(&p, 1);
}

static void skips_records_of_other_sections(void **state)
{
    struct packet p;
    struct sim_query q;
    uint8_t rcode = 0;

    (void)state;
    packet_query(&p, www, 1, 0);
    p.octets[9] = 1;  /* one authority record, as IXFR has */
    p.octets[11] = 1; /* one additional record, a TSIG say */
    for (int i = 0; i < 2; i++) {
        packet_name(&p, www);
        packet_u16(&p, 250);
        packet_u16(&p, 1);
        packet_u16(&p, 0);
        packet_u16(&p, 0);
        packet_u16(&p, 3);
        packet_u16(&p, 0);
        packet_u8(&p, 0);
    }
    assert_int_equal(parse(&p, &q, &rcode), SIM_QUERY_GOOD);
    assert_false(q.edns);
    p.octets[7] = 1; /* an answer record that is not there */
    expect_error(&p, 1);
}

static void a_label_type_of_01_in_a_record_is_malformed(void **state)
{
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0);
    p.octets[11] = 1;
    packet_u8(&p, 0x41);
    for (int i = 0; i < 80; i++) {
        packet_u8(&p, 0);
    }
    expect_error(&p, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_plain_query),
        cmocka_unit_test(refuses_to_be_asked_for_nxname),
        cmocka_unit_test(reads_edns),
        cmocka_unit_test(skips_edns_options),
        cmocka_unit_test(options_fill_their_record_exactly),
        cmocka_unit_test(a_malformed_option_is_answered_with_edns),
        cmocka_unit_test(an_option_beyond_the_end_is_no_option),
        cmocka_unit_test(every_truncation_is_ignored_or_an_error),
        cmocka_unit_test(never_answers_a_response),
        cmocka_unit_test(does_not_implement_other_opcodes),
        cmocka_unit_test(wants_exactly_one_question),
        cmocka_unit_test(refuses_other_classes_and_transfers),
        cmocka_unit_test(says_badvers_to_later_edns),
        cmocka_unit_test(two_opts_are_malformed),
        cmocka_unit_test(an_opt_belongs_to_the_root),
        cmocka_unit_test(octets_after_the_end_are_malformed),
        cmocka_unit_test(a_question_has_nothing_to_point_to),
        cmocka_unit_test(opt_and_zero_are_no_types_to_ask_for),
        cmocka_unit_test(a_name_has_at_most_255_octets),
        cmocka_unit_test(skips_records_of_other_sections),
        cmocka_unit_test(a_label_type_of_01_in_a_record_is_malformed),
    };

    return cmocka_run_group_tests_name("authsim.query", tests, NULL, NULL);
}
