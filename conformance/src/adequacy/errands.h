/* SPDX-License-Identifier: BSD-2-Clause */
/* errands.h - the labs that adequacy has to run: what in each, on what. */
#pragma once

#include "alike.h"
#include "deviant.h"
#include "lab.h"
#include "lab_world.h"

enum cfm_errand_kind {
    CFM_ERRAND_REFERENCE,
    CFM_ERRAND_COMPARISON, /* by the answers that the reference got */
    CFM_ERRAND_ASKING,     /* the same, in the calm scenarios */
    CFM_ERRAND_DEVIATION
};

/* One lab to come. */
struct cfm_errand {
    enum cfm_errand_kind kind;
    struct cfm_matrix_row *row;    /* [borrowed] of a deviation, else NULL */
    struct cfm_settings settings;  /* command [owned], but the reference's */
    struct cfm_selected *selected; /* [owned] */
    size_t selected_count;
};

struct cfm_errands {
    struct cfm_errand *list; /* [owned] */
    size_t count;
    char *candidates; /* [owned] of a comparison */
};

/* Where they come from; everything [borrowed]. */
struct cfm_errand_source {
    const struct cfm_settings *settings;
    const struct cfm_selection *selection;
    const struct cfm_deviant *deviant;
    const struct cfm_lab_world *world;
    struct cfm_matrix *matrix;
};

/* The reference on every check; with --claims on what claims any deviation.
 * This and the next two: 0, or -1 when out of memory; cfm_errands_fini()
 * whatever is returned. */
int cfm_errands_reference(const struct cfm_errand_source *source,
                          struct cfm_errands *errands_out);

/* The comparisons, as far as they concern anybody. */
int cfm_errands_compare(const struct cfm_errand_source *source,
                        struct cfm_errands *errands_out);

/* Every deviation where it can differ; with --claims where it is claimed. What
 * is spared gets its outcome here. A deviation that cannot be had, that differs
 * nowhere, or that is nobody's business, has none. */
int cfm_errands_deviate(const struct cfm_errand_source *source,
                        struct cfm_errands *errands_out);

void cfm_errands_fini(struct cfm_errands *errands);
