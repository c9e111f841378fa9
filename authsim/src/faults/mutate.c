/* SPDX-License-Identifier: BSD-2-Clause */
/* mutate.c - the table of mutations. */
#include "mutate.h"

#include "alias.h"
#include "echo.h"
#include "random.h"
#include "rrsets.h"
#include "rrtype.h"

#include <string.h>

typedef enum sim_status mutation_fn(struct sim_draft *draft);

static enum sim_status drop_query(struct sim_draft *draft)
{
    draft->dropped = draft->action->drop;
    return SIM_OK;
}

static enum sim_status replace_answer(struct sim_draft *draft)
{
    const struct scn_action *action = draft->action;
    struct sim_message *m = &draft->message;

    if (!action->has_answer) {
        return SIM_OK;
    }
    m->answer = (struct sim_rr_list){ 0 };
    return sim_zone_sign_records(draft->zone, action->answer,
                                 action->answer_count, m->dnssec_ok,
                                 draft->arena, &m->answer);
}

static enum sim_status replace_by_alias(struct sim_draft *draft)
{
    struct sim_message *m = &draft->message;
    struct scn_record alias;

    if (draft->action->alias == SCN_ALIAS_NONE) {
        return SIM_OK;
    }
    m->answer = (struct sim_rr_list){ 0 };
    m->authority = (struct sim_rr_list){ 0 };
    m->additional = (struct sim_rr_list){ 0 };
    m->rcode = SIM_NOERROR;
    m->flags |= SCN_AA;
    enum sim_status st = sim_alias_next(m->name, draft->arena, &alias);
    return st != SIM_OK
               ? st
               : sim_zone_sign_records(draft->zone, &alias, 1, m->dnssec_ok,
                                       draft->arena, &m->answer);
}

/* Beside what the section holds already, signed as the zone is. */
static enum sim_status add_records(struct sim_draft *draft)
{
    const struct scn_action *action = draft->action;
    struct sim_message *m = &draft->message;
    enum sim_status st = SIM_OK;

    if (action->authority_count > 0) {
        st = sim_zone_sign_records(draft->zone, action->authority,
                                   action->authority_count, m->dnssec_ok,
                                   draft->arena, &m->authority);
    }
    if (st == SIM_OK && action->additional_count > 0) {
        st = sim_zone_sign_records(draft->zone, action->additional,
                                   action->additional_count, m->dnssec_ok,
                                   draft->arena, &m->additional);
    }
    return st;
}

static bool type_is_stripped(uint16_t type, unsigned strip)
{
    return (type == SIM_TYPE_RRSIG && (strip & SCN_STRIP_RRSIG) != 0) ||
           (type == SIM_TYPE_NSEC && (strip & SCN_STRIP_NSEC) != 0) ||
           (type == SIM_TYPE_NSEC3 && (strip & SCN_STRIP_NSEC3) != 0) ||
           (type == SIM_TYPE_SOA && (strip & SCN_STRIP_SOA) != 0) ||
           (type == SIM_TYPE_CNAME && (strip & SCN_STRIP_CNAME) != 0);
}

/* An RRSIG goes with the type that it covers, its first field (RFC 4034
 * section 3.1). */
static bool is_stripped(const struct sim_rr *rr, unsigned strip)
{
    if (type_is_stripped(rr->type, strip)) {
        return true;
    }
    return rr->type == SIM_TYPE_RRSIG && rr->rdata_len >= 2 &&
           type_is_stripped((uint16_t)(rr->rdata[0] << 8 | rr->rdata[1]),
                            strip);
}

static void strip_list(struct sim_rr_list *list, unsigned strip)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (!is_stripped(&list->rrs[i], strip)) {
            list->rrs[kept++] = list->rrs[i];
        }
    }
    list->count = kept;
}

static enum sim_status strip(struct sim_draft *draft)
{
    const unsigned bits = draft->action->strip;
    struct sim_message *m = &draft->message;

    if (bits != 0) {
        strip_list(&m->answer, bits);
        strip_list(&m->authority, bits);
        strip_list(&m->additional, bits);
        m->opt = m->opt && (bits & SCN_STRIP_OPT) == 0;
        if ((bits & SCN_STRIP_QUESTION) != 0) {
            m->question = 0;
        }
    }
    return SIM_OK;
}

static enum sim_status rearrange(struct sim_draft *draft)
{
    return sim_rrsets_damage(draft->action->rrsets, draft->arena,
                             &draft->message.answer);
}

/* The last octet of an RRSIG is one of the signature (RFC 4034 section 3.1),
 * whatever the algorithm. */
static enum sim_status spoil_rrsigs(struct sim_arena *arena,
                                    const struct sim_rr_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct sim_rr *rr = &list->rrs[i];
        if (rr->type != SIM_TYPE_RRSIG || rr->rdata_len == 0) {
            continue;
        }
        uint8_t *rdata = sim_arena_copy(arena, rr->rdata, rr->rdata_len);
        if (rdata == NULL) {
            return SIM_ENOMEM;
        }
        rdata[rr->rdata_len - 1] ^= 0x5a;
        rr->rdata = rdata;
    }
    return SIM_OK;
}

static enum sim_status spoil_signatures(struct sim_draft *draft)
{
    const struct sim_message *m = &draft->message;
    enum sim_status st = SIM_OK;

    if (draft->action->spoil_signatures) {
        st = spoil_rrsigs(draft->arena, &m->answer);
        if (st == SIM_OK) {
            st = spoil_rrsigs(draft->arena, &m->authority);
        }
        if (st == SIM_OK) {
            st = spoil_rrsigs(draft->arena, &m->additional);
        }
    }
    return st;
}

