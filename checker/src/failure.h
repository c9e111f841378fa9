/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * failure.h - when an answer is a failed look-up, and what the rules make of
 * that (RFC 8659 sections 6.1 to 6.3, TLS-BR section 4.2.2.1).
 */
#pragma once

#include <caacheck/check.h>

enum caa_failure_kind {
    CAA_FAILURE_NONE, /* not a failure */
    CAA_FAILURE_SERVFAIL,
    CAA_FAILURE_ERROR, /* REFUSED and its like */
    CAA_FAILURE_TIMEOUT,
    CAA_FAILURE_UNREADABLE,
    CAA_FAILURE_YXDOMAIN,
    CAA_FAILURE_BOGUS,
    CAA_FAILURE_OTHER /* a rule refuses it */
};

/* Whether the answer of step is a failure, and which. CAA_PENDING: a rule wants
 * to know more, which is on its way. */
CAA_NODISCARD enum caa_status caa_failure_find(const struct caa_check *check,
                                               const struct caa_step *step,
                                               enum caa_failure_kind *kind_out);

/*
 * Fills step->effect (FAILED, FAILED_EMPTY, FAILED_CLIMBED, FAILED_PERMITTED),
 * section, diagnosis and proof for a step whose answer failed.
 */
CAA_NODISCARD enum caa_status caa_failure_judge(const struct caa_check *check,
                                                enum caa_failure_kind kind,
                                                struct caa_step *step);
