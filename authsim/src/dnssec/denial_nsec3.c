/* SPDX-License-Identifier: BSD-2-Clause */
/* denial_nsec3.c - the chain of RFC 5155 section 7.1 and the proofs of its
 * section 7.2. */
#include "denial.h"
#include "octets.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

enum { FLAG_OPT_OUT = 1 };

static bool is_opt_out(const struct sim_zone *zone)
{
    return zone->model->denial == SCN_DENIAL_NSEC3_OPT_OUT;
}

/* True when FORMAT's `what` is said of the name itself. */
static bool is_hit(const struct sim_zone *zone, const struct sim_node *node,
                   enum scn_damage_what what)
{
    return (sim_damage_of(zone, node->name, SIM_TYPE_NSEC3, node->name) &
            SIM_DAMAGE(what)) != 0;
}

static bool is_insecure_cut(const struct sim_zone *zone,
                            const struct sim_node *node)
{
    return node->cut == node && (sim_node_rrset(node, SIM_TYPE_DS) == NULL ||
                                 is_hit(zone, node, SCN_OPTED_OUT));
}

/*
 * Which names are hashed: those with authority, cuts and, unlike NSEC, empty
 * non-terminals. With opt-out an insecure cut is not, nor a non-terminal that
 * is there only because of such cuts (RFC 5155 section 7.1). Marks from the
 * last name to the first, so that descendants come before ancestors. Damage
 * leaves out a non-terminal alone.
 */
static void mark(const struct sim_zone *zone, bool *wanted)
{
    for (size_t i = zone->node_count; i > 0; i--) {
        const struct sim_node *node = &zone->nodes[i - 1];

        if (node->below) {
            continue;
        }
        if (node->rrsets != NULL &&
            !(is_opt_out(zone) && is_insecure_cut(zone, node))) {
            wanted[i - 1] = true;
        }
        if (wanted[i - 1] && node->parent != NULL) {
            wanted[node->parent - zone->nodes] = true;
        }
        if (node->rrsets == NULL && is_hit(zone, node, SCN_NO_ENT)) {
            wanted[i - 1] = false;
        }
    }
}

static int compare_hashes(const void *left, const void *right)
{
    const struct sim_nsec3 *a = left;
    const struct sim_nsec3 *b = right;

    return memcmp(a->hash, b->hash, SIM_HASH_LEN);
}

enum sim_status sim_nsec3_build(struct sim_zone *zone)
{
    struct sim_chain *chain = &zone->chain;
    enum sim_status st = SIM_OK;
    bool *wanted;

    if (chain->built) {
        return SIM_OK;
    }
    wanted = sim_arena_alloc(zone->arena, zone->node_count * sizeof(*wanted));
    chain->hashes =
        sim_arena_alloc(zone->arena, zone->node_count * sizeof(*chain->hashes));
    if (wanted == NULL || chain->hashes == NULL) {
        return SIM_ENOMEM;
    }
    mark(zone, wanted);
    chain->count = 0;
    for (size_t i = 0; i < zone->node_count && st == SIM_OK; i++) {
        if (wanted[i]) {
            struct sim_nsec3 *entry = &chain->hashes[chain->count++];

            entry->node = &zone->nodes[i];
            st = sim_nsec3_hash(zone->model, entry->node->name, entry->hash);
        }
    }
    if (st == SIM_OK) {
        qsort(chain->hashes, chain->count, sizeof(*chain->hashes),
              compare_hashes);
        chain->built = true;
    }
    return st;
}

/* Index of the last hash that is not after `hash`; the last of all when it is
 * before the first: the chain is a ring. */
