/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boxed.h - a test program inside a sandbox: PID 1 of namespaces of its own,
 * as the lab child is. Where there is none they fail, as the lab would.
 */
#pragma once

#include "starter_serve.h"

#include <authsim/sandbox.h>

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

/* Processes of the sandbox beside its PID 1, the caller. */
static inline size_t count_others(void)
{
    size_t others = 0;
    DIR *proc = opendir("/proc");
    for (const struct dirent *entry = proc == NULL ? NULL : readdir(proc);
         entry != NULL; entry = readdir(proc)) {
        others += isdigit((unsigned char)entry->d_name[0]) != 0 &&
                  strcmp(entry->d_name, "1") != 0;
    }
    if (proc != NULL) {
        (void)closedir(proc);
    }
    return others;
}

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

/* main() of tests with a starter, which is this program under another name. */
static inline int run_boxed_or_serve(char *const *argv, sim_sandbox_fn *tests)
{
    return cfm_starter_is_meant(argv) ? cfm_starter_serve() : run_boxed(tests);
}
