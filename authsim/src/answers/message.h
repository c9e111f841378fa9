/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * message.h - a reply as its parts, before it becomes octets.
 *
 * Faults change the parts (mutate.h); sim_message_encode() makes the octets.
 */
#pragma once

#include "answer.h"
#include "query.h"

enum {
    SIM_MESSAGE_MAX = 65535,
    SIM_UDP_PLAIN_MAX = 512, /* RFC 1035 section 4.2.1 */
    /* The most a UDP reply has, whatever was advertised, and what replies
     * advertise: no fragments on any path (RFC 9715 and its flag day). */
    SIM_UDP_EDNS_MAX = 1232,
    SIM_MESSAGE_COOKIE = 24 /* octets of a whole cookie (RFC 9018) */
};

struct sim_message {
    uint16_t id;
    uint16_t flags;      /* without the RCODE */
    uint16_t rcode;      /* with the extended bits, which need opt */
    uint8_t question;    /* how often it is there: once but for faults */
    const uint8_t *name; /* [borrowed] in the case received */
    uint16_t type;
    uint16_t class;
    bool opt;
    bool dnssec_ok;
    bool compact_ok;
    enum scn_opt opt_form;
    const uint8_t *query_opt; /* [borrowed] what SCN_OPT_ECHO sends back */
    uint16_t query_opt_len;
    const uint8_t *cookie; /* [borrowed] whole, or NULL: no such option */
    struct sim_rr_list answer;
    struct sim_rr_list authority;
    struct sim_rr_list additional;
};

/* The reply's frame: id, question, RD, CD and OPT as the query has them, QR
 * set. Borrows the query's name. */
void sim_message_frame(const struct sim_query *query, uint8_t rcode,
                       struct sim_message *message_out);

/* Octets that a reply to query may have over this transport. */
size_t sim_message_limit(const struct sim_query *query,
                         enum scn_transport transport);

/*
 * Writes the message. Owner names, and names in the RDATA of the types of RFC
 * 1035, are compressed (RFC 3597 section 4).
 * What exceeds limit is left out whole: first the additional section, with TC
 * where that is a referral's glue (RFC 9471); then every section, with TC, so
 * that no RRset is ever cut (RFC 2181 section 9); then an OPT that is echoed
 * with options that do not fit.
 *   buf  SIM_MESSAGE_MAX octets; limit <= SIM_MESSAGE_MAX
 * Returns the octets written.
 */
size_t sim_message_encode(const struct sim_message *message, size_t limit,
                          uint8_t *buf);
