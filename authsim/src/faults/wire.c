/* SPDX-License-Identifier: BSD-2-Clause */
/* wire.c - one small function over octets for each word. */
#include "wire.h"

#include "rrtype.h"

#include <scenario/model.h>

#include <stdbool.h>
#include <string.h>

enum {
    HEADER_SIZE = 12,
    FLAGS_AT = 2,
    QUESTIONS_AT = 4,
    ANSWERS_AT = 6,
    QUESTION_FIXED = 4, /* type, class */
    RR_FIXED = 10,      /* type, class, TTL, RDLENGTH */
    CLASS_AT = 2,       /* of the fixed part */
    RDLENGTH_AT = 8,
    POINTER = 0xc0,
    POINTER_MAX = 0x3fff,
    OPCODE_STATUS = 2 << 3, /* in the third octet */
    OPCODE_MASK = 0x78
};

/* A message, and where its first record stands. */
struct wire {
    uint8_t *buf;
    size_t len;
    size_t cap;
    size_t owner; /* of the first record; 0: there is none */
    size_t fixed; /* what follows the owner */
};

typedef void damage_fn(struct wire *w);

static unsigned read_u16(const struct wire *w, size_t at)
{
    return (unsigned)w->buf[at] << 8 | w->buf[at + 1];
}

static void write_u16(struct wire *w, size_t at, unsigned value)
{
    w->buf[at] = (uint8_t)(value >> 8);
    w->buf[at + 1] = (uint8_t)value;
}

/* Behind the name at `at`, or past the end. */
static size_t skip_name(const struct wire *w, size_t at)
{
    while (at < w->len && w->buf[at] != 0) {
        if (w->buf[at] >= POINTER) {
            return at + 2;
        }
        at += 1u + w->buf[at];
    }
    return at + 1;
}

/* The record whose owner stands at `at`; false when it is not there whole. */
static bool set_record(struct wire *w, size_t at)
{
    const size_t fixed = skip_name(w, at);

    if (fixed + RR_FIXED > w->len) {
        return false;
    }
    w->owner = at;
    w->fixed = fixed;
    return true;
}

static void find_first_record(struct wire *w)
{
    size_t at = HEADER_SIZE;

    for (unsigned i = 0; i < read_u16(w, QUESTIONS_AT); i++) {
        at = skip_name(w, at) + QUESTION_FIXED;
    }
    (void)set_record(w, at);
}

static size_t next_record(const struct wire *w)
{
    return w->fixed + RR_FIXED + read_u16(w, w->fixed + RDLENGTH_AT);
}

/* RFC 1035 section 4.1.1: an answer to a question of another kind. */
static void change_opcode(struct wire *w)
{
    w->buf[FLAGS_AT] =
        (uint8_t)((w->buf[FLAGS_AT] & ~OPCODE_MASK) | OPCODE_STATUS);
}

static void change_class(struct wire *w)
{
    const size_t owner = w->owner;
    const size_t fixed = w->fixed;

    for (unsigned i = 0; i < read_u16(w, ANSWERS_AT); i++) {
        write_u16(w, w->fixed + CLASS_AT, SIM_CLASS_CH);
        if (!set_record(w, next_record(w))) {
            break;
        }
    }
    w->owner = owner;
    w->fixed = fixed;
}

static void lengthen_rdata(struct wire *w)
{
    const size_t at = w->fixed + RDLENGTH_AT;

    write_u16(w, at, read_u16(w, at) + 1);
}

static void shorten_rdata(struct wire *w)
{
    const size_t at = w->fixed + RDLENGTH_AT;

    if (read_u16(w, at) > 0) {
        write_u16(w, at, read_u16(w, at) - 1);
    }
}

static void empty_rdata(struct wire *w)
{
    write_u16(w, w->fixed + RDLENGTH_AT, 0);
}

/* The first owner becomes a pointer to `target`, of the message as it is
 * then. */
static void point_to(struct wire *w, size_t target)
{
    const size_t rest = w->len - w->fixed;

    if (w->owner + 2 + rest > w->cap || target > POINTER_MAX) {
        return;
    }
    memmove(w->buf + w->owner + 2, w->buf + w->fixed, rest);
    write_u16(w, w->owner, POINTER << 8 | (unsigned)target);
    w->fixed = w->owner + 2;
    w->len = w->fixed + rest;
}

/* RFC 1035 section 4.1.4: a pointer leads to a PRIOR occurrence. */
static void point_to_itself(struct wire *w)
{
    point_to(w, w->owner);
}

static void point_ahead(struct wire *w)
{
    point_to(w, next_record(w) + 2 - (w->fixed - w->owner));
}

static void raise_count(struct wire *w)
{
    write_u16(w, ANSWERS_AT, read_u16(w, ANSWERS_AT) + 1);
}

static void lower_count(struct wire *w)
{
    if (read_u16(w, ANSWERS_AT) > 0) {
        write_u16(w, ANSWERS_AT, read_u16(w, ANSWERS_AT) - 1);
    }
}

static void append_octets(struct wire *w)
{
    static const uint8_t octets[] = { 0xde, 0xad, 0xbe, 0xef };

    if (w->cap - w->len >= sizeof(octets)) {
        memcpy(w->buf + w->len, octets, sizeof(octets));
        w->len += sizeof(octets);
    }
}

static const struct {
    enum scn_wire word;
    bool needs_record;
    damage_fn *damage;
} damages[] = {
    { SCN_WIRE_OPCODE, false, change_opcode },
    { SCN_WIRE_CLASS_CH, true, change_class },
    { SCN_WIRE_RDLENGTH_LONG, true, lengthen_rdata },
    { SCN_WIRE_RDLENGTH_SHORT, true, shorten_rdata },
    { SCN_WIRE_RDLENGTH_ZERO, true, empty_rdata },
    { SCN_WIRE_POINTER_LOOP, true, point_to_itself },
    { SCN_WIRE_POINTER_FORWARD, true, point_ahead },
    { SCN_WIRE_COUNT_HIGH, false, raise_count },
    { SCN_WIRE_COUNT_LOW, false, lower_count },
    { SCN_WIRE_TRAILING, false, append_octets },
};

size_t sim_wire_damage(unsigned words, uint8_t *buf, size_t len, size_t cap)
{
    struct wire w = { .buf = buf, .len = len, .cap = cap };

    if (len < HEADER_SIZE) {
        return len;
    }
    find_first_record(&w);
    for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
        if ((words & (unsigned)damages[i].word) != 0 &&
            (w.owner != 0 || !damages[i].needs_record)) {
            damages[i].damage(&w);
        }
    }
    return w.len;
}
