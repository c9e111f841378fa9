/* SPDX-License-Identifier: BSD-2-Clause */
/* reaper.c - one SIGCHLD event, and a list of who waits for whom. */
#include "reaper.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/queue.h>
#include <sys/wait.h>

struct watch {
    pid_t pid;
    cfm_reaped_fn *reaped;
    void *ctx; /* [borrowed] */
    LIST_ENTRY(watch) link;
};

struct cfm_reaper {
    struct event *child_ended; /* [owned] */
    LIST_HEAD(, watch) watches;
};

static struct watch *find_watch(const struct cfm_reaper *reaper, pid_t pid)
{
    struct watch *watch = LIST_FIRST(&reaper->watches);
    while (watch != NULL && watch->pid != pid) {
        watch = LIST_NEXT(watch, link);
    }
    return watch;
}

static void tell(struct cfm_reaper *reaper, pid_t pid, int wait_status)
{
    struct watch *watch = find_watch(reaper, pid);
    if (watch == NULL) {
        return;
    }
    cfm_reaped_fn *reaped = watch->reaped;
    void *ctx = watch->ctx;
    LIST_REMOVE(watch, link);
    free(watch);
    reaped(ctx, wait_status);
}

static void on_child_ended(evutil_socket_t signal_number, short what, void *ctx)
{
    (void)signal_number;
    (void)what;
    struct cfm_reaper *reaper = ctx;
    int wait_status = 0;
    pid_t pid = waitpid(-1, &wait_status, WNOHANG);
    while (pid > 0) {
        tell(reaper, pid, wait_status);
        pid = waitpid(-1, &wait_status, WNOHANG);
    }
}

struct cfm_reaper *cfm_reaper_new(struct event_base *base)
{
    struct cfm_reaper *reaper = calloc(1, sizeof *reaper);
    if (reaper == NULL) {
        return NULL;
    }
    LIST_INIT(&reaper->watches);
    reaper->child_ended = evsignal_new(base, SIGCHLD, on_child_ended, reaper);
    if (reaper->child_ended == NULL ||
        evsignal_add(reaper->child_ended, NULL)) {
        cfm_reaper_free(reaper);
        return NULL;
    }
    return reaper;
}

void cfm_reaper_free(struct cfm_reaper *reaper)
{
    if (reaper == NULL) {
        return;
    }
    if (reaper->child_ended != NULL) {
        event_free(reaper->child_ended);
    }
    while (!LIST_EMPTY(&reaper->watches)) {
        struct watch *watch = LIST_FIRST(&reaper->watches);
        LIST_REMOVE(watch, link);
        free(watch);
    }
    free(reaper);
}

int cfm_reaper_watch(struct cfm_reaper *reaper, pid_t pid,
                     cfm_reaped_fn *reaped, void *ctx)
{
    struct watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL) {
        return -1;
    }
    watch->pid = pid;
    watch->reaped = reaped;
    watch->ctx = ctx;
    LIST_INSERT_HEAD(&reaper->watches, watch, link);
    return 0;
}

void cfm_reaper_forget(struct cfm_reaper *reaper, pid_t pid)
{
    struct watch *watch = find_watch(reaper, pid);
    if (watch != NULL) {
        LIST_REMOVE(watch, link);
        free(watch);
    }
}
