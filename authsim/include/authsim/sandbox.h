/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sandbox.h - a process in user, network, mount and PID namespaces of its own.
 *
 * Loopback is up, the lab's addresses are routed local, /run and /var/run are a
 * tmpfs (path sockets reach out of a network namespace otherwise) that holds
 * SIM_SANDBOX_DIR for the lab's own files. /tmp is left as it is: what is under
 * test may live there. The child is PID 1: when it dies, so does everything
 * inside. It dies with its parent.
 */
#pragma once

#include <authsim/network.h>
#include <authsim/status.h>

#include <stddef.h>
#include <sys/types.h>

/* An empty directory of the sandbox's tmpfs, gone with the sandbox. */
#define SIM_SANDBOX_DIR "/run/caa-testbed"

/* Runs in the child; its return value is the child's exit status. */
typedef int sim_sandbox_fn(void *ctx);

/*
 * Must be called from a process without threads. Returns once the sandbox is
 * ready, or has failed and is gone.
 *   network  SIM_NETWORK_LOOPBACK keeps the caller's network namespace, and so
 *            the right to bind port 53. The other namespaces are then taken if
 *            they can be had and left out if not: see sim_sandbox_sealed().
 *   ctx      [borrowed]; the child sees a copy-on-write copy
 *   pid_out  the child, to be waited for by the caller
 *   why      on SIM_ESYSTEM one line: which namespace was refused and exactly
 *            what to change (sysctl, AppArmor, seccomp)
 * A failure inside the child is told through why as well. Where /proc cannot
 * be mounted (masked in containers) or IPv6 is not there the sandbox goes
 * without.
 */
SIM_NODISCARD enum sim_status sim_sandbox_spawn(enum sim_network_kind network,
                                                sim_sandbox_fn *run, void *ctx,
                                                pid_t *pid_out, char *why,
                                                size_t why_cap);

/* Within the child: whether it has mount and PID namespaces of its own. False
 * only with SIM_NETWORK_LOOPBACK; there is no SIM_SANDBOX_DIR then. */
bool sim_sandbox_sealed(void);

/*
 * Within a sandbox: bind text over a file of this mount namespace, for example
 * /etc/resolv.conf; a symlink is followed. The text lives on the sandbox's
 * tmpfs.
 * SIM_ECONFLICT: there is no such file, nothing was covered (worth a word, no
 * reason to stop). SIM_ESYSTEM: refused, see errno.
 */
SIM_NODISCARD enum sim_status sim_sandbox_cover(const char *path,
                                                const char *text);

/* Within a sandbox: assigns an address to lo, for programs that listen only on
 * assigned ones (BIND), or send from IPv6 ones. Twice is once. */
SIM_NODISCARD enum sim_status sim_sandbox_assign(
    const struct sim_address *address);
