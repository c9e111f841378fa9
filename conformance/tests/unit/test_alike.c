/* SPDX-License-Identifier: BSD-2-Clause */
#include "alike.h"
#include "shelf.h"

#include <string.h>

static size_t at(const struct cfm_matrix *matrix, const char *address)
{
    return cfm_matrix_find(matrix, address);
}

static void candidates_are_what_can_be_had(void **state)
{
    struct cfm_matrix *matrix = shelf_fill(*state);

    char *text = cfm_alike_candidates(matrix);
    assert_string_equal(text, "A1:a=b B2 C3");
    free(text);
    matrix->rows[2].runnable = false;
    text = cfm_alike_candidates(matrix);
    assert_string_equal(text, "A1:a=b B2");
    free(text);
}

static void reads_a_digit_for_each_candidate(void **state)
{
    struct cfm_matrix *matrix = shelf_fill(*state);

    cfm_alike_read(matrix, at(matrix, "gate/open"), "alike: 101\n{\"verdict\"");
    assert_int_equal(matrix->rows[0].alike[at(matrix, "gate/open")], 1);
    assert_int_equal(matrix->rows[1].alike[at(matrix, "gate/open")], 0);
    assert_int_equal(matrix->rows[2].alike[at(matrix, "gate/open")], 1);
    cfm_alike_read(matrix, at(matrix, "gate/shut"), "alike: 1\n");
    cfm_alike_read(matrix, at(matrix, "gate/shut"), "alike: 1111\n");
    cfm_alike_read(matrix, at(matrix, "gate/shut"), "Segmentation fault");
    cfm_alike_read(matrix, at(matrix, "gate/shut"), NULL);
    assert_int_equal(matrix->rows[0].alike[at(matrix, "gate/shut")], 0);
}

static void spares_an_instance_in_which_nothing_differs(void **state)
{
    static const char *const both[] = { "gate/open", "gate/shut" };
    static const char *const unknown[] = { "gate/no-such-check" };
    struct cfm_matrix *matrix = shelf_fill(*state);
    struct cfm_matrix_row *row = &matrix->rows[0];

    shelf_reference(matrix);
    row->alike[at(matrix, "gate/open")] = 1;
    assert_false(cfm_alike_spare(matrix, row, both, 2));
    assert_int_equal(row->outcomes[at(matrix, "gate/open")], CFM_NOT_SEEN);
    assert_int_equal(matrix->spared, 0);
    row->alike[at(matrix, "gate/shut")] = 1;
    assert_true(cfm_alike_spare(matrix, row, both, 2));
    assert_int_equal(row->outcomes[at(matrix, "gate/open")], CFM_PASS);
    assert_int_equal(row->outcomes[at(matrix, "gate/shut")], CFM_PASS);
    assert_int_equal(matrix->spared, 2);
    assert_false(cfm_alike_spare(matrix, row, unknown, 1));
}

/* A scenario with one check, which a question beyond leaves as it is. */
struct calm {
    struct scn_predicate predicates[1];
    struct scn_row rows[2];
    struct scn_check check;
    struct scn_step steps[2];
    struct scn_fault faults[1];
    struct scn_zone zones[2];
    struct scn_instance instance;
};

static void make_calm(struct calm *calm)
{
    *calm = (struct calm){ .check = { .row_count = 2 },
                           .instance = { .step_count = 1, .zone_count = 2 } };
    calm->rows[1].evidence = calm->predicates;
    calm->rows[1].evidence_count = 1;
    calm->rows[1].conditions = calm->predicates;
    calm->check.rows = calm->rows;
    calm->steps[0].kind = SCN_STEP_CHECK;
    calm->steps[0].check = &calm->check;
    calm->zones[1].faults = calm->faults;
    calm->instance.steps = calm->steps;
    calm->instance.zones = calm->zones;
}

static void a_scenario_is_calm_when_nothing_rests_on_the_questions(void **state)
{
    struct calm calm;

    (void)state;
    make_calm(&calm);
    assert_true(cfm_alike_calm(&calm.instance));
    calm.predicates[0].kind = SCN_NEVER_ASKED;
    assert_false(cfm_alike_calm(&calm.instance));
    make_calm(&calm);
    calm.rows[1].condition_count = 1;
    assert_false(cfm_alike_calm(&calm.instance));
    make_calm(&calm);
    calm.zones[1].fault_count = 1;
    assert_false(cfm_alike_calm(&calm.instance));
    make_calm(&calm);
    calm.instance.step_count = 2;
    assert_false(cfm_alike_calm(&calm.instance));
    make_calm(&calm);
    calm.steps[0].kind = SCN_STEP_QUERY;
    assert_false(cfm_alike_calm(&calm.instance));
    make_calm(&calm);
    calm.instance.remotes = 1;
    assert_false(cfm_alike_calm(&calm.instance));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(candidates_are_what_can_be_had,
                                        shelf_make, shelf_drop),
        cmocka_unit_test_setup_teardown(reads_a_digit_for_each_candidate,
                                        shelf_make, shelf_drop),
        cmocka_unit_test_setup_teardown(
            spares_an_instance_in_which_nothing_differs, shelf_make,
            shelf_drop),
        cmocka_unit_test(
            a_scenario_is_calm_when_nothing_rests_on_the_questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
