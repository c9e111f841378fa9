/* SPDX-License-Identifier: BSD-2-Clause */
/* story_told.h - what happened, in sentences drawn from the journal alone. */
#pragma once

#include "text.h"

#include <authsim/journal.h>
#include <scenario/model.h>

#include <jansson.h>

/* Appends sentences to lines. 0, or -1 when out of memory. */
int cfm_story_told(json_t *lines, const struct scn_instance *instance,
                   const struct scn_check *check,
                   const struct sim_journal *journal);

/* Appends text as one line, and leaves text empty. 0, or -1 when out of
 * memory. */
int cfm_story_append(json_t *lines, struct cfm_text *text);
