/* SPDX-License-Identifier: BSD-2-Clause */
/* wake.c - an eventfd(2), written only where nobody has done so yet. */
#include "wake.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/eventfd.h>

struct sim_wake {
    sim_wake_fn *fn;
    void *ctx;           /* [borrowed] */
    evutil_socket_t fd;  /* [owned] */
    struct event *event; /* [owned] */
    atomic_bool on_its_way;
};

static void on_wake(evutil_socket_t fd, short events, void *arg)
{
    struct sim_wake *wake = arg;
    eventfd_t count = 0;

    (void)events;
    (void)eventfd_read(fd, &count);
    /* Before what has been done is looked at: what is done from here on wakes
     * again. */
    atomic_store(&wake->on_its_way, false);
    if (wake->fn != NULL) {
        wake->fn(wake->ctx);
    }
}

enum sim_status sim_wake_new(struct event_base *base, sim_wake_fn *fn,
                             void *ctx, struct sim_wake **wake_out)
{
    struct sim_wake *wake = calloc(1, sizeof(*wake));

    if (wake == NULL) {
        return SIM_ENOMEM;
    }
    wake->fn = fn;
    wake->ctx = ctx;
    wake->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (wake->fd < 0) {
        sim_wake_free(wake);
        return SIM_ESYSTEM;
    }
    wake->event =
        event_new(base, wake->fd, EV_READ | EV_PERSIST, on_wake, wake);
    if (wake->event == NULL || event_add(wake->event, NULL) != 0) {
        sim_wake_free(wake);
        return SIM_ENOMEM;
    }
    *wake_out = wake;
    return SIM_OK;
}

void sim_wake_up(struct sim_wake *wake)
{
    if (!atomic_exchange(&wake->on_its_way, true)) {
        (void)eventfd_write(wake->fd, 1);
    }
}

void sim_wake_free(struct sim_wake *wake)
{
    if (wake == NULL) {
        return;
    }
    if (wake->event != NULL) {
        event_free(wake->event);
    }
    if (wake->fd >= 0) {
        (void)evutil_closesocket(wake->fd);
    }
    free(wake);
}
