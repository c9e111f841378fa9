/* SPDX-License-Identifier: BSD-2-Clause */
/* reply.c - RRsets into sections, with their signatures and additional data. */
#include "reply.h"

#include "rrtype.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

void sim_reply_push(struct sim_asking *asking, struct sim_rr_list *list,
                    const struct sim_rr *rr)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 8 : 4 * list->capacity;
        struct sim_rr *rrs =
            sim_arena_alloc(asking->arena, capacity * sizeof(*rrs));

        if (rrs == NULL) {
            asking->st = SIM_ENOMEM;
            return;
        }
        if (list->count > 0) {
            memcpy(rrs, list->rrs, list->count * sizeof(*rrs));
        }
        list->rrs = rrs;
        list->capacity = capacity;
    }
    list->rrs[list->count++] = *rr;
}

static void push_all(struct sim_asking *asking, struct sim_rr_list *list,
                     struct sim_rr rr, const struct sim_rdata *rdatas,
                     size_t count)
{
    for (size_t i = 0; i < count && asking->st == SIM_OK; i++) {
        rr.rdata = rdatas[i].octets;
        rr.rdata_len = rdatas[i].len;
        sim_reply_push(asking, list, &rr);
    }
}

static bool is_listed(const struct sim_rr_list *list, const uint8_t *owner,
                      uint16_t type)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->rrs[i].type == type && list->rrs[i].owner == owner) {
            return true;
        }
    }
    return false;
}

/* Damage scoped by the owner as stored or as shown (a wildcard's match). */
static uint64_t damage_of(const struct sim_addition *addition,
                          const uint8_t *shown)
{
    const struct sim_rrset *rrset = addition->rrset;
    uint64_t damage = sim_damage_of(addition->zone, rrset->owner, rrset->type,
                                    addition->denied);

    if (shown != rrset->owner) {
        damage |=
            sim_damage_of(addition->zone, shown, rrset->type, addition->denied);
    }
    return damage;
}

/* RFC 4035 section 5.3.1: a signature is of the owner and class of what it
 * signs. Misplaced it is at a name beside the owner, or in class CH. */
static void misplace(struct sim_asking *asking, uint64_t damage,
                     struct sim_rr *rrsig)
{
    static const uint8_t label[] = "\013wrong-owner";
    const uint8_t *parent = rrsig->owner;
    size_t label_len = sizeof(label) - 1;
    uint8_t *owner;

    if ((damage & SIM_DAMAGE(SCN_WRONG_CLASS)) != 0) {
        rrsig->class = SIM_CLASS_CH;
    }
    if ((damage & SIM_DAMAGE(SCN_WRONG_OWNER)) == 0) {
        return;
    }
    do {
        parent = scn_name_parent(parent);
    } while (label_len + scn_name_length(parent) > SCN_NAME_MAX);
    owner = sim_arena_alloc(asking->arena, SCN_NAME_MAX);
    if (owner == NULL) {
        asking->st = SIM_ENOMEM;
        return;
    }
    memcpy(owner, label, label_len);
    memcpy(owner + label_len, parent, scn_name_length(parent));
    rrsig->owner = owner;
}

static bool has_dnssec(const struct sim_asking *asking,
                       const struct sim_addition *addition)
{
    return asking->q->dnssec_ok && addition->is_signed &&
           addition->zone->is_signed;
}

bool sim_reply_add(struct sim_asking *asking, struct sim_rr_list *list,
                   const struct sim_addition *addition)
{
    struct sim_rrset *rrset = addition->rrset;
    const uint8_t *owner =
        addition->owner != NULL ? addition->owner : rrset->owner;
    uint64_t damage = damage_of(addition, owner);
    struct sim_rr rr = { .owner = owner,
                         .ttl = rrset->ttl,
                         .type = rrset->type };
    struct sim_rrset draft;

    if ((damage & SIM_DAMAGE(SCN_MISSING)) != 0) {
        return false;
    }
    if (asking->st != SIM_OK || is_listed(list, owner, rrset->type)) {
        return true;
    }
    if (list != &asking->out->answer && rrset->type == SIM_TYPE_SOA) {
        rr.ttl = addition->zone->negative_ttl; /* RFC 2308 section 3 */
    }
    push_all(asking, list, rr, rrset->rdatas, rrset->count);
    if (asking->st != SIM_OK || !has_dnssec(asking, addition)) {
        return true;
    }
    if (addition->temporary) {
        draft = *rrset;
        draft.has_sigs = false;
        asking->st = sim_zone_signatures(addition->zone, &draft, damage,
                                         asking->arena, &draft);
    } else {
        asking->st = sim_zone_signatures(addition->zone, rrset, damage,
                                         asking->arena, &draft);
    }
    if (asking->st == SIM_OK) {
        rr.type = SIM_TYPE_RRSIG;
        misplace(asking, damage, &rr);
        push_all(asking, list, rr, draft.sigs, draft.sig_count);
    }
    return true;
}

