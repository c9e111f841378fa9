/* SPDX-License-Identifier: BSD-2-Clause */
#include "alike.h"
#include "shelf.h"

#include <string.h>

static size_t at(const struct cfm_matrix *matrix, const char *address)
{
    return cfm_matrix_find(matrix, address);
}

/* B2 has an option of its own: what that changes is not known. */
static void candidates_are_what_needs_no_option(void **state)
{
    struct cfm_matrix *matrix = shelf_fill(*state);

    char *text = cfm_alike_candidates(matrix);
    assert_string_equal(text, "A1:a=b C3");
    free(text);
    matrix->rows[2].runnable = false;
    text = cfm_alike_candidates(matrix);
    assert_string_equal(text, "A1:a=b");
    free(text);
}

static void reads_a_digit_for_each_candidate(void **state)
{
    struct cfm_matrix *matrix = shelf_fill(*state);

    cfm_alike_read(matrix, at(matrix, "gate/open"), "alike: 10\n{\"verdict\"");
    assert_int_equal(matrix->rows[0].alike[at(matrix, "gate/open")], 1);
    assert_int_equal(matrix->rows[1].alike[at(matrix, "gate/open")], 0);
    assert_int_equal(matrix->rows[2].alike[at(matrix, "gate/open")], 0);
    cfm_alike_read(matrix, at(matrix, "gate/shut"), "alike: 1\n");
    cfm_alike_read(matrix, at(matrix, "gate/shut"), "alike: 111\n");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(candidates_are_what_needs_no_option,
                                        shelf_make, shelf_drop),
        cmocka_unit_test_setup_teardown(reads_a_digit_for_each_candidate,
                                        shelf_make, shelf_drop),
        cmocka_unit_test_setup_teardown(
            spares_an_instance_in_which_nothing_differs, shelf_make,
            shelf_drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
