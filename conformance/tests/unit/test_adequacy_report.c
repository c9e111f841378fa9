/* SPDX-License-Identifier: BSD-2-Clause */
#include "adequacy_report.h"
#include "shelf.h"

#include <string.h>

static void assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        print_error("%s\nlacks: %s\n", text, part);
    }
    assert_non_null(strstr(text, part));
}

static void says_what_needs_a_look(void **state)
{
    struct shelf *shelf = *state;
    struct cfm_matrix *matrix = shelf_fill(shelf);

    shelf_reference(matrix);
    shelf_show(matrix, 0, "tower/high", CFM_UNSAFE);
    matrix->rows[1].runnable = false;
    cfm_matrix_judge(matrix);
    char *text = cfm_adequacy_text(matrix, &shelf->settings);
    assert_has(text, "A1   caught        unsafe 1: tower\n");
    assert_has(text, "\nClaims that do not hold:\n  gate does not catch A1: "
                     "one\n");
    assert_has(text, "no such switch:\n  B2: two\n");
    assert_has(text, "the reference lacks:\n  C3: three\n");
    assert_has(text, "Weakest, caught by one check only:\n  A1: tower/high\n");
    assert_has(text, "sharper reason:\n  gate\n  watch\n");
    assert_has(text, "3 deviations, 6 checks, tls-br as of 2026-11-01: 1 "
                     "caught, 1 no-feature, 1 no-switch\n0 runs, and 0 that "
                     "cannot differ from the reference\nnot adequate\n");
    free(text);
}

static void says_what_is_equivalent_or_wrong(void **state)
{
    struct shelf *shelf = *state;

    shelf->settings.profile = SCN_RFC6844;
    shelf->settings.claims = true;
    struct cfm_matrix *matrix = shelf_fill(shelf);
    shelf_reference(matrix);
    shelf_show(matrix, 1, "tower/high", CFM_UNSAFE);
    cfm_matrix_judge(matrix);
    char *text = cfm_adequacy_text(matrix, &shelf->settings);
    assert_has(text, "Equivalent here:\n  A1: one (so it was)\n");
    assert_has(text, "outcome of the table:\n  B2: two (expected: hang)\n");
    assert_null(strstr(text, "Weakest"));
    assert_null(strstr(text, "sharper"));
    free(text);
    shelf_show(matrix, 0, "gate/shut", CFM_UNSAFE);
    shelf_show(matrix, 1, "tower/high", CFM_PASS);
    matrix->checks[0].reference = CFM_OVERSTRICT;
    cfm_matrix_judge(matrix);
    text = cfm_adequacy_text(matrix, &shelf->settings);
    assert_has(text, "Said to be equivalent, and caught:\n  A1: one (so it "
                     "was)\n");
    assert_has(text, "Not caught:\n  B2: two\n");
    assert_has(text, "The reference fails:\n  gate/open: overstrict\n");
    free(text);
}

static void counts_by_outcome(void **state)
{
    struct shelf *shelf = *state;
    struct cfm_matrix *matrix = shelf_fill(shelf);

    shelf_reference(matrix);
    shelf_show(matrix, 0, "gate/shut", CFM_UNSAFE);
    shelf_show(matrix, 0, "gate/open", CFM_OVERSTRICT);
    shelf_show(matrix, 0, "tower/high", CFM_UNSAFE);
    cfm_matrix_judge(matrix);
    char *text = cfm_adequacy_text(matrix, &shelf->settings);
    assert_has(text, "unsafe 2, overstrict 1: gate, tower\n");
    free(text);
}

static void json_says_all_of_it(void **state)
{
    struct shelf *shelf = *state;
    struct cfm_matrix *matrix = shelf_fill(shelf);
    const char *outcome = NULL;
    int claim = 0;
    int adequate = 1;

    shelf_reference(matrix);
    shelf_show(matrix, 0, "gate/shut", CFM_UNSAFE);
    cfm_matrix_judge(matrix);
    char *text = cfm_adequacy_json(matrix, &shelf->settings);
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    assert_int_equal(json_unpack(root, "{s:b,s:[{s:{s:[s]},s:{s:b}}]}",
                                 "adequate", &adequate, "deviations",
                                 "caught-by", "unsafe", &outcome, "claims",
                                 "gate", &claim),
                     0);
    assert_string_equal(outcome, "gate/shut");
    assert_true(claim);
    assert_false(adequate);
    assert_string_equal(
        json_string_value(json_array_get(json_object_get(root, "weakest"), 0)),
        "A1");
    assert_int_equal(json_array_size(json_object_get(root, "unneeded")), 2);
    assert_int_equal(
        json_array_size(json_object_get(
            json_object_get(root, "reference-not-passed"), "unsupported")),
        2);
    json_t *third = json_array_get(json_object_get(root, "deviations"), 2);
    assert_true(json_is_null(
        json_object_get(json_object_get(third, "claims"), "watch")));
    json_decref(root);
    free(text);
}

static void json_leaves_out_what_a_part_cannot_say(void **state)
{
    struct shelf *shelf = *state;

    shelf->settings.profile = SCN_RFC6844;
    shelf->settings.claims = true;
    struct cfm_matrix *matrix = shelf_fill(shelf);
    shelf_reference(matrix);
    cfm_matrix_judge(matrix);
    char *text = cfm_adequacy_json(matrix, &shelf->settings);
    json_t *root = json_loads(text, 0, NULL);
    assert_true(json_is_null(json_object_get(root, "weakest")));
    assert_true(json_is_null(json_object_get(root, "unneeded")));
    json_t *first = json_array_get(json_object_get(root, "deviations"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "equivalent")),
                        "so it was");
    json_decref(root);
    free(text);
}

#define ON_SHELF(test) \
    cmocka_unit_test_setup_teardown(test, shelf_make, shelf_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SHELF(says_what_needs_a_look),
        ON_SHELF(says_what_is_equivalent_or_wrong),
        ON_SHELF(counts_by_outcome),
        ON_SHELF(json_says_all_of_it),
        ON_SHELF(json_leaves_out_what_a_part_cannot_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
