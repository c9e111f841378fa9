/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * front_table.h - which client waits for which id.
 *
 * Many clients share one socket to the resolver, so their ids are rewritten.
 * Slots are used in turn: an id comes back only when all others were used, and
 * who has waited longest makes room.
 */
#pragma once

#include <authsim/journal.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

struct cfm_waiting {
    struct sockaddr_storage client;
    socklen_t client_len;
    uint16_t client_id;
    uint64_t question_hash;      /* cfm_message_question_hash() */
    struct sim_journal *journal; /* [borrowed], NULL: nobody's name */
    size_t journal_index;
};

struct cfm_front_table;

/* slots is a power of two, at most 65536. NULL when out of memory. */
struct cfm_front_table *cfm_front_table_new(size_t slots);
void cfm_front_table_free(struct cfm_front_table *table);

/* Keeps a copy; the id to ask the resolver with. */
uint16_t cfm_front_table_put(struct cfm_front_table *table,
                             const struct cfm_waiting *waiting);

/* Takes out who waits for this id and question. False: nobody does. A reply
 * without a question (hash 0) matches by its id alone. */
bool cfm_front_table_take(struct cfm_front_table *table, uint16_t id,
                          uint64_t question_hash,
                          struct cfm_waiting *waiting_out);
