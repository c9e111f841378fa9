/* SPDX-License-Identifier: BSD-2-Clause */
/* expectation.h - what a check expects before anything was seen on the wire. */
#pragma once

#include "grade.h"
#include "text.h"

/* The last row in force that has no `if`: what counts while nothing odd is
 * seen. */
const struct scn_row *cfm_row_unseen(const struct scn_check *check,
                                     const struct cfm_policy *policy);

/* What is expected under each profile, and how that changes by date; profiles
 * that agree on every day stand together. Lines indented by two. */
void cfm_expectation_add(struct cfm_text *text, const struct scn_check *check,
                         uint32_t today);
