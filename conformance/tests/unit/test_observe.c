/* SPDX-License-Identifier: BSD-2-Clause */
#include "observe.h"
#include "testing.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static struct cfm_observed observe(enum cfm_process_end end, int number,
                                   const char *output)
{
    struct cfm_capture capture;
    struct cfm_observed observed;
    cfm_capture_init(&capture);
    cfm_capture_add(&capture, CFM_STDOUT, output, strlen(output));
    cfm_capture_end(&capture);
    const struct cfm_process_report report = {
        .end = end, .number = number, .duration_ns = 5, .capture = &capture
    };
    cfm_observe_report(&report, &observed);
    cfm_capture_fini(&capture);
    return observed;
}

static void reads_a_permit_from_exit_code_0(void **state)
{
    (void)state;
    struct cfm_observed seen = observe(CFM_PROCESS_EXITED, 0, "");
    assert_int_equal(seen.ending, CFM_ENDED);
    assert_true(seen.permitted);
    assert_false(seen.told_lookup_failure);
    assert_int_equal(seen.exit_code, 0);
    assert_int_equal(seen.duration_ns, 5);
    assert_null(seen.output);
    cfm_observed_fini(&seen);
}

static void reads_refusals_from_exit_codes_1_and_2(void **state)
{
    (void)state;
    struct cfm_observed seen = observe(CFM_PROCESS_EXITED, 1, "");
    assert_int_equal(seen.ending, CFM_ENDED);
    assert_false(seen.permitted);
    assert_false(seen.told_lookup_failure);
    cfm_observed_fini(&seen);
    seen = observe(CFM_PROCESS_EXITED, 2, "");
    assert_int_equal(seen.ending, CFM_ENDED);
    assert_false(seen.permitted);
    assert_true(seen.told_lookup_failure);
    cfm_observed_fini(&seen);
}

static void reads_unsupported_from_exit_code_3(void **state)
{
    (void)state;
    struct cfm_observed seen = observe(CFM_PROCESS_EXITED, 3, "");
    assert_int_equal(seen.ending, CFM_UNSUPPORTED_BY_ITSELF);
    cfm_observed_fini(&seen);
}

static void takes_every_other_exit_code_for_a_crash(void **state)
{
    (void)state;
    const int codes[] = { 4, 64, 126, 127, 139, 255 };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct cfm_observed seen = observe(CFM_PROCESS_EXITED, codes[i], "");
        assert_int_equal(seen.ending, CFM_CRASH);
        assert_int_equal(seen.exit_code, codes[i]);
        assert_int_equal(seen.signal, 0);
        assert_false(seen.permitted);
        cfm_observed_fini(&seen);
    }
}

static void takes_a_signal_for_a_crash(void **state)
{
    (void)state;
    struct cfm_observed seen = observe(CFM_PROCESS_SIGNALLED, SIGSEGV, "oops");
    assert_int_equal(seen.ending, CFM_CRASH);
    assert_int_equal(seen.signal, SIGSEGV);
    assert_int_equal(seen.exit_code, -1);
    assert_string_equal(seen.output, "oops");
    cfm_observed_fini(&seen);
}

static void takes_the_time_limit_for_a_hang(void **state)
{
    (void)state;
    struct cfm_observed seen = observe(CFM_PROCESS_TIMED_OUT, 0, "");
    assert_int_equal(seen.ending, CFM_HANG);
    assert_int_equal(seen.exit_code, -1);
    cfm_observed_fini(&seen);
}

static void blames_the_lab_for_what_the_lab_could_not_do(void **state)
{
    (void)state;
    struct cfm_observed seen = observe(CFM_PROCESS_TROUBLE, EMFILE, "");
    assert_int_equal(seen.ending, CFM_LAB_TROUBLE);
    assert_non_null(strstr(seen.trouble, strerror(EMFILE)));
    cfm_observed_fini(&seen);
    seen = observe(CFM_PROCESS_NOT_STARTED, ENOENT, "");
    assert_int_equal(seen.ending, CFM_LAB_TROUBLE);
    cfm_observed_fini(&seen);
}

