/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * climb.h - one climb under way: what its parts share. It is run from the top
 * whenever an answer arrives, and all it remembers is in the look-up.
 */
#pragma once

#include <caacheck/check.h>

struct caa_climb {
    const struct caa_check *check;
    const struct caa_subject *subject;
    struct caa_result *result;
    const char *near_failure; /* static; section of a failure gone past */
    unsigned tree_depth;
    bool done; /* result holds the decision */
};

/* CAA_REASON_NONE permits. section is static. */
void caa_climb_conclude(struct caa_climb *climb, enum caa_reason reason,
                        const char *section);
CAA_NODISCARD enum caa_status caa_climb_add_step(struct caa_climb *climb,
                                                 const struct caa_step *step);

/*
 * Adds the step and, where the rules say so, concludes when the answer of
 * step is no answer: Indeterminate, or a failure. *failed_out: it is none.
 */
CAA_NODISCARD enum caa_status caa_climb_take_failure(struct caa_climb *climb,
                                                     struct caa_step *step,
                                                     bool *failed_out);

/* CAA(X): asks one name and acts on the answer. own: not an alias's. */
CAA_NODISCARD enum caa_status caa_climb_visit(struct caa_climb *climb,
                                              const struct caa_name *name,
                                              bool own);

/* R(X) for a name met through an alias (RFC 6844 section 4). */
CAA_NODISCARD enum caa_status caa_climb_tree(struct caa_climb *climb,
                                             const struct caa_name *start);

/* The DNAME at a name without CAA (RFC 6844 section 4, erratum 5065). */
CAA_NODISCARD enum caa_status caa_climb_dname(struct caa_climb *climb,
                                              const struct caa_name *name);

/*
 * Deviations that look above the nearest set: decides from all the sets from
 * `start` up to the top-level domain, as the rule `sets` has it.
 */
CAA_NODISCARD enum caa_status caa_climb_gather(struct caa_climb *climb,
                                               const struct caa_name *start);
