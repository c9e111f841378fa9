/* SPDX-License-Identifier: BSD-2-Clause */
/* echo.h - the question that comes back (FORMAT's `echo`). */
#pragma once

#include "arena.h"
#include "message.h"

#include <authsim/status.h>
#include <scenario/model.h>

/* Changes the question of m; a name that differs is in arena. */
SIM_NODISCARD enum sim_status sim_echo_change(enum scn_echo echo,
                                              struct sim_arena *arena,
                                              struct sim_message *m);
