/* SPDX-License-Identifier: BSD-2-Clause */
/* denial_nsec.c - the chain of RFC 4034 section 4 and the proofs of RFC 4035
 * section 3.1.3. */
#include "denial.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <string.h>

/* Names with authority, and cuts; neither glue nor empty non-terminals (RFC
 * 4035 section 2.3). */
static bool has_nsec(const struct sim_node *node)
{
    return node->rrsets != NULL && !node->below;
}

enum sim_status sim_nsec_build(struct sim_zone *zone)
{
    struct sim_chain *chain = &zone->chain;

    if (chain->built) {
        return SIM_OK;
    }
    chain->nodes = sim_arena_alloc(zone->arena, zone->node_count *
                                                    sizeof(struct sim_node *));
    if (chain->nodes == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < zone->node_count; i++) {
        if (has_nsec(&zone->nodes[i])) {
            chain->nodes[chain->count++] = &zone->nodes[i];
        }
    }
    chain->built = true;
    return SIM_OK;
}

/* Index of the last name of the chain that is not after name. The apex is
 * before every name of the zone. */
static size_t predecessor(const struct sim_chain *chain, const uint8_t *name)
{
    size_t low = 0;
    size_t high = chain->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (scn_name_compare(chain->nodes[middle]->name, name) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static enum sim_status make_nsec(struct sim_zone *zone, size_t index)
{
    const struct sim_chain *chain = &zone->chain;
    struct sim_node *node = chain->nodes[index];
    const uint8_t *next =
        chain->nodes[index + 1 < chain->count ? index + 1 : 0]->name;
    const struct sim_rrset head = { .owner = node->name,
                                    .ttl = zone->negative_ttl,
                                    .type = SIM_TYPE_NSEC };
    uint8_t octets[SCN_NAME_MAX + SIM_BITMAP_MAX];
    size_t len = scn_name_length(next);
    struct sim_type_set set;
    struct sim_rdata rdata = { octets, 0 };

    memcpy(octets, next, len);
    sim_node_types(zone, node, &set);
    sim_type_set_add(&set, SIM_TYPE_NSEC);
    sim_type_set_add(&set, SIM_TYPE_RRSIG);
    rdata.len = (uint16_t)(len + sim_bitmap_write(&set, octets + len));
    return sim_denial_rrset(zone->arena, &head, &rdata, &node->nsec);
}

enum sim_status sim_nsec_at(struct sim_zone *zone, const uint8_t *name,
                            struct sim_rrset **rrset_out)
{
    enum sim_status st = sim_nsec_build(zone);
    size_t index;
    struct sim_node *node;

    if (st != SIM_OK) {
        return st;
    }
    index = predecessor(&zone->chain, name);
    node = zone->chain.nodes[index];
    if (node->nsec == NULL) {
        st = make_nsec(zone, index);
    }
    *rrset_out = node->nsec;
    return st;
}

static enum sim_status add_at(struct sim_zone *zone, const uint8_t *name,
                              struct sim_proof *proof)
{
    struct sim_rrset *rrset = NULL;
    enum sim_status st = sim_nsec_at(zone, name, &rrset);

    if (st == SIM_OK && zone->model != NULL &&
        zone->model->denial == SCN_DENIAL_NSEC_WHITE_LIES) {
        proof->temporary = true;
        st = sim_white_nsec(zone, name, rrset, proof->arena, &rrset);
    }
    if (st == SIM_OK) {
        sim_proof_add(proof, rrset);
    }
    return st;
}

/* The name itself, or that one above it that is next to what is there: what
 * covers it covers all below it. */
static const uint8_t *next_closer(const struct sim_denial *denial)
{
    const uint8_t *name = denial->name;

    while (denial->encloser != NULL &&
           scn_name_labels(name) >
               scn_name_labels(denial->encloser->name) + 1) {
        name = scn_name_parent(name);
    }
    return name;
}

static enum sim_status add_wildcard(struct sim_zone *zone,
                                    const struct sim_denial *denial,
                                    struct sim_proof *proof)
{
    const struct sim_node *encloser = denial->encloser;
    uint8_t name[SCN_NAME_MAX];
    size_t len = scn_name_length(encloser->name);

    if (sim_denial_lacks(denial, SCN_NO_WILDCARD)) {
        return SIM_OK;
    }
    if (len + 2 > sizeof(name)) {
        return SIM_OK; /* there can be no such wildcard */
    }
    name[0] = 1;
    name[1] = '*';
    memcpy(name + 2, encloser->name, len);
    return add_at(zone, name, proof);
}

enum sim_status sim_nsec_prove(struct sim_zone *zone,
                               const struct sim_denial *denial,
                               struct sim_proof *proof)
{
    enum sim_status st = SIM_OK;

    if (!sim_denial_lacks(denial, SCN_NO_COVER)) {
        st = add_at(zone, next_closer(denial), proof);
    }
    if (st != SIM_OK) {
        return st;
    }
    switch (denial->what) {
    case SIM_DENY_TYPE:
    case SIM_DENY_DS:
    case SIM_DENY_EXACT:
        return SIM_OK;
    case SIM_DENY_NAME:
        return add_wildcard(zone, denial, proof);
    case SIM_DENY_WILDCARD_TYPE:
        return add_at(zone, denial->wildcard->name, proof);
    }
    return SIM_OK; /* LCOV_EXCL_LINE: DefensiveCoding */
}
