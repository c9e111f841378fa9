/* SPDX-License-Identifier: BSD-2-Clause */
/* negative.c - what is said of things that are not there: RFC 2308 section 2,
 * RFC 4035 section 3.1.3, RFC 5155 section 7.2. */
#include "reply.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <string.h>

uint64_t sim_reply_damage(const struct sim_asking *asking)
{
    const struct sim_zone *zone = asking->zone;
    const uint8_t *name = asking->name;

    return sim_damage_of(zone, name, SIM_TYPE_NSEC, name) |
           sim_damage_of(zone, name, asking->q->type, NULL);
}

static void add_soa(struct sim_asking *asking, struct sim_zone *zone)
{
    struct sim_rrset *soa = sim_node_rrset(&zone->nodes[0], SIM_TYPE_SOA);
    const struct sim_addition addition = { .zone = zone,
                                           .rrset = soa,
                                           .is_signed = true };

    if (soa != NULL) {
        (void)sim_reply_add(asking, &asking->out->authority, &addition);
    }
}

static uint64_t denial_damage(const struct sim_zone *zone,
                              const struct sim_rrset *rrset,
                              const uint8_t *denied)
{
    return sim_damage_of(zone, rrset->owner, rrset->type, denied);
}

/* The bit wrong-bitmap turns over: the one it names, else that of the type
 * asked for; in the denial of a DS the NS bit, by which a cut is known (RFC
 * 6840 section 4.4). */
static uint16_t bit_to_spoil(const struct sim_asking *asking,
                             const struct sim_denial *denial)
{
    const uint16_t named = sim_damage_bit(asking->zone, denial->name);

    if (named != 0) {
        return named;
    }
    return denial->what == SIM_DENY_DS ? SIM_TYPE_NS : asking->q->type;
}

/* Adds the proof; true when no damage touched it. */
static bool add_proof(struct sim_asking *asking, struct sim_zone *zone,
                      struct sim_denial *denial)
{
    struct sim_proof proof;
    bool intact = true;

    denial->lacks = sim_reply_damage(asking);
    if (!asking->q->dnssec_ok || !zone->is_signed || asking->st != SIM_OK) {
        return false;
    }
    asking->st = sim_denial_prove(zone, denial, asking->arena, &proof);
    for (size_t i = 0; i < proof.count && asking->st == SIM_OK; i++) {
        struct sim_rrset *rrset = proof.rrsets[i];
        uint64_t damage = denial_damage(zone, rrset, denial->name);
        struct sim_addition addition = { .zone = zone,
                                         .denied = denial->name,
                                         .is_signed = true };

        intact = intact && damage == 0;
        asking->st =
            sim_denial_spoil(rrset, damage, bit_to_spoil(asking, denial),
                             asking->arena, &addition.rrset);
        addition.temporary = proof.temporary || addition.rrset != rrset;
        if (asking->st == SIM_OK) {
            (void)sim_reply_add(asking, &asking->out->authority, &addition);
        }
    }
    return intact && asking->st == SIM_OK;
}

void sim_reply_nodata(struct sim_asking *asking, struct sim_node *node)
{
    bool at_cut = node->cut == node;
    struct sim_denial denial = {
        .what = at_cut ? SIM_DENY_DS : SIM_DENY_TYPE,
        .name = node->name,
        .node = node,
    };
    uint64_t damage = sim_reply_damage(asking);

    if ((damage & SIM_DAMAGE(SCN_WRONG_MATCH)) != 0 && node->parent != NULL) {
        at_cut = false;
        denial.name = node->parent->name;
        denial.node = &asking->zone->nodes[node->parent - asking->zone->nodes];
    }
    add_soa(asking, asking->zone);
    if (add_proof(asking, asking->zone, &denial) && at_cut &&
        sim_node_rrset(node, SIM_TYPE_DS) == NULL) {
        sim_reply_no_ds(asking, node->name);
    }
}

/* RFC 9824: with compact denial the name is said to exist, to those who can
 * see the NXNAME type in the proof, and do not ask for both (section 5.1). */
