/* SPDX-License-Identifier: BSD-2-Clause */
/* The proof that a zone is Insecure, and what an allowed failure does with it.
 * The NSEC3 owner is the one of RFC 5155 appendix A: H(example). */
#include "denial.h"
#include "fake_lookup.h"
#include "packet.h"

#include <caacheck/check.h>

#define H_EXAMPLE "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"
#define H_A       "35mthgpgcu1qg68fab165klnsnk3dpvl"

/* Type bitmaps: NS; NS and SOA; NS and DS; A. */
static const uint8_t bits_ns[] = { 0, 1, 0x20 };
static const uint8_t bits_apex[] = { 0, 1, 0x22 };
static const uint8_t bits_signed[] = { 0, 6, 0x20, 0, 0, 0, 0, 0x10 };
static const uint8_t bits_plain[] = { 0, 1, 0x40 };

static void nsec(struct packet *packet, const char *owner,
                 const uint8_t *bitmap, size_t length)
{
    uint8_t rdata[64] = { 1, 'z', 0 };

    packet_begin(packet, 0, owner, CAA_TYPE_DS);
    memcpy(rdata + 3, bitmap, length);
    packet_record(packet, 1, owner, CAA_TYPE_NSEC, rdata, 3 + length);
}

/* Salt aabbccdd, 12 iterations, as in RFC 5155 appendix A. */
static void nsec3(struct packet *packet, const char *owner, uint8_t flags,
                  const uint8_t *bitmap, size_t length)
{
    uint8_t rdata[64] = { 1, flags, 0, 12, 4, 0xAA, 0xBB, 0xCC, 0xDD, 20 };

    packet_begin(packet, 0, "example", CAA_TYPE_DS);
    memcpy(rdata + 30, bitmap, length);
    packet_record(packet, 1, owner, CAA_TYPE_NSEC3, rdata, 30 + length);
}

static enum caa_denial denial_of(const struct packet *packet, const char *text)
{
    struct caa_name name = fake_name(text);

    return caa_denial_read(packet->octets, packet->length, &name);
}

static void an_nsec_with_ns_alone_shows_a_cut(void **state)
{
    struct packet packet;

    (void)state;
    nsec(&packet, "cut.t", bits_ns, sizeof(bits_ns));
    assert_int_equal(denial_of(&packet, "cut.t"), CAA_DENIAL_CUT);
    assert_int_equal(denial_of(&packet, "other.t"), CAA_DENIAL_NO_CUT);
    nsec(&packet, "cut.t", bits_apex, sizeof(bits_apex));
    assert_int_equal(denial_of(&packet, "cut.t"), CAA_DENIAL_NO_CUT);
    nsec(&packet, "cut.t", bits_signed, sizeof(bits_signed));
    assert_int_equal(denial_of(&packet, "cut.t"), CAA_DENIAL_NO_CUT);
    nsec(&packet, "cut.t", bits_plain, sizeof(bits_plain));
    assert_int_equal(denial_of(&packet, "cut.t"), CAA_DENIAL_NO_CUT);
    nsec(&packet, "cut.t", bits_ns, 0);
    assert_int_equal(denial_of(&packet, "cut.t"), CAA_DENIAL_NO_CUT);
}

static void an_nsec3_shows_a_cut_only_for_the_name_it_hashes(void **state)
{
    struct packet packet;

    (void)state;
    nsec3(&packet, H_EXAMPLE ".example", 0, bits_ns, sizeof(bits_ns));
    assert_int_equal(denial_of(&packet, "example"), CAA_DENIAL_CUT);
    assert_int_equal(denial_of(&packet, "a.example"), CAA_DENIAL_NO_CUT);
    nsec3(&packet, H_A ".example", 0, bits_ns, sizeof(bits_ns));
    assert_int_equal(denial_of(&packet, "a.example"), CAA_DENIAL_CUT);
    nsec3(&packet, H_A ".example", 0, bits_plain, sizeof(bits_plain));
    assert_int_equal(denial_of(&packet, "a.example"), CAA_DENIAL_NO_CUT);
}

