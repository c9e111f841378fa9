/* SPDX-License-Identifier: BSD-2-Clause */
/* child.h - the COMMAND that serve --sandbox runs. */
#pragma once

#include <authsim/status.h>

#include <signal.h>
#include <stddef.h>
#include <sys/types.h>

/* A word of the command line and of the environment. */
struct child_place {
    const char *placeholder; /* "{root-hints}" */
    const char *variable;    /* "CAA_ROOT_HINTS" */
    const char *value;
};

struct child {
    char *const *words;               /* [borrowed] ends in NULL */
    const struct child_place *places; /* [borrowed] */
    size_t place_count;
    struct sigaction interrupt; /* what SIGINT did when authsim was started */
};

/* Every placeholder in text becomes its value, but not after a '$', where it
 * is the shell's. [owned] by the caller, free(); NULL: out of memory. */
char *child_substitute(const char *text, const struct child_place *places,
                       size_t count);

/* Starts it. SIM_ESYSTEM: it cannot be run, see errno. */
SIM_NODISCARD enum sim_status child_start(const struct child *child,
                                          pid_t *pid_out);

/* As a shell says it: 128 and the signal for one that was killed. */
int child_exit_status(int wait_status);
