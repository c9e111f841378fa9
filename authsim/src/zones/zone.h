/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zone.h - one zone as its servers see it: sorted names, RRsets, keys.
 *
 * A zone is built from its model when it is first asked (or written), and
 * signed RRset by RRset. Publishing forgets what was built; the keys stay.
 */
#pragma once

#include "arena.h"
#include "keys.h"
#include "rrset.h"

#include <authsim/status.h>
#include <scenario/model.h>

struct sim_world;
struct sim_instance;
struct sim_node;

/* How many are many: more than careful validators try (KeyTrap). */
enum { SIM_MANY = 32 };

/* A name of the zone: owner of records, empty non-terminal, or glue. */
struct sim_node {
    const uint8_t *name; /* lower-case */
    struct sim_rrset *rrsets;
    struct sim_rrset *nsec;        /* made when asked */
    const struct sim_node *parent; /* NULL for the apex */
    const struct sim_node *cut;    /* highest delegation at or above, or NULL */
    const struct sim_node *dname;  /* lowest DNAME owner strictly above */
    uint32_t hash;
    bool below; /* beneath a cut: only glue may be here */
    bool wild;  /* "*" is a child of it */
};

/* One record on its way into the zone. */
struct sim_record {
    const uint8_t *owner;
    const uint8_t *rdata;
    uint32_t ttl;
    uint16_t type;
    uint16_t rdata_len;
    uint32_t order; /* keeps the order of the file within an RRset */
};

struct sim_record_list {
    struct sim_record *records; /* malloc */
    size_t count;
    size_t capacity;
};

/* What publish and withdraw changed: count 0 is "removed". */
struct sim_override {
    struct scn_rrset_id id;
    struct scn_record *records; /* [owned] one block, with all it points to */
    size_t count;
};

/* Names with NSEC, or hashed names, in the order of their chain. */
struct sim_chain {
    struct sim_node **nodes; /* NSEC */
    struct sim_nsec3 *hashes;
    size_t count;
    bool built;
};

struct sim_zone {
    const uint8_t *name;
    const struct scn_zone *model; /* NULL for the generated shared root */
    struct sim_world *world;
    struct sim_instance *instance; /* NULL for the generated shared root */
    struct sim_zone *parent;       /* that delegates here, or NULL */
    bool is_signed;
    struct sim_key *keys;
    size_t key_count;
    struct sim_override *overrides;
    size_t override_count;
    uint32_t serial;
    /* From here on: what is built when first asked, in arena. */
    struct sim_arena *arena; /* NULL: not built */
    struct sim_node *nodes;  /* canonical order; the first is the apex */
    size_t node_count;
    uint32_t *table; /* hash of name -> index of node + 1 */
    size_t table_size;
    struct sim_chain chain;
    uint32_t negative_ttl; /* RFC 2308 section 3 */
    void *fault_state;
    void (*fault_free)(void *);
};

SIM_NODISCARD enum sim_status sim_zone_new(struct sim_world *world,
                                           struct sim_instance *instance,
                                           const struct scn_zone *model,
                                           struct sim_zone **zone_out);
void sim_zone_free(struct sim_zone *zone);

/* Builds names and RRsets unless they are there. */
SIM_NODISCARD enum sim_status sim_zone_build(struct sim_zone *zone);
/* The next question builds anew. */
void sim_zone_forget(struct sim_zone *zone);

/* publish.c */
void sim_overrides_free(struct sim_zone *zone);

/* The same for keys. */
SIM_NODISCARD enum sim_status sim_zone_make_keys(struct sim_zone *zone);

/* Of a built zone. NULL when the name has neither records nor descendants. */
struct sim_node *sim_zone_find(const struct sim_zone *zone,
                               const uint8_t *name);
/* Deepest existing name at or above name, which is under the apex. */
struct sim_node *sim_zone_encloser(const struct sim_zone *zone,
                                   const uint8_t *name);
struct sim_rrset *sim_node_rrset(const struct sim_node *node, uint16_t type);

/* True for records the zone has authority for, the DS at a cut included. */
bool sim_node_is_authoritative(const struct sim_node *node, uint16_t type);

/* zone_records.c: what the model, or the shared root, puts into the zone. */
SIM_NODISCARD enum sim_status sim_zone_collect(struct sim_zone *zone,
                                               struct sim_record_list *list);
SIM_NODISCARD enum sim_status sim_record_add(struct sim_record_list *list,
                                             const struct sim_record *record);

/* ds.c: DS RRset of child for its parent, in the parent's arena. */
SIM_NODISCARD enum sim_status sim_zone_add_ds(struct sim_zone *child,
                                              struct sim_arena *arena,
                                              struct sim_record_list *list);
/* RDATA of a DS for key (RFC 4034 section 5.1.4), in arena. */
SIM_NODISCARD enum sim_status sim_ds_rdata(const struct sim_zone *child,
                                           const struct scn_ds *wanted,
                                           struct sim_arena *arena,
                                           struct sim_rdata *rdata_out);
/* dnskey.c: the DNSKEY RRset, spoilt as damage says. */
SIM_NODISCARD enum sim_status sim_zone_add_dnskeys(
    struct sim_zone *zone, struct sim_record_list *list);
/* True when no DS of the RRset can be used by any validator. */
bool sim_ds_is_unusable(const struct sim_rrset *rrset);

/* rrsig.c: whether a key of the zone signs RRsets of the type, under these
 * damages. */
bool sim_zone_key_signs(const struct sim_zone *zone, const struct sim_key *key,
                        uint16_t type, uint64_t damage);

/*
 * Signatures of an RRset under these damages (bits of enum scn_damage_what),
 * kept with it the first time. 0 of them when the zone is unsigned.
 *   arena  where signatures go that are not kept
 */
SIM_NODISCARD enum sim_status sim_zone_signatures(struct sim_zone *zone,
                                                  struct sim_rrset *rrset,
                                                  uint64_t damage,
                                                  struct sim_arena *arena,
                                                  struct sim_rrset *signed_out);

/* FORMAT section 6: which words hit records of that owner and type. `denied`
 * is the name a negative answer denies, NULL otherwise. */
uint64_t sim_damage_of(const struct sim_zone *zone, const uint8_t *owner,
                       uint16_t type, const uint8_t *denied);
#define SIM_DAMAGE(what) (UINT64_C(1) << (what))
/* The bit that wrong-bitmap turns over in the denial of that name; 0: that of
 * the type asked for. */
uint16_t sim_damage_bit(const struct sim_zone *zone, const uint8_t *denied);

/* Hash of a name without case. */
uint32_t sim_name_hash(const uint8_t *name);
