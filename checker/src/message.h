/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * message.h - walk the records of one DNS message (RFC 1035 section 4.1).
 * RDATA is handed out raw: what it means is for its own parser.
 */
#pragma once

#include "cursor.h"

enum caa_rcode {
    CAA_RCODE_NOERROR = 0,
    CAA_RCODE_FORMERR = 1,
    CAA_RCODE_SERVFAIL = 2,
    CAA_RCODE_NXDOMAIN = 3,
    CAA_RCODE_NOTIMP = 4,
    CAA_RCODE_REFUSED = 5
};

enum caa_section {
    CAA_SECTION_ANSWER,
    CAA_SECTION_AUTHORITY,
    CAA_SECTION_ADDITIONAL, /* glue, to find servers: no verdict rests on it */
    CAA_SECTION_END
};

struct caa_message {
    struct caa_cursor cursor; /* at the next record */
    uint16_t id;
    uint8_t rcode; /* of the header: the low four bits */
    bool response;
    bool truncated;
    bool authoritative;
    uint16_t left[CAA_SECTION_END]; /* records not read yet, by section */
    bool has_question;
    struct caa_name question; /* when there is exactly one */
    uint16_t question_type;
};

struct caa_record {
    enum caa_section section;
    struct caa_name owner;
    uint16_t type;
    uint16_t class_in; /* CLASS of the record; 1 is IN */
    uint32_t ttl_s;
    struct caa_octets rdata; /* [borrowed] from the message */
    size_t rdata_at;         /* offset of rdata in the message */
};

/* Reads header and question. data is borrowed for as long as message is. */
CAA_NODISCARD enum caa_status caa_message_open(const uint8_t *data,
                                               size_t length,
                                               struct caa_message *message_out);

/* The next record, section after section; CAA_SECTION_END after the last. */
CAA_NODISCARD enum caa_status caa_message_next(struct caa_message *message,
                                               struct caa_record *record_out);

/* A name inside RDATA, which may be compressed against the whole message. */
CAA_NODISCARD enum caa_status caa_record_name(const struct caa_message *message,
                                              const struct caa_record *record,
                                              struct caa_name *name_out);
