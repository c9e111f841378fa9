/* SPDX-License-Identifier: BSD-2-Clause */
/* shared.c - who is let in; the clock is read for a guard alone. */
#include "shared.h"

#include <authsim/clock.h>

bool sim_shared_let_in(const struct sim_shared *shared, struct sim_incoming *in)
{
    return shared->guard == NULL ||
           sim_guard_let_in(shared->guard, sim_clock_unix_s(), in);
}
