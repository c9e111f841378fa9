/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rrsig.c - the signatures a zone puts beside an RRset, damaged where its
 * author says so. Each word that spoils a signature is one row of spoilers.
 */
#include "rrtype.h"
#include "sign.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

enum { FIXED_LEN = 18, FLIPPED = 0x5a };

/* What a spoiler changes: the fields before signing. */
struct draft {
    const struct sim_zone *zone;
    struct sim_rrsig fields;
    uint8_t signer[SCN_NAME_MAX];
};

/* RFC 4035 section 5.3.1: the present must not be past the expiration. */
static void spoil_expired(struct draft *draft)
{
    struct sim_window window =
        sim_window_expired(draft->zone->world->options.epoch_s);

    draft->fields.inception_s = window.inception_s;
    draft->fields.expiration_s = window.expiration_s;
}

/* RFC 4035 section 5.3.1: the present must not be before the inception. */
static void spoil_future(struct draft *draft)
{
    struct sim_window window =
        sim_window_future(draft->zone->world->options.epoch_s);

    draft->fields.inception_s = window.inception_s;
    draft->fields.expiration_s = window.expiration_s;
}

/* RFC 4034 section 3.1.5: expiration before inception. */
static void spoil_inverted(struct draft *draft)
{
    uint32_t inception_s = draft->fields.inception_s;

    draft->fields.inception_s = draft->fields.expiration_s;
    draft->fields.expiration_s = inception_s;
}

/* RFC 4035 section 5.3.1: the signer must be the zone that holds the RRset.
 * Here it is a name beside the zone, which nobody serves. */
static void spoil_signer(struct draft *draft)
{
    static const uint8_t label[] = "\014wrong-signer";
    const uint8_t *parent = scn_name_parent(draft->zone->name);
    size_t label_len = sizeof(label) - 1;
    size_t parent_len = scn_name_length(parent);

    if (label_len + parent_len > SCN_NAME_MAX) {
        parent = (const uint8_t *)"";
        parent_len = 1;
    }
    memcpy(draft->signer, label, label_len);
    memcpy(draft->signer + label_len, parent, parent_len);
    draft->fields.signer = draft->signer;
}

/* RFC 4035 section 5.3.1: no more labels than the owner has. */
static void spoil_labels(struct draft *draft)
{
    draft->fields.labels++;
}

/* RFC 4035 section 5.3.1: the type covered must be that of the RRset. CAA
 * becomes A. */
static void spoil_type_covered(struct draft *draft)
{
    draft->fields.type_error = 256;
}

/* RFC 4035 section 5.3.1: algorithm and key tag must be those of a key of the
 * zone. 8 becomes 10 and 13 becomes 15, and the other way round. */
static void spoil_algorithm(struct draft *draft)
{
    draft->fields.algorithm_error = 2;
}

static void spoil_key_tag(struct draft *draft)
{
    draft->fields.tag_error = 1;
}

struct spoiler {
    enum scn_damage_what what;
    void (*spoil)(struct draft *draft);
};

static const struct spoiler spoilers[] = {
    { SCN_EXPIRED, spoil_expired },
    { SCN_NOT_YET_VALID, spoil_future },
    { SCN_INVERTED, spoil_inverted },
    { SCN_WRONG_SIGNER, spoil_signer },
    { SCN_WRONG_LABELS, spoil_labels },
    { SCN_WRONG_TYPE_COVERED, spoil_type_covered },
    { SCN_WRONG_ALGORITHM, spoil_algorithm },
    { SCN_WRONG_KEY_TAG, spoil_key_tag },
};

/* The words that matter for signatures; others leave what is kept usable. */
static const uint64_t signature_words =
    SIM_DAMAGE(SCN_EXPIRED) | SIM_DAMAGE(SCN_NOT_YET_VALID) |
    SIM_DAMAGE(SCN_INVERTED) | SIM_DAMAGE(SCN_WRONG_SIGNER) |
    SIM_DAMAGE(SCN_WRONG_LABELS) | SIM_DAMAGE(SCN_WRONG_TYPE_COVERED) |
    SIM_DAMAGE(SCN_WRONG_ALGORITHM) | SIM_DAMAGE(SCN_WRONG_KEY_TAG) |
    SIM_DAMAGE(SCN_ONE_ALGORITHM) | SIM_DAMAGE(SCN_RRSIG_REMOVED) |
    SIM_DAMAGE(SCN_BAD_SIGNATURE) | SIM_DAMAGE(SCN_EXTRA_BAD_SIGNATURE) |
    SIM_DAMAGE(SCN_MANY_SIGNATURES);

/* Turns over bits of the signature proper (RFC 4034 section 3.1.8), in a copy.
 * Other bits make another bad signature. */
static enum sim_status flip(const struct sim_rdata *good, uint8_t bits,
                            struct sim_arena *arena, struct sim_rdata *bad_out)
{
    uint8_t *octets = sim_arena_copy(arena, good->octets, good->len);
    size_t at;

    if (octets == NULL) {
        return SIM_ENOMEM;
    }
    at = FIXED_LEN + scn_name_length(octets + FIXED_LEN);
    for (; at < good->len; at++) {
        octets[at] ^= bits;
    }
    *bad_out = (struct sim_rdata){ octets, good->len };
    return SIM_OK;
}

/* RFC 6781 section 4.1; one that is revoked signs itself alone, RFC 5011
 * section 2.1. */
