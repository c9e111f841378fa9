/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zone_text.c - a whole zone as a master file, signed as it is served.
 *
 * Damage that does not depend on a question is in it; for denial that is the
 * damage whose name is the owner of the NSEC, or that has no name.
 */
#include "answer.h"
#include "denial.h"
#include "rrtype.h"
#include "text.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>

struct zone_writer {
    struct sim_zone *zone;
    struct sim_text text;
    struct sim_arena *arena; /* for what is not kept */
};

static void write_rdatas(struct zone_writer *writer, struct sim_rr rr,
                         const struct sim_rdata *rdatas, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rr.rdata = rdatas[i].octets;
        rr.rdata_len = rdatas[i].len;
        sim_text_rr(&writer->text, &rr);
    }
}

static enum sim_status write_rrset(struct zone_writer *writer,
                                   struct sim_rrset *rrset, bool is_signed)
{
    struct sim_rr rr = { .owner = rrset->owner,
                         .ttl = rrset->ttl,
                         .type = rrset->type };
    uint64_t damage =
        sim_damage_of(writer->zone, rrset->owner, rrset->type, NULL);
    struct sim_rrset draft;
    enum sim_status st;

    if ((damage & SIM_DAMAGE(SCN_MISSING)) != 0) {
        return SIM_OK;
    }
    write_rdatas(writer, rr, rrset->rdatas, rrset->count);
    if (!is_signed) {
        return SIM_OK;
    }
    st =
        sim_zone_signatures(writer->zone, rrset, damage, writer->arena, &draft);
    if (st == SIM_OK) {
        rr.type = SIM_TYPE_RRSIG;
        write_rdatas(writer, rr, draft.sigs, draft.sig_count);
    }
    return st;
}

/* As write_rrset(), spoilt first; the bit turned over is that of CAA. */
static enum sim_status write_denial(struct zone_writer *writer,
                                    struct sim_rrset *rrset)
{
    uint64_t damage =
        sim_damage_of(writer->zone, rrset->owner, rrset->type, NULL);
    struct sim_rrset *spoilt = NULL;
    enum sim_status st =
        sim_denial_spoil(rrset, damage, SIM_TYPE_CAA, writer->arena, &spoilt);

    return st == SIM_OK ? write_rrset(writer, spoilt, true) : st;
}

static bool has_kind(const struct sim_zone *zone, bool nsec3)
{
    enum scn_denial kind =
        zone->model != NULL ? zone->model->denial : SCN_DENIAL_NSEC;

    /* Compact denial and white lies are made for each question and cannot be
     * written down: the chain that says the same stands in their place. */
    return zone->is_signed && nsec3 == scn_denial_is_nsec3(kind);
}

static enum sim_status write_node(struct zone_writer *writer,
                                  struct sim_node *node)
{
    struct sim_zone *zone = writer->zone;
    struct sim_rrset *nsec = NULL;
    enum sim_status st = SIM_OK;

    for (struct sim_rrset *rrset = node->rrsets; rrset != NULL && st == SIM_OK;
         rrset = rrset->next) {
        bool first = node == zone->nodes && rrset->type == SIM_TYPE_SOA;

        if (!first) {
            st = write_rrset(writer, rrset,
                             sim_node_is_authoritative(node, rrset->type));
        }
    }
    if (st == SIM_OK && has_kind(zone, false) && node->rrsets != NULL &&
        !node->below) {
        st = sim_nsec_at(zone, node->name, &nsec);
        if (st == SIM_OK) {
            st = write_denial(writer, nsec);
        }
    }
    return st;
}

static enum sim_status write_chain(struct zone_writer *writer)
{
    enum sim_status st = sim_nsec3_build(writer->zone);

    for (size_t i = 0; i < writer->zone->chain.count && st == SIM_OK; i++) {
        struct sim_rrset *rrset = NULL;

        st = sim_nsec3_rrset(writer->zone, i, &rrset);
        if (st == SIM_OK) {
            st = write_denial(writer, rrset);
        }
    }
    return st;
}

static enum sim_status write_zone(struct zone_writer *writer)
{
    struct sim_zone *zone = writer->zone;
    struct sim_rrset *soa = sim_node_rrset(&zone->nodes[0], SIM_TYPE_SOA);
    enum sim_status st = SIM_OK;

    sim_text_string(&writer->text, "");
    if (soa != NULL) {
        st = write_rrset(writer, soa, true); /* comes first */
    }
    for (size_t i = 0; i < zone->node_count && st == SIM_OK; i++) {
        st = write_node(writer, &zone->nodes[i]);
    }
    if (st == SIM_OK && has_kind(zone, true)) {
        st = write_chain(writer);
    }
    return st;
}

/* The root above an instance: generated, or the private universe's own. */
static struct sim_zone *pick(const struct sim_instance *instance,
                             size_t zone_index)
{
    size_t count = instance->model->zone_count;

    if (zone_index != SIM_ZONE_ROOT) {
        return zone_index < count ? instance->zones[zone_index] : NULL;
    }
    if (instance->model->universe == SCN_SHARED) {
        return instance->world->root;
    }
    for (size_t i = 0; i < count; i++) {
        if (instance->zones[i]->name[0] == 0) {
            return instance->zones[i];
        }
    }
    return NULL;
}

enum sim_status sim_instance_zone_text(struct sim_instance *instance,
                                       size_t zone_index, char **text_out)
{
    struct zone_writer writer = { .zone = pick(instance, zone_index) };
    enum sim_status st;
    char *text;

    if (writer.zone == NULL) {
        return SIM_ECONFLICT;
    }
    writer.arena = sim_arena_new();
    st = writer.arena != NULL ? sim_zone_build(writer.zone) : SIM_ENOMEM;
    if (st == SIM_OK) {
        st = write_zone(&writer);
    }
    text = sim_text_take(&writer.text);
    if (st == SIM_OK && text == NULL) {
        st = SIM_ENOMEM;
    }
    sim_arena_free(writer.arena);
    if (st != SIM_OK) {
        free(text);
        return st;
    }
    *text_out = text;
    return SIM_OK;
}
