/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t apex[] = "\4path";
static const uint8_t www[] = "\3www\4path";
static const uint8_t mixed[] = "\3wWw\4path";
static const uint8_t api[] = "\3api\4path";
static const uint8_t other[] = "\3www\5other";

static struct sim_fault_query example(void)
{
    return (struct sim_fault_query){ .server = "far",
                                     .name = www,
                                     .type = 257,
                                     .transport = SCN_UDP,
                                     .edns = true,
                                     .dnssec_ok = true,
                                     .perspective = "primary" };
}

static bool matches(struct scn_filter filter)
{
    const struct sim_fault_query q = example();

    return sim_fault_filter_matches(&filter, &q);
}

static unsigned match_at(struct sim_fault_state *faults, int64_t now_ns)
{
    struct sim_fault_query q = example();
    struct sim_fault_hit hit;

    q.now_ns = now_ns;
    assert_int_equal(sim_fault_match(faults, &q, &hit), SIM_OK);
    return hit.match_number;
}

static void a_window_begins_anew_with_the_first_match_after_it(void **state)
{
    const struct scn_fault limit = { .enabled = true,
                                     .after = 2,
                                     .window_ms = 1000 };
    struct sim_fault_state *faults = sim_fault_state_new(&limit, 1);

    (void)state;
    assert_non_null(faults);
    assert_int_equal(match_at(faults, 5000), 0);
    assert_int_equal(match_at(faults, 600000000), 0);
    assert_int_equal(match_at(faults, 999999999), 3);
    assert_int_equal(match_at(faults, 1000004999), 4);
    assert_int_equal(match_at(faults, 1000005000), 0);
    assert_int_equal(match_at(faults, 1000005001), 0);
    assert_int_equal(match_at(faults, 1000005002), 3);
    sim_fault_state_free(faults);
}

static void an_empty_filter_matches_everything(void **state)
{
    (void)state;
    assert_true(matches((struct scn_filter){ .type = SCN_TYPE_ANY }));
}

static void every_key_of_a_filter_must_match(void **state)
{
    (void)state;
    assert_true(matches((struct scn_filter){ .server = "far" }));
    assert_false(matches((struct scn_filter){ .server = "near" }));
    assert_true(matches((struct scn_filter){ .name = mixed }));
    assert_false(matches((struct scn_filter){ .name = api }));
    assert_true(matches((struct scn_filter){ .under = apex }));
    assert_true(matches((struct scn_filter){ .under = www }));
    assert_false(matches((struct scn_filter){ .under = other }));
    assert_true(matches((struct scn_filter){ .type = 257 }));
    assert_false(matches((struct scn_filter){ .type = 1 }));
    assert_true(matches((struct scn_filter){ .transport = SCN_UDP }));
    assert_false(matches((struct scn_filter){ .transport = SCN_TCP }));
    assert_true(matches((struct scn_filter){ .edns = SCN_EDNS_PRESENT }));
    assert_false(matches((struct scn_filter){ .edns = SCN_EDNS_ABSENT }));
    assert_true(matches((struct scn_filter){ .dnssec_ok = SCN_DO_SET }));
    assert_false(matches((struct scn_filter){ .dnssec_ok = SCN_DO_CLEAR }));
    assert_true(matches((struct scn_filter){ .name_case = SCN_CASE_LOWER }));
    assert_false(matches((struct scn_filter){ .name_case = SCN_CASE_MIXED }));
    assert_true(matches((struct scn_filter){ .perspective = "primary" }));
    assert_false(matches((struct scn_filter){ .perspective = "remote-1" }));
    assert_false(matches((struct scn_filter){ .server = "far", .type = 1 }));
}

static void edns_is_seen_with_its_version_and_options(void **state)
{
    const struct scn_filter newer = { .edns = SCN_EDNS_NEWER };
    const struct scn_filter options = { .edns = SCN_EDNS_OPTIONS };
    struct sim_fault_query q = example();

    (void)state;
    assert_false(sim_fault_filter_matches(&newer, &q));
    assert_false(sim_fault_filter_matches(&options, &q));
    q.edns_newer = true;
    assert_true(sim_fault_filter_matches(&newer, &q));
    assert_false(sim_fault_filter_matches(&options, &q));
    q.edns_options = true;
    assert_true(sim_fault_filter_matches(&options, &q));
}

static void mixed_case_is_seen(void **state)
{
    const struct scn_filter filter = { .name_case = SCN_CASE_MIXED };
    struct sim_fault_query q = example();

    (void)state;
    q.name = mixed;
    assert_true(sim_fault_filter_matches(&filter, &q));
}

static char letter(const struct scn_fault *faults,
                   const struct scn_fault *fault)
{
    static const char letters[] = "ab";

    if (fault == NULL) {
        return '.';
    }
    return letters[fault - faults];
}

/* The faults that act on n equal queries, one letter each: a for the first of
 * the list, '.' for none. */
