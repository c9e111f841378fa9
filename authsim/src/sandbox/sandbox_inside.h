/* SPDX-License-Identifier: BSD-2-Clause */
/* sandbox_inside.h - what a child does to its fresh namespaces. */
#pragma once

#include <authsim/network.h>
#include <authsim/status.h>

#include <sys/types.h>

/* Who the caller was outside, read before the namespaces were made. */
struct sim_sandbox_owner {
    uid_t uid;
    gid_t gid;
};

/*
 * Each on SIM_ESYSTEM leaves errno and *step_out, what was being done
 * ("mount a tmpfs over /run"): [borrowed] static text.
 */
SIM_NODISCARD enum sim_status sim_sandbox_map_user(
    const struct sim_sandbox_owner *owner, const char **step_out);
SIM_NODISCARD enum sim_status sim_sandbox_mounts(const char **step_out);
SIM_NODISCARD enum sim_status sim_sandbox_network(const char **step_out);
