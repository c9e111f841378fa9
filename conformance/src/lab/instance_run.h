/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * instance_run.h - the steps of one instance, strictly in order, each check
 * graded when the implementation has ended and its result sent.
 */
#pragma once

#include "lab_context.h"

struct cfm_instance_run;

typedef void cfm_instance_done_fn(void *ctx);

/*
 * Starts to run an instance of the lab.
 *   selected  [borrowed]
 *   done      called once, from the loop; the run may be freed in it
 * NULL when out of memory. [owned]
 */
struct cfm_instance_run *cfm_instance_start(struct cfm_lab_context *lab,
                                            const struct cfm_selected *selected,
                                            cfm_instance_done_fn *done,
                                            void *ctx);

/* A check that waits for the remote perspectives goes on. */
void cfm_instance_remotes_ready(struct cfm_instance_run *run);

void cfm_instance_free(struct cfm_instance_run *run);
