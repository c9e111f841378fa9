/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reply_cache.c - a table of small sets whose ways lead to entries; the entries
 * stand one after another in segments. When all segments are full, the oldest
 * one is emptied and filled again: nothing is searched for, and nothing moves.
 */
#include "reply_cache.h"

#include "exchange.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum {
    WAYS = 8, /* as many octets as a cache line of the processor has */
    SETS = SIM_CACHE_ENTRIES / WAYS,
    /* The largest entry has a reply of 65,535 octets and two lists of names,
     * far from half of a segment. */
    SEGMENT_OCTETS = 1 << 18,
    SEGMENTS = SIM_CACHE_OCTETS / SEGMENT_OCTETS,
    UNIT = 8, /* what entries begin at a multiple of */
    SEGMENT_UNITS = SEGMENT_OCTETS / UNIT
};

/* Followed by what the exchange points to, the query without its ID, and the
 * reply. */
struct entry {
    uint64_t hash;
    size_t size; /* of all, in octets */
    struct sim_address local;
    enum scn_transport transport;
    size_t query_len;
    const uint8_t *query; /* from its flags on */
    struct sim_cached cached;
};

_Static_assert(UNIT % alignof(struct entry) == 0, "entries are aligned");

struct segment {
    uint8_t *octets; /* [owned] NULL: not needed yet */
    size_t used;
};

/* place: number of the unit where the entry begins, from 1; 0: none. */
struct way {
    uint32_t tag; /* of its hash */
    uint32_t place;
};

struct set {
    struct way ways[WAYS]; /* the newest first */
};

struct sim_reply_cache {
    struct set *sets; /* [owned] NULL: nothing was kept yet */
    struct segment segments[SEGMENTS];
    size_t current; /* the segment that is being filled */
    struct sim_cache_counts counts;
};

struct sim_reply_cache *sim_reply_cache_new(void)
{
    return calloc(1, sizeof(struct sim_reply_cache));
}

void sim_reply_cache_free(struct sim_reply_cache *cache)
{
    if (cache == NULL) {
        return;
    }
    for (size_t i = 0; i < SEGMENTS; i++) {
        free(cache->segments[i].octets);
    }
    free(cache->sets);
    free(cache);
}

/* --- hashes --- */

/* Eight octets at a time, like FNV-1a; high bits come down again. Whoever makes
 * hashes meet gains no more than that a set forgets: sets are small. */
static uint64_t mix(uint64_t hash, const uint8_t *octets, size_t len)
{
    const uint64_t prime = UINT64_C(0x9e3779b97f4a7c15);

    while (len > 0) {
        const size_t n = len < sizeof(uint64_t) ? len : sizeof(uint64_t);
        uint64_t word = 0;

        memcpy(&word, octets, n);
        hash = (hash ^ word) * prime;
        hash ^= hash >> 32;
        octets += n;
        len -= n;
    }
    return hash;
}

uint64_t sim_reply_cache_hash(const struct sim_cache_key *key)
{
    const struct sim_address *local = &key->local;
    const uint64_t start = key->query_len << 8 | (uint64_t)key->transport << 4 |
                           (uint64_t)local->family;

    return mix(mix(start, local->octets, local->family == 6 ? 16 : 4),
               key->query + SIM_CACHE_ID, key->query_len - SIM_CACHE_ID);
}

