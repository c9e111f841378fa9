/* SPDX-License-Identifier: BSD-2-Clause */
#include "near_miss.h"
#include "testing.h"

static const uint8_t apex[] = "\4path";
static const uint8_t www[] = "\3www\4path";
static const uint8_t api[] = "\3api\4path";
static const uint8_t other[] = "\5other";

/* The key that the example query misses of filter. */
static const char *missed(struct scn_filter filter)
{
    const struct sim_fault_query q = { .server = "far",
                                       .name = www,
                                       .type = SCN_TYPE_CAA,
                                       .transport = SCN_UDP,
                                       .edns = true,
                                       .dnssec_ok = true,
                                       .perspective = "primary" };

    return sim_near_miss_key(&filter, &q);
}

static void the_one_key_that_is_missed_is_named(void **state)
{
    const struct scn_filter matching = { .under = apex };
    struct scn_filter f = matching;

    (void)state;
    f.server = "near";
    assert_string_equal(missed(f), "server");
    f = matching;
    f.name = api;
    assert_string_equal(missed(f), "name");
    f = matching;
    f.type = 1;
    assert_string_equal(missed(f), "type");
    f = matching;
    f.transport = SCN_TCP;
    assert_string_equal(missed(f), "transport");
    f = matching;
    f.edns = SCN_EDNS_ABSENT;
    assert_string_equal(missed(f), "edns");
    f = matching;
    f.dnssec_ok = SCN_DO_CLEAR;
    assert_string_equal(missed(f), "dnssec-ok");
    f = matching;
    f.name_case = SCN_CASE_MIXED;
    assert_string_equal(missed(f), "case");
    f = matching;
    f.perspective = "remote-1";
    assert_string_equal(missed(f), "perspective");
    f = (struct scn_filter){ .name = www, .under = other };
    assert_string_equal(missed(f), "under");
}

static void every_key_but_one_may_match(void **state)
{
    (void)state;
    assert_string_equal(missed((struct scn_filter){ .server = "far",
                                                    .name = www,
                                                    .type = SCN_TYPE_CAA,
                                                    .transport = SCN_TCP,
                                                    .edns = SCN_EDNS_PRESENT,
                                                    .dnssec_ok = SCN_DO_SET,
                                                    .name_case = SCN_CASE_LOWER,
                                                    .perspective = "primary" }),
                        "transport");
}

static void two_keys_are_no_near_miss(void **state)
{
    (void)state;
    assert_null(missed((struct scn_filter){
        .server = "near", .name = api, .type = SCN_TYPE_CAA }));
}

/* Or a fault on one type would nearly match every query of another. */
static void a_lonely_key_is_no_near_miss(void **state)
{
    (void)state;
    assert_null(missed((struct scn_filter){ .type = 1 }));
}

static void what_matches_misses_nothing(void **state)
{
    (void)state;
    assert_null(missed((struct scn_filter){ .type = SCN_TYPE_ANY }));
    assert_null(missed((struct scn_filter){ .server = "far", .name = www }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_one_key_that_is_missed_is_named),
        cmocka_unit_test(every_key_but_one_may_match),
        cmocka_unit_test(two_keys_are_no_near_miss),
        cmocka_unit_test(a_lonely_key_is_no_near_miss),
        cmocka_unit_test(what_matches_misses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
