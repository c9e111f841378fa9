/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any fault and any damage of any zone, and some questions that meet them. The
 * octets choose the words; names and RDATA are such as the loader lets through.
 */
#include "fuzz_universe.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    ZONES_MAX = 16,
    DAMAGES_MAX = 2,
    RECORDS_MAX = 3,
    RDATA_MAX = 32,
    QUERY_MAX = 512,
    ROUNDS = 2,
    TICK_NS = 30000000, /* at most three between two rounds */
    PRIVATE_TYPE = 65280,
    UDP_LIMIT_MIN = 512
};

/* What is asked, denied, replaced and pointed at. */
static const char *const names[] = { ".",
                                     "u.",
                                     "www.u.",
                                     "big.u.",
                                     "nothing.u.",
                                     "x.wild.u.",
                                     "b.old.u.",
                                     "a.u.",
                                     "loop.u.",
                                     "out.u.",
                                     "ent.u.",
                                     "x.ent.u.",
                                     "mail.u.",
                                     "n3.u.",
                                     "www.n3.u.",
                                     "x.n3.u.",
                                     "y.wild.n3.u.",
                                     "ent.n3.u.",
                                     "oo.n3.u.",
                                     "www.oo.n3.u.",
                                     "no.oo.n3.u.",
                                     "u.oo.n3.u.",
                                     "c.u.",
                                     "www.c.u.",
                                     "no.c.u.",
                                     "plain.u.",
                                     "www.plain.u.",
                                     "x.wild.plain.u.",
                                     "z.old.plain.u.",
                                     "i.u.",
                                     "www.i.u.",
                                     "no.i.u." };
static const uint16_t types[] = {
    SIM_TYPE_A,      SIM_TYPE_NS,  SIM_TYPE_CNAME, SIM_TYPE_SOA,
    SIM_TYPE_TXT,    SIM_TYPE_DS,  SIM_TYPE_RRSIG, SIM_TYPE_NSEC,
    SIM_TYPE_DNSKEY, SIM_TYPE_CAA, SIM_TYPE_DNAME, PRIVATE_TYPE
};

/* One input; what the model points at. */
struct trial {
    struct fuzz_octets octets;
    uint8_t names[sizeof(names) / sizeof(names[0])][SCN_NAME_MAX];
    uint8_t rdata[4][RECORDS_MAX][RDATA_MAX];
    struct scn_record records[4][RECORDS_MAX];
    struct scn_fault fault;
    struct scn_damage damages[DAMAGES_MAX];
    struct scn_zone zones[ZONES_MAX];
    struct scn_instance model;
    int64_t now_ns;
};

static const uint8_t *pick_name(struct trial *t)
{
    return t->names[fuzz_u8(&t->octets) % (sizeof(names) / sizeof(names[0]))];
}

static uint16_t pick_type(struct trial *t)
{
    return types[fuzz_u8(&t->octets) % (sizeof(types) / sizeof(types[0]))];
}

static unsigned pick(struct trial *t, unsigned count)
{
    return fuzz_u8(&t->octets) % count;
}

/* RDATA is a name, or what has no form and is written to rdata. */
static void pick_record(struct trial *t, uint8_t rdata[RDATA_MAX],
                        struct scn_record *record)
{
    const bool alias = pick(t, 2) == 0;

    *record = (struct scn_record){ .owner = pick_name(t), .ttl = 300 };
    if (alias) {
        record->type = pick(t, 2) == 0 ? SIM_TYPE_CNAME : SIM_TYPE_NS;
        record->rdata = pick_name(t);
        record->rdata_len = (uint16_t)scn_name_length(record->rdata);
        return;
    }
    record->type = PRIVATE_TYPE;
    record->rdata = rdata;
    record->rdata_len = (uint16_t)pick(t, RDATA_MAX);
    for (size_t i = 0; i < record->rdata_len; i++) {
        rdata[i] = fuzz_u8(&t->octets);
    }
}

static size_t pick_records(struct trial *t, unsigned list,
                           const struct scn_record **records_out)
{
    const size_t count = pick(t, RECORDS_MAX + 1);

    for (size_t i = 0; i < count; i++) {
        pick_record(t, t->rdata[list][i], &t->records[list][i]);
    }
    *records_out = t->records[list];
    return count;
}

