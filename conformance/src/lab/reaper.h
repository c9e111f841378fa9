/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reaper.h - collects every child of this process, orphans included.
 *
 * PID 1 of the sandbox inherits whatever loses its parent. One SIGCHLD event
 * waits for all of them; those that somebody watches are told.
 */
#pragma once

#include <event2/event.h>

#include <sys/types.h>

struct cfm_reaper;

/* wait_status as waitpid() gives it. The watch is gone before the call. */
typedef void cfm_reaped_fn(void *ctx, int wait_status);

/* base [borrowed]. NULL when out of memory. */
struct cfm_reaper *cfm_reaper_new(struct event_base *base);
void cfm_reaper_free(struct cfm_reaper *reaper);

/* Calls reaped once, from the loop, when pid has ended. Must be called before
 * the loop runs again after pid was made. 0, or -1 when out of memory. */
int cfm_reaper_watch(struct cfm_reaper *reaper, pid_t pid,
                     cfm_reaped_fn *reaped, void *ctx);

/* The watcher is gone; pid is still collected. */
void cfm_reaper_forget(struct cfm_reaper *reaper, pid_t pid);
