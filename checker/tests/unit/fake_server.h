/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fake_server.h - a name server on a UDP port of 127.0.0.1, driven by the loop
 * of the test. The first label of the name asked for says what it does.
 */
#pragma once

#include "packet.h"

#include <event2/event.h>

#include <netinet/in.h>
#include <sys/socket.h>

static const char fake_letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";

struct fake_server {
    evutil_socket_t fd;
    struct event *event;
    uint16_t port;
    unsigned queries; /* for type CAA */
    uint64_t numbers; /* bit N: a name with the second label fake_letters[N] */
};

static const uint8_t fake_issue[] = { 0,   5,   'i', 's', 's', 'u', 'e',
                                      'c', 'a', '.', 't', 'e', 's', 't' };

static inline bool fake_is(const uint8_t *name, const char *label)
{
    return name[0] == strlen(label) &&
           memcmp(name + 1, label, strlen(label)) == 0;
}

/* Writes the reply; false when there is none. query: its header and name. */
static inline bool fake_reply(const uint8_t *query, size_t length,
                              unsigned number, struct packet *reply)
{
    const uint8_t *name = query + 12;

    reply->length = 0;
    packet_put(reply, query, length);
    reply->octets[2] = 0x84; /* QR, AA */
    reply->octets[3] = 0x80; /* RA */
    memset(reply->octets + 6, 0, 6);
    if (fake_is(name, "silent") || (fake_is(name, "late") && number < 2)) {
        return false;
    }
    if (fake_is(name, "servfail")) {
        reply->octets[3] |= 2;
    } else if (fake_is(name, "refused")) {
        reply->octets[3] |= 5;
    } else if (fake_is(name, "missing")) {
        reply->octets[3] |= 3;
    } else if (fake_is(name, "query")) {
        reply->octets[2] = 0;
    } else if (fake_is(name, "alias")) {
        packet_alias(reply, "alias.test", "found.test");
        packet_record(reply, 0, "found.test", 257, fake_issue,
                      sizeof(fake_issue));
    } else if (fake_is(name, "found") || fake_is(name, "late")) {
        packet_record(reply, 0,
                      fake_is(name, "found") ? "found.test" : "late.test", 257,
                      fake_issue, sizeof(fake_issue));
    }
    return true;
}

static inline void on_fake_query(evutil_socket_t fd, short events, void *arg)
{
    struct fake_server *server = arg;
    uint8_t query[512];
    struct packet reply;
    struct sockaddr_in from;
    socklen_t from_length = sizeof(from);
    ssize_t length = recvfrom(fd, query, sizeof(query), 0,
                              (struct sockaddr *)&from, &from_length);

    (void)events;
    assert_true(length > 16);
    size_t end = 12;
    while (query[end] != 0) {
        end += (size_t)query[end] + 1;
    }
    end += 5;
    assert_true(end <= (size_t)length);
    if (query[end - 4] == 1 && query[end - 3] == 1) {
        server->queries++;
        const uint8_t *second = query + 13 + query[12];
        const char *letter = strchr(fake_letters, second[1]);
        if (second[0] == 1 && letter != NULL) {
            server->numbers |= UINT64_C(1) << (letter - fake_letters);
        }
    }
    /* libunbound folds no case with 0x20 off, and none is expected */
    if (fake_reply(query, end, server->queries, &reply)) {
        (void)sendto(fd, reply.octets, reply.length, 0,
                     (struct sockaddr *)&from, from_length);
    }
}

static inline void fake_server_init(struct fake_server *server,
                                    struct event_base *base)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t length = sizeof(address);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->queries = 0;
    server->numbers = 0;
    server->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_true(server->fd >= 0);
    assert_int_equal(
        bind(server->fd, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(
        getsockname(server->fd, (struct sockaddr *)&address, &length), 0);
    server->port = ntohs(address.sin_port);
    server->event = event_new(base, server->fd, EV_READ | EV_PERSIST,
                              on_fake_query, server);
    assert_non_null(server->event);
    assert_int_equal(event_add(server->event, NULL), 0);
}

static inline void fake_server_fini(struct fake_server *server)
{
    event_free(server->event);
    (void)evutil_closesocket(server->fd);
}
