/* SPDX-License-Identifier: BSD-2-Clause */
/* query.c - every read of a request goes through one bounded cursor. */
#include "query.h"

#include <string.h>

enum {
    HEADER_SIZE = 12,
    FLAG_QR = 0x8000,
    OPCODE_MASK = 0x7800,
    LABEL_MAX = 63,
    POINTER = 0xc0,
    FIRST_META_TYPE = 249, /* TKEY, TSIG, IXFR, AXFR, MAILB, MAILA */
    LAST_META_TYPE = 254,
    EDNS_DO = 0x8000,
    EDNS_CO = 0x4000 /* RFC 9824 section 5.1 */
};

/* Reads past the end give 0 and set overrun; it is tested once per record. */
struct cursor {
    const uint8_t *wire;
    size_t len;
    size_t at;
    bool overrun;
};

struct counts {
    uint16_t questions;
    unsigned others; /* answer and authority records */
    uint16_t additional;
};

static bool has(struct cursor *c, size_t n)
{
    if (c->overrun || c->len - c->at < n) {
        c->overrun = true;
        return false;
    }
    return true;
}

static uint8_t read_u8(struct cursor *c)
{
    return has(c, 1) ? c->wire[c->at++] : 0;
}

static uint16_t read_u16(struct cursor *c)
{
    uint16_t high = read_u8(c);

    return (uint16_t)(high << 8 | read_u8(c));
}

static void skip(struct cursor *c, size_t n)
{
    if (has(c, n)) {
        c->at += n;
    }
}

/* The question's name: labels only, it has nothing to point back to. */
static bool read_name(struct cursor *c, uint8_t name[SCN_NAME_MAX])
{
    size_t used = 0;
    uint8_t label = 0;

    do {
        label = read_u8(c);
        /* After any label but the last there is the root's octet to come. */
        if (label > LABEL_MAX || !has(c, label) ||
            used + 1 + label > SCN_NAME_MAX - (size_t)(label != 0)) {
            return false;
        }
        name[used] = label;
        memcpy(name + used + 1, c->wire + c->at, label);
        used += 1u + label;
        c->at += label;
    } while (label != 0);
    return true;
}

/* Passes over an owner name, compressed or not; true when it is the root. */
static bool skip_name(struct cursor *c)
{
    uint8_t label = read_u8(c);
    const bool root = label == 0;

    while (label != 0 && !c->overrun) {
        if (label >= POINTER) {
            skip(c, 1);
            return false;
        }
        if (label > LABEL_MAX) {
            c->overrun = true;
            return false;
        }
        skip(c, label);
        label = read_u8(c);
    }
    return root;
}

/* RFC 6891 section 6.1.2: pairs of code and octets, to the end of the RDATA. */
static bool skip_options(struct cursor *c, size_t len)
{
    const size_t start = c->at;

    while (!c->overrun && c->at - start < len) {
        skip(c, 2);
        skip(c, read_u16(c));
    }
    return !c->overrun && c->at - start == len;
}

/* RFC 6891 section 6.1.2: CLASS is the payload size, TTL holds the rest. */
static bool read_opt(struct cursor *c, struct sim_query *q)
{
    if (q->edns) {
        return false; /* section 6.1.1: more than one is a FORMERR */
    }
    const size_t start = c->at - 3; /* the root, and the type */
    q->edns = true;
    q->edns_size = read_u16(c);
    skip(c, 1); /* extended RCODE */
    q->edns_version = read_u8(c);
    const uint16_t flags = read_u16(c);
    q->dnssec_ok = (flags & EDNS_DO) != 0;
    q->compact_ok = (flags & EDNS_CO) != 0;
    const uint16_t options_len = read_u16(c);
    q->edns_options = options_len > 0;
    if (!skip_options(c, options_len)) {
        return false;
    }
    q->opt = c->wire + start;
    q->opt_len = (uint16_t)(c->at - start);
    return true;
}

static void skip_record_body(struct cursor *c)
{
    skip(c, 2 + 4); /* class, TTL */
    skip(c, read_u16(c));
}

/* All records after the question; false when they are malformed. */
static bool read_records(struct cursor *c, const struct counts *counts,
                         struct sim_query *q)
{
    for (unsigned i = 0; i < counts->others && !c->overrun; i++) {
        (void)skip_name(c);
        skip(c, 2);
        skip_record_body(c);
    }
    for (unsigned i = 0; i < counts->additional && !c->overrun; i++) {
        const bool root = skip_name(c);
        if (read_u16(c) != SIM_TYPE_OPT) {
            skip_record_body(c);
        } else if (!root || !read_opt(c, q)) {
            return false;
        }
    }
    return !c->overrun && c->at == c->len;
}

static uint8_t judge(const struct sim_query *q)
{
    if (q->edns_version > 0) {
        return SIM_RCODE_BADVERS;
    }
    if (q->type == SIM_TYPE_OPT || q->type == 0 ||
        q->type == SIM_TYPE_NXNAME) { /* RFC 9824 section 3.5 */
        return SIM_FORMERR;
    }
    if (q->class != SIM_CLASS_IN ||
        (q->type >= FIRST_META_TYPE && q->type <= LAST_META_TYPE)) {
        return SIM_REFUSED;
    }
    return SIM_NOERROR;
}

static uint8_t read_body(struct cursor *c, const struct counts *counts,
                         struct sim_query *q)
{
    if (counts->questions != 1 || !read_name(c, q->name)) {
        return SIM_FORMERR;
    }
    q->type = read_u16(c);
    q->class = read_u16(c);
    if (c->overrun) {
        return SIM_FORMERR;
    }
    q->has_question = true;
    return read_records(c, counts, q) ? judge(q) : SIM_FORMERR;
}

enum sim_query_kind sim_query_parse(const uint8_t *wire, size_t len,
                                    struct sim_query *query_out,
                                    uint8_t *rcode_out)
{
    struct cursor c = { .wire = wire, .len = len };
    struct counts counts = { 0 };
    struct sim_query *q = query_out;

    q->has_question = false;
    q->edns = false;
    q->edns_version = 0;
    q->edns_size = 0;
    q->dnssec_ok = false;
    q->compact_ok = false;
    q->edns_options = false;
    q->opt = NULL;
    q->opt_len = 0;
    q->id = read_u16(&c);
    q->flags = read_u16(&c);
    counts.questions = read_u16(&c);
    counts.others = read_u16(&c);
    counts.others += read_u16(&c);
    counts.additional = read_u16(&c);
    if (len < HEADER_SIZE || (q->flags & FLAG_QR) != 0) {
        return SIM_QUERY_IGNORED;
    }
    *rcode_out =
        (q->flags & OPCODE_MASK) != 0 ? SIM_NOTIMP : read_body(&c, &counts, q);
    return *rcode_out == SIM_NOERROR ? SIM_QUERY_GOOD : SIM_QUERY_ERROR;
}