static void an_opt_out_span_is_seen(void **state)
{
    struct packet packet;

    (void)state;
    nsec3(&packet, H_EXAMPLE ".example", 1, bits_ns, sizeof(bits_ns));
    assert_int_equal(denial_of(&packet, "b.example"), CAA_DENIAL_OPT_OUT);
}

static void denials_that_cannot_be_read_show_nothing(void **state)
{
    static const uint8_t cut_short[] = { 1, 1, 0, 12, 200 };
    static const uint8_t no_name[] = { 63, 'x' };
    struct packet packet;

    (void)state;
    packet_begin(&packet, 0, "t", CAA_TYPE_DS);
    packet_record(&packet, 1, "t", CAA_TYPE_NSEC3, cut_short,
                  sizeof(cut_short));
    packet_record(&packet, 1, "t", CAA_TYPE_NSEC, no_name, sizeof(no_name));
    assert_int_equal(denial_of(&packet, "t"), CAA_DENIAL_NO_CUT);
    nsec(&packet, "t", bits_ns, sizeof(bits_ns));
    packet.length--;
    assert_int_equal(denial_of(&packet, "t"), CAA_DENIAL_NO_CUT);
    packet_begin(&packet, 0, "t", CAA_TYPE_DS);
    packet_record(&packet, 0, "t", CAA_TYPE_NSEC, bits_ns, sizeof(bits_ns));
    assert_int_equal(denial_of(&packet, "t"), CAA_DENIAL_NO_CUT);
}

static void too_many_iterations_show_nothing(void **state)
{
    uint8_t rdata[33] = { 1, 0, 1, 0, 0, 20 };
    struct packet packet;

    (void)state;
    memcpy(rdata + 26, bits_ns, sizeof(bits_ns));
    packet_begin(&packet, 0, "example", CAA_TYPE_DS);
    packet_record(&packet, 1, H_EXAMPLE ".example", CAA_TYPE_NSEC3, rdata, 29);
    assert_int_equal(denial_of(&packet, "example"), CAA_DENIAL_NO_CUT);
}

static void a_ds_set_is_unknown_only_when_all_of_it_is(void **state)
{
    static const uint8_t known[] = { 0, 1, 13, 2, 0 };
    static const uint8_t digest[] = { 0, 1, 13, 200, 0 };
    static const uint8_t algorithm[] = { 0, 1, 200, 2, 0 };
    struct caa_rdata set[] = { { digest, 5 }, { algorithm, 5 }, { known, 5 } };

    (void)state;
    assert_true(caa_ds_all_unknown(set, 2));
    assert_false(caa_ds_all_unknown(set, 3));
    assert_false(caa_ds_all_unknown(set, 0));
    set[1].length = 3;
    assert_false(caa_ds_all_unknown(set, 2));
}

/* The same name, x.zone.t, failing in zones of every kind. */
static struct caa_result run_with(const struct fake_line *lines,
                                  const char *profile, caa_date date,
                                  const char *rule)
{
    struct fake_lookup fake;
    struct caa_rules rules;
    struct caa_subject subject;
    struct caa_result result;
    const char *problem = NULL;
    struct caa_request request = { .issuer_count = 0 };
    struct caa_check check = { .request = &request, .rules = &rules };
    enum caa_status st = CAA_PENDING;

    fake_init(&fake, lines);
    check.lookup = &fake.lookup;
    caa_result_init(&result);
    assert_int_equal(caa_profile_rules(profile, date, CAA_KIND_TLS, &rules),
                     CAA_OK);
    rules.failure = CAA_FAILURE_ALLOW;
    if (rule != NULL) {
        assert_int_equal(caa_rules_apply(&rules, rule), CAA_OK);
    }
    assert_int_equal(
        caa_subject_parse("x.zone.t", CAA_KIND_TLS, &subject, &problem),
        CAA_OK);
    while (st == CAA_PENDING) {
        st = caa_check_subject(&check, &subject, &result);
    }
    assert_int_equal(st, CAA_OK);
    fake_fini(&fake);
    return result;
}