static size_t predecessor(const struct sim_chain *chain,
                          const uint8_t hash[SIM_HASH_LEN])
{
    size_t low = 0;
    size_t high = chain->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (memcmp(chain->hashes[middle].hash, hash, SIM_HASH_LEN) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 ? low - 1 : chain->count - 1;
}

size_t sim_nsec3_head(const struct sim_zone *zone, uint8_t *out)
{
    const struct scn_zone *model = zone->model;
    uint8_t *at = out;

    *at++ = 1; /* SHA-1 */
    *at++ = is_opt_out(zone) ? FLAG_OPT_OUT : 0;
    at = sim_put_u16(at, model->nsec3_iterations);
    *at++ = (uint8_t)model->nsec3_salt_len;
    if (model->nsec3_salt_len > 0) {
        memcpy(at, model->nsec3_salt, model->nsec3_salt_len);
        at += model->nsec3_salt_len;
    }
    *at++ = SIM_HASH_LEN;
    return (size_t)(at - out);
}

static size_t put_rdata(const struct sim_zone *zone, size_t index, uint8_t *out)
{
    const struct sim_chain *chain = &zone->chain;
    const struct sim_nsec3 *next =
        &chain->hashes[index + 1 < chain->count ? index + 1 : 0];
    uint8_t *at = out + sim_nsec3_head(zone, out);
    struct sim_type_set set;

    memcpy(at, next->hash, SIM_HASH_LEN);
    at += SIM_HASH_LEN;
    sim_node_types(zone, chain->hashes[index].node, &set);
    at += sim_bitmap_write(&set, at);
    return (size_t)(at - out);
}

enum sim_status sim_nsec3_rrset(struct sim_zone *zone, size_t index,
                                struct sim_rrset **rrset_out)
{
    struct sim_nsec3 *entry = &zone->chain.hashes[index];
    uint8_t octets[5 + 256 + 1 + SIM_HASH_LEN + SIM_BITMAP_MAX];
    struct sim_rdata rdata = { octets, 0 };
    struct sim_rrset head = { .ttl = zone->negative_ttl,
                              .type = SIM_TYPE_NSEC3 };
    enum sim_status st = SIM_OK;

    if (entry->rrset == NULL) {
        head.owner = sim_nsec3_owner(zone, entry->hash, zone->arena);
        if (head.owner == NULL) {
            return SIM_ENOMEM;
        }
        rdata.len = (uint16_t)put_rdata(zone, index, octets);
        st = sim_denial_rrset(zone->arena, &head, &rdata, &entry->rrset);
    }
    *rrset_out = entry->rrset;
    return st;
}

/* Adds the NSEC3 that matches name, or else covers it. */
static enum sim_status add_for(struct sim_zone *zone, const uint8_t *name,
                               struct sim_proof *proof, bool *matches_out)
{
    uint8_t hash[SIM_HASH_LEN];
    struct sim_rrset *rrset = NULL;
    size_t index;
    enum sim_status st = sim_nsec3_hash(zone->model, name, hash);

    if (st != SIM_OK) {
        return st;
    }
    index = predecessor(&zone->chain, hash);
    st = sim_nsec3_rrset(zone, index, &rrset);
    *matches_out =
        memcmp(zone->chain.hashes[index].hash, hash, SIM_HASH_LEN) == 0;
    if (st == SIM_OK && zone->model->denial == SCN_DENIAL_NSEC3_WHITE_LIES) {
        proof->temporary = true;
        st = sim_white_nsec3(zone, hash, *matches_out ? rrset : NULL,
                             proof->arena, &rrset);
    }
    if (st == SIM_OK) {
        sim_proof_add(proof, rrset);
    }
    return st;
}

/* True when the chain has the name. */
static enum sim_status has_match(const struct sim_zone *zone,
                                 const uint8_t *name, bool *has_out)
{
    uint8_t hash[SIM_HASH_LEN];
    enum sim_status st = sim_nsec3_hash(zone->model, name, hash);
    size_t index;

    if (st == SIM_OK) {
        index = predecessor(&zone->chain, hash);
        *has_out =
            memcmp(zone->chain.hashes[index].hash, hash, SIM_HASH_LEN) == 0;
    }
    return st;
}

/* Closest provable encloser: the deepest ancestor that has an NSEC3, and the
 * one that covers the next closer name (RFC 5155 section 7.2.1). with_match
 * false leaves the first one out (section 7.2.6). *encloser moves up to what
 * is provable: opt-out leaves some empty non-terminals out of the chain. */
static enum sim_status add_closest(struct sim_zone *zone,
                                   const struct sim_denial *denial,
                                   const uint8_t **encloser, bool with_match,
                                   struct sim_proof *proof)
{
    const uint8_t *name = denial->name;
    const uint8_t *next_closer = name;
    bool has = false;
    enum sim_status st = SIM_OK;

    while (scn_name_labels(next_closer) > scn_name_labels(*encloser) + 1) {
        next_closer = scn_name_parent(next_closer);
    }
    for (;;) {
        st = has_match(zone, *encloser, &has);
        if (st != SIM_OK || has || (*encloser)[0] == 0) {
            break;
        }
        next_closer = *encloser;
        *encloser = scn_name_parent(*encloser);
    }
    if (st == SIM_OK && with_match) {
        st = add_for(zone, *encloser, proof, &has);
    }
    if (st == SIM_OK && !sim_denial_lacks(denial, SCN_NO_COVER)) {
        st = add_for(zone, next_closer, proof, &has);
    }
    return st;
}

static enum sim_status add_wildcard(struct sim_zone *zone,
                                    const uint8_t *encloser,
                                    struct sim_proof *proof)
{
    uint8_t name[SCN_NAME_MAX];
    size_t len = scn_name_length(encloser);
    bool matches = false;

    if (len + 2 > sizeof(name)) {
        return SIM_OK; /* there can be no such wildcard */
    }
    name[0] = 1;
    name[1] = '*';
    memcpy(name + 2, encloser, len);
    return add_for(zone, name, proof, &matches);
}

/* RFC 5155 sections 7.2.3 and 7.2.4: the NSEC3 of the name; where opt-out left
 * it out, the span that covers it. */
static enum sim_status prove_type(struct sim_zone *zone,
                                  const struct sim_denial *denial,
                                  struct sim_proof *proof)
{
    const uint8_t *name = denial->name;
    const uint8_t *encloser = scn_name_parent(name);
    bool has = false;
    enum sim_status st = has_match(zone, name, &has);

    if (st == SIM_OK && has) {
        return add_for(zone, name, proof, &has);
    }
    if (st == SIM_OK) {
        proof->opt_out = true;
        st = add_closest(zone, denial, &encloser, true, proof);
    }
    return st;
}

/* Takes the record that matches name out of the proof, if it is there. */
static enum sim_status drop_match(const struct sim_zone *zone,
                                  const uint8_t *name, struct sim_proof *proof)
{
    uint8_t hash[SIM_HASH_LEN];
    const struct sim_nsec3 *entry;
    size_t kept = 0;
    enum sim_status st = sim_nsec3_hash(zone->model, name, hash);

    if (st != SIM_OK) {
        return st;
    }
    entry = &zone->chain.hashes[predecessor(&zone->chain, hash)];
    if (memcmp(entry->hash, hash, SIM_HASH_LEN) != 0) {
        return SIM_OK;
    }
    for (size_t i = 0; i < proof->count; i++) {
        if (proof->rrsets[i] != entry->rrset) {
            proof->rrsets[kept++] = proof->rrsets[i];
        }
    }
    proof->count = kept;
    return SIM_OK;
}

/* The name and the wildcard beside it are covered, but nothing shows that
 * their parent is there, as RFC 5155 section 8.3 asks for. */
static enum sim_status prove_without_encloser(struct sim_zone *zone,
                                              const uint8_t *name,
                                              struct sim_proof *proof)
{
    bool matches = false;
    enum sim_status st = add_for(zone, name, proof, &matches);

    if (st == SIM_OK) {
        st = add_wildcard(zone, scn_name_parent(name), proof);
    }
    while (st == SIM_OK && !scn_name_equal(name, zone->name)) {
        name = scn_name_parent(name);
        st = drop_match(zone, name, proof);
    }
    return st;
}

enum sim_status sim_nsec3_prove(struct sim_zone *zone,
                                const struct sim_denial *denial,
                                struct sim_proof *proof)
{
    enum sim_status st = sim_nsec3_build(zone);
    const uint8_t *encloser =
        denial->encloser != NULL ? denial->encloser->name : zone->name;

    if (st != SIM_OK) {
        return st;
    }
    switch (denial->what) {
    case SIM_DENY_TYPE:
    case SIM_DENY_DS:
        return prove_type(zone, denial, proof);
    case SIM_DENY_EXACT:
        return add_closest(zone, denial, &encloser, false, proof);
    case SIM_DENY_NAME:
    case SIM_DENY_WILDCARD_TYPE:
        break;
    }
    if (sim_denial_lacks(denial, SCN_NO_ENCLOSER)) {
        return prove_without_encloser(zone, denial->name, proof);
    }
    st = add_closest(zone, denial, &encloser, true, proof);
    if (st == SIM_OK && !sim_denial_lacks(denial, SCN_NO_WILDCARD)) {
        st = add_wildcard(zone, encloser, proof);
    }
    return st;
}
