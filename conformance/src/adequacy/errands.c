/* SPDX-License-Identifier: BSD-2-Clause */
#include "errands.h"

#include <stdlib.h>

void cfm_errands_fini(struct cfm_errands *errands)
{
    for (size_t i = 0; i < errands->count; i++) {
        struct cfm_errand *errand = &errands->list[i];
        if (errand->kind != CFM_ERRAND_REFERENCE) {
            free((void *)errand->settings.command);
        }
        free(errand->selected);
    }
    free(errands->list);
    free(errands->candidates);
    *errands = (struct cfm_errands){ .list = NULL };
}

static bool is_claimed(const struct cfm_matrix *matrix,
                       const struct scn_scenario *scenario)
{
    for (size_t i = 0; i < matrix->row_count; i++) {
        if (cfm_claims(scenario, matrix->rows[i].deviation->id)) {
            return true;
        }
    }
    return false;
}

static bool is_calm(const struct cfm_errand_source *source,
                    const struct cfm_selected *item)
{
    const struct cfm_lab_instance *entry =
        cfm_lab_world_find(source->world, item->scenario, item->index);

    return entry != NULL && cfm_alike_calm(entry->model);
}

static bool wants(const struct cfm_errand_source *source,
                  const struct cfm_errand *errand,
                  const struct cfm_selected *item)
{
    if (errand->settings.claims &&
        !(errand->row != NULL
              ? cfm_claims(item->scenario, errand->row->deviation->id)
              : is_claimed(source->matrix, item->scenario))) {
        return false;
    }
    switch (errand->kind) {
    case CFM_ERRAND_REFERENCE:
        return true;
    case CFM_ERRAND_COMPARISON:
        return !is_calm(source, item);
    case CFM_ERRAND_ASKING:
        return is_calm(source, item);
    case CFM_ERRAND_DEVIATION:
        break;
    }
    return !cfm_alike_spare(source->matrix, errand->row, item->wanted,
                            item->wanted_count);
}

static int select_wanted(const struct cfm_errand_source *source,
                         struct cfm_errand *errand)
{
    const struct cfm_selection *selection = source->selection;

    errand->selected = calloc(selection->count + 1, sizeof(*errand->selected));
    if (errand->selected == NULL) {
        return -1;
    }
    for (size_t i = 0; i < selection->count; i++) {
        if (wants(source, errand, &selection->items[i])) {
            errand->selected[errand->selected_count++] = selection->items[i];
        }
    }
    return 0;
}

/* The reference's command stays as it is. */
static int set_command(const struct cfm_errand_source *source,
                       const char *candidates, struct cfm_errand *errand)
{
    switch (errand->kind) {
    case CFM_ERRAND_REFERENCE:
        break;
    case CFM_ERRAND_COMPARISON:
    case CFM_ERRAND_ASKING:
        return cfm_deviant_compare_settings(
            source->deviant, source->settings, candidates,
            errand->kind == CFM_ERRAND_ASKING, &errand->settings);
    case CFM_ERRAND_DEVIATION:
        return cfm_deviant_settings(source->deviant, source->settings,
                                    errand->row->deviation, &errand->settings);
    }
    return 0;
}

/* To the list, which has room; an errand with nothing to do is none. */
static int add(const struct cfm_errand_source *source,
               struct cfm_errands *errands, enum cfm_errand_kind kind,
               struct cfm_matrix_row *row)
{
    struct cfm_errand errand = { .kind = kind,
                                 .row = row,
                                 .settings = *source->settings };

    if (select_wanted(source, &errand) != 0) {
        return -1;
    }
    if (errand.selected_count == 0) {
        free(errand.selected);
        return 0;
    }
    if (set_command(source, errands->candidates, &errand) != 0) {
        free(errand.selected);
        return -1;
    }
    errands->list[errands->count++] = errand;
    return 0;
}

static int begin(struct cfm_errands *errands, size_t count)
{
    *errands = (struct cfm_errands){ .list = NULL };
    errands->list = calloc(count + 1, sizeof(*errands->list));
    return errands->list == NULL ? -1 : 0;
}

int cfm_errands_reference(const struct cfm_errand_source *source,
                          struct cfm_errands *errands_out)
{
    return begin(errands_out, 1) == 0
               ? add(source, errands_out, CFM_ERRAND_REFERENCE, NULL)
               : -1;
}

int cfm_errands_compare(const struct cfm_errand_source *source,
                        struct cfm_errands *errands_out)
{
    if (begin(errands_out, 2) != 0) {
        return -1;
    }
    errands_out->candidates = cfm_alike_candidates(source->matrix);
    if (errands_out->candidates == NULL) {
        return -1;
    }
    int rc = add(source, errands_out, CFM_ERRAND_COMPARISON, NULL);

    return rc == 0 ? add(source, errands_out, CFM_ERRAND_ASKING, NULL) : rc;
}

int cfm_errands_deviate(const struct cfm_errand_source *source,
                        struct cfm_errands *errands_out)
{
    struct cfm_matrix *matrix = source->matrix;
    int rc = begin(errands_out, matrix->row_count);

    for (size_t i = 0; rc == 0 && i < matrix->row_count; i++) {
        if (matrix->rows[i].runnable) {
            rc = add(source, errands_out, CFM_ERRAND_DEVIATION,
                     &matrix->rows[i]);
        }
    }
    return rc;
}
