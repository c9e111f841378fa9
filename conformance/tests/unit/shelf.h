/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shelf.h - a small catalogue with its table of deviations, judged by hand.
 *
 * Scenarios: gate (checks open, shut; claims A1), tower (low, high; claims B2),
 * clock (a step that the reference lacks; claims C3).
 */
#pragma once

#include "matrix.h"
#include "testing.h"
#include "text.h"
#include "write_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SHELF_SOURCES "sources: [{text: RFC 8659, section: \"3\"}]\n"
#define SHELF_PAIR(first, second)                                    \
    "checks:\n"                                                      \
    "  - {id: " first ", caa: ['0 issue \";\"'], verdict: refuse}\n" \
    "  - {id: " second ", caa: ['0 iodef \"a:b\"'], verdict: permit}\n"

static const char *const shelf_files[][2] = {
    { "gate.yaml", "title: A gate\n" SHELF_SOURCES
                   "catches: [A1]\n" SHELF_PAIR("shut", "open") },
    { "tower.yaml", "title: A tower\n" SHELF_SOURCES
                    "catches: [B2]\n" SHELF_PAIR("high", "low") },
    { "watch.yaml", "title: A watch\n" SHELF_SOURCES "features: [clock]\n"
                    "catches: [C3]\n" SHELF_PAIR("late", "early") },
    { "deviations.yaml",
      "deviations:\n"
      "  - {id: A1, what: one, source: s, outcome: unsafe, rules: [a=b],\n"
      "     equivalent: [{for: [rfc6844], because: so it was}]}\n"
      "  - {id: B2, what: two, source: s, outcome: hang}\n"
      "  - {id: C3, what: three, source: s, outcome: crash}\n" },
};
enum { SHELF_FILES = sizeof(shelf_files) / sizeof(shelf_files[0]) };

struct shelf {
    char dir[64];
    struct scn_catalogue *catalogue;
    struct cfm_inventory inventory;
    struct cfm_settings settings;
    struct cfm_selection selection;
    struct cfm_matrix matrix;
};

static inline void shelf_complain(void *ctx, const struct scn_error *error)
{
    (void)ctx;
    print_error("%s:%u: %s\n", error->file, error->line, error->text);
}

static inline int shelf_make(void **state)
{
    struct shelf *shelf = calloc(1, sizeof(*shelf));
    struct scn_error error;
    char why[256];

    assert_non_null(shelf);
    (void)snprintf(shelf->dir, sizeof(shelf->dir), "/tmp/test-shelf-XXXXXX");
    assert_non_null(mkdtemp(shelf->dir));
    for (size_t i = 0; i < SHELF_FILES; i++) {
        char *path = cfm_textf("%s/%s", shelf->dir, shelf_files[i][0]);
        assert_int_equal(
            cfm_write_file(path, shelf_files[i][1], why, sizeof(why)), 0);
        free(path);
    }
    const char *const paths[] = { shelf->dir };
    assert_int_equal(
        scn_catalogue_load(paths, 1, shelf_complain, NULL, &shelf->catalogue),
        SCN_OK);
    scn_params_default(&shelf->settings.params);
    shelf->settings.profile = SCN_TLS_BR;
    shelf->settings.policy_date = 20261101;
    assert_int_equal(cfm_inventory_init(shelf->catalogue,
                                        &shelf->settings.params, &error,
                                        &shelf->inventory),
                     SCN_OK);
    *state = shelf;
    return 0;
}

static inline int shelf_drop(void **state)
{
    struct shelf *shelf = *state;

    cfm_matrix_fini(&shelf->matrix);
    cfm_selection_fini(&shelf->selection);
    cfm_inventory_fini(&shelf->inventory);
    scn_catalogue_free(shelf->catalogue);
    free((void *)shelf->settings.deviations);
    for (size_t i = 0; i < SHELF_FILES; i++) {
        char *path = cfm_textf("%s/%s", shelf->dir, shelf_files[i][0]);
        assert_int_equal(unlink(path), 0);
        free(path);
    }
    assert_int_equal(rmdir(shelf->dir), 0);
    free(shelf);
    return 0;
}

/* The matrix of the whole shelf under its settings. */
static inline struct cfm_matrix *shelf_fill(struct shelf *shelf)
{
    assert_int_equal(
        cfm_select(&shelf->inventory, &shelf->settings, &shelf->selection), 0);
    assert_int_equal(cfm_matrix_init(&shelf->inventory, &shelf->selection,
                                     &shelf->settings,
                                     scn_catalogue_deviations(shelf->catalogue),
                                     &shelf->matrix),
                     0);
    return &shelf->matrix;
}

/* The reference passes all but what needs a clock. */
static inline void shelf_reference(struct cfm_matrix *matrix)
{
    for (size_t i = 0; i < matrix->check_count; i++) {
        bool watch = matrix->checks[i].address[0] == 'w';
        matrix->checks[i].reference =
            (uint8_t)(watch ? CFM_UNSUPPORTED : CFM_PASS);
    }
}

/* With deviation number `row` the check has this outcome. */
static inline void shelf_show(struct cfm_matrix *matrix, size_t row,
                              const char *address, enum cfm_outcome outcome)
{
    size_t check = cfm_matrix_find(matrix, address);

    assert_int_not_equal(check, SIZE_MAX);
    matrix->rows[row].outcomes[check] = (uint8_t)outcome;
}
