/* SPDX-License-Identifier: BSD-2-Clause */
#include "answer.h"
#include "packet.h"
#include "reuse.h"

enum { EIGHT_HOURS = 28800, NINE_HOURS = 32400, DAY = 86400 };

static bool counts(enum caa_rule_reuse reuse, bool denial, uint32_t ttl_s,
                   int64_t age_s)
{
    struct caa_rules rules = { .reuse = (uint8_t)reuse };
    struct caa_earlier earlier = { .checked_s = 1000000000,
                                   .ttl_s = ttl_s,
                                   .denial = denial };

    return caa_reuse_counts(&rules, &earlier, earlier.checked_s + age_s);
}

static void stands_for_the_ttl_or_eight_hours(void **state)
{
    (void)state;
    assert_true(counts(CAA_REUSE_LONGER, false, 0, EIGHT_HOURS));
    assert_false(counts(CAA_REUSE_LONGER, false, 0, EIGHT_HOURS + 1));
    assert_true(counts(CAA_REUSE_LONGER, false, DAY, DAY));
    assert_false(counts(CAA_REUSE_LONGER, false, DAY, DAY + 1));
    assert_false(counts(CAA_REUSE_LONGER, true, 60, NINE_HOURS));
    assert_false(counts(CAA_REUSE_LONGER, false, DAY, -1));
    assert_false(counts(CAA_REUSE_NONE, false, DAY, 0));
}

static void wrong_readings_keep_it_longer(void **state)
{
    struct caa_rules rules = { .reuse = CAA_REUSE_LONGER,
                               .reuse_denial = CAA_REUSE_DENIAL_LONG };
    struct caa_earlier earlier = { .checked_s = 0, .denial = true };

    (void)state;
    assert_true(counts(CAA_REUSE_THIRTY_DAYS, false, 0, 30L * DAY));
    assert_false(counts(CAA_REUSE_THIRTY_DAYS, false, 0, 31L * DAY));
    assert_true(counts(CAA_REUSE_FOREVER, false, 0, 9000L * DAY));
    assert_true(caa_reuse_counts(&rules, &earlier, NINE_HOURS));
    earlier.denial = false;
    assert_false(caa_reuse_counts(&rules, &earlier, NINE_HOURS));
}

/* All records of packet.h have a TTL of 300. */
static uint32_t ttl_of(const struct packet *packet)
{
    struct caa_name name;
    struct caa_answer answer;

    assert_int_equal(caa_name_from_text("a.t", &name), CAA_OK);
    assert_int_equal(caa_answer_read(packet->octets, packet->length, &name,
                                     CAA_TYPE_CAA, &answer),
                     CAA_OK);
    uint32_t ttl_s = caa_reuse_ttl(&answer);
    caa_answer_fini(&answer);
    return ttl_s;
}

static void takes_the_least_ttl_of_an_answer(void **state)
{
    static const uint8_t issue[] = { 0, 5, 'i', 's', 's', 'u', 'e', ';' };
    static const uint8_t soa[] = { 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0,
                                   0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 60 };
    static const uint8_t odd[] = { 0, 0, 1 };
    static const uint8_t endless[] = { 0xff, 0xff, 0xff, 0xff };
    struct packet packet;

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 0, "a.t", CAA_TYPE_CAA, issue, sizeof(issue));
    assert_int_equal(ttl_of(&packet), 300);
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 1, "t", CAA_TYPE_SOA, soa, sizeof(soa));
    assert_int_equal(ttl_of(&packet), 60);
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 1, "t", CAA_TYPE_SOA, odd, sizeof(odd));
    assert_int_equal(ttl_of(&packet), 0);
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 1, "t", CAA_TYPE_SOA, endless, sizeof(endless));
    assert_int_equal(ttl_of(&packet), 0);
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    assert_int_equal(ttl_of(&packet), 0);
}

static void failures_last_for_no_time(void **state)
{
    struct caa_answer failed = { .outcome = CAA_OUTCOME_SERVFAIL };
    uint8_t octets[3] = { 0 };
    struct caa_answer cut = { .outcome = CAA_OUTCOME_ANSWERED,
                              .packet = octets,
                              .packet_length = sizeof(octets) };
    uint8_t short_of_one[12] = { 0, 0, 0x80, 0, 0, 0, 0, 1 };
    struct caa_answer lacking = { .outcome = CAA_OUTCOME_ANSWERED,
                                  .packet = short_of_one,
                                  .packet_length = sizeof(short_of_one) };

    (void)state;
    assert_int_equal(caa_reuse_ttl(&failed), 0);
    assert_int_equal(caa_reuse_ttl(&cut), 0);
    assert_int_equal(caa_reuse_ttl(&lacking), 0);
}

static void a_check_keeps_what_all_its_names_keep(void **state)
{
    struct caa_answer failed = { .outcome = CAA_OUTCOME_SERVFAIL };
    struct caa_step step = { .answer = &failed };
    struct caa_result found = { .found = true };
    struct caa_result denied = { .steps = &step, .step_count = 1 };
    struct caa_earlier earlier = { .ttl_s = UINT32_MAX };

    (void)state;
    caa_reuse_add(&earlier, &found);
    assert_true(earlier.ttl_s == UINT32_MAX);
    assert_false(earlier.denial);
    caa_reuse_add(&earlier, &denied);
    caa_reuse_add(&earlier, &found);
    assert_int_equal(earlier.ttl_s, 0);
    assert_true(earlier.denial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_for_the_ttl_or_eight_hours),
        cmocka_unit_test(wrong_readings_keep_it_longer),
        cmocka_unit_test(takes_the_least_ttl_of_an_answer),
        cmocka_unit_test(failures_last_for_no_time),
        cmocka_unit_test(a_check_keeps_what_all_its_names_keep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