static bool hides_nxdomain(const struct sim_asking *asking)
{
    const struct sim_zone *zone = asking->zone;

    return zone->model != NULL && zone->is_signed &&
           zone->model->denial == SCN_DENIAL_COMPACT && asking->q->dnssec_ok &&
           !asking->q->compact_ok;
}

void sim_reply_nxdomain(struct sim_asking *asking,
                        const struct sim_node *encloser)
{
    struct sim_denial denial = { .what = SIM_DENY_NAME,
                                 .name = asking->name,
                                 .encloser = encloser };

    if (!hides_nxdomain(asking)) {
        asking->out->rcode = SIM_NXDOMAIN;
    }
    add_soa(asking, asking->zone);
    (void)add_proof(asking, asking->zone, &denial);
}

void sim_reply_wildcard_nodata(struct sim_asking *asking,
                               const struct sim_node *encloser,
                               struct sim_node *wildcard)
{
    struct sim_denial denial = { .what = SIM_DENY_WILDCARD_TYPE,
                                 .name = asking->name,
                                 .encloser = encloser,
                                 .wildcard = wildcard };

    add_soa(asking, asking->zone);
    (void)add_proof(asking, asking->zone, &denial);
}

void sim_reply_prove_exact(struct sim_asking *asking,
                           const struct sim_node *encloser)
{
    struct sim_denial denial = { .what = SIM_DENY_EXACT,
                                 .name = asking->name,
                                 .encloser = encloser };

    (void)add_proof(asking, asking->zone, &denial);
}

/* FORMAT's opted-out: the DS is there, but the chain denies it. */
static bool is_opted_out(const struct sim_asking *asking,
                         const struct sim_node *cut)
{
    return (sim_damage_of(asking->zone, cut->name, SIM_TYPE_NSEC3, cut->name) &
            SIM_DAMAGE(SCN_OPTED_OUT)) != 0;
}

void sim_reply_ds(struct sim_asking *asking, struct sim_node *cut)
{
    struct sim_rrset *ds = sim_node_rrset(cut, SIM_TYPE_DS);
    struct sim_denial denial = { .what = SIM_DENY_DS,
                                 .name = cut->name,
                                 .node = cut };
    const struct sim_addition addition = { .zone = asking->zone,
                                           .rrset = ds,
                                           .is_signed = true };

    if (!asking->q->dnssec_ok || !asking->zone->is_signed) {
        return;
    }
    if (ds == NULL || is_opted_out(asking, cut)) {
        if (add_proof(asking, asking->zone, &denial)) {
            sim_reply_no_ds(asking, cut->name);
        }
        return;
    }
    if (sim_reply_add(asking, &asking->out->authority, &addition) &&
        sim_ds_is_unusable(ds) &&
        sim_damage_of(asking->zone, cut->name, SIM_TYPE_DS, NULL) == 0) {
        sim_reply_no_ds(asking, cut->name);
    }
}

/*
 * The parent's proof at the cut, replayed for a name of the child: it has the
 * NS bit and no SOA bit, so it says nothing of what is below (RFC 6840 section
 * 4.1). SOA and signatures are the parent's, so that all of it agrees.
 */
bool sim_reply_ancestor_denial(struct sim_asking *asking)
{
    struct sim_zone *parent = asking->zone->parent;
    const uint8_t *name = asking->name;
    struct sim_denial denial = { .what = SIM_DENY_NAME, .name = name };

    if ((sim_reply_damage(asking) & SIM_DAMAGE(SCN_ANCESTOR_DENIAL)) == 0 ||
        parent == NULL) {
        return false;
    }
    asking->st = sim_zone_build(parent);
    if (asking->st != SIM_OK) {
        return true;
    }
    denial.node = sim_zone_find(parent, asking->zone->name);
    denial.encloser = denial.node;
    if (denial.node == NULL) {
        return false; /* no delegation, so nothing to replay */
    }
    if (scn_name_equal(name, asking->zone->name)) {
        denial.what = SIM_DENY_TYPE;
    } else {
        asking->out->rcode = SIM_NXDOMAIN;
    }
    asking->out->authoritative = true;
    add_soa(asking, parent);
    (void)add_proof(asking, parent, &denial);
    return true;
}
