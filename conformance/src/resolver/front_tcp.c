/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * front_tcp.c - streams: each client gets a connection of its own to the
 * resolver, so ids pass unchanged and replies may come in any order.
 */
#include "front_internal.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    LENGTH_OCTETS = 2, /* RFC 1035 section 4.2.2 */
    MESSAGE_MAX = 65535,
    CONNECTIONS_MAX = 1024,
    OUTSTANDING_MAX = 256,
    INPUT_MAX = 2 * (MESSAGE_MAX + LENGTH_OCTETS),
    IDLE_SECONDS = 120
};

/* A query that has no reply yet. */
struct asked {
    uint16_t id;
    uint64_t question_hash;
    struct cfm_front_entry entry;
};

struct connection {
    struct cfm_front_tcp *tcp; /* [borrowed] */
    struct sockaddr_storage client;
    struct bufferevent *down;            /* [owned] to the client */
    struct bufferevent *up;              /* [owned] to the resolver */
    struct asked asked[OUTSTANDING_MAX]; /* in no order */
    size_t asked_count;
    bool client_done; /* it sends no more queries */
    bool closing;     /* the last reply is on its way out */
    size_t slot;      /* in tcp->connections */
};

struct cfm_front_tcp {
    const struct cfm_front_config *config; /* [borrowed] */
    int fd;
    struct event *acceptable;                        /* [owned] */
    struct connection *connections[CONNECTIONS_MAX]; /* [owned], or NULL */
    uint8_t octets[MESSAGE_MAX];
};

static void free_connection(struct connection *connection)
{
    connection->tcp->connections[connection->slot] = NULL;
    if (connection->down != NULL) {
        bufferevent_free(connection->down);
    }
    if (connection->up != NULL) {
        bufferevent_free(connection->up);
    }
    free(connection);
}

/*
 * Moves one whole message, length included, from input to output, with a copy
 * in tcp->octets. Its length; 0 when there is no whole one yet; -1 when it is
 * too short to be a message, or memory ran out.
 */
static int move_message(struct cfm_front_tcp *tcp, struct evbuffer *input,
                        struct evbuffer *output)
{
    uint8_t prefix[LENGTH_OCTETS];
    if (evbuffer_copyout(input, prefix, sizeof prefix) < LENGTH_OCTETS) {
        return 0;
    }
    size_t len = (size_t)prefix[0] << 8 | prefix[1];
    if (evbuffer_get_length(input) < LENGTH_OCTETS + len) {
        return 0;
    }
    if (len < CFM_DNS_HEADER || evbuffer_drain(input, LENGTH_OCTETS) != 0 ||
        evbuffer_remove(input, tcp->octets, len) != (int)len ||
        evbuffer_add(output, prefix, sizeof prefix) != 0 ||
        evbuffer_add(output, tcp->octets, len) != 0) {
        return -1;
    }
    return (int)len;
}

static bool remember(struct connection *connection,
                     const struct cfm_message *message)
{
    if (connection->asked_count == OUTSTANDING_MAX) {
        return false;
    }
    connection->asked[connection->asked_count++] = (struct asked){
        .id = message->id,
        .question_hash = cfm_message_question_hash(message),
        .entry =
            cfm_front_note_query(connection->tcp->config, message, SCN_TCP,
                                 (const struct sockaddr *)&connection->client),
    };
    return true;
}

static void complete(struct connection *connection,
                     const struct cfm_message *reply, size_t size)
{
    uint64_t hash = cfm_message_question_hash(reply);
    size_t i = 0;
    while (i < connection->asked_count &&
           (connection->asked[i].id != reply->id ||
            (hash != 0 && hash != connection->asked[i].question_hash))) {
        i++;
    }
    if (i < connection->asked_count) {
        cfm_front_note_reply(&connection->asked[i].entry, reply, size);
        connection->asked[i] = connection->asked[--connection->asked_count];
    }
}

/* Closes once everything has gone to the client. */
static void close_when_sent(struct connection *connection)
{
    connection->closing = true;
    (void)bufferevent_disable(connection->down, EV_READ);
    if (evbuffer_get_length(bufferevent_get_output(connection->down)) == 0) {
        free_connection(connection);
    }
}

static void on_client_data(struct bufferevent *down, void *ctx)
{
    struct connection *connection = ctx;
    struct cfm_front_tcp *tcp = connection->tcp;
    struct evbuffer *input = bufferevent_get_input(down);
    struct evbuffer *output = bufferevent_get_output(connection->up);
    int len = move_message(tcp, input, output);
    for (; len > 0; len = move_message(tcp, input, output)) {
        struct cfm_message message;
        if (!cfm_message_read(tcp->octets, (size_t)len, &message) ||
            !remember(connection, &message)) {
            len = -1;
            break;
        }
    }
    if (len < 0) {
        free_connection(connection);
    }
}

static void on_resolver_data(struct bufferevent *up, void *ctx)
{
    struct connection *connection = ctx;
    struct cfm_front_tcp *tcp = connection->tcp;
    struct evbuffer *input = bufferevent_get_input(up);
    struct evbuffer *output = bufferevent_get_output(connection->down);
    int len = move_message(tcp, input, output);
    for (; len > 0; len = move_message(tcp, input, output)) {
        struct cfm_message reply;
        if (cfm_message_read(tcp->octets, (size_t)len, &reply)) {
            complete(connection, &reply, (size_t)len);
        }
    }
    if (len < 0) {
        free_connection(connection);
        return;
    }
    if (connection->client_done && connection->asked_count == 0) {
        close_when_sent(connection);
    }
}

