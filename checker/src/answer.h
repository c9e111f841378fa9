/* SPDX-License-Identifier: BSD-2-Clause */
/* answer.h - from a resolver's message to an answer: aliases and records. */
#pragma once

#include <caacheck/lookup.h>

/*
 * Follows the aliases of the answer section from `question` and collects the
 * records of `type` at their end. Copies the packet. CAA_EFORMAT: not a
 * message, not a whole one (TC), or its aliases loop; answer_out is then
 * untouched. security, attempts and why are for the caller to set.
 */
CAA_NODISCARD enum caa_status caa_answer_read(const uint8_t *packet,
                                              size_t length,
                                              const struct caa_name *question,
                                              uint16_t type,
                                              struct caa_answer *answer_out);

/* The name in record `index` < record_count of CNAME, DNAME or NS. */
CAA_NODISCARD enum caa_status caa_answer_name(const struct caa_answer *answer,
                                              size_t index,
                                              struct caa_name *name_out);

/*
 * The name in the first record of an answer for CNAME, DNAME or NS.
 * CAA_EFORMAT: there is no such record, or no name in it.
 */
CAA_NODISCARD enum caa_status caa_answer_target(const struct caa_answer *answer,
                                                struct caa_name *target_out);

/* Releases what the answer owns and zeroes it. NULL is accepted. */
void caa_answer_fini(struct caa_answer *answer);
