/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nxdomain_resolver.h - a resolver for test_front.c, on UDP and TCP of this
 * loopback: it answers NXDOMAIN to everything, or nothing, or hangs up.
 */
#pragma once

#include "front_message.h"
#include "testing.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

enum { RESOLVER_PORT = 5399, MESSAGE_MAX = 512 };

struct nxdomain_resolver {
    struct event_base *base; /* [borrowed] */
    int fd;
    struct event *readable;
    struct evconnlistener *listener;
    unsigned queries;
    bool silent;
    bool closes; /* TCP */
};

static struct sockaddr_in local(uint16_t port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET,
                                 .sin_port = htons(port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static void make_reply(uint8_t *octets)
{
    octets[2] |= 0x80; /* QR */
    octets[3] = 0x83;  /* RA, NXDOMAIN */
}

static void on_datagram(evutil_socket_t fd, short what, void *ctx)
{
    (void)what;
    struct nxdomain_resolver *resolver = ctx;
    uint8_t octets[MESSAGE_MAX];
    struct sockaddr_in from;
    socklen_t len = sizeof from;
    ssize_t got =
        recvfrom(fd, octets, sizeof octets, 0, (struct sockaddr *)&from, &len);
    assert_true(got >= CFM_DNS_HEADER);
    resolver->queries++;
    if (!resolver->silent) {
        make_reply(octets);
        assert_int_equal(
            sendto(fd, octets, (size_t)got, 0, (struct sockaddr *)&from, len),
            got);
    }
}

static void on_stream(struct bufferevent *stream, void *ctx)
{
    struct nxdomain_resolver *resolver = ctx;
    uint8_t octets[2 + MESSAGE_MAX];
    struct evbuffer *input = bufferevent_get_input(stream);
    while (evbuffer_copyout(input, octets, 2) == 2) {
        size_t len = 2 + ((size_t)octets[0] << 8 | octets[1]);
        if (evbuffer_get_length(input) < len) {
            return;
        }
        assert_int_equal(evbuffer_remove(input, octets, len), (int)len);
        resolver->queries++;
        if (resolver->closes) {
            bufferevent_free(stream);
            return;
        }
        make_reply(octets + 2);
        bufferevent_write(stream, octets, len);
    }
}

static void on_stream_event(struct bufferevent *stream, short what, void *ctx)
{
    (void)ctx;
    if ((what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) != 0) {
        bufferevent_free(stream);
    }
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd,
                      struct sockaddr *from, int len, void *ctx)
{
    (void)listener;
    (void)from;
    (void)len;
    struct nxdomain_resolver *resolver = ctx;
    struct bufferevent *stream =
        bufferevent_socket_new(resolver->base, fd, BEV_OPT_CLOSE_ON_FREE);
    bufferevent_setcb(stream, on_stream, NULL, on_stream_event, resolver);
    bufferevent_enable(stream, EV_READ | EV_WRITE);
}

static void open_resolver(struct nxdomain_resolver *resolver)
{
    struct sockaddr_in address = local(RESOLVER_PORT);
    resolver->fd = socket(AF_INET, SOCK_DGRAM, 0);
    assert_int_equal(
        bind(resolver->fd, (struct sockaddr *)&address, sizeof address), 0);
    resolver->readable = event_new(resolver->base, resolver->fd,
                                   EV_READ | EV_PERSIST, on_datagram, resolver);
    event_add(resolver->readable, NULL);
    resolver->listener =
        evconnlistener_new_bind(resolver->base, on_accept, resolver,
                                LEV_OPT_CLOSE_ON_FREE | LEV_OPT_REUSEABLE, 8,
                                (struct sockaddr *)&address, sizeof address);
    assert_non_null(resolver->listener);
}

static void close_resolver(struct nxdomain_resolver *resolver)
{
    event_free(resolver->readable);
    (void)close(resolver->fd);
    evconnlistener_free(resolver->listener);
    /* streams see their end */
    event_base_loop(resolver->base, EVLOOP_NONBLOCK);
}
