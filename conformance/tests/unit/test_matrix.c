/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"
#include "shelf.h"

#include <string.h>

static void a_check_catches_what_only_the_deviation_fails(void **state)
{
    struct cfm_matrix *matrix = shelf_fill(*state);

    assert_int_equal(matrix->check_count, 6);
    assert_int_equal(matrix->row_count, 3);
    assert_string_equal(matrix->checks[0].address, "gate/open");
    assert_int_equal(cfm_matrix_find(matrix, "nobody"), SIZE_MAX);
    shelf_reference(matrix);
    shelf_show(matrix, 0, "gate/shut", CFM_UNSAFE);
    shelf_show(matrix, 0, "gate/open", CFM_PASS);
    shelf_show(matrix, 0, "tower/low", CFM_UNSUPPORTED);
    shelf_show(matrix, 0, "tower/high", CFM_LAB_ERROR);
    shelf_show(matrix, 0, "watch/late", CFM_UNSAFE);
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[0].caught, 1);
    assert_int_equal(matrix->rows[0].shown[CFM_UNSAFE], 1);
    assert_int_equal(matrix->rows[0].fate, CFM_CAUGHT);
    assert_int_equal(cfm_matrix_reference_failures(matrix), 0);
    matrix->checks[cfm_matrix_find(matrix, "gate/shut")].reference = CFM_HUNG;
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[0].caught, 0);
    assert_int_equal(cfm_matrix_reference_failures(matrix), 1);
    assert_int_equal(cfm_matrix_exit(matrix), 1);
}

static void each_deviation_has_its_fate(void **state)
{
    struct cfm_matrix *matrix = shelf_fill(*state);

    shelf_reference(matrix);
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[0].fate, CFM_MISSED);
    assert_int_equal(matrix->rows[2].fate, CFM_NO_FEATURE);
    matrix->checks[cfm_matrix_find(matrix, "watch/late")].reference =
        CFM_MISSING;
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[2].fate, CFM_NO_FEATURE);
    assert_int_equal(cfm_matrix_exit(matrix), 1); /* it owes the feature */
    shelf_reference(matrix);
    matrix->rows[1].runnable = false;
    shelf_show(matrix, 0, "gate/open", CFM_OVERSTRICT);
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[0].fate, CFM_OTHER_OUTCOME);
    assert_int_equal(matrix->rows[1].fate, CFM_NO_SWITCH);
    assert_int_equal(matrix->rows[1].broken_claims, 0);
    assert_int_equal(cfm_matrix_exit(matrix), 1);
    shelf_show(matrix, 0, "gate/open", CFM_UNSAFE);
    cfm_matrix_judge(matrix);
    assert_int_equal(cfm_matrix_exit(matrix), 3); /* B2 has no switch */
    matrix->rows[1].runnable = true;
    shelf_show(matrix, 1, "tower/low", CFM_HUNG);
    cfm_matrix_judge(matrix);
    assert_int_equal(cfm_matrix_count(matrix, CFM_CAUGHT), 2);
    assert_int_equal(cfm_matrix_exit(matrix), 0);
}

/* What nobody claims is not run with --claims, and so not missed. */
static void nobody_claims_it(void **state)
{
    struct cfm_matrix *matrix = shelf_fill(*state);
    struct scn_deviation deviation = *matrix->rows[0].deviation;

    deviation.id = "Z9";
    deviation.equivalent_count = 0;
    shelf_reference(matrix);
    matrix->rows[0].deviation = &deviation;
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[0].fate, CFM_MISSED);
    matrix->claims_only = true;
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[0].fate, CFM_UNCLAIMED);
    assert_string_equal(cfm_fate_text(CFM_UNCLAIMED), "unclaimed");
}

static void the_table_names_each_outcome(void **state)
{
    static const enum cfm_outcome outcomes[] = {
        [SCN_SHOWN_UNSAFE] = CFM_UNSAFE,
        [SCN_SHOWN_OVERSTRICT] = CFM_OVERSTRICT,
        [SCN_SHOWN_HANG] = CFM_HUNG,
        [SCN_SHOWN_CRASH] = CFM_CRASHED,
        [SCN_SHOWN_NO_EVIDENCE] = CFM_NO_EVIDENCE,
        [SCN_SHOWN_WRONG_REASON] = CFM_WRONG_REASON,
    };
    struct cfm_matrix *matrix = shelf_fill(*state);
    struct scn_deviation deviation = *matrix->rows[0].deviation;

    shelf_reference(matrix);
    matrix->rows[0].deviation = &deviation;
    for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++) {
        deviation.shown = (enum scn_shown)i;
        shelf_show(matrix, 0, "gate/shut", outcomes[i]);
        cfm_matrix_judge(matrix);
        assert_int_equal(matrix->rows[0].fate, CFM_CAUGHT);
    }
}

