/* SPDX-License-Identifier: BSD-2-Clause */
/* process.c - the lab's side of a command: start, capture, time limit. */
#include "process.h"

#include "process_init.h"
#include "starter.h"

#include <authsim/clock.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    READ_OCTETS = 65536,
    STREAMS = 2,
    FLOOD_PAUSE_US = 10 * 1000 /* between reads of a flood, so that it does not
                                  take the processor from everybody else */
};

struct stream {
    struct cfm_process *process; /* [borrowed] */
    enum cfm_stream which;
    int fd;
    struct event *readable; /* [owned] */
    struct event *pause;    /* [owned] */
};

struct cfm_process {
    struct cfm_process_host host;
    cfm_process_done_fn *done;
    void *ctx; /* [borrowed] */
    pid_t init;
    bool running; /* init is not collected yet */
    bool timed_out;
    int64_t started_ns;
    int status_fd;
    struct stream streams[STREAMS];
    struct event *time_limit; /* [owned] */
    struct cfm_capture capture;
};

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
        *fd = -1;
    }
}

static void end_stream(struct stream *stream)
{
    if (stream->readable != NULL) {
        event_free(stream->readable);
        stream->readable = NULL;
    }
    if (stream->pause != NULL) {
        event_free(stream->pause);
        stream->pause = NULL;
    }
    close_fd(&stream->fd);
}

/* Reads once; false when there is nothing more for now, or at the end. */
static bool read_stream(struct stream *stream)
{
    char octets[READ_OCTETS];
    ssize_t got = read(stream->fd, octets, sizeof octets);
    if (got > 0) {
        cfm_capture_add(&stream->process->capture, stream->which, octets,
                        (size_t)got);
        return true;
    }
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        end_stream(stream);
    }
    return false;
}

static void on_readable(evutil_socket_t fd, short what, void *ctx)
{
    (void)fd;
    (void)what;
    const struct timeval pause = { .tv_usec = FLOOD_PAUSE_US };
    struct stream *stream = ctx;
    if (read_stream(stream) &&
        cfm_capture_flood(&stream->process->capture) > 0) {
        event_del(stream->readable);
        evtimer_add(stream->pause, &pause);
    }
}

static void on_pause_over(evutil_socket_t fd, short what, void *ctx)
{
    (void)fd;
    (void)what;
    struct stream *stream = ctx;
    event_add(stream->readable, NULL);
}

static void on_time_limit(evutil_socket_t fd, short what, void *ctx)
{
    (void)fd;
    (void)what;
    struct cfm_process *process = ctx;
    if (process->running) {
        process->timed_out = true;
        (void)kill(process->init, SIGKILL);
    }
}

/* What init told; an init that told nothing was killed: by the time limit, or
 * by somebody from outside. */
static void read_end(struct cfm_process *process,
                     struct cfm_process_report *report)
{
    struct cfm_init_message message = { 0 };
    ssize_t got = read(process->status_fd, &message, sizeof message);
    if (got == (ssize_t)sizeof message) {
        report->end = (enum cfm_process_end)message.end;
        report->number = message.number;
    } else if (process->timed_out) {
        report->end = CFM_PROCESS_TIMED_OUT;
        report->number = 0;
    } else {
        report->end = CFM_PROCESS_TROUBLE;
        report->number = ECHILD;
    }
}

/* Init is gone, and with it every process that could still write. */
static void on_init_ended(void *ctx, int wait_status)
{
    (void)wait_status;
    struct cfm_process *process = ctx;
    process->running = false;
    for (size_t i = 0; i < STREAMS; i++) {
        while (process->streams[i].fd >= 0 &&
               read_stream(&process->streams[i])) {
        }
        end_stream(&process->streams[i]);
    }
    cfm_capture_end(&process->capture);
    event_del(process->time_limit);
    struct cfm_process_report report = {
        .duration_ns = sim_clock_monotonic_ns() - process->started_ns,
        .capture = &process->capture,
    };
    read_end(process, &report);
    process->done(process->ctx, &report);
}

