/* SPDX-License-Identifier: BSD-2-Clause */
/* process_init.h - the init of a command's PID namespace. */
#pragma once

#include "process.h"

/* How the init tells the end; one of these, once, over a pipe. */
struct cfm_init_message {
    int32_t end; /* enum cfm_process_end */
    int32_t number;
};

struct cfm_init_plan {
    const struct cfm_process_spec *spec;
    int stdout_fd;
    int stderr_fd;
    int status_fd;
};

/* Runs in a copy of the starter, with all signals blocked and none handled;
 * never returns. */
_Noreturn void cfm_init_run(const struct cfm_init_plan *plan);