static bool permits(const struct fake_line *lines, const char *profile,
                    caa_date date, const char *rule)
{
    struct caa_result result = run_with(lines, profile, date, rule);
    bool permitted = result.verdict == CAA_PERMIT;

    caa_result_fini(&result);
    return permitted;
}

#define FAILING                                                            \
    {                                                                      \
        .name = "x.zone.t", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 \
    }
#define SIGNED_TLD                                        \
    {                                                     \
        .name = "t", .type = CAA_TYPE_DS, .secure = true, \
        .octets = "\0\1\15\2x", .octet_count = 5          \
    }

static void a_failure_in_a_proven_insecure_zone_may_be_allowed(void **state)
{
    struct packet cut;

    (void)state;
    nsec(&cut, "zone.t", bits_ns, sizeof(bits_ns));
    const struct fake_line lines[] = {
        FAILING,
        SIGNED_TLD,
        { .name = "zone.t",
          .type = CAA_TYPE_DS,
          .secure = true,
          .packet = cut.octets,
          .packet_length = cut.length },
        { .name = "t", .caa = { "0 issue ;" } },
        { NULL },
    };
    const struct fake_line no_parent[] = {
        lines[0], lines[1], lines[2], { NULL }
    };
    assert_true(permits(no_parent, "tls-br", 20261101, NULL));
    assert_true(permits(no_parent, "rfc8659", 20261101, NULL));
    assert_true(permits(no_parent, "tls-br", 20250101, NULL));
    assert_false(
        permits(no_parent, "tls-br", 20261101, "lookup-failure=refuse"));
    assert_false(permits(lines, "tls-br", 20261101, NULL));
    assert_true(permits(lines, "tls-br", 20261101, "allowed-failure=permit"));
}

static void a_failure_in_a_signed_zone_is_not_allowed(void **state)
{
    struct packet plain;

    (void)state;
    nsec(&plain, "x.zone.t", bits_plain, sizeof(bits_plain));
    const struct fake_line lines[] = {
        FAILING,
        SIGNED_TLD,
        { .name = "zone.t",
          .type = CAA_TYPE_DS,
          .secure = true,
          .octets = "\0\1\15\2x",
          .octet_count = 5 },
        { .name = "x.zone.t",
          .type = CAA_TYPE_DS,
          .secure = true,
          .packet = plain.octets,
          .packet_length = plain.length },
        { NULL },
    };
    assert_false(permits(lines, "tls-br", 20261101, NULL));
    assert_false(permits(lines, "rfc8659", 20261101, NULL));
    assert_true(permits(lines, "tls-br", 20261101, "failure-proof=none"));
}

static void unknown_ds_digests_are_a_proof(void **state)
{
    static const struct fake_line lines[] = {
        FAILING,
        SIGNED_TLD,
        { .name = "zone.t",
          .type = CAA_TYPE_DS,
          .secure = true,
          .octets = "\0\1\15\310x",
          .octet_count = 5 },
        { NULL },
    };

    (void)state;
    assert_true(permits(lines, "tls-br", 20261101, NULL));
}

static void the_validators_word_was_enough_before_2025_07_21(void **state)
{
    static const struct fake_line lines[] = {
        FAILING,
        SIGNED_TLD,
        { .name = "zone.t", .type = CAA_TYPE_DS },
        { NULL },
    };

    (void)state;
    assert_true(permits(lines, "tls-br", 20250720, NULL));
    assert_false(permits(lines, "tls-br", 20250721, NULL));
    assert_true(permits(lines, "rfc8659", 20261101, NULL));
}

