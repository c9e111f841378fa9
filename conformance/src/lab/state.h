/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * state.h - what a command with a clock is given: the time, which the steps of
 * its file move, and a directory that outlives its runs.
 */
#pragma once

#include <stdint.h>

struct cfm_state;

/*
 * Makes the directory, a tmpfs of bounded size that only who is told of it may
 * write to (process.h). number tells those of one lab apart.
 * NULL and errno. [owned]
 */
struct cfm_state *cfm_state_new(unsigned number, int64_t now_s);

/* Takes the directory away with all that is in it. NULL is fine. */
void cfm_state_free(struct cfm_state *state);

void cfm_state_advance(struct cfm_state *state, int64_t seconds);

/* [borrowed], until the next call of cfm_state_advance(). */
const char *cfm_state_now(const struct cfm_state *state);
const char *cfm_state_directory(const struct cfm_state *state);
