/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reply.h - an answer under construction: what answer.c decides, reply.c and
 * negative.c put into sections. The first failure sticks in `st`.
 */
#pragma once

#include "answer.h"
#include "denial.h"

struct sim_asking {
    const struct sim_site *site;
    const struct sim_question *q;
    struct sim_arena *arena;
    struct sim_answer *out;
    struct sim_zone *zone; /* that is looked into now */
    const uint8_t *name;   /* looked up now: q->name or an alias's target */
    enum sim_status st;
};

/* How an RRset goes into a section. */
struct sim_addition {
    struct sim_zone *zone;
    struct sim_rrset *rrset;
    const uint8_t *owner;  /* as shown; NULL: the RRset's */
    const uint8_t *denied; /* of a denial: the name it denies */
    bool is_signed;        /* RRSIGs go with it when asked for */
    bool temporary;        /* nothing of it is kept in the zone */
};

/* Puts it in, unless damage says it is missing; false then. */
bool sim_reply_add(struct sim_asking *asking, struct sim_rr_list *list,
                   const struct sim_addition *addition);
void sim_reply_push(struct sim_asking *asking, struct sim_rr_list *list,
                    const struct sim_rr *rr);
/* Addresses of the name servers in an NS RRset, as additional data. */
void sim_reply_addresses(struct sim_asking *asking,
                         const struct sim_rrset *servers);
void sim_reply_no_ds(struct sim_asking *asking, const uint8_t *cut);
void sim_reply_alias(struct sim_asking *asking, const uint8_t *name);

/* Damage of the question looked up now: scoped to the type asked for, or to
 * the denial of the name. */
uint64_t sim_reply_damage(const struct sim_asking *asking);

/* negative.c: SOA and proof in the authority section. */
void sim_reply_nodata(struct sim_asking *asking, struct sim_node *node);
void sim_reply_nxdomain(struct sim_asking *asking,
                        const struct sim_node *encloser);
void sim_reply_wildcard_nodata(struct sim_asking *asking,
                               const struct sim_node *encloser,
                               struct sim_node *wildcard);
/* The proof alone: that no name closer than the wildcard is there. */
void sim_reply_prove_exact(struct sim_asking *asking,
                           const struct sim_node *encloser);
/* The DS RRset of a cut, or the proof that it has none. */
void sim_reply_ds(struct sim_asking *asking, struct sim_node *cut);
/* FORMAT's ancestor-denial: false when it does not apply to this question. */
bool sim_reply_ancestor_denial(struct sim_asking *asking);
