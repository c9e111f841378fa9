/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * alike.h - which deviations need not be run on which checks.
 *
 * One run of caacheck-deviant --compare tells for every check which deviations
 * would have asked for the same and said the same, on the same answers: they
 * have the reference's outcome there. Where the scenario is calm they may also
 * have asked for more. All others are run on the wire. Pure.
 */
#pragma once

#include "matrix.h"

/* The argument of --compare: every deviation that can be had, in the order of
 * the rows. [owned], NULL when out of memory. */
char *cfm_alike_candidates(const struct cfm_matrix *matrix);

/* Whether a question beyond those of the reference changes neither an answer
 * nor a grade: nothing is counted, lost or late, nothing must not be asked, and
 * no expectation rests on what was. */
bool cfm_alike_calm(const struct scn_instance *instance);

/* Takes down what the program printed in a check whose outcome was the
 * reference's. Output of another kind says nothing: all are run then. */
void cfm_alike_read(struct cfm_matrix *matrix, size_t check,
                    const char *output);

/* Whether the checks at these addresses need no run; if so they get the
 * reference's outcome. All belong to one instance, in which a check that
 * differs may change what the next ones meet. */
bool cfm_alike_spare(struct cfm_matrix *matrix, struct cfm_matrix_row *row,
                     const char *const *addresses, size_t count);
