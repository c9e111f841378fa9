/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * denial_white.c - "white lies": records made for the name that is asked for,
 * which deny it and hardly any other, so that nobody can walk the zone. NSEC as
 * of RFC 4470, NSEC3 as of RFC 7129 appendix B.
 */
#include "denial.h"
#include "octets.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <string.h>

enum { LABEL_MAX = 63 };

/* Replaces the first label of name; false where the result is no name. */
static bool put_first(const uint8_t *name, const uint8_t *label, size_t len,
                      uint8_t *out)
{
    const uint8_t *parent = scn_name_parent(name);
    const size_t parent_len = scn_name_length(parent);

    if (len == 0 || len > LABEL_MAX || 1 + len + parent_len > SCN_NAME_MAX) {
        return false;
    }
    out[0] = (uint8_t)len;
    memcpy(out + 1, label, len);
    memcpy(out + 1 + len, parent, parent_len);
    return true;
}

/* A name a little before this one, in small letters, and beside it: its last
 * octet one less, and the highest octet added (RFC 4470 section 3). */
static bool put_before(const uint8_t *name, uint8_t *out)
{
    uint8_t label[LABEL_MAX + 1];
    size_t len = name[0];

    memcpy(label, name + 1, len);
    if (len > 0 && label[len - 1] == 0) {
        len--;
    } else if (len > 0) {
        label[len - 1]--;
        /* Capitals are compared as small letters, which come later. */
        if (label[len - 1] >= 'A' && label[len - 1] <= 'Z') {
            label[len - 1] = 'A' - 1;
        }
        if (len < LABEL_MAX) {
            label[len++] = 0xff;
        }
    }
    return put_first(name, label, len, out);
}

/* The first name that is neither this one nor below it. */
static bool put_after(const uint8_t *name, uint8_t *out)
{
    uint8_t label[LABEL_MAX + 1];
    const size_t len = name[0];

    memcpy(label, name + 1, len);
    label[len] = 0;
    return put_first(name, label, len + 1, out);
}

/* Next name and bitmap; returns how long they are. */
static size_t put_nsec(const struct sim_rrset *real, const uint8_t *next,
                       bool real_types, uint8_t *out)
{
    const struct sim_rdata *rdata = &real->rdatas[0];
    const size_t start = scn_name_length(rdata->octets);
    size_t len = scn_name_length(next);
    struct sim_type_set set = { .count = 0 };

    memcpy(out, next, len);
    if (real_types) {
        memcpy(out + len, rdata->octets + start, rdata->len - start);
        return len + rdata->len - start;
    }
    sim_type_set_add(&set, SIM_TYPE_NSEC);
    sim_type_set_add(&set, SIM_TYPE_RRSIG);
    return len + sim_bitmap_write(&set, out + len);
}

/* An owner that is not there, if it comes after the last that is: else the
 * latter stays, with the types that it has. */
enum sim_status sim_white_nsec(const struct sim_zone *zone, const uint8_t *name,
                               const struct sim_rrset *real,
                               struct sim_arena *arena,
                               struct sim_rrset **rrset_out)
{
    const size_t len = scn_name_length(name);
    uint8_t *own = sim_arena_copy(arena, name, len);
    uint8_t *before = sim_arena_alloc(arena, SCN_NAME_MAX);
    uint8_t octets[SCN_NAME_MAX + SIM_BITMAP_MAX];
    uint8_t next[SCN_NAME_MAX];
    struct sim_rdata rdata = { octets, 0 };
    struct sim_rrset head = *real;
    const bool is_there = sim_zone_find(zone, name) != NULL;
    bool has_next;

    if (own == NULL || before == NULL) {
        return SIM_ENOMEM;
    }
    scn_name_lower(own);
    if (!scn_name_equal(real->owner, own) && put_before(own, before) &&
        scn_name_compare(before, real->owner) > 0) {
        head.owner = before;
    }
    /* What is there may have names below it; an empty non-terminal must have
     * one, or its type would not be denied but the name. */
    has_next = is_there ? len + 2 <= SCN_NAME_MAX : put_after(own, next);
    if (is_there && has_next) {
        sim_denial_successor(own, next);
    }
    rdata.len =
        (uint16_t)put_nsec(real, has_next ? next : real->rdatas[0].octets,
                           head.owner == real->owner, octets);
    return sim_denial_rrset(arena, &head, &rdata, rrset_out);
}

static void add_one(uint8_t hash[SIM_HASH_LEN])
{
    for (size_t at = SIM_HASH_LEN; at > 0 && ++hash[at - 1] == 0; at--) {
    }
}

static void take_one(uint8_t hash[SIM_HASH_LEN])
{
    for (size_t at = SIM_HASH_LEN; at > 0 && hash[at - 1]-- == 0; at--) {
    }
}

/* From the hash, or the one before it, to the one after it. */
enum sim_status sim_white_nsec3(const struct sim_zone *zone,
                                const uint8_t hash[SIM_HASH_LEN],
                                const struct sim_rrset *match,
                                struct sim_arena *arena,
                                struct sim_rrset **rrset_out)
{
    const struct scn_zone *model = zone->model;
    uint8_t octets[5 + 256 + SIM_HASH_LEN + SIM_BITMAP_MAX];
    const size_t start = 5 + model->nsec3_salt_len + 1;
    struct sim_rdata rdata = { octets, (uint16_t)(start + SIM_HASH_LEN) };
    struct sim_rrset head = { .ttl = zone->negative_ttl,
                              .type = SIM_TYPE_NSEC3 };
    uint8_t other[SIM_HASH_LEN];

    if (match != NULL) {
        memcpy(octets, match->rdatas[0].octets, match->rdatas[0].len);
        rdata.len = match->rdatas[0].len;
    } else {
        sim_nsec3_head(zone, octets);
    }
    memcpy(other, hash, SIM_HASH_LEN);
    add_one(other);
    memcpy(octets + start, other, SIM_HASH_LEN);
    memcpy(other, hash, SIM_HASH_LEN);
    if (match == NULL) {
        take_one(other);
    }
    head.owner = sim_nsec3_owner(zone, other, arena);
    return head.owner != NULL
               ? sim_denial_rrset(arena, &head, &rdata, rrset_out)
               : SIM_ENOMEM;
}