static void reads_what_the_json_line_tells(void **state)
{
    (void)state;
    struct cfm_observed seen =
        observe(CFM_PROCESS_EXITED, 1,
                "{\"reason\":\"critical-unknown\",\"found-at\":\"x.\","
                "\"refused-names\":[\"a\"]}\n");
    assert_int_equal(seen.told_reason, SCN_CRITICAL_UNKNOWN);
    assert_string_equal(seen.told_found_at, "x.");
    assert_int_equal(seen.told_refused_name_count, 1);
    cfm_observed_fini(&seen);
}

static const struct scn_subject subjects[] = { { .text = "a.x" },
                                               { .text = "b.x" },
                                               { .text = "c.x" } };

static struct cfm_observed sum_of(struct cfm_observed *runs, size_t count)
{
    const struct cfm_observed_names names = { .subjects = subjects,
                                              .runs = runs,
                                              .count = count };
    struct cfm_observed sum;
    cfm_observe_sum(&names, &sum);
    for (size_t i = 0; i < count; i++) {
        cfm_observed_fini(&runs[i]);
    }
    return sum;
}

static void permits_when_every_name_is_permitted(void **state)
{
    (void)state;
    struct cfm_observed runs[] = {
        { .ending = CFM_ENDED, .permitted = true, .flood_octets = 2 },
        { .ending = CFM_ENDED, .permitted = true, .flood_octets = 3 },
    };
    struct cfm_observed sum = sum_of(runs, 2);
    assert_int_equal(sum.ending, CFM_ENDED);
    assert_true(sum.permitted);
    assert_int_equal(sum.flood_octets, 5);
    assert_int_equal(sum.told_refused_name_count, 0);
    cfm_observed_fini(&sum);
}

static void refuses_when_one_name_is_refused_and_tells_which(void **state)
{
    (void)state;
    struct cfm_observed runs[] = {
        { .ending = CFM_ENDED, .permitted = true },
        { .ending = CFM_ENDED, .told_lookup_failure = true, .exit_code = 2 },
        { .ending = CFM_ENDED, .exit_code = 1 },
    };
    struct cfm_observed sum = sum_of(runs, 3);
    assert_int_equal(sum.ending, CFM_ENDED);
    assert_false(sum.permitted);
    assert_int_equal(sum.exit_code, 2);
    assert_true(sum.told_lookup_failure);
    assert_int_equal(sum.told_refused_name_count, 2);
    assert_string_equal(sum.told_refused_names[0], "b.x");
    assert_string_equal(sum.told_refused_names[1], "c.x");
    cfm_observed_fini(&sum);
}

static void leaves_a_single_name_as_it_was_told(void **state)
{
    (void)state;
    struct cfm_observed runs[] = { { .ending = CFM_ENDED } };
    struct cfm_observed sum = sum_of(runs, 1);
    assert_false(sum.permitted);
    assert_int_equal(sum.told_refused_name_count, 0);
    cfm_observed_fini(&sum);
}

static void counts_the_first_run_without_a_verdict(void **state)
{
    (void)state;
    struct cfm_observed runs[] = {
        { .ending = CFM_ENDED },
        { .ending = CFM_HANG, .exit_code = -1 },
        { .ending = CFM_CRASH, .signal = SIGABRT },
    };
    struct cfm_observed sum = sum_of(runs, 3);
    assert_int_equal(sum.ending, CFM_HANG);
    assert_int_equal(sum.told_refused_name_count, 0);
    cfm_observed_fini(&sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_permit_from_exit_code_0),
        cmocka_unit_test(reads_refusals_from_exit_codes_1_and_2),
        cmocka_unit_test(reads_unsupported_from_exit_code_3),
        cmocka_unit_test(takes_every_other_exit_code_for_a_crash),
        cmocka_unit_test(takes_a_signal_for_a_crash),
        cmocka_unit_test(takes_the_time_limit_for_a_hang),
        cmocka_unit_test(blames_the_lab_for_what_the_lab_could_not_do),
        cmocka_unit_test(reads_what_the_json_line_tells),
        cmocka_unit_test(permits_when_every_name_is_permitted),
        cmocka_unit_test(refuses_when_one_name_is_refused_and_tells_which),
        cmocka_unit_test(leaves_a_single_name_as_it_was_told),
        cmocka_unit_test(counts_the_first_run_without_a_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
