/* SPDX-License-Identifier: BSD-2-Clause */
/* answer.c - the algorithm of RFC 1034 section 4.3.2, with DNAME of RFC 6672
 * section 3.2 and wildcards of RFC 4592. */
#include "answer.h"

#include "reply.h"
#include "rrtype.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

enum { CHAIN_MAX = 32 };

/* What one look-up into one zone came to. */
enum outcome { DONE, REFERRED, ALIASED };

struct step {
    enum outcome outcome;
    const uint8_t *target; /* ALIASED */
};

/* The deepest zone of this server that encloses the name; for DS that of the
 * parent, if it is here (RFC 4035 section 3.1.4.1). */
static struct sim_zone *pick_zone(const struct sim_site *site,
                                  const uint8_t *name, uint16_t type)
{
    struct sim_zone *best = NULL;
    struct sim_zone *above = NULL; /* deepest that does not own the name */

    for (size_t i = 0; i < site->zone_count; i++) {
        struct sim_zone *zone = site->zones[i];

        if (!scn_name_is_under(name, zone->name)) {
            continue;
        }
        if (best == NULL || scn_name_is_under(zone->name, best->name)) {
            best = zone;
        }
        if (!scn_name_equal(name, zone->name) &&
            (above == NULL || scn_name_is_under(zone->name, above->name))) {
            above = zone;
        }
    }
    return type == SIM_TYPE_DS && above != NULL ? above : best;
}

static struct step refer(struct sim_asking *asking, struct sim_node *cut)
{
    struct sim_rrset *servers = sim_node_rrset(cut, SIM_TYPE_NS);
    const struct sim_addition addition = { .zone = asking->zone,
                                           .rrset = servers };

    (void)sim_reply_add(asking, &asking->out->authority, &addition);
    sim_reply_ds(asking, cut);
    sim_reply_addresses(asking, servers);
    return (struct step){ REFERRED, NULL };
}

/* Prefix of name above the DNAME's owner, then its target. NULL when that is
 * too long. */
static const uint8_t *substitute(struct sim_asking *asking,
                                 const struct sim_node *owner,
                                 const uint8_t *target)
{
    size_t prefix =
        scn_name_length(asking->name) - scn_name_length(owner->name);
    size_t len = scn_name_length(target);
    uint8_t *name;

    if (prefix + len > SCN_NAME_MAX) {
        return NULL;
    }
    name = sim_arena_alloc(asking->arena, prefix + len);
    if (name == NULL) {
        asking->st = SIM_ENOMEM;
        return NULL;
    }
    memcpy(name, asking->name, prefix);
    memcpy(name + prefix, target, len);
    return name;
}

/* Where an alias leads. One whose RDATA is no name leads nowhere: it is all
 * that there is to say. */
static struct step follow_alias(const struct sim_rrset *alias)
{
    const uint8_t *target = sim_rdata_name(&alias->rdatas[0]);

    return target != NULL ? (struct step){ ALIASED, target }
                          : (struct step){ DONE, NULL };
}

/* RFC 6672 section 3.2, step 3c; its CNAME is never signed (section 5.3.1). */
static struct step redirect(struct sim_asking *asking,
                            const struct sim_node *owner)
{
    struct sim_rrset *dname = sim_node_rrset(owner, SIM_TYPE_DNAME);
    const struct sim_addition addition = { .zone = asking->zone,
                                           .rrset = dname,
                                           .is_signed = true };
    struct sim_rr cname = { .owner = asking->name,
                            .ttl = dname->ttl,
                            .type = SIM_TYPE_CNAME };
    const uint8_t *target = sim_rdata_name(&dname->rdatas[0]);

    (void)sim_reply_add(asking, &asking->out->answer, &addition);
    if (target == NULL) {
        return (struct step){ DONE, NULL };
    }
    target = substitute(asking, owner, target);
    if (target == NULL) {
        asking->out->rcode = SIM_YXDOMAIN;
        return (struct step){ DONE, NULL };
    }
    cname.rdata = target;
    cname.rdata_len = (uint16_t)scn_name_length(target);
    sim_reply_push(asking, &asking->out->answer, &cname);
    if (asking->q->type == SIM_TYPE_CNAME) {
        return (struct step){ DONE, NULL };
    }
    return (struct step){ ALIASED, target };
}

static bool is_missing(const struct sim_asking *asking,
                       const struct sim_rrset *rrset)
{
    uint64_t damage =
        sim_damage_of(asking->zone, rrset->owner, rrset->type, NULL) |
        sim_damage_of(asking->zone, asking->name, rrset->type, NULL);

    return (damage & SIM_DAMAGE(SCN_MISSING)) != 0;
}

/* The RRset of that type which is served. ANY gets one of them (RFC 8482
 * section 4.1). */
