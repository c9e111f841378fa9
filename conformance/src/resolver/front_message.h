/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * front_message.h - what the front must see in a DNS message: header, first
 * question, EDNS (RFC 1035 section 4.1, RFC 6891 section 6.1).
 *
 * Foreign bytes: every read is bounds-checked, nothing is kept by pointer.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CFM_DNS_HEADER = 12, CFM_DNS_NAME_MAX = 255 };

struct cfm_message {
    uint16_t id;
    uint16_t flags;
    uint16_t answer_count;
    bool has_question; /* one that can be read; else the rest is zero */
    uint8_t name[CFM_DNS_NAME_MAX]; /* wire, in the case received */
    uint16_t type;
    uint16_t class;
    bool edns;
    bool edns_newer;   /* of a version above 0 */
    bool edns_options; /* with options in it */
    bool dnssec_ok;
};

/* False when there is not even a header. A message whose question cannot be
 * read has has_question false; one whose records cannot, edns false. */
bool cfm_message_read(const uint8_t *octets, size_t len,
                      struct cfm_message *message_out);

/* A number that is equal for equal questions, whatever the case of the name;
 * 0 when there is none. */
uint64_t cfm_message_question_hash(const struct cfm_message *message);

/* Writes a query with EDNS (1232 octets) for a wire name; its size, or 0 when
 * cap is too small. */
size_t cfm_message_write_query(uint16_t id, const uint8_t *name, uint16_t type,
                               uint8_t *octets_out, size_t cap);
