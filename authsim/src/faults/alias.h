/* SPDX-License-Identifier: BSD-2-Clause */
/* alias.h - aliases that a fault makes for every name it is asked for. */
#pragma once

#include "arena.h"

#include <authsim/status.h>
#include <scenario/model.h>

/*
 * The next link of a chain without end: a CNAME from name to c1 below it, from
 * c1 to c2, and so on. The owner is `name` itself, [borrowed]; the target is in
 * arena, below the same parent, and lower-case but for what name has.
 */
SIM_NODISCARD enum sim_status sim_alias_next(const uint8_t *name,
                                             struct sim_arena *arena,
                                             struct scn_record *alias_out);
