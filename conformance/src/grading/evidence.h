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

/* The start name of a check's first subject, and its instance's apex. */
struct cfm_looked cfm_looked_for(const struct scn_instance *instance,
                                 const struct scn_check *check);

bool cfm_predicate_holds(const struct scn_predicate *predicate,
                         const struct cfm_looked *looked,
                         const struct sim_journal *journal);

bool cfm_all_hold(const struct scn_predicate *predicates, size_t count,
                  const struct cfm_looked *looked,
                  const struct sim_journal *journal);

/* Did a server only point to the servers of a zone below? */
bool cfm_is_referral(const struct sim_exchange *x);

/* How many queries a filter matched in the window, and how many usable replies
 * went to them or passed through the name. */
struct cfm_tally {
    size_t asked;
    size_t attempts; /* of them, those that reached a server that had to know:
                        what was only referred on is no attempt */
    size_t answered;
};

struct cfm_tally cfm_count(const struct scn_filter *filter, enum scn_place at,
                           const struct sim_journal *journal);

/* Queries that SCN_LOOKED counts. */
size_t cfm_count_looks(const struct cfm_looked *looked,
                       const struct sim_journal *journal);

/* The exchange that carried the proof of SCN_SHOWN_INSECURE, or NULL. */
const struct sim_exchange *cfm_proof_of_no_ds(
    const uint8_t *zone, const struct sim_journal *journal);

/* "asked: CAA www.agency.x, at least 1": the predicate in words. [owned],
 * free(); NULL when out of memory. */
char *cfm_predicate_text(const struct scn_predicate *predicate);

/* The same with what was seen: "retried: CAA www.agency.x (0
 * at the front, 4 at the servers)". */
char *cfm_predicate_findings(const struct scn_predicate *predicate,
                             const struct cfm_looked *looked,
                             const struct sim_journal *journal);
