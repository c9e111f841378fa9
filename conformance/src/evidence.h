/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * evidence.h - do the predicates of FORMAT section 7 hold in a journal?
 *
 * Pure: reads a journal, decides, describes. The window is from the last
 * `forget: journal` to the end; shown-insecure looks at the whole life.
 * Exchanges the lab caused itself never count.
 */
#pragma once

#include <authsim/journal.h>
#include <scenario/model.h>

#include <stdbool.h>
#include <stddef.h>

/* Where SCN_LOOKED looks: from start up to apex. start NULL: an IP address,
 * for which nothing need be looked up (the predicate holds). */
struct cfm_looked {
    const uint8_t *start;
    const uint8_t *apex;
};

bool cfm_predicate_holds(const struct scn_predicate *predicate,
                         const struct cfm_looked *looked,
                         const struct sim_journal *journal);

bool cfm_all_hold(const struct scn_predicate *predicates, size_t count,
                  const struct cfm_looked *looked,
                  const struct sim_journal *journal);

/* "asked: CAA www.agency.x., at least 1": the predicate in words. [owned],
 * free(); NULL when out of memory. */
char *cfm_predicate_text(const struct scn_predicate *predicate);

/* The same with what was seen: "retried at the servers: 4 queries". */
char *cfm_predicate_findings(const struct scn_predicate *predicate,
                             const struct cfm_looked *looked,
                             const struct sim_journal *journal);
