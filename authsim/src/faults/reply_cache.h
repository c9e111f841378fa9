/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reply_cache.h - replies that have been built once, by everything that can
 * change them.
 *
 * The key is the whole query but for its ID - so letter case, flags, EDNS and
 * its options are in it by construction -, the server asked and the transport.
 * The client and the time are not: neither changes the reply of a zone without
 * faults. What changes zones, names and servers is for the owner of the cache,
 * who forgets all then.
 *
 * Bounded in entries and octets, which are taken as they are needed; what is
 * oldest goes first. No sockets, no clock; one thread.
 */
#pragma once

#include <authsim/journal.h>

struct sim_instance;

enum {
    SIM_CACHE_ID = 2,      /* octets of the ID, with which a message begins */
    SIM_CACHE_HEADER = 12, /* shorter is no query */
    SIM_CACHE_QUERY_MAX = 512, /* longer ones are not kept: those of resolvers
                                  have name, type and a few options */
    /* As many distinct questions as a benchmark or a resolver in front asks
     * again, at 500 octets each. */
    SIM_CACHE_ENTRIES = 1 << 16,
    SIM_CACHE_OCTETS = 1 << 25
};

/* What is asked; all [borrowed]. */
struct sim_cache_key {
    const uint8_t *query;     /* the whole message */
    size_t query_len;         /* from SIM_CACHE_HEADER to SIM_CACHE_QUERY_MAX */
    struct sim_address local; /* the server asked; its port is not looked at */
    enum scn_transport transport;
};

/* What is said, and what the journal says of it. */
struct sim_cached {
    const uint8_t *reply; /* with the ID of the query that it was built for */
    size_t reply_len;
    struct sim_instance *instance; /* [borrowed] NULL: nobody's journal */
    struct sim_exchange exchange;
};

struct sim_cache_counts {
    uint64_t hits;
    uint64_t misses; /* looked up in vain */
};

struct sim_reply_cache;

/* NULL when out of memory. */
struct sim_reply_cache *sim_reply_cache_new(void);
void sim_reply_cache_free(struct sim_reply_cache *cache);

/* By which a key is found. It can be undone: who wants to finds keys whose
 * hashes meet. */
uint64_t sim_reply_cache_hash(const struct sim_cache_key *key);

/* [borrowed] until the cache changes; NULL: it has none. */
const struct sim_cached *sim_reply_cache_find(struct sim_reply_cache *cache,
                                              const struct sim_cache_key *key);

/* Keeps a deep copy for key, which has none yet. Without memory, or where it is
 * too large, it is not kept. */
void sim_reply_cache_keep(struct sim_reply_cache *cache,
                          const struct sim_cache_key *key,
                          const struct sim_cached *cached);

/* All entries; the counts stay. */
void sim_reply_cache_forget(struct sim_reply_cache *cache);

struct sim_cache_counts sim_reply_cache_counts(
    const struct sim_reply_cache *cache);