static bool other_key_signs(const struct scn_zone *model, uint16_t type)
{
    const enum scn_rollover rollover =
        model != NULL ? model->rollover : SCN_ROLLOVER_NONE;

    switch (rollover) {
    case SCN_ROLLOVER_NONE:
    case SCN_ROLLOVER_ZSK_PRE_PUBLISHED:
    case SCN_ROLLOVER_KSK_DOUBLE_DS:
        return false;
    case SCN_ROLLOVER_ZSK_DOUBLE_SIGNED:
    case SCN_ROLLOVER_KSK_DOUBLE_SIGNED:
        return true;
    case SCN_ROLLOVER_KSK_REVOKED:
        return type == SIM_TYPE_DNSKEY;
    }
    return false; /* LCOV_EXCL_LINE: DefensiveCoding */
}

/* KSKs sign the DNSKEY RRset, ZSKs the rest, a CSK both; keys of a second
 * algorithm do not sign where damage says so. */
bool sim_zone_key_signs(const struct sim_zone *zone, const struct sim_key *key,
                        uint16_t type, uint64_t damage)
{
    bool split = zone->model != NULL && zone->model->keys == SCN_KSK_AND_ZSK;

    if (key->is_other && !other_key_signs(zone->model, type)) {
        return false;
    }

    if ((damage & SIM_DAMAGE(SCN_ONE_ALGORITHM)) != 0 &&
        key->algorithm != zone->keys[0].algorithm) {
        return false;
    }
    if (!split) {
        return true;
    }
    return ((key->flags & SIM_KEY_SEP) != 0) == (type == SIM_TYPE_DNSKEY);
}

static void draft_init(struct draft *draft, const struct sim_zone *zone,
                       const struct sim_rrset *rrset, uint64_t damage)
{
    struct sim_window window = sim_window_valid(zone->world->options.epoch_s);

    draft->zone = zone;
    draft->fields = (struct sim_rrsig){
        .signer = zone->name,
        .inception_s = window.inception_s,
        .expiration_s = window.expiration_s,
        .labels = sim_rrsig_labels(rrset->owner),
    };
    for (size_t i = 0; i < sizeof(spoilers) / sizeof(spoilers[0]); i++) {
        if ((damage & SIM_DAMAGE(spoilers[i].what)) != 0) {
            spoilers[i].spoil(draft);
        }
    }
}

/* The bad signatures that damage puts before a good one, or in its place. */
static unsigned bad_count(uint64_t damage)
{
    const uint64_t one =
        SIM_DAMAGE(SCN_BAD_SIGNATURE) | SIM_DAMAGE(SCN_EXTRA_BAD_SIGNATURE);

    if ((damage & SIM_DAMAGE(SCN_MANY_SIGNATURES)) != 0) {
        return SIM_MANY;
    }
    return (damage & one) != 0;
}

static enum sim_status sign_all(struct sim_zone *zone, struct sim_rrset *rrset,
                                uint64_t damage, struct sim_arena *arena)
{
    struct draft draft;
    size_t count = 0;
    struct sim_rdata *sigs = sim_arena_alloc(
        arena, (bad_count(damage) + 1) * zone->key_count * sizeof(*sigs));
    enum sim_status st = sigs != NULL ? SIM_OK : SIM_ENOMEM;

    draft_init(&draft, zone, rrset, damage);
    for (size_t i = 0; i < zone->key_count && st == SIM_OK; i++) {
        struct sim_rdata good;

        if (!sim_zone_key_signs(zone, &zone->keys[i], rrset->type, damage)) {
            continue;
        }
        st = sim_sign_rrset(zone->world->ring, rrset, &draft.fields,
                            &zone->keys[i], arena, &good);
        for (unsigned n = 0; st == SIM_OK && n < bad_count(damage); n++) {
            st = flip(&good, (uint8_t)(FLIPPED - n), arena, &sigs[count++]);
        }
        if (st == SIM_OK && (damage & SIM_DAMAGE(SCN_BAD_SIGNATURE)) == 0) {
            sigs[count++] = good;
        }
    }
    if (st == SIM_OK) {
        rrset->sigs = sigs;
        rrset->sig_count = count;
        rrset->sig_damage = damage;
        rrset->has_sigs = true;
    }
    return st;
}

enum sim_status sim_zone_signatures(struct sim_zone *zone,
                                    struct sim_rrset *rrset, uint64_t damage,
                                    struct sim_arena *arena,
                                    struct sim_rrset *signed_out)
{
    enum sim_status st;

    damage &= signature_words;
    if (!rrset->has_sigs || rrset->sig_damage != damage) {
        bool keep = !rrset->has_sigs && signed_out != rrset;
        struct sim_rrset draft = *rrset;

        st = sim_zone_make_keys(zone);
        if (st != SIM_OK) {
            return st;
        }
        draft.sigs = NULL;
        draft.sig_count = 0;
        draft.sig_damage = damage;
        draft.has_sigs = true;
        if (zone->is_signed && (damage & SIM_DAMAGE(SCN_RRSIG_REMOVED)) == 0) {
            st = sign_all(zone, &draft, damage, keep ? zone->arena : arena);
        }
        if (st != SIM_OK) {
            return st;
        }
        if (keep) {
            *rrset = draft;
        }
        *signed_out = draft;
        return SIM_OK;
    }
    *signed_out = *rrset;
    return SIM_OK;
}