static void expect_acts(const struct scn_fault *faults, size_t count,
                        const char *expected)
{
    struct sim_fault_state *s = sim_fault_state_new(faults, count);
    const struct sim_fault_query q = example();
    char got[64] = "";

    assert_non_null(s);
    for (size_t i = 0; i < strlen(expected); i++) {
        struct sim_fault_hit hit;
        assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
        got[i] = letter(faults, hit.fault);
        assert_int_equal(hit.match_number, hit.fault == NULL ? 0 : i + 1);
    }
    assert_string_equal(got, expected);
    sim_fault_state_free(s);
}

static void after_first_and_every_choose_match_numbers(void **state)
{
    struct scn_fault f = { .enabled = true };

    (void)state;
    expect_acts(&f, 1, "aaaaa");
    f.after = 2;
    expect_acts(&f, 1, "..aaa");
    f.first = 2;
    expect_acts(&f, 1, "..aa..");
    f.every = 2;
    expect_acts(&f, 1, "...a..");
    f.after = 0;
    f.first = 0;
    f.every = 3;
    expect_acts(&f, 1, "..a..a..a");
}

static void the_first_fault_that_is_hit_acts_and_all_count(void **state)
{
    const struct scn_fault faults[] = {
        { .enabled = true, .first = 1 },
        { .enabled = true, .first = 3 },
    };

    (void)state;
    expect_acts(faults, 2, "abb.");
}

static void a_disabled_fault_does_not_act(void **state)
{
    const struct scn_fault faults[] = { { .enabled = false },
                                        { .enabled = true } };

    (void)state;
    expect_acts(faults, 2, "bb");
}

static void a_filter_that_does_not_match_does_not_count(void **state)
{
    const struct scn_fault f = { .enabled = true,
                                 .when = { .type = 257 },
                                 .after = 1 };
    struct sim_fault_state *s = sim_fault_state_new(&f, 1);
    struct sim_fault_query q = example();
    struct sim_fault_hit hit;

    (void)state;
    q.type = 1;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
        assert_null(hit.fault);
    }
    q.type = 257;
    assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    assert_null(hit.fault);
    assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    assert_ptr_equal(hit.fault, &f);
    sim_fault_state_free(s);
}

/* The match number after one query each of these. */
static unsigned number_after(struct scn_fault *f, enum scn_count_by by,
                             const struct sim_fault_query *first,
                             const struct sim_fault_query *second)
{
    struct sim_fault_hit hit = { 0 };

    f->count_by = by;
    struct sim_fault_state *s = sim_fault_state_new(f, 1);
    assert_int_equal(sim_fault_match(s, first, &hit), SIM_OK);
    assert_int_equal(sim_fault_match(s, second, &hit), SIM_OK);
    sim_fault_state_free(s);
    return hit.match_number;
}

/* The near miss of the i-th of equal queries. */
static void expect_miss(const struct scn_fault *f, unsigned i, const char *key)
{
    struct sim_fault_state *s = sim_fault_state_new(f, 1);
    const struct sim_fault_query q = example();
    struct sim_fault_hit hit = { 0 };

    assert_non_null(s);
    for (unsigned k = 0; k < i; k++) {
        assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    }
    sim_fault_state_free(s);
    assert_null(hit.fault);
    assert_int_equal(hit.near_miss_count, 1);
    assert_ptr_equal(hit.near_misses[0].fault, f);
    assert_string_equal(hit.near_misses[0].key, key);
    assert_int_equal(hit.near_misses[0].match_number, i);
}

static void a_match_that_is_not_hit_is_a_near_miss(void **state)
{
    (void)state;
    expect_miss(&(struct scn_fault){ .enabled = true, .after = 2 }, 2, "after");
    expect_miss(&(struct scn_fault){ .enabled = true, .after = 1, .first = 2 },
                4, "first");
    expect_miss(&(struct scn_fault){ .enabled = true, .every = 3 }, 4, "every");
}

static void near_misses_are_those_of_enabled_faults(void **state)
{
    const struct scn_filter nearly = { .server = "near", .type = 257 };
    const struct scn_fault faults[] = {
        { .enabled = false, .when = nearly },
        { .enabled = true, .when = { .server = "near", .type = 1 } },
        { .enabled = true, .when = nearly },
    };
    struct sim_fault_state *s = sim_fault_state_new(faults, 3);
    const struct sim_fault_query q = example();
    struct sim_fault_hit hit;

    (void)state;
    assert_non_null(s);
    assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    sim_fault_state_free(s);
    assert_null(hit.fault);
    assert_int_equal(hit.near_miss_count, 1);
    assert_ptr_equal(hit.near_misses[0].fault, &faults[2]);
    assert_string_equal(hit.near_misses[0].key, "server");
    assert_int_equal(hit.near_misses[0].match_number, 0);
}

static void only_so_many_near_misses_are_told(void **state)
{
    struct scn_fault *faults = calloc(SIM_NEAR_MISSES_MAX + 1, sizeof(*faults));
    const struct sim_fault_query q = example();
    struct sim_fault_hit hit;

    (void)state;
    assert_non_null(faults);
    for (int i = 0; i <= SIM_NEAR_MISSES_MAX; i++) {
        faults[i] = (struct scn_fault){ .enabled = true, .after = 1 };
    }
    struct sim_fault_state *s =
        sim_fault_state_new(faults, SIM_NEAR_MISSES_MAX + 1);
    assert_non_null(s);
    assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    sim_fault_state_free(s);
    free(faults);
    assert_int_equal(hit.near_miss_count, SIM_NEAR_MISSES_MAX);
}