static enum sim_status replace_rcode(struct sim_draft *draft)
{
    if (draft->action->rcode >= 0) {
        draft->message.rcode = (uint16_t)draft->action->rcode;
    }
    return SIM_OK;
}

static enum sim_status change_question(struct sim_draft *draft)
{
    return sim_echo_change(draft->action->echo, draft->arena, &draft->message);
}

static void raise(uint8_t *name)
{
    const size_t len = scn_name_length(name);

    for (size_t i = 0; i < len; i++) {
        /* A length octet is at most 63: never a letter. */
        if (name[i] >= 'a' && name[i] <= 'z') {
            name[i] ^= 0x20;
        }
    }
}

/* Case that the question does not have (RFC 4343 section 4.1). */
static enum sim_status raise_owners(struct sim_draft *draft)
{
    const struct sim_rr_list *answer = &draft->message.answer;

    for (size_t i = 0; draft->action->owners_upper && i < answer->count; i++) {
        struct sim_rr *rr = &answer->rrs[i];
        uint8_t *owner =
            sim_arena_copy(draft->arena, rr->owner, scn_name_length(rr->owner));
        if (owner == NULL) {
            return SIM_ENOMEM;
        }
        raise(owner);
        rr->owner = owner;
        rr->owner_as_is = true;
    }
    return SIM_OK;
}

static enum sim_status change_opt(struct sim_draft *draft)
{
    draft->message.opt_form = draft->action->opt;
    return SIM_OK;
}

static enum sim_status change_flags(struct sim_draft *draft)
{
    const struct scn_action *action = draft->action;

    draft->message.flags =
        (uint16_t)((draft->message.flags | action->set) & ~action->clear);
    return SIM_OK;
}

static enum sim_status spoil(struct sim_draft *draft)
{
    switch (draft->decoy_wrong) {
    case SCN_DECOY_ID:
        draft->decoy->id ^= 0xffff;
        return SIM_OK;
    case SCN_DECOY_QUESTION:
        return sim_echo_change(SCN_ECHO_OTHER_NAME, draft->arena, draft->decoy);
    case SCN_DECOY_PORT:
    case SCN_DECOY_ADDRESS:
        return SIM_OK; /* where it is sent from: respond.c */
    }
    return SIM_OK; /* LCOV_EXCL_LINE: DefensiveCoding */
}

static enum sim_status change_limit(struct sim_draft *draft)
{
    draft->udp_limit = draft->action->udp_limit;
    return SIM_OK;
}

/* What an attacker beside the path would send: an authoritative answer with
 * records of his own, unsigned. */
static enum sim_status add_decoy(struct sim_draft *draft)
{
    const struct scn_action *action = draft->action;
    const struct sim_message *m = &draft->message;
    struct sim_message *decoy = NULL;

    if (action->decoy_count == 0) {
        return SIM_OK;
    }
    decoy = sim_arena_alloc(draft->arena, sizeof(*decoy));
    if (decoy == NULL) {
        return SIM_ENOMEM;
    }
    *decoy = *m;
    decoy->rcode = SIM_NOERROR;
    decoy->flags |= SCN_AA;
    decoy->answer = (struct sim_rr_list){ 0 };
    decoy->authority = (struct sim_rr_list){ 0 };
    decoy->additional = (struct sim_rr_list){ 0 };
    draft->decoy = decoy;
    draft->decoy_wrong = action->decoy_wrong;
    enum sim_status st =
        sim_zone_sign_records(draft->zone, action->decoy, action->decoy_count,
                              false, draft->arena, &decoy->answer);
    return st == SIM_OK ? spoil(draft) : st;
}

static enum sim_status copy(struct sim_draft *draft)
{
    draft->copies = draft->action->copies;
    return SIM_OK;
}

/* The jitter of a question's n-th match is the same in every run of a seed. */
static enum sim_status delay(struct sim_draft *draft)
{
    const struct scn_action *action = draft->action;
    const struct sim_random_label label = {
        .seed = draft->seed,
        .purpose = "jitter",
        .subject = draft->message.name,
        .subject_len = scn_name_length(draft->message.name),
        .counter = draft->match_number,
    };
    uint8_t octets[4] = { 0 };

    draft->delay_ms = action->delay_ms;
    if (action->jitter_ms == 0) {
        return SIM_OK;
    }
    enum sim_status st = sim_random(&label, octets, sizeof(octets));
    if (st == SIM_OK) {
        const uint32_t draw = (uint32_t)octets[0] << 24 |
                              (uint32_t)octets[1] << 16 |
                              (uint32_t)octets[2] << 8 | octets[3];
        draft->delay_ms += draw % (action->jitter_ms + 1);
    }
    return st;
}

static enum sim_status pace(struct sim_draft *draft)
{
    draft->pacing = draft->action->tcp;
    return SIM_OK;
}

/* The order of FORMAT section 5. */
static mutation_fn *const mutations[] = {
    drop_query,
    replace_answer,
    replace_by_alias,
    strip,
    rearrange,
    add_records,
    spoil_signatures,
    replace_rcode,
    change_question,
    raise_owners,
    change_opt,
    change_flags,
    change_limit,
    add_decoy,
    copy,
    delay,
    pace,
};

void sim_mutate_honestly(struct sim_draft *draft)
{
    if ((draft->action->rrsets & SCN_RRSETS_ROTATE) != 0) {
        sim_rrsets_rotate(draft->match_number - 1, &draft->message.answer);
    }
}

enum sim_status sim_mutate(struct sim_draft *draft)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0;
         st == SIM_OK && i < sizeof(mutations) / sizeof(mutations[0]); i++) {
        st = mutations[i](draft);
    }
    return st;
}