/* Where the address records of a host are, as far as this server's operator
 * knows: in the zone that names it, else in the zone that encloses it. */
static struct sim_node *find_host(struct sim_asking *asking,
                                  const uint8_t *name,
                                  struct sim_zone **zone_out)
{
    const struct sim_instance *instance = asking->zone->instance;
    struct sim_zone *home = NULL;

    if (scn_name_is_under(name, asking->zone->name)) {
        *zone_out = asking->zone;
        return sim_zone_find(asking->zone, name);
    }
    if (instance != NULL) {
        home = sim_instance_home(instance, name);
    }
    if (home == NULL) {
        return NULL;
    }
    asking->st = sim_zone_build(home);
    *zone_out = home;
    return asking->st == SIM_OK ? sim_zone_find(home, name) : NULL;
}

static void add_address(struct sim_asking *asking, struct sim_zone *zone,
                        const struct sim_node *node, uint16_t type)
{
    const struct sim_addition addition = {
        .zone = zone,
        .rrset = sim_node_rrset(node, type),
        .is_signed =
            asking->out->authoritative && sim_node_is_authoritative(node, type),
    };

    if (addition.rrset != NULL) {
        (void)sim_reply_add(asking, &asking->out->additional, &addition);
    }
}

void sim_reply_addresses(struct sim_asking *asking,
                         const struct sim_rrset *servers)
{
    for (size_t i = 0; i < servers->count && asking->st == SIM_OK; i++) {
        struct sim_zone *zone = NULL;
        const uint8_t *name = sim_rdata_name(&servers->rdatas[i]);
        const struct sim_node *node =
            name != NULL ? find_host(asking, name, &zone) : NULL;

        if (node != NULL) {
            add_address(asking, zone, node, SIM_TYPE_A);
            add_address(asking, zone, node, SIM_TYPE_AAAA);
        }
    }
}

/* Appends to a list of names in the arena. */
static void push_name(struct sim_asking *asking, const uint8_t ***names,
                      size_t *count, const uint8_t *name)
{
    const uint8_t **grown =
        sim_arena_alloc(asking->arena, (*count + 1) * sizeof(*grown));

    if (grown == NULL) {
        asking->st = SIM_ENOMEM;
        return;
    }
    for (size_t i = 0; i < *count; i++) {
        grown[i] = (*names)[i];
    }
    grown[(*count)++] = name;
    *names = grown;
}

void sim_reply_no_ds(struct sim_asking *asking, const uint8_t *cut)
{
    push_name(asking, &asking->out->no_ds, &asking->out->no_ds_count, cut);
}

void sim_reply_alias(struct sim_asking *asking, const uint8_t *name)
{
    push_name(asking, &asking->out->aliases, &asking->out->alias_count, name);
}

/* One RRset of a fault's records, from index on; the others of its owner and
 * type are taken along and marked done. */
static struct sim_rrset *gather(const struct scn_record *records, size_t count,
                                size_t from, bool *done,
                                struct sim_arena *arena)
{
    struct sim_rrset *rrset = sim_arena_alloc(arena, sizeof(*rrset));
    struct sim_rdata *rdatas =
        sim_arena_alloc(arena, (count - from) * sizeof(*rdatas));

    if (rrset == NULL || rdatas == NULL) {
        return NULL;
    }
    rrset->owner = records[from].owner;
    rrset->type = records[from].type;
    rrset->ttl = records[from].ttl;
    rrset->rdatas = rdatas;
    for (size_t i = from; i < count; i++) {
        if (records[i].type == rrset->type &&
            scn_name_equal(records[i].owner, rrset->owner)) {
            rdatas[rrset->count++] =
                (struct sim_rdata){ records[i].rdata, records[i].rdata_len };
            done[i] = true;
        }
    }
    return rrset;
}

enum sim_status sim_zone_sign_records(struct sim_zone *zone,
                                      const struct scn_record *records,
                                      size_t count, bool dnssec_ok,
                                      struct sim_arena *arena,
                                      struct sim_rr_list *list)
{
    const struct sim_question q = { .dnssec_ok = dnssec_ok };
    struct sim_answer out = { .arena = arena, .answer = *list };
    struct sim_asking asking = {
        .q = &q, .arena = arena, .out = &out, .zone = zone, .st = SIM_OK
    };
    bool *done = sim_arena_alloc(arena, (count + 1) * sizeof(*done));

    if (done == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < count && asking.st == SIM_OK; i++) {
        struct sim_addition addition = { .zone = zone,
                                         .is_signed = true,
                                         .temporary = true };

        if (done[i]) {
            continue;
        }
        addition.rrset = gather(records, count, i, done, arena);
        if (addition.rrset == NULL) {
            return SIM_ENOMEM;
        }
        (void)sim_reply_add(&asking, &out.answer, &addition);
    }
    if (asking.st == SIM_OK) {
        *list = out.answer;
    }
    return asking.st;
}
