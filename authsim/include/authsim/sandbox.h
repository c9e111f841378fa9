/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sandbox.h - a process in user, network, mount and PID namespaces of its own.
 *
 * Loopback is up, the lab's addresses are routed local, /tmp, /run and /var/run
 * are tmpfs (path sockets reach out of a network namespace otherwise). The
 * child is PID 1 there: when it dies, so does everything inside. It dies with
 * its parent.
 */
#pragma once

#include <authsim/network.h>
#include <authsim/status.h>

#include <stddef.h>
#include <sys/types.h>

/* Runs in the child; its return value is the child's exit status. */
typedef int sim_sandbox_fn(void *ctx);

/*
 * Must be called from a process without threads. With SIM_NETWORK_LOOPBACK the
 * network namespace is the caller's.
 *   ctx      [borrowed]; the child sees a copy-on-write copy
 *   pid_out  the child, to be waited for by the caller
 *   why      on SIM_ESYSTEM one line: which namespace was refused and exactly
 *            what to change (sysctl, AppArmor, seccomp)
 * A failure inside the child is told through why as well.
 */
SIM_NODISCARD enum sim_status sim_sandbox_spawn(enum sim_network_kind network,
                                                sim_sandbox_fn *run, void *ctx,
                                                pid_t *pid_out, char *why,
                                                size_t why_cap);

/* Within a sandbox: bind text over a file of this mount namespace, for example
 * /etc/resolv.conf. The text lives on the sandbox's tmpfs. */
SIM_NODISCARD enum sim_status sim_sandbox_cover(const char *path,
                                                const char *text);