static void counts_by_question_server_or_fault(void **state)
{
    struct scn_fault f = { .enabled = true };
    const struct sim_fault_query q = example();
    struct sim_fault_query same = q;
    struct sim_fault_query elsewhere = q;
    struct sim_fault_query another = q;
    struct sim_fault_query type = q;

    (void)state;
    same.name = mixed;
    elsewhere.server = "near";
    another.name = api;
    type.type = 1;
    assert_int_equal(number_after(&f, SCN_PER_QUESTION, &q, &same), 2);
    assert_int_equal(number_after(&f, SCN_PER_QUESTION, &q, &elsewhere), 2);
    assert_int_equal(number_after(&f, SCN_PER_QUESTION, &q, &another), 1);
    assert_int_equal(number_after(&f, SCN_PER_QUESTION, &q, &type), 1);
    assert_int_equal(number_after(&f, SCN_PER_SERVER, &q, &another), 2);
    assert_int_equal(number_after(&f, SCN_PER_SERVER, &q, &elsewhere), 1);
    assert_int_equal(number_after(&f, SCN_PER_FAULT, &elsewhere, &another), 2);
}

static void enabling_zeroes_the_counters_of_that_fault_only(void **state)
{
    const struct scn_fault faults[] = {
        { .id = "one", .enabled = true, .first = 1 },
        { .id = "two", .enabled = true, .after = 1 },
    };
    struct sim_fault_state *s = sim_fault_state_new(faults, 2);
    const struct sim_fault_query q = example();
    struct sim_fault_hit hit;

    (void)state;
    assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    assert_ptr_equal(hit.fault, &faults[0]);
    assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    assert_ptr_equal(hit.fault, &faults[1]);
    assert_true(sim_fault_set(s, "one", true));
    assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    assert_ptr_equal(hit.fault, &faults[0]);
    assert_int_equal(hit.match_number, 1);
    assert_true(sim_fault_set(s, "one", false));
    assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    assert_ptr_equal(hit.fault, &faults[1]);
    assert_int_equal(hit.match_number, 4);
    assert_false(sim_fault_set(s, "three", true));
    sim_fault_state_free(s);
}

static void knows_which_faults_have_acted(void **state)
{
    const struct scn_fault faults[] = { { .enabled = true, .first = 1 },
                                        { .enabled = true, .after = 9 } };
    struct sim_fault_state *s = sim_fault_state_new(faults, 2);
    const struct sim_fault_query q = example();
    struct sim_fault_hit hit;

    (void)state;
    assert_false(sim_fault_has_acted(s, 0));
    assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    assert_true(sim_fault_has_acted(s, 0));
    assert_false(sim_fault_has_acted(s, 1));
    sim_fault_state_free(s);
    sim_fault_state_free(NULL);
}

static void a_flood_of_names_is_bounded(void **state)
{
    const struct scn_fault f = { .enabled = true };
    struct sim_fault_state *s = sim_fault_state_new(&f, 1);
    struct sim_fault_query q = example();
    struct sim_fault_hit hit = { 0 };
    uint8_t name[] = "\006"
                     "000000\4path";

    (void)state;
    q.name = name;
    for (unsigned i = 0; i < SIM_FAULT_COUNTERS_MAX + 3; i++) {
        char digits[16];
        (void)snprintf(digits, sizeof(digits), "%06u", i);
        memcpy(name + 1, digits, 6);
        assert_int_equal(sim_fault_match(s, &q, &hit), SIM_OK);
    }
    assert_int_equal(hit.match_number, 3); /* three share one counter */
    sim_fault_state_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_begins_anew_with_the_first_match_after_it),
        cmocka_unit_test(an_empty_filter_matches_everything),
        cmocka_unit_test(every_key_of_a_filter_must_match),
        cmocka_unit_test(edns_is_seen_with_its_version_and_options),
        cmocka_unit_test(mixed_case_is_seen),
        cmocka_unit_test(after_first_and_every_choose_match_numbers),
        cmocka_unit_test(the_first_fault_that_is_hit_acts_and_all_count),
        cmocka_unit_test(a_disabled_fault_does_not_act),
        cmocka_unit_test(a_filter_that_does_not_match_does_not_count),
        cmocka_unit_test(a_match_that_is_not_hit_is_a_near_miss),
        cmocka_unit_test(near_misses_are_those_of_enabled_faults),
        cmocka_unit_test(only_so_many_near_misses_are_told),
        cmocka_unit_test(counts_by_question_server_or_fault),
        cmocka_unit_test(enabling_zeroes_the_counters_of_that_fault_only),
        cmocka_unit_test(knows_which_faults_have_acted),
        cmocka_unit_test(a_flood_of_names_is_bounded),
    };

    return cmocka_run_group_tests_name("authsim.fault", tests, NULL, NULL);
}
