/* SPDX-License-Identifier: BSD-2-Clause */
/* front_internal.h - what the UDP and the TCP side of the front share. */
#pragma once

#include "front.h"
#include "front_message.h"

#include <sys/socket.h>

struct cfm_front_udp;
struct cfm_front_tcp;

/* A query's place in a journal. */
struct cfm_front_entry {
    struct sim_journal *journal; /* [borrowed], NULL: nobody's name */
    size_t index;
};

/* Appends a query of a client to its owner's journal. */
struct cfm_front_entry cfm_front_note_query(
    const struct cfm_front_config *config, const struct cfm_message *message,
    enum scn_transport transport, const struct sockaddr *client);

/* Completes it. size: octets of the reply. */
void cfm_front_note_reply(const struct cfm_front_entry *entry,
                          const struct cfm_message *reply, size_t size);

/* A socket for address: bound to it (listening, when a stream) or not. SOCK_
 * type; -1 and errno on failure. */
int cfm_front_socket(const struct sim_address *address, int type, bool listen);

/* Socket address of address; its length. */
socklen_t cfm_front_sockaddr(const struct sim_address *address,
                             struct sockaddr_storage *storage_out);

/* 0, or an errno value. */
int cfm_front_udp_new(const struct cfm_front_config *config,
                      struct cfm_front_udp **udp_out);
void cfm_front_udp_free(struct cfm_front_udp *udp);
int cfm_front_tcp_new(const struct cfm_front_config *config,
                      struct cfm_front_tcp **tcp_out);
void cfm_front_tcp_free(struct cfm_front_tcp *tcp);
