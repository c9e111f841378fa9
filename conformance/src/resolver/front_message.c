/* SPDX-License-Identifier: BSD-2-Clause */
/* front_message.c - header, question and OPT of a message; pure. */
#include "front_message.h"

#include <scenario/name.h>

#include <string.h>

enum {
    TYPE_OPT = 41,
    CLASS_IN = 1,
    LABEL_MAX = 63,
    POINTER = 0xc0,
    OPT_VERSION = 0x00ff, /* in the high half of OPT's TTL */
    OPT_DO = 0x8000, /* in the low half of OPT's TTL, RFC 6891 section 6.1.3 */
    FLAG_RD = 0x0100,
    EDNS_SIZE = 1232
};

/* Reads octets one after the other; bad once, it stays bad. */
struct cursor {
    const uint8_t *octets; /* [borrowed] */
    size_t len;
    size_t at;
    bool bad;
};

static uint8_t read_octet(struct cursor *c)
{
    if (c->bad || c->at >= c->len) {
        c->bad = true;
        return 0;
    }
    return c->octets[c->at++];
}

static uint16_t read_word(struct cursor *c)
{
    unsigned high = read_octet(c);
    unsigned low = read_octet(c);
    return (uint16_t)(high << 8 | low);
}

static void skip(struct cursor *c, size_t count)
{
    if (c->bad || count > c->len - c->at) {
        c->bad = true;
        return;
    }
    c->at += count;
}

/* The question's name: nothing stands before it, so a pointer is an error. */
static void read_name(struct cursor *c, uint8_t name[CFM_DNS_NAME_MAX])
{
    size_t used = 0;
    uint8_t label = 0;
    do {
        label = read_octet(c);
        if (label > LABEL_MAX || used + 1 + label > CFM_DNS_NAME_MAX) {
            c->bad = true;
        }
        size_t start = c->at;
        skip(c, label);
        if (c->bad) {
            return;
        }
        name[used] = label;
        memcpy(name + used + 1, c->octets + start, label);
        used += 1U + label;
    } while (label != 0);
}

/* A record's owner: labels, perhaps a pointer at the end. */
static void skip_name(struct cursor *c)
{
    uint8_t label = read_octet(c);
    while (!c->bad && label != 0 && label <= LABEL_MAX) {
        skip(c, label);
        label = read_octet(c);
    }
    if (label >= POINTER) {
        skip(c, 1);
    } else if (label > LABEL_MAX) {
        c->bad = true;
    }
}

/* Looks for OPT; stops at the first record that does not fit. */
static void read_edns(struct cursor *c, unsigned records,
                      struct cfm_message *message)
{
    for (; records > 0 && !c->bad; records--) {
        skip_name(c);
        uint16_t type = read_word(c);
        skip(c, 2); /* class */
        uint16_t ttl_high = read_word(c);
        uint16_t ttl_low = read_word(c);
        uint16_t rdata_len = read_word(c);
        skip(c, rdata_len);
        if (!c->bad && type == TYPE_OPT) {
            message->edns = true;
            message->edns_newer = (ttl_high & OPT_VERSION) != 0;
            message->edns_options = rdata_len > 0;
            message->dnssec_ok = (ttl_low & OPT_DO) != 0;
        }
    }
}

bool cfm_message_read(const uint8_t *octets, size_t len,
                      struct cfm_message *message_out)
{
    struct cursor c = { .octets = octets, .len = len };
    struct cfm_message message = { 0 };
    message.id = read_word(&c);
    message.flags = read_word(&c);
    uint16_t questions = read_word(&c);
    message.answer_count = read_word(&c);
    unsigned records = message.answer_count;
    records += read_word(&c);
    records += read_word(&c);
    if (c.bad) {
        return false;
    }
    if (questions > 0) {
        read_name(&c, message.name);
        message.type = read_word(&c);
        message.class = read_word(&c);
        message.has_question = !c.bad;
    }
    if (!message.has_question) {
        memset(message.name, 0, sizeof message.name);
        message.type = 0;
        message.class = 0;
    } else if (questions == 1) {
        read_edns(&c, records, &message);
    }
    *message_out = message;
    return true;
}

static uint64_t mix(uint64_t hash, uint8_t octet)
{
    return (hash ^ octet) * UINT64_C(1099511628211); /* FNV-1a */
}

uint64_t cfm_message_question_hash(const struct cfm_message *message)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    if (!message->has_question) {
        return 0;
    }
    size_t len = scn_name_length(message->name);
    for (size_t i = 0; i < len; i++) {
        uint8_t octet = message->name[i];
        bool upper = octet >= 'A' && octet <= 'Z';
        hash = mix(hash, (uint8_t)(upper ? octet + ('a' - 'A') : octet));
    }
    hash = mix(mix(hash, (uint8_t)(message->type >> 8)),
               (uint8_t)(message->type & 0xff));
    hash = mix(mix(hash, (uint8_t)(message->class >> 8)),
               (uint8_t)(message->class & 0xff));
    return hash == 0 ? 1 : hash;
}

static uint8_t *put_word(uint8_t *at, unsigned word)
{
    at[0] = (uint8_t)(word >> 8);
    at[1] = (uint8_t)(word & 0xff);
    return at + 2;
}

size_t cfm_message_write_query(uint16_t id, const uint8_t *name, uint16_t type,
                               uint8_t *octets_out, size_t cap)
{
    enum { QUESTION_REST = 4, OPT_SIZE = 11 };
    size_t name_len = scn_name_length(name);
    size_t size = CFM_DNS_HEADER + name_len + QUESTION_REST + OPT_SIZE;
    if (size > cap) {
        return 0;
    }
    uint8_t *at = put_word(octets_out, id);
    at = put_word(at, FLAG_RD);
    at = put_word(at, 1); /* questions */
    at = put_word(at, 0);
    at = put_word(at, 0);
    at = put_word(at, 1); /* additional: OPT */
    memcpy(at, name, name_len);
    at = put_word(at + name_len, type);
    at = put_word(at, CLASS_IN);
    *at++ = 0; /* OPT's owner, the root */
    at = put_word(at, TYPE_OPT);
    at = put_word(at, EDNS_SIZE);
    at = put_word(at, 0);
    at = put_word(at, 0);
    (void)put_word(at, 0);
    return size;
}
