/* SPDX-License-Identifier: BSD-2-Clause */
/* labs.c - polls the channels of all labs that go on, and the signals. */
#include "labs.h"

#include "channel.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { WHY_MAX = 1024, IDLE_MS = 200, USAGE = 2, LAB_FAILED = 3 };
enum { GOING_ON = -1 };

/* One lab that goes on; channel NULL: none does here. */
struct slot {
    struct cfm_lab lab;
    struct cfm_channel *channel; /* [owned] */
    size_t index;                /* of the job */
    size_t promised;             /* results */
    size_t heard;
    bool done; /* it said so; what is left is its end */
};

struct labs {
    const struct cfm_lab_job *jobs; /* [borrowed] */
    size_t count;
    const struct cfm_labs_watcher *watcher; /* [borrowed] */
    struct slot *slots;                     /* [owned] */
    struct pollfd *fds;                     /* [owned] a slot each, signals */
    size_t slot_count;
    size_t started;
    size_t ended;
    int signal_fd;
    sigset_t before; /* what the labs must inherit */
};

static int complain(const struct labs *labs, const char *text, int status)
{
    labs->watcher->on_note(labs->watcher->ctx, text);
    return status;
}

/* --- one lab --- */

static int start(struct labs *labs, struct slot *slot)
{
    char why[WHY_MAX] = "the lab cannot be made";
    sigset_t stop;

    *slot = (struct slot){ .index = labs->started };
    (void)fflush(NULL); /* the child is a copy of this process */
    /* The lab must not inherit blocked signals; one that comes just now ends
     * this process, and every lab ends with its parent. */
    (void)sigprocmask(SIG_SETMASK, &labs->before, &stop);
    enum cfm_lab_status st =
        cfm_lab_start(&labs->jobs[labs->started], &slot->lab, why, sizeof(why));
    (void)sigprocmask(SIG_SETMASK, &stop, NULL);
    if (st != CFM_LAB_OK) {
        return complain(labs, st == CFM_LAB_NO_MEMORY ? "out of memory" : why,
                        LAB_FAILED);
    }
    labs->started++;
    slot->channel = cfm_channel_new(slot->lab.channel_fd);
    if (slot->channel == NULL) {
        (void)cfm_lab_wait(&slot->lab);
        return complain(labs, "out of memory", LAB_FAILED);
    }
    return GOING_ON;
}

static int end(struct slot *slot)
{
    cfm_channel_free(slot->channel);
    slot->channel = NULL;
    return cfm_lab_wait(&slot->lab);
}

static int hear_result(const struct labs *labs, struct slot *slot,
                       const struct cfm_result *result)
{
    slot->heard++;
    labs->watcher->on_result(labs->watcher->ctx, slot->index, result);
    return GOING_ON;
}

/* GOING_ON, or the exit status. */
static int hear(const struct labs *labs, struct slot *slot,
                const struct cfm_event *event)
{
    switch (event->kind) {
    case CFM_EVENT_READY:
        slot->promised = event->checks;
        labs->watcher->on_ready(labs->watcher->ctx, slot->index, event->checks);
        return GOING_ON;
    case CFM_EVENT_STARTED:
        return GOING_ON;
    case CFM_EVENT_RESULT:
        return hear_result(labs, slot, &event->result);
    case CFM_EVENT_NOTE:
        return complain(labs, event->text, GOING_ON);
    case CFM_EVENT_USAGE:
        return complain(labs, event->text, USAGE);
    case CFM_EVENT_FAILED:
        return complain(labs, event->text, LAB_FAILED);
    case CFM_EVENT_DONE:
        slot->done = true;
        return slot->heard == slot->promised
                   ? GOING_ON
                   : complain(labs, "a lab gave too few results", LAB_FAILED);
    }
    return GOING_ON;
}

/* A lab that said that it was done, and then went. */
static int hear_end(struct labs *labs, struct slot *slot)
{
    if (!slot->done) {
        return complain(labs, "a lab ended before it was done", LAB_FAILED);
    }
    labs->ended++;
    return end(slot) == 0
               ? GOING_ON
               : complain(labs, "a lab did all, then ended badly", LAB_FAILED);
}