static void pick_filter(struct trial *t, struct scn_filter *filter)
{
    const uint8_t which = fuzz_u8(&t->octets);

    filter->name = (which & 0x01) != 0 ? pick_name(t) : NULL;
    filter->under = (which & 0x02) != 0 ? pick_name(t) : NULL;
    filter->type = (which & 0x04) != 0 ? pick_type(t) : SCN_TYPE_ANY;
    if ((which & 0x08) != 0) {
        filter->transport = (enum scn_transport)pick(t, SCN_TCP + 1);
        filter->edns = (enum scn_edns)pick(t, SCN_EDNS_OPTIONS + 1);
        filter->dnssec_ok = (enum scn_dnssec_ok)pick(t, SCN_DO_CLEAR + 1);
        filter->name_case = (enum scn_case)pick(t, SCN_CASE_LOWER + 1);
        filter->perspective = pick(t, 2) == 0 ? "primary" : "remote-1";
    }
}

static void pick_action(struct trial *t, struct scn_action *a)
{
    const uint16_t flags =
        SCN_QR | SCN_AA | SCN_TC | SCN_RD | SCN_RA | SCN_Z | SCN_AD | SCN_CD;

    a->drop = (enum scn_drop)pick(t, SCN_DROP_UNREACHABLE + 1);
    a->has_answer = pick(t, 2) != 0;
    a->answer_count = a->has_answer ? pick_records(t, 0, &a->answer) : 0;
    a->alias = (enum scn_alias)pick(t, SCN_ALIAS_ENDLESS + 1);
    a->strip = fuzz_u8(&t->octets);
    a->rrsets = fuzz_u8(&t->octets);
    a->authority_count = pick_records(t, 1, &a->authority);
    a->additional_count = pick_records(t, 2, &a->additional);
    a->spoil_signatures = pick(t, 2) != 0;
    a->rcode = (int)pick(t, 25) - 1;
    a->echo = (enum scn_echo)pick(t, SCN_ECHO_TWICE + 1);
    a->owners_upper = pick(t, 2) != 0;
    a->opt = (enum scn_opt)pick(t, SCN_OPT_MALFORMED + 1);
    a->set = fuzz_u16(&t->octets) & flags;
    a->clear = fuzz_u16(&t->octets) & flags;
    a->udp_limit = pick(t, 2) != 0 ? UDP_LIMIT_MIN + fuzz_u16(&t->octets) : 0;
    a->udp_limit = a->udp_limit > SIM_MESSAGE_MAX ? 0 : a->udp_limit;
    a->decoy_count = pick_records(t, 3, &a->decoy);
    a->decoy_wrong = (enum scn_decoy_wrong)pick(t, SCN_DECOY_QUESTION + 1);
    a->wire = fuzz_u16(&t->octets);
    a->copies = pick(t, SCN_COPIES_MAX + 1);
    a->delay_ms = fuzz_u16(&t->octets);
    a->jitter_ms = fuzz_u16(&t->octets);
    a->tcp = (enum scn_tcp_pacing)pick(t, SCN_TCP_TWO_MESSAGES + 1);
}

static void pick_damage(struct trial *t, struct scn_damage *damage)
{
    const unsigned scope = pick(t, 8);

    damage->what = (enum scn_damage_what)pick(t, SCN_MANY_SIGNATURES + 1);
    damage->name = (scope & 1) != 0 ? pick_name(t) : NULL;
    damage->under = (scope & 2) != 0 ? pick_name(t) : NULL;
    damage->type = (scope & 4) != 0 ? pick_type(t) : SCN_TYPE_DENIAL;
    damage->bit = fuzz_u8(&t->octets);
}

/* What is counted together, and for how long: 0 to 85 ms, where up to 90 lie
 * between two rounds. */
static void pick_counting(struct trial *t, struct scn_fault *fault)
{
    const uint8_t octet = fuzz_u8(&t->octets);

    fault->count_by = (enum scn_count_by)(octet % (SCN_PER_FAULT + 1));
    fault->window_ms = octet / (SCN_PER_FAULT + 1);
}