static void a_claim_that_does_not_hold_is_a_failure(void **state)
{
    struct cfm_matrix *matrix = shelf_fill(*state);

    shelf_reference(matrix);
    shelf_show(matrix, 0, "tower/high", CFM_UNSAFE); /* gate claims it */
    shelf_show(matrix, 1, "tower/high", CFM_HUNG);
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[0].fate, CFM_CAUGHT);
    assert_int_equal(matrix->rows[0].broken_claims, 1);
    assert_int_equal(cfm_matrix_broken(matrix), 1);
    assert_int_equal(cfm_matrix_exit(matrix), 1);
    assert_int_equal(cfm_matrix_claim(matrix, &matrix->rows[0], 2, 4),
                     CFM_CLAIM_NONE);
    assert_int_equal(cfm_matrix_claim(matrix, &matrix->rows[1], 2, 4),
                     CFM_CLAIM_HOLDS);
}

static void what_is_equivalent_may_not_be_caught(void **state)
{
    struct shelf *shelf = *state;

    shelf->settings.profile = SCN_RFC6844;
    struct cfm_matrix *matrix = shelf_fill(shelf);
    shelf_reference(matrix);
    shelf_show(matrix, 1, "tower/high", CFM_HUNG);
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[0].fate, CFM_EQUIVALENT);
    assert_string_equal(matrix->rows[0].equivalent->because, "so it was");
    assert_int_equal(matrix->rows[0].broken_claims, 0);
    assert_int_equal(cfm_matrix_exit(matrix), 0);
    shelf_show(matrix, 0, "gate/shut", CFM_UNSAFE);
    cfm_matrix_judge(matrix);
    assert_int_equal(matrix->rows[0].fate, CFM_CONTRADICTION);
    assert_int_equal(cfm_matrix_exit(matrix), 1);
}

static void a_blunt_deviation_needs_no_scenario(void **state)
{
    struct cfm_matrix *matrix = shelf_fill(*state);

    shelf_reference(matrix);
    shelf_show(matrix, 0, "gate/shut", CFM_UNSAFE);
    shelf_show(matrix, 1, "gate/shut", CFM_HUNG);
    shelf_show(matrix, 1, "tower/high", CFM_HUNG);
    cfm_matrix_judge(matrix);
    assert_int_equal(cfm_matrix_end_of_scenario(matrix, 0), 2);
    assert_true(cfm_matrix_needs(matrix, 0, 2));
    assert_false(cfm_matrix_needs(matrix, 2, 4));
}

static void deviations_are_chosen_by_id(void **state)
{
    struct shelf *shelf = *state;

    assert_true(cfm_list_add(&shelf->settings.deviations,
                             &shelf->settings.deviation_count, "[AC]*"));
    struct cfm_matrix *matrix = shelf_fill(shelf);
    assert_int_equal(matrix->row_count, 2);
    assert_string_equal(matrix->rows[1].deviation->id, "C3");
    assert_false(matrix->whole);
}

static void every_fate_has_a_word(void **state)
{
    (void)state;
    for (int i = 0; i < CFM_FATE_COUNT; i++) {
        assert_true(strlen(cfm_fate_text((enum cfm_fate)i)) > 0);
    }
    assert_string_equal(cfm_fate_text(CFM_FATE_COUNT), "");
}

#define ON_SHELF(test) \
    cmocka_unit_test_setup_teardown(test, shelf_make, shelf_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SHELF(a_check_catches_what_only_the_deviation_fails),
        ON_SHELF(each_deviation_has_its_fate),
        ON_SHELF(the_table_names_each_outcome),
        ON_SHELF(nobody_claims_it),
        ON_SHELF(a_claim_that_does_not_hold_is_a_failure),
        ON_SHELF(what_is_equivalent_may_not_be_caught),
        ON_SHELF(a_blunt_deviation_needs_no_scenario),
        ON_SHELF(deviations_are_chosen_by_id),
        cmocka_unit_test(every_fate_has_a_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
