/* SPDX-License-Identifier: BSD-2-Clause */
/* denial.c - what the kinds of denial share, and how they are spoilt. */
#include "denial.h"

#include "octets.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <string.h>

void sim_proof_add(struct sim_proof *proof, struct sim_rrset *rrset)
{
    for (size_t i = 0; i < proof->count; i++) {
        if (proof->rrsets[i] == rrset) {
            return;
        }
    }
    if (proof->count < SIM_PROOF_MAX) {
        proof->rrsets[proof->count++] = rrset;
    }
}

void sim_node_types(const struct sim_zone *zone, const struct sim_node *node,
                    struct sim_type_set *set_out)
{
    bool has_signed = false;

    set_out->count = 0;
    for (const struct sim_rrset *rrset = node->rrsets; rrset != NULL;
         rrset = rrset->next) {
        if (sim_node_is_authoritative(node, rrset->type)) {
            has_signed = true;
            sim_type_set_add(set_out, rrset->type);
        } else if (node->cut == node && rrset->type == SIM_TYPE_NS) {
            sim_type_set_add(set_out, rrset->type);
        }
    }
    if (has_signed && zone->is_signed) {
        sim_type_set_add(set_out, SIM_TYPE_RRSIG);
    }
}

enum sim_status sim_denial_rrset(struct sim_arena *arena,
                                 const struct sim_rrset *head,
                                 const struct sim_rdata *rdata,
                                 struct sim_rrset **rrset_out)
{
    struct sim_rrset *rrset = sim_arena_copy(arena, head, sizeof(*head));
    struct sim_rdata *copy = sim_arena_copy(arena, rdata, sizeof(*rdata));

    if (rrset == NULL || copy == NULL) {
        return SIM_ENOMEM;
    }
    copy->octets = sim_arena_copy(arena, rdata->octets, rdata->len);
    if (copy->octets == NULL) {
        return SIM_ENOMEM;
    }
    rrset->next = NULL;
    rrset->rdatas = copy;
    rrset->count = 1;
    rrset->has_sigs = false;
    rrset->sigs = NULL;
    rrset->sig_count = 0;
    *rrset_out = rrset;
    return SIM_OK;
}

void sim_denial_successor(const uint8_t *owner, uint8_t *name_out)
{
    size_t len = scn_name_length(owner);
    size_t extra = len + 2 <= SCN_NAME_MAX ? 2 : 0;

    if (extra > 0) {
        name_out[0] = 1;
        name_out[1] = 0;
    }
    memcpy(name_out + extra, owner, len);
}

/* Octets before the bitmap: the next name, or NSEC3's fixed and hash parts. */
static size_t bitmap_start(const struct sim_rrset *rrset)
{
    const uint8_t *octets = rrset->rdatas[0].octets;

    if (rrset->type == SIM_TYPE_NSEC) {
        return scn_name_length(octets);
    }
    return 5 + (size_t)octets[4] + 1 + SIM_HASH_LEN;
}

/* RFC 4034 section 4.1.1: an NSEC whose next name follows at once covers
 * nothing, so it proves no absence. One whose next name is its own covers
 * all, as if the zone had no other name. */
static size_t spoil_next_name(const struct sim_rrset *rrset, uint64_t damage,
                              uint8_t *out)
{
    if ((damage & SIM_DAMAGE(SCN_SELF_NEXT)) != 0) {
        memcpy(out, rrset->owner, scn_name_length(rrset->owner));
    } else {
        sim_denial_successor(rrset->owner, out);
    }
    return scn_name_length(out);
}

/* RFC 5155 section 3.1.7: the same with the hash after the owner's, or it. The
 * owner's hash is taken from its base32hex label. */
