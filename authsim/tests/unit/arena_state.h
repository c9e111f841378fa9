/* SPDX-License-Identifier: BSD-2-Clause */
/* arena_state.h - an arena as the state of a group of tests. */
#pragma once

#include "arena.h"

static inline int arena_set_up(void **state)
{
    *state = sim_arena_new();
    return *state == NULL ? -1 : 0;
}

static inline int arena_tear_down(void **state)
{
    sim_arena_free(*state);
    return 0;
}