static struct set *set_of(const struct sim_reply_cache *cache, uint64_t hash)
{
    return &cache->sets[hash % SETS];
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

/* --- entries --- */

static struct entry *entry_at(const struct sim_reply_cache *cache,
                              uint32_t place)
{
    const uint32_t unit = place - 1;
    uint8_t *octets = cache->segments[unit / SEGMENT_UNITS].octets;

    return (struct entry *)(void *)(octets +
                                    (size_t)UNIT * (unit % SEGMENT_UNITS));
}

static bool is_of(const struct entry *entry, const struct sim_cache_key *key)
{
    return entry->query_len == key->query_len - SIM_CACHE_ID &&
           entry->transport == key->transport &&
           sim_address_same_host(&entry->local, &key->local) &&
           memcmp(entry->query, key->query + SIM_CACHE_ID, entry->query_len) ==
               0;
}

const struct sim_cached *sim_reply_cache_find(struct sim_reply_cache *cache,
                                              const struct sim_cache_key *key)
{
    const uint64_t hash = sim_reply_cache_hash(key);

    for (size_t i = 0; cache->sets != NULL && i < WAYS; i++) {
        const struct way *way = &set_of(cache, hash)->ways[i];

        if (way->place != 0 && way->tag == tag_of(hash) &&
            is_of(entry_at(cache, way->place), key)) {
            cache->counts.hits++;
            return &entry_at(cache, way->place)->cached;
        }
    }
    cache->counts.misses++;
    return NULL;
}

/* --- room --- */

static size_t rounded(size_t size)
{
    return (size + UNIT - 1) / UNIT * UNIT;
}

static uint32_t place_of(size_t segment, size_t at)
{
    return (uint32_t)(segment * SEGMENT_UNITS + at / UNIT + 1);
}

static void unlink_entry(struct sim_reply_cache *cache, uint64_t hash,
                         uint32_t place)
{
    struct set *set = set_of(cache, hash);

    for (size_t i = 0; i < WAYS; i++) {
        if (set->ways[i].place == place) {
            set->ways[i] = (struct way){ 0 };
        }
    }
}

/* No way leads to its entries any more; its memory stays. */
static void empty(struct sim_reply_cache *cache, size_t number)
{
    struct segment *segment = &cache->segments[number];
    size_t at = 0;

    while (at < segment->used) {
        const uint32_t place = place_of(number, at);
        const struct entry *entry = entry_at(cache, place);

        unlink_entry(cache, entry->hash, place);
        at += entry->size;
    }
    segment->used = 0;
}

void sim_reply_cache_forget(struct sim_reply_cache *cache)
{
    for (size_t i = 0; i < SEGMENTS; i++) {
        empty(cache, i);
    }
    cache->current = 0;
}

/* So many octets in the segment that is being filled, the next one if need be.
 * False when out of memory, or they are too many for any. */
static bool make_room(struct sim_reply_cache *cache, size_t size)
{
    if (size > SEGMENT_OCTETS) {
        return false;
    }
    if (cache->sets == NULL) {
        cache->sets = calloc(SETS, sizeof(*cache->sets));
    }
    if (cache->sets == NULL) {
        return false;
    }
    if (SEGMENT_OCTETS - cache->segments[cache->current].used < size) {
        cache->current = (cache->current + 1) % SEGMENTS;
        empty(cache, cache->current);
    }
    struct segment *segment = &cache->segments[cache->current];
    if (segment->octets == NULL) {
        segment->octets = malloc(SEGMENT_OCTETS);
    }
    return segment->octets != NULL;
}

/* Makes its first way lead there; the others move, up to a free one or the
 * oldest, which is lost. */
static void link_entry(struct sim_reply_cache *cache, uint64_t hash,
                       uint32_t place)
{
    struct set *set = set_of(cache, hash);
    size_t moved = 0;

    while (moved < WAYS - 1 && set->ways[moved].place != 0) {
        moved++;
    }
    memmove(&set->ways[1], &set->ways[0], moved * sizeof(set->ways[0]));
    set->ways[0] = (struct way){ .tag = tag_of(hash), .place = place };
}

void sim_reply_cache_keep(struct sim_reply_cache *cache,
                          const struct sim_cache_key *key,
                          const struct sim_cached *cached)
{
    const size_t block = sim_exchange_block(&cached->exchange);
    const size_t query_len = key->query_len - SIM_CACHE_ID;
    const size_t size =
        rounded(sizeof(struct entry) + block + query_len + cached->reply_len);

    if (!make_room(cache, size)) {
        return;
    }
    struct segment *segment = &cache->segments[cache->current];
    const uint32_t place = place_of(cache->current, segment->used);
    struct entry *entry = entry_at(cache, place);
    uint8_t *exchange = (uint8_t *)(entry + 1);
    uint8_t *query = exchange + block;
    uint8_t *reply = query + query_len;

    *entry = (struct entry){ .hash = sim_reply_cache_hash(key),
                             .size = size,
                             .local = key->local,
                             .transport = key->transport,
                             .query_len = query_len,
                             .query = query,
                             .cached = *cached };
    sim_exchange_copy(&cached->exchange, exchange, &entry->cached.exchange);
    memcpy(query, key->query + SIM_CACHE_ID, query_len);
    memcpy(reply, cached->reply, cached->reply_len);
    entry->cached.reply = reply;
    segment->used += size;
    link_entry(cache, entry->hash, place);
}

struct sim_cache_counts sim_reply_cache_counts(
    const struct sim_reply_cache *cache)
{
    return cache->counts;
}