static struct sim_rrset *served(const struct sim_asking *asking,
                                const struct sim_node *node, uint16_t type)
{
    struct sim_rrset *rrset = node->rrsets;

    for (; rrset != NULL; rrset = rrset->next) {
        if ((rrset->type == type || type == SIM_TYPE_ANY) &&
            sim_node_is_authoritative(node, rrset->type) &&
            !is_missing(asking, rrset)) {
            return rrset;
        }
    }
    return NULL;
}

/* Adds an RRset of a node, under the name asked for; signed anew where a
 * wildcard is answered with compact denial (RFC 9824). */
static void add_found(struct sim_asking *asking, struct sim_rrset *rrset,
                      bool from_wildcard)
{
    const struct scn_zone *model = asking->zone->model;
    struct sim_rrset copy = *rrset;
    uint8_t lower[SCN_NAME_MAX];
    struct sim_addition addition = { .zone = asking->zone,
                                     .rrset = rrset,
                                     .owner = asking->name,
                                     .is_signed = true };

    if (from_wildcard && model != NULL && model->denial == SCN_DENIAL_COMPACT) {
        memcpy(lower, asking->name, scn_name_length(asking->name));
        scn_name_lower(lower);
        copy.owner = lower;
        copy.has_sigs = false;
        addition.rrset = &copy;
        addition.temporary = true;
    }
    (void)sim_reply_add(asking, &asking->out->answer, &addition);
    if (rrset->type == SIM_TYPE_NS) {
        sim_reply_addresses(asking, rrset);
    }
}

/* The signatures of one RRset stand for all (RFC 8482 section 4.1 in spirit):
 * nobody needs to ask for RRSIG. */
static bool add_signatures_of(struct sim_asking *asking, struct sim_node *node)
{
    struct sim_rrset *first = served(asking, node, SIM_TYPE_ANY);
    struct sim_rrset draft;

    if (first == NULL || !asking->zone->is_signed) {
        return false;
    }
    asking->st = sim_zone_signatures(
        asking->zone, first,
        sim_damage_of(asking->zone, first->owner, first->type, NULL),
        asking->arena, &draft);
    for (size_t i = 0; asking->st == SIM_OK && i < draft.sig_count; i++) {
        const struct sim_rr rr = { .owner = asking->name,
                                   .rdata = draft.sigs[i].octets,
                                   .ttl = draft.ttl,
                                   .type = SIM_TYPE_RRSIG,
                                   .rdata_len = draft.sigs[i].len };

        sim_reply_push(asking, &asking->out->answer, &rr);
    }
    return true;
}

/* Questions for what the zone makes rather than holds. */
static bool answer_meta(struct sim_asking *asking, struct sim_node *node)
{
    const struct sim_zone *zone = asking->zone;
    const struct sim_denial denial = { .what = SIM_DENY_TYPE,
                                       .name = node->name,
                                       .node = node };
    struct sim_addition addition = { .zone = asking->zone,
                                     .owner = asking->name,
                                     .is_signed = true };
    struct sim_proof proof;

    if (asking->q->type == SIM_TYPE_RRSIG) {
        return add_signatures_of(asking, node);
    }
    if (asking->q->type != SIM_TYPE_NSEC || !zone->is_signed ||
        node->rrsets == NULL ||
        (zone->model != NULL && scn_denial_is_nsec3(zone->model->denial))) {
        return false;
    }
    asking->st = sim_denial_prove(asking->zone, &denial, asking->arena, &proof);
    if (asking->st == SIM_OK) {
        addition.rrset = proof.rrsets[0];
        addition.temporary = proof.temporary;
        (void)sim_reply_add(asking, &asking->out->answer, &addition);
    }
    return true;
}

static struct step answer_exact(struct sim_asking *asking,
                                struct sim_node *node)
{
    struct sim_rrset *rrset = served(asking, node, asking->q->type);
    struct sim_rrset *alias = served(asking, node, SIM_TYPE_CNAME);

    if (rrset != NULL) {
        add_found(asking, rrset, false);
        if (rrset->type == SIM_TYPE_DS && asking->q->dnssec_ok &&
            asking->zone->is_signed && sim_ds_is_unusable(rrset) &&
            sim_damage_of(asking->zone, node->name, SIM_TYPE_DS, NULL) == 0) {
            sim_reply_no_ds(asking, node->name);
        }
        return (struct step){ DONE, NULL };
    }
    if (alias != NULL && asking->q->type != SIM_TYPE_NSEC) {
        add_found(asking, alias, false);
        return follow_alias(alias);
    }
    if (!answer_meta(asking, node)) {
        sim_reply_nodata(asking, node);
    }
    return (struct step){ DONE, NULL };
}

static struct step answer_wildcard(struct sim_asking *asking,
                                   const struct sim_node *encloser)
{
    uint8_t name[SCN_NAME_MAX + 2] = { 1, '*' };
    struct sim_node *wildcard;
    struct sim_rrset *rrset;
    struct step step = { DONE, NULL };

    memcpy(name + 2, encloser->name, scn_name_length(encloser->name));
    wildcard = sim_zone_find(asking->zone, name);
    rrset = served(asking, wildcard, asking->q->type);
    if (rrset == NULL) {
        rrset = served(asking, wildcard, SIM_TYPE_CNAME);
        if (rrset == NULL) {
            sim_reply_wildcard_nodata(asking, encloser, wildcard);
            return step;
        }
        step = follow_alias(rrset);
    }
    add_found(asking, rrset, true);
    sim_reply_prove_exact(asking, encloser);
    return step;
}