static size_t spoil_next_hash(const struct sim_rrset *rrset, uint64_t damage,
                              uint8_t *out)
{
    const uint8_t *octets = rrset->rdatas[0].octets;
    size_t start = 5 + (size_t)octets[4] + 1;
    uint8_t *hash = out + start;
    uint64_t bits = 0;
    unsigned held = 0;
    size_t at = 0;

    memcpy(out, octets, start);
    for (size_t i = 1; i <= rrset->owner[0] && at < SIM_HASH_LEN; i++) {
        uint8_t digit = rrset->owner[i];

        digit = (uint8_t)(digit >= 'a' ? digit - 'a' + 10 : digit - '0');
        bits = (bits << 5) | digit;
        held += 5;
        if (held >= 8) {
            held -= 8;
            hash[at++] = (uint8_t)(bits >> held);
        }
    }
    if ((damage & SIM_DAMAGE(SCN_SELF_NEXT)) == 0) {
        for (at = SIM_HASH_LEN; at > 0 && ++hash[at - 1] == 0; at--) {
        }
    }
    return start + SIM_HASH_LEN;
}

/* RFC 5155 section 3: an owner that is the hash of no name in question. */
static enum sim_status spoil_hash(struct sim_rrset *rrset,
                                  struct sim_arena *arena)
{
    uint8_t *owner =
        sim_arena_copy(arena, rrset->owner, scn_name_length(rrset->owner));

    if (owner == NULL) {
        return SIM_ENOMEM;
    }
    owner[1] = owner[1] == '0' ? '1' : '0';
    rrset->owner = owner;
    return SIM_OK;
}

static const uint64_t next_words =
    SIM_DAMAGE(SCN_WRONG_NEXT) | SIM_DAMAGE(SCN_SELF_NEXT);
static const uint64_t denial_words =
    SIM_DAMAGE(SCN_WRONG_BITMAP) | SIM_DAMAGE(SCN_WRONG_NEXT) |
    SIM_DAMAGE(SCN_SELF_NEXT) | SIM_DAMAGE(SCN_WRONG_HASH);

enum sim_status sim_denial_spoil(struct sim_rrset *rrset, uint64_t damage,
                                 uint16_t type, struct sim_arena *arena,
                                 struct sim_rrset **rrset_out)
{
    uint8_t octets[SCN_NAME_MAX + 5 + 256 + SIM_BITMAP_MAX];
    const struct sim_rdata *old = &rrset->rdatas[0];
    size_t start = bitmap_start(rrset);
    struct sim_type_set set;
    struct sim_rdata rdata = { octets, 0 };
    size_t len = start;
    enum sim_status st;

    if ((damage & denial_words) == 0) {
        *rrset_out = rrset;
        return SIM_OK;
    }
    memcpy(octets, old->octets, start);
    if ((damage & next_words) != 0) {
        len = rrset->type == SIM_TYPE_NSEC
                  ? spoil_next_name(rrset, damage, octets)
                  : spoil_next_hash(rrset, damage, octets);
    }
    sim_bitmap_read(old->octets + start, old->len - start, &set);
    if ((damage & SIM_DAMAGE(SCN_WRONG_BITMAP)) != 0) {
        sim_type_set_toggle(&set, type);
    }
    len += sim_bitmap_write(&set, octets + len);
    rdata.len = (uint16_t)len;
    st = sim_denial_rrset(arena, rrset, &rdata, rrset_out);
    if (st == SIM_OK && (damage & SIM_DAMAGE(SCN_WRONG_HASH)) != 0) {
        st = spoil_hash(*rrset_out, arena);
    }
    return st;
}

enum sim_status sim_denial_prove(struct sim_zone *zone,
                                 const struct sim_denial *denial,
                                 struct sim_arena *arena,
                                 struct sim_proof *proof_out)
{
    enum scn_denial kind =
        zone->model != NULL ? zone->model->denial : SCN_DENIAL_NSEC;

    *proof_out = (struct sim_proof){ .arena = arena };
    switch (kind) {
    case SCN_DENIAL_NSEC:
    case SCN_DENIAL_NSEC_WHITE_LIES:
        return sim_nsec_prove(zone, denial, proof_out);
    case SCN_DENIAL_NSEC3:
    case SCN_DENIAL_NSEC3_OPT_OUT:
    case SCN_DENIAL_NSEC3_WHITE_LIES:
        return sim_nsec3_prove(zone, denial, proof_out);
    case SCN_DENIAL_COMPACT:
        return sim_compact_prove(zone, denial, arena, proof_out);
    }
    return SIM_ECONFLICT; /* LCOV_EXCL_LINE: DefensiveCoding */
}
