/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * denial.h - how a signed zone proves that something is not there: NSEC (RFC
 * 4034, 4035), NSEC3 with and without opt-out (RFC 5155), white lies (RFC 4470,
 * RFC 7129 appendix B), compact (RFC 9824).
 */
#pragma once

#include "bitmap.h"
#include "zone.h"

enum { SIM_HASH_LEN = 20, SIM_PROOF_MAX = 4 };

/* One hashed name of a zone with its NSEC3, made when asked. */
struct sim_nsec3 {
    uint8_t hash[SIM_HASH_LEN];
    const struct sim_node *node;
    struct sim_rrset *rrset;
};

/* NSEC or NSEC3 RRsets that make up one proof, each once. */
struct sim_proof {
    struct sim_rrset *rrsets[SIM_PROOF_MAX];
    size_t count;
    bool temporary; /* made for this answer: not to be kept in the zone */
    struct sim_arena *arena; /* [borrowed] of what is temporary */
    bool opt_out;            /* rests on an opt-out span (RFC 5155 section 6) */
};

/* What is to be proved. */
enum sim_denial_case {
    SIM_DENY_TYPE,          /* node is there, the type is not */
    SIM_DENY_NAME,          /* NXDOMAIN below encloser */
    SIM_DENY_EXACT,         /* a wildcard answers: no closer match */
    SIM_DENY_WILDCARD_TYPE, /* the wildcard matches and has no such type */
    SIM_DENY_DS             /* a cut without DS */
};

struct sim_denial {
    enum sim_denial_case what;
    const uint8_t *name;             /* the name asked for, or the cut */
    struct sim_node *node;           /* DENY_TYPE, DENY_DS: of that name */
    const struct sim_node *encloser; /* of a name that is not there */
    struct sim_node *wildcard;       /* DENY_WILDCARD_TYPE */
    uint64_t lacks; /* SIM_DAMAGE bits: records the proof goes without */
};

/* True when FORMAT's `what` takes that record out of the proof. */
static inline bool sim_denial_lacks(const struct sim_denial *denial,
                                    enum scn_damage_what what)
{
    return (denial->lacks & SIM_DAMAGE(what)) != 0;
}

/* Proof for a built, signed zone; temporary parts are in arena. */
SIM_NODISCARD enum sim_status sim_denial_prove(struct sim_zone *zone,
                                               const struct sim_denial *denial,
                                               struct sim_arena *arena,
                                               struct sim_proof *proof_out);

void sim_proof_add(struct sim_proof *proof, struct sim_rrset *rrset);

/* The types at a node as a parent or the zone itself lists them. */
void sim_node_types(const struct sim_zone *zone, const struct sim_node *node,
                    struct sim_type_set *set_out);

/* A one-record RRset in arena with a copy of rdata. */
SIM_NODISCARD enum sim_status sim_denial_rrset(struct sim_arena *arena,
                                               const struct sim_rrset *head,
                                               const struct sim_rdata *rdata,
                                               struct sim_rrset **rrset_out);

/* The next name after owner in canonical order that could exist: "\000.owner",
 * or owner itself when that would be too long. Needs SCN_NAME_MAX octets. */
void sim_denial_successor(const uint8_t *owner, uint8_t *name_out);

/*
 * A copy of an NSEC or NSEC3 RRset with its bitmap, next field or hashed owner
 * spoilt as damage says; rrset itself when damage has none of the words.
 *   type  whose bit is turned over by wrong-bitmap
 */
SIM_NODISCARD enum sim_status sim_denial_spoil(struct sim_rrset *rrset,
                                               uint64_t damage, uint16_t type,
                                               struct sim_arena *arena,
                                               struct sim_rrset **rrset_out);

/* denial_nsec.c */
SIM_NODISCARD enum sim_status sim_nsec_build(struct sim_zone *zone);
/* NSEC of a node that has one, else the one that covers its name. */
SIM_NODISCARD enum sim_status sim_nsec_at(struct sim_zone *zone,
                                          const uint8_t *name,
                                          struct sim_rrset **rrset_out);
SIM_NODISCARD enum sim_status sim_nsec_prove(struct sim_zone *zone,
                                             const struct sim_denial *denial,
                                             struct sim_proof *proof);

/* denial_nsec3.c */
SIM_NODISCARD enum sim_status sim_nsec3_build(struct sim_zone *zone);
/* RFC 5155 section 5; name in any case. */
SIM_NODISCARD enum sim_status sim_nsec3_hash(const struct scn_zone *model,
                                             const uint8_t *name,
                                             uint8_t hash_out[SIM_HASH_LEN]);
/* The name in the zone that a hash makes, in arena; NULL: no memory. */
uint8_t *sim_nsec3_owner(const struct sim_zone *zone,
                         const uint8_t hash[SIM_HASH_LEN],
                         struct sim_arena *arena);
/* RDATA up to the next hash, and how long that is: 6 octets and the salt. */
size_t sim_nsec3_head(const struct sim_zone *zone, uint8_t *out);
/* The RRset of one entry of the chain. */
SIM_NODISCARD enum sim_status sim_nsec3_rrset(struct sim_zone *zone,
                                              size_t index,
                                              struct sim_rrset **rrset_out);
SIM_NODISCARD enum sim_status sim_nsec3_prove(struct sim_zone *zone,
                                              const struct sim_denial *denial,
                                              struct sim_proof *proof);

/* denial_compact.c */
SIM_NODISCARD enum sim_status sim_compact_prove(const struct sim_zone *zone,
                                                const struct sim_denial *denial,
                                                struct sim_arena *arena,
                                                struct sim_proof *proof);

/* denial_white.c: made of the record of the chain that matches or covers name,
 * one that says so of this name alone. */
SIM_NODISCARD enum sim_status sim_white_nsec(const struct sim_zone *zone,
                                             const uint8_t *name,
                                             const struct sim_rrset *real,
                                             struct sim_arena *arena,
                                             struct sim_rrset **rrset_out);
/* match: the record of the chain with this hash, or NULL. */
SIM_NODISCARD enum sim_status sim_white_nsec3(const struct sim_zone *zone,
                                              const uint8_t hash[SIM_HASH_LEN],
                                              const struct sim_rrset *match,
                                              struct sim_arena *arena,
                                              struct sim_rrset **rrset_out);
