/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * starter.h - a small process beside the lab, which makes the inits of its
 * commands.
 *
 * The lab holds the whole signed world; a copy of it for each command would
 * cost more than most commands do. So it starts this program once more, under
 * another name, and asks that process over a socket. The inits are children of
 * the lab nevertheless, in namespaces below the lab's.
 */
#pragma once

#include "process_init.h"

#include <sys/types.h>

struct cfm_starter;

/* Starts it as a child of the caller and in the caller's namespaces. main()
 * must know it: starter_serve.h.
 * starter_out [owned] by the caller. 0, or an errno value. */
int cfm_starter_new(struct cfm_starter **starter_out);

/* Ends it and waits for it. NULL is fine. */
void cfm_starter_free(struct cfm_starter *starter);

/* Starts the init of plan [borrowed]: its process id, as a child of the caller,
 * or -1 and errno. The descriptors of the plan stay the caller's. */
pid_t cfm_starter_clone(struct cfm_starter *starter,
                        const struct cfm_init_plan *plan);
