/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * matrix.h - deviations x checks -> outcome, and what that says of a catalogue.
 *
 * A check catches a deviation when it passes with the reference and fails with
 * the deviation. Pure.
 */
#pragma once

#include "inventory.h"
#include "result.h"

#include <scenario/deviations.h>

/* What is in a cell that no result came for. */
#define CFM_NOT_SEEN ((uint8_t)CFM_OUTCOME_COUNT)

/* One check; everything [borrowed] from the inventory. */
struct cfm_matrix_check {
    const char *address;
    const struct scn_scenario *scenario;
    uint8_t reference; /* enum cfm_outcome, or CFM_NOT_SEEN */
};

enum cfm_fate {
    CFM_CAUGHT,
    CFM_MISSED,        /* no check fails, and some should */
    CFM_OTHER_OUTCOME, /* caught, but never as the table says */
    CFM_EQUIVALENT,    /* as the table says, and nothing caught it */
    CFM_CONTRADICTION, /* the table says so, and a check caught it */
    CFM_NO_FEATURE,    /* what claims it needs what the reference lacks */
    CFM_NO_SWITCH,     /* the program cannot be made to behave so */
    CFM_UNCLAIMED,     /* no scenario claims it, and claims alone were run */
    CFM_FATE_COUNT
};

struct cfm_matrix_row {
    const struct scn_deviation *deviation; /* [borrowed] */
    /* Under the run's profile and day; [borrowed] or NULL. */
    const struct scn_equivalent *equivalent;
    bool runnable;
    uint8_t *outcomes; /* [owned] one a check */
    uint8_t *alike;    /* [owned] one a check: 1, it cannot differ there */
    /* Filled by cfm_matrix_judge(). */
    enum cfm_fate fate;
    size_t caught; /* by so many checks */
    size_t shown[CFM_OUTCOME_COUNT];
    size_t broken_claims;
};

struct cfm_matrix {
    struct cfm_matrix_check *checks; /* [owned] by address */
    size_t check_count;
    struct cfm_matrix_row *rows; /* [owned] in the table's order */
    size_t row_count;
    bool claims_only; /* each saw only the checks that claim it */
    bool whole;       /* every deviation saw every check */
    size_t spared;    /* runs that could not differ, and were not made */
    size_t made;      /* runs on the wire */
};

/* The checks of the selection, and these deviations. 0, or -1 when out of
 * memory; cfm_matrix_fini() whatever is returned. */
int cfm_matrix_init(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct cfm_settings *settings,
                    const struct scn_deviations *deviations,
                    struct cfm_matrix *matrix_out);
void cfm_matrix_fini(struct cfm_matrix *matrix);

/* Index of the check, or SIZE_MAX. */
size_t cfm_matrix_find(const struct cfm_matrix *matrix, const char *address);

bool cfm_matrix_catches(const struct cfm_matrix *matrix,
                        const struct cfm_matrix_row *row, size_t check);

/* Whether a check from start to end catches it. */
bool cfm_matrix_scenario_catches(const struct cfm_matrix *matrix,
                                 const struct cfm_matrix_row *row, size_t start,
                                 size_t end);

/* Whether `catches` of the scenario has the id. */
bool cfm_claims(const struct scn_scenario *scenario, const char *id);

/* Behind the last check of the scenario of check start. */
size_t cfm_matrix_end_of_scenario(const struct cfm_matrix *matrix,
                                  size_t start);

/* How a claim of the scenario from check start to end stands. */
enum cfm_claim {
    CFM_CLAIM_NONE,
    CFM_CLAIM_HOLDS,
    CFM_CLAIM_BROKEN,
    CFM_CLAIM_NOT_ASKED
};
enum cfm_claim cfm_matrix_claim(const struct cfm_matrix *matrix,
                                const struct cfm_matrix_row *row, size_t start,
                                size_t end);

/* Whether some deviation needs the scenario from check start to end. Those that
 * fail more than a quarter of all checks look at nothing, and need none. */
bool cfm_matrix_needs(const struct cfm_matrix *matrix, size_t start,
                      size_t end);

/* Fills what the rows say. */
void cfm_matrix_judge(struct cfm_matrix *matrix);

size_t cfm_matrix_count(const struct cfm_matrix *matrix, enum cfm_fate fate);
/* Rows whose claims do not all hold. */
size_t cfm_matrix_broken(const struct cfm_matrix *matrix);
/* Checks that the reference fails. */
size_t cfm_matrix_reference_failures(const struct cfm_matrix *matrix);

/* 0 adequate, 1 not, 3 when only a missing switch stands in the way. */
int cfm_matrix_exit(const struct cfm_matrix *matrix);

/* "caught", "missed", ... */
const char *cfm_fate_text(enum cfm_fate fate);
