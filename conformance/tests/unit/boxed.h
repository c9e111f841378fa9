/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boxed.h - a test program inside a sandbox: PID 1 of namespaces of its own,
 * as the lab child is. Where there is none they fail, as the lab would.
 */
#pragma once

#include <authsim/sandbox.h>

#include <stdio.h>
#include <sys/wait.h>

/* Runs tests (a sim_sandbox_fn) and passes on its exit status. */
static inline int run_boxed(sim_sandbox_fn *tests)
{
    char why[512] = "";
    pid_t pid = 0;
    int status = 0;
    if (sim_sandbox_spawn(SIM_NETWORK_SANDBOX, tests, NULL, &pid, why,
                          sizeof why) != SIM_OK) {
        (void)fprintf(stderr, "no sandbox: %s\n", why);
        return 1;
    }
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) {
        return 1;
    }
    return WEXITSTATUS(status);
}