static void an_opt_out_span_is_a_proof(void **state)
{
    struct packet packet;

    (void)state;
    nsec3(&packet, H_EXAMPLE ".t", 1, bits_ns, sizeof(bits_ns));
    const struct fake_line lines[] = {
        FAILING,
        SIGNED_TLD,
        { .name = "zone.t",
          .type = CAA_TYPE_DS,
          .packet = packet.octets,
          .packet_length = packet.length },
        { NULL },
    };
    assert_true(permits(lines, "tls-br", 20261101, NULL));
}

static void what_fails_or_is_denied_proves_nothing(void **state)
{
    static const struct fake_line bogus[] = {
        FAILING, { .name = "t", .type = CAA_TYPE_DS, .bogus = true }, { NULL }
    };
    static const struct fake_line silent[] = {
        FAILING,
        { .name = "t", .type = CAA_TYPE_DS, .outcome = CAA_OUTCOME_TIMEOUT },
        { NULL }
    };
    static const struct fake_line denied[] = {
        FAILING,
        { .name = "t", .type = CAA_TYPE_DS, .secure = true, .rcode = 3 },
        { NULL }
    };

    (void)state;
    assert_false(permits(bogus, "rfc8659", 20261101, NULL));
    assert_false(permits(silent, "rfc8659", 20261101, NULL));
    assert_false(permits(denied, "rfc8659", 20261101, NULL));
}

static void a_failure_that_was_not_retried_is_not_allowed(void **state)
{
    static const struct fake_line lines[] = {
        { .name = "x.zone.t", .outcome = CAA_OUTCOME_TIMEOUT, .attempts = 1 },
        { .name = "t", .type = CAA_TYPE_DS },
        { NULL },
    };

    (void)state;
    assert_false(permits(lines, "rfc8659", 20261101, NULL));
    assert_true(permits(lines, "rfc8659", 20261101, "retry=none"));
}

static void a_bogus_answer_is_never_allowed(void **state)
{
    static const struct fake_line lines[] = {
        { .name = "x.zone.t", .bogus = true, .attempts = 2 },
        { .name = "t", .type = CAA_TYPE_DS },
        { NULL },
    };

    (void)state;
    assert_false(permits(lines, "rfc8659", 20261101, NULL));
}

static void the_target_of_an_alias_must_be_insecure_as_well(void **state)
{
    static const struct fake_line secure_target[] = {
        FAILING,
        { .name = "t", .type = CAA_TYPE_DS },
        { .name = "x.zone.t", .type = CAA_TYPE_CNAME, .dname_target = "y.s" },
        { .name = "s",
          .type = CAA_TYPE_DS,
          .secure = true,
          .octets = "\0\1\15\2x",
          .octet_count = 5 },
        { .name = "y.s", .type = CAA_TYPE_DS, .secure = true, .rcode = 3 },
        { NULL },
    };
    static const struct fake_line insecure_target[] = {
        FAILING,
        { .name = "t", .type = CAA_TYPE_DS },
        { .name = "x.zone.t", .type = CAA_TYPE_CNAME, .dname_target = "y.s" },
        { .name = "y.s", .outcome = CAA_OUTCOME_TIMEOUT, .attempts = 2 },
        { NULL },
    };
    const struct fake_line answering_target[] = {
        insecure_target[0],
        insecure_target[1],
        insecure_target[2],
        { NULL },
    };
    static const struct fake_line looping[] = {
        FAILING,
        { .name = "x.zone.t",
          .type = CAA_TYPE_CNAME,
          .dname_target = "x.zone.t" },
        { NULL },
    };

    (void)state;
    assert_false(permits(secure_target, "rfc8659", 20261101, NULL));
    assert_true(permits(insecure_target, "rfc8659", 20261101, NULL));
    assert_false(permits(answering_target, "rfc8659", 20261101, NULL));
    assert_false(permits(looping, "rfc8659", 20261101, NULL));
}

