/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * query.h - one request message from anywhere (RFC 1035 section 4.1, RFC 6891).
 *
 * Pure, bounded, without ldns: foreign octets meet our own cursor first.
 */
#pragma once

#include "rrtype.h"

#include <scenario/name.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SIM_TYPE_OPT = 41,
    SIM_RCODE_BADVERS = 16 /* needs OPT (RFC 6891 section 6.1.3) */
};

struct sim_query {
    uint16_t id;
    uint16_t flags; /* the flags word as received */
    bool has_question;
    uint8_t name[SCN_NAME_MAX]; /* in the case received; only the first
                                   scn_name_length() octets are written */
    uint16_t type;
    uint16_t class;
    bool edns;
    uint8_t edns_version;
    uint16_t edns_size; /* as advertised */
    bool dnssec_ok;
    bool compact_ok;    /* RFC 9824 section 5.1 */
    bool edns_options;  /* there are options in it */
    const uint8_t *opt; /* [borrowed] the whole OPT record as received */
    uint16_t opt_len;
};

enum sim_query_kind {
    SIM_QUERY_GOOD,   /* to be answered from the zones */
    SIM_QUERY_ERROR,  /* to be answered with *rcode_out */
    SIM_QUERY_IGNORED /* no reply: no header, or a response (QR=1) */
};

/*
 * Reads wire[0..len), which query_out borrows from. On SIM_QUERY_ERROR as much
 * of it is set as the reply needs. EDNS options (cookies among them) are
 * passed over; one that goes beyond its record is malformed, and so is a
 * message with octets after its last record. rcode_out  SIM_NOERROR for a good
 * query
 */
enum sim_query_kind sim_query_parse(const uint8_t *wire, size_t len,
                                    struct sim_query *query_out,
                                    uint8_t *rcode_out);
