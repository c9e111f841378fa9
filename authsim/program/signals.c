/* SPDX-License-Identifier: BSD-2-Clause */
/* signals.c - what a signal wants is noted, and done after the turn. */
#include "child.h"
#include "service.h"

#include <signal.h>
#include <sys/wait.h>

enum { EXIT_KILLED = 128 };

static void on_stop(evutil_socket_t number, short what, void *arg)
{
    struct service *s = arg;

    (void)what;
    s->stop = true;
    s->status = s->child > 0 ? EXIT_KILLED + number : EXIT_DONE;
}

static void on_reload(evutil_socket_t number, short what, void *arg)
{
    struct service *s = arg;

    (void)number;
    (void)what;
    s->reload = true;
}

/* The child, and as PID 1 of a sandbox everything that lost its parent. */
static void on_child(evutil_socket_t number, short what, void *arg)
{
    struct service *s = arg;
    int wait_status = 0;
    pid_t pid = 0;

    (void)number;
    (void)what;
    while ((pid = waitpid(-1, &wait_status, WNOHANG)) > 0) {
        if (pid == s->child) {
            s->stop = true;
            s->status = child_exit_status(wait_status);
        }
    }
}

static bool add_signal(struct service *s, int number, event_callback_fn fn)
{
    struct event *event = evsignal_new(s->base, number, fn, s);

    if (event == NULL || event_add(event, NULL) != 0) {
        if (event != NULL) {
            event_free(event);
        }
        return false;
    }
    s->signals[s->signal_count++] = event;
    return true;
}

/* Ctrl-C belongs to COMMAND where there is one. */
bool service_hear(struct service *service)
{
    return add_signal(service, SIGTERM, on_stop) &&
           add_signal(service, SIGHUP, on_reload) &&
           (service->options->sandbox ? add_signal(service, SIGCHLD, on_child)
                                      : add_signal(service, SIGINT, on_stop));
}
