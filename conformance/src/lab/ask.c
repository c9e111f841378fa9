/* SPDX-License-Identifier: BSD-2-Clause */
/* ask.c - one datagram out, one back or the time limit. */
#include "ask.h"

#include "front_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { QUERY_ID = 0x4c41, QUERY_MAX = 512 };

struct cfm_ask {
    cfm_ask_done_fn *done;
    void *ctx; /* [borrowed] */
    int fd;
    struct event *readable; /* [owned] */
};

static void on_readable(evutil_socket_t fd, short what, void *ctx)
{
    (void)what;
    struct cfm_ask *ask = ctx;
    uint8_t octet = 0;
    bool answered = recv(fd, &octet, sizeof octet, MSG_DONTWAIT) > 0;
    if (ask->done != NULL) {
        ask->done(ask->ctx, answered);
    }
}

static bool send_query(struct cfm_ask *ask, const struct sim_address *resolver,
                       const uint8_t *name, uint16_t type)
{
    uint8_t query[QUERY_MAX];
    struct sockaddr_storage storage;
    socklen_t address_len = cfm_front_sockaddr(resolver, &storage);
    size_t len =
        cfm_message_write_query(QUERY_ID, name, type, query, sizeof query);
    return len > 0 &&
           connect(ask->fd, (const struct sockaddr *)&storage, address_len) ==
               0 &&
           send(ask->fd, query, len, 0) == (ssize_t)len;
}

struct cfm_ask *cfm_ask_start(struct event_base *base,
                              const struct sim_address *resolver,
                              const uint8_t *name, uint16_t type,
                              unsigned time_limit_ms)
{
    const struct timeval limit = {
        .tv_sec = time_limit_ms / 1000,
        .tv_usec = (suseconds_t)(time_limit_ms % 1000) * 1000,
    };
    struct cfm_ask *ask = calloc(1, sizeof *ask);
    if (ask == NULL) {
        return NULL;
    }
    ask->fd = cfm_front_socket(resolver, SOCK_DGRAM, false);
    if (ask->fd >= 0) {
        ask->readable = event_new(base, ask->fd, EV_READ, on_readable, ask);
    }
    if (ask->readable == NULL || event_add(ask->readable, &limit) != 0 ||
        !send_query(ask, resolver, name, type)) {
        cfm_ask_free(ask);
        return NULL;
    }
    return ask;
}

void cfm_ask_then(struct cfm_ask *ask, cfm_ask_done_fn *done, void *ctx)
{
    ask->done = done;
    ask->ctx = ctx;
}

void cfm_ask_free(struct cfm_ask *ask)
{
    if (ask == NULL) {
        return;
    }
    if (ask->readable != NULL) {
        event_free(ask->readable);
    }
    if (ask->fd >= 0) {
        (void)close(ask->fd);
    }
    free(ask);
}
