/* SPDX-License-Identifier: BSD-2-Clause */
/* front_udp.c - datagrams: one socket to clients, one to the resolver. */
#include "front_internal.h"
#include "front_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    DATAGRAM_MAX = 65535,
    SHARED_SLOTS = 16384,
    PRIVATE_SLOTS = 1024,
    RECEIVE_BUFFER = 1024 * 1024,
    BATCH = 64, /* datagrams before other events get their turn */
    FLAG_QR = 0x8000
};

struct cfm_front_udp {
    const struct cfm_front_config *config; /* [borrowed] */
    struct cfm_front_table *table;         /* [owned] */
    int client_fd;
    int upstream_fd;
    struct event *client_readable;   /* [owned] */
    struct event *upstream_readable; /* [owned] */
    uint8_t octets[DATAGRAM_MAX];
};

static void put_id(uint8_t *octets, uint16_t id)
{
    octets[0] = (uint8_t)(id >> 8);
    octets[1] = (uint8_t)(id & 0xff);
}

static void relay_query(struct cfm_front_udp *udp, size_t len,
                        struct cfm_waiting *waiting)
{
    struct cfm_message message;
    if (!cfm_message_read(udp->octets, len, &message) ||
        (message.flags & FLAG_QR) != 0) {
        return;
    }
    struct cfm_front_entry entry =
        cfm_front_note_query(udp->config, &message, SCN_UDP,
                             (const struct sockaddr *)&waiting->client);
    waiting->client_id = message.id;
    waiting->question_hash = cfm_message_question_hash(&message);
    waiting->journal = entry.journal;
    waiting->journal_index = entry.index;
    put_id(udp->octets, cfm_front_table_put(udp->table, waiting));
    /* A datagram that is lost here is lost as on any network. */
    (void)send(udp->upstream_fd, udp->octets, len, 0);
}

static void relay_reply(struct cfm_front_udp *udp, size_t len)
{
    struct cfm_message message;
    struct cfm_waiting waiting;
    if (!cfm_message_read(udp->octets, len, &message) ||
        !cfm_front_table_take(udp->table, message.id,
                              cfm_message_question_hash(&message), &waiting)) {
        return;
    }
    const struct cfm_front_entry entry = { .journal = waiting.journal,
                                           .index = waiting.journal_index };
    cfm_front_note_reply(&entry, &message, len);
    put_id(udp->octets, waiting.client_id);
    (void)sendto(udp->client_fd, udp->octets, len, 0,
                 (const struct sockaddr *)&waiting.client, waiting.client_len);
}

static void on_query(evutil_socket_t fd, short what, void *ctx)
{
    (void)what;
    struct cfm_front_udp *udp = ctx;
    for (int i = 0; i < BATCH; i++) {
        struct cfm_waiting waiting = { .client_len = sizeof waiting.client };
        ssize_t got =
            recvfrom(fd, udp->octets, sizeof udp->octets, 0,
                     (struct sockaddr *)&waiting.client, &waiting.client_len);
        if (got < 0) {
            return;
        }
        relay_query(udp, (size_t)got, &waiting);
    }
}

static void on_reply(evutil_socket_t fd, short what, void *ctx)
{
    (void)what;
    struct cfm_front_udp *udp = ctx;
    for (int i = 0; i < BATCH; i++) {
        ssize_t got = recv(fd, udp->octets, sizeof udp->octets, 0);
        if (got < 0) {
            return; /* nothing more, or ECONNREFUSED: the resolver is away */
        }
        relay_reply(udp, (size_t)got);
    }
}

static int connect_upstream(struct cfm_front_udp *udp)
{
    struct sockaddr_storage storage;
    socklen_t len = cfm_front_sockaddr(&udp->config->upstream, &storage);
    udp->upstream_fd =
        cfm_front_socket(&udp->config->upstream, SOCK_DGRAM, false);
    if (udp->upstream_fd < 0) {
        return -1;
    }
    return connect(udp->upstream_fd, (const struct sockaddr *)&storage, len);
}

/* A burst of many checks at once should not be lost. */
static void enlarge_buffers(const struct cfm_front_udp *udp)
{
    const int size = RECEIVE_BUFFER;
    (void)setsockopt(udp->client_fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    (void)setsockopt(udp->upstream_fd, SOL_SOCKET, SO_RCVBUF, &size,
                     sizeof size);
}

static int add_events(struct cfm_front_udp *udp)
{
    struct event_base *base = udp->config->base;
    udp->client_readable =
        event_new(base, udp->client_fd, EV_READ | EV_PERSIST, on_query, udp);
    udp->upstream_readable =
        event_new(base, udp->upstream_fd, EV_READ | EV_PERSIST, on_reply, udp);
    if (udp->client_readable == NULL || udp->upstream_readable == NULL ||
        event_add(udp->client_readable, NULL) != 0 ||
        event_add(udp->upstream_readable, NULL) != 0) {
        errno = ENOMEM;
        return -1;
    }
    return 0;
}

int cfm_front_udp_new(const struct cfm_front_config *config,
                      struct cfm_front_udp **udp_out)
{
    struct cfm_front_udp *udp = calloc(1, sizeof *udp);
    if (udp == NULL) {
        return ENOMEM;
    }
    udp->config = config;
    udp->client_fd = -1;
    udp->upstream_fd = -1;
    udp->table = cfm_front_table_new(config->owner == NULL ? SHARED_SLOTS
                                                           : PRIVATE_SLOTS);
    if (udp->table == NULL) {
        cfm_front_udp_free(udp);
        return ENOMEM;
    }
    udp->client_fd = cfm_front_socket(&config->listen, SOCK_DGRAM, true);
    if (udp->client_fd < 0 || connect_upstream(udp) != 0 ||
        add_events(udp) != 0) {
        int error = errno;
        cfm_front_udp_free(udp);
        return error;
    }
    enlarge_buffers(udp);
    *udp_out = udp;
    return 0;
}

void cfm_front_udp_free(struct cfm_front_udp *udp)
{
    if (udp == NULL) {
        return;
    }
    if (udp->client_readable != NULL) {
        event_free(udp->client_readable);
    }
    if (udp->upstream_readable != NULL) {
        event_free(udp->upstream_readable);
    }
    if (udp->client_fd >= 0) {
        (void)close(udp->client_fd);
    }
    if (udp->upstream_fd >= 0) {
        (void)close(udp->upstream_fd);
    }
    cfm_front_table_free(udp->table);
    free(udp);
}