static void on_client_sent(struct bufferevent *down, void *ctx)
{
    (void)down;
    struct connection *connection = ctx;
    if (connection->closing) {
        free_connection(connection);
    }
}

/* A client that has shut its side still waits for what it asked. */
static void on_client_event(struct bufferevent *down, short what, void *ctx)
{
    (void)down;
    struct connection *connection = ctx;
    if ((what & BEV_EVENT_EOF) != 0 && connection->asked_count > 0) {
        connection->client_done = true;
        return;
    }
    free_connection(connection);
}

static void on_resolver_event(struct bufferevent *up, short what, void *ctx)
{
    (void)up;
    struct connection *connection = ctx;
    if ((what & BEV_EVENT_CONNECTED) != 0) {
        return;
    }
    close_when_sent(connection);
}

static int connect_resolver(struct connection *connection)
{
    const struct cfm_front_config *config = connection->tcp->config;
    struct sockaddr_storage storage;
    socklen_t len = cfm_front_sockaddr(&config->upstream, &storage);
    connection->up =
        bufferevent_socket_new(config->base, -1, BEV_OPT_CLOSE_ON_FREE);
    if (connection->up == NULL) {
        return -1;
    }
    bufferevent_setcb(connection->up, on_resolver_data, NULL, on_resolver_event,
                      connection);
    bufferevent_setwatermark(connection->up, EV_READ, 0, INPUT_MAX);
    if (bufferevent_enable(connection->up, EV_READ | EV_WRITE) != 0) {
        return -1;
    }
    return bufferevent_socket_connect(connection->up,
                                      (struct sockaddr *)&storage, (int)len);
}

static int listen_to_client(struct connection *connection)
{
    const struct timeval idle = { .tv_sec = IDLE_SECONDS };
    bufferevent_setcb(connection->down, on_client_data, on_client_sent,
                      on_client_event, connection);
    bufferevent_setwatermark(connection->down, EV_READ, 0, INPUT_MAX);
    bufferevent_set_timeouts(connection->down, &idle, &idle);
    return bufferevent_enable(connection->down, EV_READ | EV_WRITE);
}

/* A connection in a free slot; NULL when there is none. */
static struct connection *new_connection(struct cfm_front_tcp *tcp,
                                         const struct sockaddr_storage *client)
{
    size_t slot = 0;
    while (slot < CONNECTIONS_MAX && tcp->connections[slot] != NULL) {
        slot++;
    }
    struct connection *connection =
        slot == CONNECTIONS_MAX ? NULL : calloc(1, sizeof *connection);
    if (connection != NULL) {
        connection->tcp = tcp;
        connection->client = *client;
        connection->slot = slot;
        tcp->connections[slot] = connection;
    }
    return connection;
}

/* Takes fd [consumed]. */
static void serve(struct cfm_front_tcp *tcp, int fd,
                  const struct sockaddr_storage *client)
{
    struct connection *connection = new_connection(tcp, client);
    if (connection == NULL) {
        (void)close(fd);
        return;
    }
    connection->down =
        bufferevent_socket_new(tcp->config->base, fd, BEV_OPT_CLOSE_ON_FREE);
    if (connection->down == NULL) {
        (void)close(fd);
        free_connection(connection);
        return;
    }
    if (connect_resolver(connection) != 0 ||
        listen_to_client(connection) != 0) {
        free_connection(connection);
    }
}

static void on_acceptable(evutil_socket_t listener, short what, void *ctx)
{
    (void)what;
    struct sockaddr_storage client;
    socklen_t len = sizeof client;
    int fd = accept(listener, (struct sockaddr *)&client, &len);
    if (fd < 0) {
        return;
    }
    if (evutil_make_socket_nonblocking(fd) != 0 ||
        evutil_make_socket_closeonexec(fd) != 0) {
        (void)close(fd);
        return;
    }
    serve(ctx, fd, &client);
}

int cfm_front_tcp_new(const struct cfm_front_config *config,
                      struct cfm_front_tcp **tcp_out)
{
    struct cfm_front_tcp *tcp = calloc(1, sizeof *tcp);
    if (tcp == NULL) {
        return ENOMEM;
    }
    tcp->config = config;
    tcp->fd = cfm_front_socket(&config->listen, SOCK_STREAM, true);
    if (tcp->fd < 0) {
        int error = errno;
        cfm_front_tcp_free(tcp);
        return error;
    }
    tcp->acceptable = event_new(config->base, tcp->fd, EV_READ | EV_PERSIST,
                                on_acceptable, tcp);
    if (tcp->acceptable == NULL || event_add(tcp->acceptable, NULL) != 0) {
        cfm_front_tcp_free(tcp);
        return ENOMEM;
    }
    *tcp_out = tcp;
    return 0;
}

void cfm_front_tcp_free(struct cfm_front_tcp *tcp)
{
    if (tcp == NULL) {
        return;
    }
    for (size_t slot = 0; slot < CONNECTIONS_MAX; slot++) {
        if (tcp->connections[slot] != NULL) {
            free_connection(tcp->connections[slot]);
        }
    }
    if (tcp->acceptable != NULL) {
        event_free(tcp->acceptable);
    }
    if (tcp->fd >= 0) {
        (void)close(tcp->fd);
    }
    free(tcp);
}