/* True when damage of that kind is on the question looked up now. */
static bool is_hit(const struct sim_asking *asking, enum scn_damage_what what)
{
    return (sim_reply_damage(asking) & SIM_DAMAGE(what)) != 0;
}

/* The name's node, unless damage hides it: no-cover denies names that are
 * there. */
static struct sim_node *find(const struct sim_asking *asking)
{
    struct sim_node *node = sim_zone_find(asking->zone, asking->name);
    bool can_hide = node != NULL && node->parent != NULL && node->cut == NULL;

    return can_hide && is_hit(asking, SCN_NO_COVER) ? NULL : node;
}

/* Deepest name above one that is not there, or is hidden. */
static struct sim_node *encloser_of(const struct sim_asking *asking)
{
    return sim_zone_encloser(asking->zone, scn_name_parent(asking->name));
}

/* A wildcard is passed over when its denial is to be missing, and when the
 * encloser that it stands below is not shown. */
static bool has_wildcard(const struct sim_asking *asking,
                         const struct sim_node *encloser)
{
    return encloser->wild && !is_hit(asking, SCN_NO_WILDCARD) &&
           !is_hit(asking, SCN_NO_ENCLOSER);
}

/* One pass of RFC 1034 section 4.3.2, steps 3 and 4, in one zone. */
static struct step look_up(struct sim_asking *asking)
{
    struct sim_zone *zone = asking->zone;
    struct sim_node *node = find(asking);
    struct sim_node *encloser = node != NULL ? node : encloser_of(asking);
    const struct sim_node *dname = encloser->dname;
    bool parent_side = encloser->cut == node && asking->q->type == SIM_TYPE_DS;

    if (sim_reply_ancestor_denial(asking)) {
        return (struct step){ DONE, NULL };
    }
    if (encloser->cut != NULL && !parent_side) {
        return refer(asking, &zone->nodes[encloser->cut - zone->nodes]);
    }
    asking->out->authoritative = true;
    if (node == NULL && sim_node_rrset(encloser, SIM_TYPE_DNAME) != NULL) {
        dname = encloser;
    }
    if (dname != NULL && is_hit(asking, SCN_DNAME_DENIAL)) {
        sim_reply_nxdomain(asking, dname);
        return (struct step){ DONE, NULL };
    }
    if (dname != NULL) {
        return redirect(asking, dname);
    }
    if (node != NULL) {
        return answer_exact(asking, node);
    }
    if (has_wildcard(asking, encloser)) {
        return answer_wildcard(asking, encloser);
    }
    sim_reply_nxdomain(asking, encloser);
    return (struct step){ DONE, NULL };
}

static bool was_seen(const struct sim_asking *asking, const uint8_t *name)
{
    const struct sim_answer *out = asking->out;

    for (size_t i = 0; i < out->alias_count; i++) {
        if (scn_name_equal(out->aliases[i], name)) {
            return true;
        }
    }
    return scn_name_equal(asking->q->name, name);
}

/* Follows aliases as long as the target is in a zone of this server. */
static void follow(struct sim_asking *asking)
{
    for (size_t link = 0; link < CHAIN_MAX; link++) {
        struct step step;

        asking->st = sim_zone_build(asking->zone);
        if (asking->st != SIM_OK) {
            return;
        }
        step = look_up(asking);
        if (link == 0 && step.outcome == ALIASED) {
            asking->out->alias_to = step.target;
        }
        if (link > 0 && step.outcome != REFERRED) {
            sim_reply_alias(asking, asking->name);
        }
        if (step.outcome != ALIASED || asking->st != SIM_OK ||
            was_seen(asking, step.target)) {
            return;
        }
        asking->zone = pick_zone(asking->site, step.target, asking->q->type);
        asking->name = step.target;
        if (asking->zone == NULL) {
            return;
        }
    }
}

enum sim_status sim_answer_question(const struct sim_site *site,
                                    const struct sim_question *q,
                                    struct sim_arena *arena,
                                    struct sim_answer *answer_out)
{
    struct sim_asking asking = { .site = site,
                                 .q = q,
                                 .arena = arena,
                                 .out = answer_out,
                                 .name = q->name,
                                 .st = SIM_OK };

    *answer_out = (struct sim_answer){ .arena = arena };
    if (q->class == SIM_CLASS_IN) {
        asking.zone = pick_zone(site, q->name, q->type);
    }
    if (asking.zone == NULL) {
        answer_out->rcode = SIM_REFUSED;
        return SIM_OK;
    }
    answer_out->zone = asking.zone;
    follow(&asking);
    return asking.st;
}