/* Everything that can be read without waiting. */
static int listen_to(struct labs *labs, struct slot *slot)
{
    int rc = GOING_ON;

    do {
        struct cfm_event event;
        int got = cfm_channel_next(slot->channel, &event);
        if (got == 0) {
            return hear_end(labs, slot);
        }
        if (got < 0) {
            return complain(labs, "a lab spoke nonsense", LAB_FAILED);
        }
        rc = hear(labs, slot, &event);
        cfm_event_fini(&event);
    } while (rc == GOING_ON && cfm_channel_has_line(slot->channel));
    return rc;
}

/* --- all labs --- */

static int on_signal(const struct labs *labs)
{
    struct signalfd_siginfo info;
    ssize_t got = read(labs->signal_fd, &info, sizeof(info));

    return got == (ssize_t)sizeof(info) ? 128 + (int)info.ssi_signo : GOING_ON;
}

static int fill_slots(struct labs *labs)
{
    int rc = GOING_ON;

    for (size_t i = 0;
         rc == GOING_ON && i < labs->slot_count && labs->started < labs->count;
         i++) {
        if (labs->slots[i].channel == NULL) {
            rc = start(labs, &labs->slots[i]);
        }
    }
    return rc;
}

static int wait_for_any(struct labs *labs)
{
    for (size_t i = 0; i < labs->slot_count; i++) {
        const struct slot *slot = &labs->slots[i];
        labs->fds[i] = (struct pollfd){
            .fd = slot->channel == NULL ? -1 : slot->lab.channel_fd,
            .events = POLLIN,
        };
    }
    labs->fds[labs->slot_count] =
        (struct pollfd){ .fd = labs->signal_fd, .events = POLLIN };
    if (poll(labs->fds, labs->slot_count + 1, IDLE_MS) < 0 && errno != EINTR) {
        return complain(labs, strerror(errno), LAB_FAILED);
    }
    return GOING_ON;
}

static int turn(struct labs *labs)
{
    int rc = wait_for_any(labs);

    if (rc == GOING_ON && labs->fds[labs->slot_count].revents != 0) {
        rc = on_signal(labs);
    }
    for (size_t i = 0; rc == GOING_ON && i < labs->slot_count; i++) {
        if (labs->fds[i].revents != 0) {
            rc = listen_to(labs, &labs->slots[i]);
        }
    }
    labs->watcher->on_idle(labs->watcher->ctx);
    return rc;
}

static int run(struct labs *labs)
{
    int rc = GOING_ON;

    while (rc == GOING_ON && labs->ended < labs->count) {
        rc = fill_slots(labs);
        if (rc == GOING_ON) {
            rc = turn(labs);
        }
    }
    for (size_t i = 0; i < labs->slot_count; i++) {
        if (labs->slots[i].channel != NULL) {
            (void)end(&labs->slots[i]);
        }
    }
    return rc == GOING_ON ? 0 : rc;
}

int cfm_labs_run(const struct cfm_lab_job *jobs, size_t count, size_t at_once,
                 const struct cfm_labs_watcher *watcher)
{
    struct labs labs = {
        .jobs = jobs, .count = count, .watcher = watcher, .slot_count = at_once
    };
    sigset_t stop;

    labs.slots = calloc(at_once, sizeof(*labs.slots));
    labs.fds = calloc(at_once + 1, sizeof(*labs.fds));
    if (labs.slots == NULL || labs.fds == NULL) {
        free(labs.slots);
        free(labs.fds);
        return complain(&labs, "out of memory", LAB_FAILED);
    }
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGINT);
    (void)sigaddset(&stop, SIGTERM);
    (void)sigaddset(&stop, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &stop, &labs.before);
    labs.signal_fd = signalfd(-1, &stop, SFD_CLOEXEC | SFD_NONBLOCK);
    int rc = run(&labs);
    if (labs.signal_fd >= 0) {
        (void)close(labs.signal_fd);
    }
    (void)sigprocmask(SIG_SETMASK, &labs.before, NULL);
    free(labs.slots);
    free(labs.fds);
    return rc;
}
