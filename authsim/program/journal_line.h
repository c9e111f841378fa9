/* SPDX-License-Identifier: BSD-2-Clause */
/* journal_line.h - an exchange as a JSON object: --journal and /journal. */
#pragma once

#include <authsim/journal.h>

#include <jansson.h>

/* An exchange and whose it is, both [borrowed]. */
struct journal_entry {
    const struct sim_exchange *x;
    const char *key; /* of the instance */
};

/* [owned] by the caller; NULL when out of memory. */
json_t *journal_line_json(const struct journal_entry *entry);

/* A fault as the journal names it; likewise. */
json_t *journal_fault_json(const struct scn_fault *fault);

/* In the order of arrival. */
void journal_entries_sort(struct journal_entry *entries, size_t count);
