/* SPDX-License-Identifier: BSD-2-Clause */
/* test_provisions.c - in a sandbox, where a directory can be had. */
#include "boxed.h"
#include "provisions.h"
#include "testing.h"

#include <unistd.h>

enum { EPOCH_S = 1700000000 };

static const struct cfm_settings settings = { .epoch_s = EPOCH_S };
static const struct cfm_lab_job job = { .settings = &settings };
static const struct scn_instance model = { .remotes = 3 };

static const struct scn_check plain = { .features = 0 };
static const struct scn_check seen = { .features = SCN_F_PERSPECTIVES };
static const struct scn_check timed = { .features = SCN_F_CLOCK };
static const struct scn_check both = {
    .features = (unsigned)SCN_F_CLOCK | (unsigned)SCN_F_PERSPECTIVES
};

static struct cfm_lab_context lab_context(void)
{
    return (struct cfm_lab_context){ .job = &job,
                                     .network = SIM_NETWORK_SANDBOX };
}

static void gives_only_what_a_check_needs(void **state)
{
    struct cfm_lab_context lab = lab_context();
    struct cfm_provisions provisions = { .remotes = NULL };
    struct cfm_place_texts texts = { .remotes = NULL };

    (void)state;
    assert_null(cfm_provisions_give(&provisions, &lab, &model, &plain, &texts));
    assert_null(texts.remotes);
    assert_null(texts.now);
    assert_null(cfm_provisions_give(&provisions, &lab, &model, &seen, &texts));
    assert_non_null(texts.remotes);
    assert_null(texts.now);
    assert_null(texts.state);
    assert_int_equal(lab.states, 0);
    cfm_provisions_fini(&provisions);
}

static void gives_one_directory_to_all_checks_of_a_file(void **state)
{
    struct cfm_lab_context lab = lab_context();
    struct cfm_provisions one = { .remotes = NULL };
    struct cfm_provisions two = { .remotes = NULL };
    struct cfm_place_texts texts = { .remotes = NULL };

    (void)state;
    assert_null(cfm_provisions_give(&one, &lab, &model, &timed, &texts));
    const char *directory = texts.state;
    assert_string_equal(texts.now, "1700000000");
    cfm_provisions_advance(&one, 60);
    assert_null(cfm_provisions_give(&one, &lab, &model, &both, &texts));
    assert_string_equal(texts.state, directory);
    assert_string_equal(texts.now, "1700000060");
    assert_non_null(texts.remotes);
    assert_null(cfm_provisions_give(&two, &lab, &model, &timed, &texts));
    assert_string_not_equal(texts.state, directory);
    assert_string_equal(texts.now, "1700000000");
    cfm_provisions_fini(&one);
    cfm_provisions_fini(&two);
}

static void counts_time_from_before_the_first_check(void **state)
{
    struct cfm_lab_context lab = lab_context();
    struct cfm_provisions provisions = { .remotes = NULL };
    struct cfm_place_texts texts = { .remotes = NULL };

    (void)state;
    cfm_provisions_advance(&provisions, 3600);
    cfm_provisions_advance(&provisions, 1);
    assert_null(cfm_provisions_give(&provisions, &lab, &model, &timed, &texts));
    assert_string_equal(texts.now, "1700003601");
    cfm_provisions_fini(&provisions);
}

static void tells_that_there_is_no_directory(void **state)
{
    struct cfm_lab_context lab = lab_context();
    struct cfm_provisions one = { .remotes = NULL };
    struct cfm_provisions two = { .remotes = NULL };
    struct cfm_place_texts texts = { .remotes = NULL };

    (void)state;
    assert_null(cfm_provisions_give(&one, &lab, &model, &timed, &texts));
    lab.states = 0; /* as if its name were taken */
    assert_non_null(cfm_provisions_give(&two, &lab, &model, &timed, &texts));
    cfm_provisions_fini(&one);
    cfm_provisions_fini(&two);
}

static int all_tests(void *ctx)
{
    (void)ctx;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_only_what_a_check_needs),
        cmocka_unit_test(gives_one_directory_to_all_checks_of_a_file),
        cmocka_unit_test(counts_time_from_before_the_first_check),
        cmocka_unit_test(tells_that_there_is_no_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
    return run_boxed(all_tests);
}