static void an_alias_that_cannot_be_asked_for_shows_nothing(void **state)
{
    static const struct fake_line silent[] = {
        FAILING,
        { .name = "t", .type = CAA_TYPE_DS },
        { .name = "x.zone.t",
          .type = CAA_TYPE_CNAME,
          .outcome = CAA_OUTCOME_TIMEOUT },
        { NULL },
    };
    static const struct fake_line bogus[] = {
        FAILING,
        { .name = "t", .type = CAA_TYPE_DS },
        { .name = "x.zone.t", .type = CAA_TYPE_CNAME, .bogus = true },
        { NULL },
    };

    (void)state;
    assert_false(permits(silent, "rfc8659", 20261101, NULL));
    assert_false(permits(bogus, "rfc8659", 20261101, NULL));
}

/* A DS asked for at an alias is answered for the target, with its status. */
static void what_the_target_of_an_alias_denies_is_not_its_owners(void **state)
{
    struct packet packet;

    (void)state;
    nsec3(&packet, H_EXAMPLE ".s", 1, bits_ns, sizeof(bits_ns));
    const struct fake_line lines[] = {
        FAILING,
        SIGNED_TLD,
        { .name = "zone.t",
          .type = CAA_TYPE_DS,
          .aliases = { "y.s" },
          .packet = packet.octets,
          .packet_length = packet.length },
        { NULL },
    };
    assert_false(permits(lines, "tls-br", 20261101, NULL));
    assert_false(permits(lines, "rfc8659", 20261101, NULL));
}

static void below_a_root_that_does_not_validate_nothing_is_shown(void **state)
{
    struct packet cut;

    (void)state;
    nsec(&cut, "zone.t", bits_ns, sizeof(bits_ns));
    const struct fake_line lines[] = {
        FAILING,
        SIGNED_TLD,
        { .name = "zone.t",
          .type = CAA_TYPE_DS,
          .secure = true,
          .packet = cut.octets,
          .packet_length = cut.length },
        { .name = ".", .type = CAA_TYPE_DNSKEY },
        { NULL },
    };
    assert_false(permits(lines, "tls-br", 20261101, NULL));
}

static void every_proof_has_a_wording(void **state)
{
    (void)state;
    for (int shown = CAA_SHOWN_NOTHING; shown <= CAA_SHOWN_NO_FAULT; shown++) {
        assert_true(strlen(caa_shown_text((enum caa_shown)shown)) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_nsec_with_ns_alone_shows_a_cut),
        cmocka_unit_test(an_nsec3_shows_a_cut_only_for_the_name_it_hashes),
        cmocka_unit_test(an_opt_out_span_is_seen),
        cmocka_unit_test(denials_that_cannot_be_read_show_nothing),
        cmocka_unit_test(too_many_iterations_show_nothing),
        cmocka_unit_test(a_ds_set_is_unknown_only_when_all_of_it_is),
        cmocka_unit_test(a_failure_in_a_proven_insecure_zone_may_be_allowed),
        cmocka_unit_test(a_failure_in_a_signed_zone_is_not_allowed),
        cmocka_unit_test(unknown_ds_digests_are_a_proof),
        cmocka_unit_test(the_validators_word_was_enough_before_2025_07_21),
        cmocka_unit_test(an_opt_out_span_is_a_proof),
        cmocka_unit_test(what_fails_or_is_denied_proves_nothing),
        cmocka_unit_test(a_failure_that_was_not_retried_is_not_allowed),
        cmocka_unit_test(a_bogus_answer_is_never_allowed),
        cmocka_unit_test(the_target_of_an_alias_must_be_insecure_as_well),
        cmocka_unit_test(an_alias_that_cannot_be_asked_for_shows_nothing),
        cmocka_unit_test(what_the_target_of_an_alias_denies_is_not_its_owners),
        cmocka_unit_test(below_a_root_that_does_not_validate_nothing_is_shown),
        cmocka_unit_test(every_proof_has_a_wording),
    };

    return cmocka_run_group_tests_name("checker.insecure", tests, NULL, NULL);
}
