/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kept.h - the answers that a check got, kept so that it can be decided again
 * with a deviation. Part of caacheck-deviant only.
 */
#pragma once

#include <caacheck/lookup.h>

struct kept_question;

/* What one perspective asked. Zero but for `under` and `asking` at first. */
struct kept {
    struct caa_lookup under;    /* that answers */
    bool asking;                /* what was not kept is asked now */
    struct kept_question *list; /* [owned] */
    size_t count;
    size_t capacity;
    bool incomplete; /* memory was short: nothing may be told from it */
    bool differs;    /* the deviation asked for what was not kept */
};

/* Asks, and keeps. [borrowed] as long as kept */
struct caa_lookup kept_recorder(struct kept *kept);

/* Answers from what was kept, for a deviation; of the rest it says that it
 * differs or, while asking, it asks: NULL, and the answer is on its way. */
struct caa_lookup kept_player(struct kept *kept);

/* Before the next deviation. */
void kept_rewind(struct kept *kept);

/* Whether the deviation asked for all that was kept, and for nothing else or,
 * while asking, for whatever else. */
bool kept_was_asked(const struct kept *kept);

/* Every look-up was answered at once, by what validates or need not. */
bool kept_is_flawless(const struct kept *kept);

void kept_fini(struct kept *kept);
