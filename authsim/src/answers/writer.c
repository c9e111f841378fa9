/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * writer.c - compression by a short list of places: the names of a reply are
 * few, and the owner of most records is the owner of the record before.
 */
#include "writer.h"

#include "rrset.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <string.h>

enum { POINTER = 0xc0, POINTER_FLAG = 0xc000, POINTER_MAX = 0x3fff };

void sim_writer_init(struct sim_writer *w, uint8_t *buf, size_t limit)
{
    w->buf = buf;
    w->limit = limit;
    sim_writer_restart(w);
}

void sim_writer_restart(struct sim_writer *w)
{
    w->at = 0;
    w->overrun = false;
    w->place_count = 0;
    w->last_owner = NULL;
    w->last_place = 0;
}

void sim_writer_octets(struct sim_writer *w, const uint8_t *octets, size_t n)
{
    if (w->overrun || w->limit - w->at < n) {
        w->overrun = true;
        return;
    }
    if (n > 0) {
        memcpy(w->buf + w->at, octets, n);
        w->at += n;
    }
}

void sim_writer_u8(struct sim_writer *w, uint8_t value)
{
    sim_writer_octets(w, &value, 1);
}

void sim_writer_u16(struct sim_writer *w, uint16_t value)
{
    const uint8_t octets[2] = { (uint8_t)(value >> 8), (uint8_t)value };

    sim_writer_octets(w, octets, 2);
}

static void sim_writer_u32(struct sim_writer *w, uint32_t value)
{
    sim_writer_u16(w, (uint16_t)(value >> 16));
    sim_writer_u16(w, (uint16_t)value);
}

static uint8_t lower(uint8_t octet)
{
    return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
}

static bool same_label(const uint8_t *a, const uint8_t *b)
{
    if (a[0] != b[0]) {
        return false;
    }
    for (size_t i = 1; i <= a[0]; i++) {
        if (lower(a[i]) != lower(b[i])) {
            return false;
        }
    }
    return true;
}

/* Whether the name written at `place` equals name; pointers in it lead back
 * to places written before, so this ends. */
static bool stands_at(const struct sim_writer *w, size_t place,
                      const uint8_t *name)
{
    for (;;) {
        const uint8_t *there = w->buf + place;
        if (there[0] >= POINTER) {
            place = (size_t)(there[0] & ~POINTER) << 8 | there[1];
            continue;
        }
        if (!same_label(there, name)) {
            return false;
        }
        if (name[0] == 0) {
            return true;
        }
        place += 1u + there[0];
        name += 1u + name[0];
    }
}

static uint16_t find_place(const struct sim_writer *w, const uint8_t *name)
{
    for (size_t i = 0; i < w->place_count; i++) {
        if (stands_at(w, w->places[i], name)) {
            return w->places[i];
        }
    }
    return 0;
}

static void remember(struct sim_writer *w, size_t place)
{
    if (place <= POINTER_MAX && w->place_count < SIM_WRITER_NAMES) {
        w->places[w->place_count++] = (uint16_t)place;
    }
}

void sim_writer_name(struct sim_writer *w, const uint8_t *name)
{
    size_t new_places[SCN_NAME_MAX / 2 + 1];
    size_t new_count = 0;

    for (; name[0] != 0; name += 1u + name[0]) {
        uint16_t place = find_place(w, name);
        if (place != 0) {
            sim_writer_u16(w, POINTER_FLAG | place);
            break;
        }
        new_places[new_count++] = w->at;
        sim_writer_octets(w, name, 1u + name[0]);
    }
    if (name[0] == 0) {
        sim_writer_u8(w, 0);
    }
    /* Not before: a name must not be searched while it is half written. */
    for (size_t i = 0; i < new_count && !w->overrun; i++) {
        remember(w, new_places[i]);
    }
}

/* The owner, or a pointer to where it was written last time. */
static void put_owner(struct sim_writer *w, const struct sim_rr *rr)
{
    const uint8_t *owner = rr->owner;

    if (rr->owner_as_is) {
        sim_writer_octets(w, owner, scn_name_length(owner));
        return;
    }
    if (owner == w->last_owner && w->last_place != 0) {
        sim_writer_u16(w, POINTER_FLAG | w->last_place);
        return;
    }
    sim_writer_name(w, owner);
    w->last_owner = owner;
    w->last_place = w->overrun ? 0 : find_place(w, owner);
}

/* --- RDATA --- */

/* Where the names of a type of RFC 1035 stand: octets before, names, octets
 * after. */
struct layout {
    uint16_t type;
    uint8_t before;
    uint8_t names;
    uint8_t after;
};

static const struct layout layouts[] = {
    { 2, 0, 1, 0 },  /* NS */
    { 3, 0, 1, 0 },  /* MD */
    { 4, 0, 1, 0 },  /* MF */
    { 5, 0, 1, 0 },  /* CNAME */
    { 6, 0, 2, 20 }, /* SOA */
    { 7, 0, 1, 0 },  /* MB */
    { 8, 0, 1, 0 },  /* MG */
    { 9, 0, 1, 0 },  /* MR */
    { 12, 0, 1, 0 }, /* PTR */
    { 14, 0, 2, 0 }, /* MINFO */
    { 15, 2, 1, 0 }, /* MX */
};

/* The layout of rr, NULL when it has none or its RDATA does not keep it. */
static const struct layout *layout_of(const struct sim_rr *rr)
{
    for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
        const struct layout *l = &layouts[i];
        size_t at = l->before;
        size_t size = 1;
        if (l->type != rr->type) {
            continue;
        }
        for (unsigned n = 0; n < l->names && size > 0; n++) {
            size = at < rr->rdata_len
                       ? sim_name_within(rr->rdata + at, rr->rdata_len - at)
                       : 0;
            at += size;
        }
        return size > 0 && at + l->after == rr->rdata_len ? l : NULL;
    }
    return NULL;
}

static void put_rdata(struct sim_writer *w, const struct sim_rr *rr)
{
    const struct layout *l = layout_of(rr);
    const uint8_t *next = rr->rdata;

    if (l == NULL) {
        sim_writer_octets(w, rr->rdata, rr->rdata_len);
        return;
    }
    sim_writer_octets(w, next, l->before);
    next += l->before;
    for (unsigned n = 0; n < l->names; n++) {
        sim_writer_name(w, next);
        next += scn_name_length(next);
    }
    sim_writer_octets(w, next, l->after);
}

void sim_writer_rr(struct sim_writer *w, const struct sim_rr *rr)
{
    put_owner(w, rr);
    sim_writer_u16(w, rr->type);
    sim_writer_u16(w, rr->class != 0 ? rr->class : SIM_CLASS_IN);
    sim_writer_u32(w, rr->ttl);
    const size_t length_at = w->at;
    sim_writer_u16(w, 0); /* known once the RDATA is written */
    put_rdata(w, rr);
    if (!w->overrun) {
        const size_t len = w->at - length_at - 2;
        w->buf[length_at] = (uint8_t)(len >> 8);
        w->buf[length_at + 1] = (uint8_t)len;
    }
}
