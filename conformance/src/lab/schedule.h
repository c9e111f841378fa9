/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schedule.h - the selected instances, many in flight, the slow ones first, so
 * that the whole takes little longer than its slowest part.
 */
#pragma once

#include "lab_context.h"

/* NULL when out of memory. [owned]; lab [borrowed]. */
struct cfm_schedule *cfm_schedule_new(struct cfm_lab_context *lab);
void cfm_schedule_free(struct cfm_schedule *schedule);

/* Results it will send. */
size_t cfm_schedule_results(const struct cfm_schedule *schedule);

/* Starts as many as settings->jobs says; when all have ended, says so to the
 * parent and calls cfm_lab_finish(). */
void cfm_schedule_start(struct cfm_schedule *schedule);

/* What waits for the remote perspectives goes on; the rest has not waited. */
void cfm_schedule_remotes_ready(struct cfm_schedule *schedule);