/* The universe with one fault in one zone and damages in another. */
static void make_model(struct trial *t)
{
    const struct scn_instance *model = fuzz_model();
    size_t damages = 0;

    if (model->zone_count > ZONES_MAX) {
        abort();
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!scn_name_from_text(names[i], strlen(names[i]), NULL,
                                t->names[i])) {
            abort();
        }
    }
    t->model = *model;
    t->model.zones = t->zones;
    memcpy(t->zones, model->zones, model->zone_count * sizeof(t->zones[0]));
    struct scn_zone *zone = &t->zones[pick(t, (unsigned)model->zone_count)];
    damages = pick(t, DAMAGES_MAX + 1);
    for (size_t i = 0; i < damages; i++) {
        pick_damage(t, &t->damages[i]);
    }
    zone->damages = t->damages;
    zone->damage_count = damages;
    zone = &t->zones[pick(t, (unsigned)model->zone_count)];
    t->fault.summary = "any";
    t->fault.enabled = true;
    t->fault.after = pick(t, 2);
    t->fault.first = pick(t, 3);
    t->fault.every = pick(t, 3);
    pick_counting(t, &t->fault);
    pick_filter(t, &t->fault.when);
    t->fault.action.rcode = -1;
    pick_action(t, &t->fault.action);
    zone->faults = &t->fault;
    zone->fault_count = pick(t, 4) != 0;
}

/* A query with perhaps an OPT of some form; its length. */
static size_t pick_query(struct trial *t, uint8_t *query)
{
    const uint8_t form = fuzz_u8(&t->octets);
    const uint8_t *name = pick_name(t);
    const size_t len = scn_name_length(name);
    uint8_t *at = query + 12;

    memset(query, 0, QUERY_MAX);
    query[0] = form;
    query[2] = (form & 0x01) != 0;
    query[5] = 1;
    memcpy(at, name, len);
    if ((form & 0x10) != 0 && len > 2) {
        at[1] = (uint8_t)(at[1] & ~0x20); /* 0x20, for letters */
    }
    at += len;
    const uint16_t type = pick_type(t);
    *at++ = (uint8_t)(type >> 8);
    *at++ = (uint8_t)type;
    *at++ = 0;
    *at++ = SIM_CLASS_IN;
    if ((form & 0x02) != 0) {
        query[11] = 1;
        at[2] = SIM_TYPE_OPT;
        at[3] = fuzz_u8(&t->octets);
        at[6] = (form & 0x08) != 0; /* the version */
        at[7] = (form & 0x04) != 0 ? 0x80 : 0;
        at[10] = (form & 0x20) != 0 ? 4 : 0;
        at += 11 + at[10];
    }
    return (size_t)(at - query);
}

static void ask(struct trial *t, struct sim_instance *instance,
                struct sim_responder *responder)
{
    const uint8_t how = fuzz_u8(&t->octets);
    uint8_t query[QUERY_MAX];
    struct sim_reaction reaction = { .count = 0 };
    struct sim_incoming in = {
        .octets = query,
        .len = pick_query(t, query),
        .local = fuzz_server(instance, how & 0x3f),
        .client = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT,
                                    (how & 0x40) != 0),
        .transport = (how & 0x80) != 0 ? SCN_TCP : SCN_UDP,
    };

    for (int i = 0; i < ROUNDS; i++) {
        t->now_ns += (int64_t)(query[0] >> 6) * TICK_NS;
        in.now_ns = t->now_ns;
        if (sim_respond(responder, &in, &reaction) != SIM_OK) {
            abort();
        }
        fuzz_judge(&in, &reaction, false);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trial *t = calloc(1, sizeof(*t));
    struct sim_instance *instance = NULL;
    struct sim_world *world = NULL;
    struct sim_responder *responder = NULL;

    if (t == NULL) {
        return 0;
    }
    t->octets = (struct fuzz_octets){ data, size };
    make_model(t);
    world = fuzz_world(&t->model, &instance);
    if (sim_responder_new(world, &responder) != SIM_OK) {
        abort();
    }
    for (int i = 0; i == 0 || (i < 4 && t->octets.left > 0); i++) {
        ask(t, instance, responder);
    }
    sim_responder_free(responder);
    sim_world_free(world);
    free(t);
    return 0;
}