/* Both ends are closed by whoever holds them, on failure too. */
static int open_pipe(int *read_end, int *write_end)
{
    int fds[2];
    if (pipe(fds) != 0) {
        return errno;
    }
    *read_end = fds[0];
    *write_end = fds[1];
    if (fcntl(fds[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(fds[1], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(fds[0], F_SETFL, O_NONBLOCK) != 0) {
        return errno;
    }
    return 0;
}

static int open_pipes(struct cfm_process *process, struct cfm_init_plan *plan)
{
    int *const read_ends[] = { &process->streams[CFM_STDOUT].fd,
                               &process->streams[CFM_STDERR].fd,
                               &process->status_fd };
    int *const write_ends[] = { &plan->stdout_fd, &plan->stderr_fd,
                                &plan->status_fd };
    for (size_t i = 0; i < sizeof read_ends / sizeof *read_ends; i++) {
        int rc = open_pipe(read_ends[i], write_ends[i]);
        if (rc != 0) {
            return rc;
        }
    }
    return 0;
}

static int listen_to(struct cfm_process *process, unsigned time_limit_ms)
{
    for (size_t i = 0; i < STREAMS; i++) {
        struct stream *stream = &process->streams[i];
        stream->readable = event_new(process->host.base, stream->fd,
                                     EV_READ | EV_PERSIST, on_readable, stream);
        stream->pause = evtimer_new(process->host.base, on_pause_over, stream);
        if (stream->pause == NULL || stream->readable == NULL ||
            event_add(stream->readable, NULL) != 0) {
            return ENOMEM;
        }
    }
    process->time_limit =
        evtimer_new(process->host.base, on_time_limit, process);
    if (process->time_limit == NULL) {
        return ENOMEM;
    }
    const struct timeval limit = {
        .tv_sec = time_limit_ms / 1000,
        .tv_usec = (suseconds_t)(time_limit_ms % 1000) * 1000,
    };
    if (time_limit_ms > 0 && evtimer_add(process->time_limit, &limit) != 0) {
        return ENOMEM;
    }
    return 0;
}

static struct cfm_process *new_process(const struct cfm_process_host *host,
                                       cfm_process_done_fn *done, void *ctx)
{
    struct cfm_process *process = calloc(1, sizeof *process);
    if (process == NULL) {
        return NULL;
    }
    process->host = *host;
    process->done = done;
    process->ctx = ctx;
    process->status_fd = -1;
    cfm_capture_init(&process->capture);
    for (size_t i = 0; i < STREAMS; i++) {
        process->streams[i] = (struct stream){ .process = process,
                                               .which = (enum cfm_stream)i,
                                               .fd = -1 };
    }
    return process;
}

int cfm_process_start(const struct cfm_process_host *host,
                      const struct cfm_process_spec *spec,
                      cfm_process_done_fn *done, void *ctx,
                      struct cfm_process **process_out)
{
    struct cfm_init_plan plan = { .spec = spec, -1, -1, -1 };
    struct cfm_process *process = new_process(host, done, ctx);
    if (process == NULL) {
        return ENOMEM;
    }
    int rc = open_pipes(process, &plan);
    if (rc == 0) {
        rc = listen_to(process, spec->time_limit_ms);
    }
    if (rc == 0) {
        process->started_ns = sim_clock_monotonic_ns();
        process->init = cfm_starter_clone(host->starter, &plan);
        rc = process->init < 0 ? errno : 0;
    }
    close_fd(&plan.stdout_fd);
    close_fd(&plan.stderr_fd);
    close_fd(&plan.status_fd);
    if (rc == 0) {
        process->running = true;
        rc = cfm_reaper_watch(host->reaper, process->init, on_init_ended,
                              process) != 0
                 ? ENOMEM
                 : 0;
    }
    if (rc != 0) {
        cfm_process_free(process);
        return rc;
    }
    *process_out = process;
    return 0;
}

void cfm_process_free(struct cfm_process *process)
{
    if (process == NULL) {
        return;
    }
    if (process->running) {
        cfm_reaper_forget(process->host.reaper, process->init);
        (void)kill(process->init, SIGKILL);
    }
    for (size_t i = 0; i < STREAMS; i++) {
        end_stream(&process->streams[i]);
    }
    close_fd(&process->status_fd);
    if (process->time_limit != NULL) {
        event_free(process->time_limit);
    }
    cfm_capture_fini(&process->capture);
    free(process);
}
