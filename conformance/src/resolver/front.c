/* SPDX-License-Identifier: BSD-2-Clause */
/* front.c - both sides of the front, and its part of the journal. */
#include "front_internal.h"

#include <authsim/clock.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BACKLOG = 512 };

struct cfm_front {
    struct cfm_front_config config;
    struct cfm_front_udp *udp; /* [owned] */
    struct cfm_front_tcp *tcp; /* [owned] */
};

int cfm_front_new(const struct cfm_front_config *config,
                  struct cfm_front **front_out)
{
    struct cfm_front *front = calloc(1, sizeof *front);
    if (front == NULL) {
        return ENOMEM;
    }
    front->config = *config;
    int rc = cfm_front_udp_new(&front->config, &front->udp);
    if (rc == 0) {
        rc = cfm_front_tcp_new(&front->config, &front->tcp);
    }
    if (rc != 0) {
        cfm_front_free(front);
        return rc;
    }
    *front_out = front;
    return 0;
}

void cfm_front_free(struct cfm_front *front)
{
    if (front != NULL) {
        cfm_front_udp_free(front->udp);
        cfm_front_tcp_free(front->tcp);
        free(front);
    }
}

socklen_t cfm_front_sockaddr(const struct sim_address *address,
                             struct sockaddr_storage *storage_out)
{
    memset(storage_out, 0, sizeof *storage_out);
    if (address->family == 6) {
        struct sockaddr_in6 six = { .sin6_family = AF_INET6,
                                    .sin6_port = htons(address->port) };
        memcpy(&six.sin6_addr, address->octets, sizeof six.sin6_addr);
        memcpy(storage_out, &six, sizeof six);
        return sizeof six;
    }
    struct sockaddr_in four = { .sin_family = AF_INET,
                                .sin_port = htons(address->port) };
    memcpy(&four.sin_addr, address->octets, sizeof four.sin_addr);
    memcpy(storage_out, &four, sizeof four);
    return sizeof four;
}

static struct sim_address from_sockaddr(const struct sockaddr *from)
{
    struct sim_address address = { 0 };
    if (from->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, from, sizeof six);
        address.family = 6;
        address.port = ntohs(six.sin6_port);
        memcpy(address.octets, &six.sin6_addr, sizeof six.sin6_addr);
    } else if (from->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, from, sizeof four);
        address.family = 4;
        address.port = ntohs(four.sin_port);
        memcpy(address.octets, &four.sin_addr, sizeof four.sin_addr);
    }
    return address;
}

/* The simulated servers hold the wildcard address on the same port: UDP then
 * needs SO_REUSEADDR, TCP SO_REUSEPORT, on both sides. */
static int bind_socket(int fd, int type, const struct sockaddr_storage *address,
                       socklen_t len)
{
    const int on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        (type == SOCK_STREAM &&
         setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)) {
        return -1;
    }
    if (bind(fd, (const struct sockaddr *)address, len) != 0) {
        return -1;
    }
    return type == SOCK_STREAM ? listen(fd, BACKLOG) : 0;
}

int cfm_front_socket(const struct sim_address *address, int type, bool listen)
{
    struct sockaddr_storage storage;
    socklen_t len = cfm_front_sockaddr(address, &storage);
    int fd = socket(storage.ss_family, type, 0);
    if (fd < 0) {
        return -1;
    }
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(fd, F_SETFL, O_NONBLOCK) != 0 ||
        (listen && bind_socket(fd, type, &storage, len) != 0)) {
        int error = errno;
        (void)close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

struct cfm_front_entry cfm_front_note_query(
    const struct cfm_front_config *config, const struct cfm_message *message,
    enum scn_transport transport, const struct sockaddr *client)
{
    struct cfm_front_entry entry = { .journal = NULL };
    if (!message->has_question) {
        return entry;
    }
    const struct sim_instance *owner = config->owner;
    if (owner == NULL) {
        owner = sim_world_find(config->world, message->name);
    }
    if (owner == NULL) {
        return entry;
    }
    const struct sim_exchange exchange = {
        .at = SCN_AT_FRONT,
        .number = sim_server_number(config->server),
        .received_ns = sim_clock_monotonic_ns(),
        .name = message->name,
        .type = message->type,
        .class = message->class,
        .transport = transport,
        .client = from_sockaddr(client),
        .local = config->listen,
        .perspective = config->perspective,
        .edns = message->edns,
        .edns_newer = message->edns_newer,
        .edns_options = message->edns_options,
        .dnssec_ok = message->dnssec_ok,
    };
    struct sim_journal *journal = sim_instance_journal(owner);
    if (sim_journal_append(journal, &exchange, &entry.index) == SIM_OK) {
        entry.journal = journal;
    }
    return entry;
}

void cfm_front_note_reply(const struct cfm_front_entry *entry,
                          const struct cfm_message *reply, size_t size)
{
    if (entry->journal != NULL) {
        sim_journal_reply(entry->journal, entry->index,
                          sim_clock_monotonic_ns(), reply->flags,
                          (uint16_t)size, reply->answer_count);
    }
}
