/* SPDX-License-Identifier: BSD-2-Clause */
/* journal_line.h - an exchange as a JSON object: --journal and /journal. */
#pragma once

#include "json_text.h"

#include <authsim/journal.h>

/* Adds the exchange of the instance that key names; NULL: of none. */
void journal_line_exchange(struct json_text *text, const struct sim_exchange *x,
                           const char *key);

/* Adds a fault that never acted in all of the instance's exchanges. */
void journal_line_idle(struct json_text *text, const struct scn_fault *fault,
                       const char *key, size_t exchanges);
