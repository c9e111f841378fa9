/* SPDX-License-Identifier: BSD-2-Clause */
/* supervise.c - the parent's loop: the channel and the signals. */
#include "supervise.h"

#include "channel.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

enum { WHY_MAX = 1024, IDLE_MS = 200, USAGE = 2, LAB_FAILED = 3 };
enum { GOING_ON = -1 };

struct supervisor {
    const struct cfm_watcher *watcher;
    struct cfm_lab lab;
    struct cfm_channel *channel;
    int signal_fd;
};

static void complain(const struct supervisor *supervisor, const char *text)
{
    if (supervisor->watcher->on_note != NULL) {
        supervisor->watcher->on_note(supervisor->watcher->ctx, text);
    } else {
        (void)fprintf(stderr, "caaconform: %s\n", text);
    }
}

/* GOING_ON, or the exit status. */
static int hear(const struct supervisor *supervisor, struct cfm_event *event)
{
    const struct cfm_watcher *watcher = supervisor->watcher;

    switch (event->kind) {
    case CFM_EVENT_READY:
        if (watcher->on_ready != NULL) {
            watcher->on_ready(watcher->ctx, event->checks);
        }
        return GOING_ON;
    case CFM_EVENT_STARTED:
        if (watcher->on_started != NULL) {
            watcher->on_started(watcher->ctx, event->text);
        }
        return GOING_ON;
    case CFM_EVENT_RESULT:
        if (watcher->on_result != NULL &&
            watcher->on_result(watcher->ctx, &event->result) != 0) {
            complain(supervisor, "out of memory");
            return LAB_FAILED;
        }
        return GOING_ON;
    case CFM_EVENT_NOTE:
        complain(supervisor, event->text);
        return GOING_ON;
    case CFM_EVENT_USAGE:
        complain(supervisor, event->text);
        return USAGE;
    case CFM_EVENT_FAILED:
        complain(supervisor, event->text);
        return LAB_FAILED;
    case CFM_EVENT_DONE:
        return 0;
    }
    return GOING_ON;
}

static int read_one(const struct supervisor *supervisor)
{
    struct cfm_event event;
    int got = cfm_channel_next(supervisor->channel, &event);

    if (got == 1) {
        int rc = hear(supervisor, &event);
        cfm_event_fini(&event);
        return rc;
    }
    complain(supervisor, got == 0 ? "the lab ended before it was done"
                                  : "the lab spoke nonsense");
    return LAB_FAILED;
}

static int on_signal(const struct supervisor *supervisor)
{
    struct signalfd_siginfo info;
    ssize_t got = read(supervisor->signal_fd, &info, sizeof(info));

    return got == (ssize_t)sizeof(info) ? 128 + (int)info.ssi_signo : GOING_ON;
}

/* Waits for the lab or a signal; GOING_ON, or the exit status. */
static int turn(const struct supervisor *supervisor)
{
    struct pollfd fds[2] = {
        { .fd = supervisor->lab.channel_fd, .events = POLLIN },
        { .fd = supervisor->signal_fd, .events = POLLIN },
    };
    const struct cfm_watcher *watcher = supervisor->watcher;
    bool waiting = cfm_channel_has_line(supervisor->channel);
    int ready = poll(fds, 2, waiting ? 0 : IDLE_MS);

    if (ready < 0 && errno != EINTR) {
        complain(supervisor, strerror(errno));
        return LAB_FAILED;
    }
    if ((fds[1].revents & POLLIN) != 0) {
        return on_signal(supervisor);
    }
    if (waiting || fds[0].revents != 0) {
        return read_one(supervisor);
    }
    if (watcher->on_idle != NULL) {
        watcher->on_idle(watcher->ctx);
    }
    return GOING_ON;
}

static int run(struct supervisor *supervisor)
{
    int rc = GOING_ON;

    supervisor->channel = cfm_channel_new(supervisor->lab.channel_fd);
    if (supervisor->channel == NULL) {
        complain(supervisor, "out of memory");
        return LAB_FAILED;
    }
    while (rc == GOING_ON) {
        rc = turn(supervisor);
    }
    return rc;
}

int cfm_supervise(const struct cfm_lab_job *job,
                  const struct cfm_watcher *watcher)
{
    struct supervisor supervisor = { .watcher = watcher, .signal_fd = -1 };
    struct termios terminal;
    bool has_terminal = tcgetattr(STDIN_FILENO, &terminal) == 0;
    char why[WHY_MAX] = "the lab cannot be made";
    sigset_t stop;
    sigset_t before;

    (void)fflush(NULL); /* the child is a copy of this process */
    enum cfm_lab_status st =
        cfm_lab_start(job, &supervisor.lab, why, sizeof(why));
    if (st != CFM_LAB_OK) {
        complain(&supervisor, st == CFM_LAB_NO_MEMORY ? "out of memory" : why);
        return LAB_FAILED;
    }
    /* Only now: the lab and what it runs must not inherit blocked signals. */
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGINT);
    (void)sigaddset(&stop, SIGTERM);
    (void)sigaddset(&stop, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &stop, &before);
    supervisor.signal_fd = signalfd(-1, &stop, SFD_CLOEXEC | SFD_NONBLOCK);
    int rc = run(&supervisor);
    int ended = cfm_lab_wait(&supervisor.lab);
    if (rc == 0 && ended != 0) {
        complain(&supervisor, "the lab did all, then ended badly");
        rc = LAB_FAILED;
    }
    cfm_channel_free(supervisor.channel);
    if (supervisor.signal_fd >= 0) {
        (void)close(supervisor.signal_fd);
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    if (has_terminal) {
        (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal);
    }
    return rc;
}
