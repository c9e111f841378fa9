/* SPDX-License-Identifier: BSD-2-Clause */
#include "probe.h"

#include "deviation.h"
#include "message.h"

#include <event2/event.h>

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { TIMEOUT_US = 600000, HEADER = 12, REPLY_MAX = 4096 };

struct caa_udp_probe {
    evutil_socket_t fd;  /* owned, -1 when absent */
    struct event *event; /* owned: readable, or the time is up */
    struct caa_name name;
    uint16_t id;
    caa_probe_done_fn *done;
    void *context; /* borrowed */
};

enum caa_behaviour caa_probe_classify(const uint8_t *reply, size_t length,
                                      uint16_t id, const struct caa_name *name,
                                      unsigned *rcode_out)
{
    struct caa_message message;

    if (caa_message_open(reply, length, &message) != CAA_OK ||
        !message.response || message.id != id || !message.has_question ||
        message.question_type != CAA_TYPE_CAA ||
        !caa_name_equal(&message.question, name)) {
        return CAA_BEHAVIOUR_UNREADABLE;
    }
    *rcode_out = message.rcode;
    switch (message.rcode) {
    case CAA_RCODE_NOERROR:
        return !message.authoritative && message.left[CAA_SECTION_ANSWER] == 0
                   ? CAA_BEHAVIOUR_REFERS
                   : CAA_BEHAVIOUR_ANSWERS;
    case CAA_RCODE_NXDOMAIN:
        return CAA_BEHAVIOUR_ANSWERS;
    case CAA_RCODE_SERVFAIL:
        return CAA_BEHAVIOUR_SERVFAIL;
    default:
        return CAA_BEHAVIOUR_ERROR;
    }
}

static void on_reply(evutil_socket_t fd, short events, void *arg)
{
    struct caa_udp_probe *probe = arg;
    uint8_t reply[REPLY_MAX];
    struct caa_probe_end end = { .behaviour = CAA_BEHAVIOUR_SILENT };

    if ((events & EV_READ) != 0) {
        ssize_t length = recv(fd, reply, sizeof(reply), 0);
        if (length >= 0) {
            end.reply = reply;
            end.length = (size_t)length;
            end.behaviour = caa_probe_classify(reply, end.length, probe->id,
                                               &probe->name, &end.rcode);
        }
    }
    probe->done(probe->context, &end);
}

/* A header with QDCOUNT 1 and nothing set, the question, no EDNS. */
static size_t write_query(const struct caa_udp_probe *probe,
                          uint8_t query[HEADER + CAA_NAME_MAX + 4])
{
    static const uint8_t tail[] = { CAA_TYPE_CAA >> 8, CAA_TYPE_CAA & 0xFF, 0,
                                    1 };

    memset(query, 0, HEADER);
    query[0] = (uint8_t)(probe->id >> 8);
    query[1] = (uint8_t)(probe->id & 0xFF);
    query[5] = 1;
    memcpy(query + HEADER, probe->name.wire, probe->name.length);
    if (CAA_DEVIATES(B31) && probe->name.wire[1] >= 'a') {
        query[HEADER + 1] &= 0xDF; /* to see whether it comes back so */
    }
    memcpy(query + HEADER + probe->name.length, tail, sizeof(tail));
    return HEADER + (size_t)probe->name.length + sizeof(tail);
}

/* Connected, so that nobody else's datagram is taken for the reply. */
static bool send_query(struct caa_udp_probe *probe,
                       const struct caa_address *address)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET,
                              .sin_port = htons(address->port) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
                               .sin6_port = htons(address->port) };
    const struct sockaddr *to = (const struct sockaddr *)&v4;
    socklen_t to_length = sizeof(v4);
    uint8_t query[HEADER + CAA_NAME_MAX + 4];
    size_t length = write_query(probe, query);

    memcpy(&v4.sin_addr, address->octets, 4);
    memcpy(&v6.sin6_addr, address->octets, 16);
    if (address->length == 16) {
        to = (const struct sockaddr *)&v6;
        to_length = sizeof(v6);
    }
    probe->fd =
        socket(to->sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    return probe->fd >= 0 && connect(probe->fd, to, to_length) == 0 &&
           send(probe->fd, query, length, 0) == (ssize_t)length;
}

enum caa_status caa_udp_probe_new(struct event_base *base,
                                  const struct caa_address *address,
                                  const struct caa_name *name,
                                  caa_probe_done_fn *done, void *context,
                                  struct caa_udp_probe **probe_out)
{
    static const struct timeval patience = { .tv_usec = TIMEOUT_US };
    static const struct timeval at_once = { .tv_sec = 0 };
    struct caa_udp_probe *probe = calloc(1, sizeof(*probe));

    if (probe == NULL) {
        return CAA_ENOMEM;
    }
    probe->fd = -1;
    probe->name = *name;
    probe->done = done;
    probe->context = context;
    evutil_secure_rng_get_bytes(&probe->id, sizeof(probe->id));
    bool sent = send_query(probe, address);
    probe->event = event_new(base, sent ? probe->fd : -1, sent ? EV_READ : 0,
                             on_reply, probe);
    if (probe->event == NULL ||
        event_add(probe->event, sent ? &patience : &at_once) != 0) {
        caa_udp_probe_free(probe);
        return CAA_ENOMEM;
    }
    *probe_out = probe;
    return CAA_OK;
}

void caa_udp_probe_free(struct caa_udp_probe *probe)
{
    if (probe == NULL) {
        return;
    }
    if (probe->event != NULL) {
        event_free(probe->event);
    }
    if (probe->fd >= 0) {
        (void)evutil_closesocket(probe->fd);
    }
    free(probe);
}
