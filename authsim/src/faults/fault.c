/* SPDX-License-Identifier: BSD-2-Clause */
/* fault.c - filters, and match numbers in one chained hash table per zone. */
#include "fault.h"

#include "near_miss.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 256, KEY_MAX = 2 + 2 + SCN_NAME_MAX, NS_PER_MS = 1000000 };

/* What a match number is counted by: fault, then question or server. */
struct key {
    uint8_t octets[KEY_MAX];
    size_t len;
};

struct counter {
    struct counter *next; /* [owned] in the same bucket */
    unsigned count;
    int64_t since_ns; /* when the first of `count` came */
    size_t key_len;
    uint8_t key[]; /* struct key's octets */
};

struct switched {
    bool enabled;
    bool acted;
};

struct sim_fault_state {
    const struct scn_fault *faults; /* [borrowed] */
    size_t count;
    size_t counters;
    struct counter *buckets[BUCKETS]; /* [owned] */
    struct switched switches[];       /* one per fault */
};

struct sim_fault_state *sim_fault_state_new(const struct scn_fault *faults,
                                            size_t count)
{
    struct sim_fault_state *state =
        calloc(1, sizeof(*state) + count * sizeof(state->switches[0]));

    if (state == NULL) {
        return NULL;
    }
    state->faults = faults;
    state->count = count;
    for (size_t i = 0; i < count; i++) {
        state->switches[i].enabled = faults[i].enabled;
    }
    return state;
}

static bool is_of(const struct counter *c, size_t fault)
{
    return c->key[0] == (uint8_t)(fault >> 8) && c->key[1] == (uint8_t)fault;
}

/* The counters of a bucket that are not fault's; the others are freed. */
static struct counter *without(struct counter *bucket, size_t fault,
                               size_t *removed)
{
    struct counter *kept = NULL;

    for (struct counter *next, *c = bucket; c != NULL; c = next) {
        next = c->next;
        if (is_of(c, fault)) {
            free(c);
            (*removed)++;
        } else {
            c->next = kept;
            kept = c;
        }
    }
    return kept;
}

static void forget_counters(struct sim_fault_state *state, size_t fault)
{
    size_t removed = 0;

    for (size_t b = 0; b < BUCKETS; b++) {
        state->buckets[b] = without(state->buckets[b], fault, &removed);
    }
    state->counters -= removed;
}

void sim_fault_state_free(void *state)
{
    if (state != NULL) {
        struct sim_fault_state *s = state;
        for (size_t i = 0; i < s->count; i++) {
            forget_counters(s, i);
        }
        free(s);
    }
}

/* --- filters --- */

static bool has_upper(const uint8_t *name)
{
    const size_t len = scn_name_length(name);

    for (size_t i = 0; i < len; i++) {
        /* A length octet is at most 63: never a letter. */
        if (name[i] >= 'A' && name[i] <= 'Z') {
            return true;
        }
    }
    return false;
}

static bool name_matches(const struct scn_filter *f, const uint8_t *name)
{
    if (f->name != NULL && !scn_name_equal(f->name, name)) {
        return false;
    }
    return f->under == NULL || scn_name_is_under(name, f->under);
}

static bool edns_matches(enum scn_edns wanted, const struct sim_fault_query *q)
{
    switch (wanted) {
    case SCN_ANY_EDNS:
        return true;
    case SCN_EDNS_PRESENT:
        return q->edns;
    case SCN_EDNS_ABSENT:
        return !q->edns;
    case SCN_EDNS_NEWER:
        return q->edns_newer;
    case SCN_EDNS_OPTIONS:
        return q->edns_options;
    }
    return false; /* LCOV_EXCL_LINE: DefensiveCoding */
}

static bool text_matches(const char *wanted, const char *text)
{
    return wanted == NULL || (text != NULL && strcmp(wanted, text) == 0);
}

bool sim_fault_filter_matches(const struct scn_filter *filter,
                              const struct sim_fault_query *q)
{
    if (filter->type != SCN_TYPE_ANY && filter->type != q->type) {
        return false;
    }
    if (filter->transport != SCN_ANY_TRANSPORT &&
        filter->transport != q->transport) {
        return false;
    }
    if (filter->name_case != SCN_ANY_CASE &&
        (filter->name_case == SCN_CASE_MIXED) != has_upper(q->name)) {
        return false;
    }
    if (filter->dnssec_ok != SCN_ANY_DO &&
        (filter->dnssec_ok == SCN_DO_SET) != q->dnssec_ok) {
        return false;
    }
    return text_matches(filter->server, q->server) &&
           text_matches(filter->perspective, q->perspective) &&
           name_matches(filter, q->name) && edns_matches(filter->edns, q);
}

/* --- counting --- */

static void key_put(struct key *key, const void *data, size_t len)
{
    memcpy(key->octets + key->len, data, len);
    key->len += len;
}

static void key_of(struct key *key, size_t index, enum scn_count_by by,
                   const struct sim_fault_query *q)
{
    const uint8_t fault[2] = { (uint8_t)(index >> 8), (uint8_t)index };
    const uint8_t type[2] = { (uint8_t)(q->type >> 8), (uint8_t)q->type };

    key->len = 0;
    key_put(key, fault, 2);
    switch (by) {
    case SCN_PER_QUESTION:
        key_put(key, type, 2);
        key_put(key, q->name, scn_name_length(q->name));
        scn_name_lower(key->octets + 4);
        break;
    case SCN_PER_SERVER:
        key_put(key, q->server, strnlen(q->server, SCN_NAME_MAX));
        break;
    case SCN_PER_FAULT:
        break;
    }
}

/* FNV-1a: short keys, no adversary beyond the bound on their number. */
static size_t hash(const uint8_t *octets, size_t len)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < len; i++) {
        h = (h ^ octets[i]) * 16777619u;
    }
    return (h ^ h >> 16) % BUCKETS;
}

static struct counter *find_counter(const struct sim_fault_state *state,
                                    const struct key *key)
{
    struct counter *c = state->buckets[hash(key->octets, key->len)];

    while (c != NULL && (c->key_len != key->len ||
                         memcmp(c->key, key->octets, key->len) != 0)) {
        c = c->next;
    }
    return c;
}

static struct counter *add_counter(struct sim_fault_state *state,
                                   const struct key *key)
{
    struct counter **bucket = &state->buckets[hash(key->octets, key->len)];
    struct counter *c = calloc(1, sizeof(*c) + key->len);

    if (c == NULL) {
        return NULL;
    }
    c->key_len = key->len;
    memcpy(c->key, key->octets, key->len);
    c->next = *bucket;
    *bucket = c;
    state->counters++;
    return c;
}

/* One more; the first of a window forgets those before. */
static unsigned add_match(struct counter *c, const struct scn_fault *fault,
                          int64_t now_ns)
{
    const int64_t window_ns = (int64_t)fault->window_ms * NS_PER_MS;

    if (window_ns > 0 && now_ns - c->since_ns >= window_ns) {
        c->count = 0;
    }
    if (c->count == 0) {
        c->since_ns = now_ns;
    }
    return ++c->count;
}

/* The match number of q at this fault; 0 when memory is out. */
static unsigned count_match(struct sim_fault_state *state, size_t index,
                            const struct sim_fault_query *q)
{
    struct key key;

    key_of(&key, index, state->faults[index].count_by, q);
    struct counter *c = find_counter(state, &key);
    if (c == NULL && state->counters >= SIM_FAULT_COUNTERS_MAX) {
        key_of(&key, index, SCN_PER_FAULT, q); /* the shared one */
        c = find_counter(state, &key);
    }
    if (c == NULL) {
        c = add_counter(state, &key);
    }
    return c == NULL ? 0 : add_match(c, &state->faults[index], q->now_ns);
}

/* FORMAT section 5: which key of f keeps match number i from being hit; NULL
 * when it is hit. */
static const char *kept_by(const struct scn_fault *f, unsigned i)
{
    if (i <= f->after) {
        return "after";
    }
    if (f->first != 0 && i - f->after > f->first) {
        return "first";
    }
    return f->every != 0 && (i - f->after) % f->every != 0 ? "every" : NULL;
}

/* Unless key is NULL. */
static void note_miss(struct sim_fault_hit *hit, const struct scn_fault *f,
                      const char *key, unsigned number)
{
    if (key != NULL && hit->near_miss_count < SIM_NEAR_MISSES_MAX) {
        hit->near_misses[hit->near_miss_count++] = (struct sim_near_miss){
            .fault = f, .key = key, .match_number = number
        };
    }
}

enum sim_status sim_fault_match(struct sim_fault_state *state,
                                const struct sim_fault_query *q,
                                struct sim_fault_hit *hit_out)
{
    struct sim_fault_hit hit = { 0 };

    for (size_t i = 0; i < state->count; i++) {
        const struct scn_fault *f = &state->faults[i];
        if (!state->switches[i].enabled) {
            continue;
        }
        if (!sim_fault_filter_matches(&f->when, q)) {
            note_miss(&hit, f, sim_near_miss_key(&f->when, q), 0);
            continue;
        }
        unsigned number = count_match(state, i, q);
        if (number == 0) {
            return SIM_ENOMEM;
        }
        const char *key = kept_by(f, number);
        note_miss(&hit, f, key, number);
        if (hit.fault == NULL && key == NULL) {
            hit.fault = f;
            hit.match_number = number;
            state->switches[i].acted = true;
        }
    }
    *hit_out = hit;
    return SIM_OK;
}

bool sim_fault_set(struct sim_fault_state *state, const char *id, bool enabled)
{
    bool found = false;

    for (size_t i = 0; i < state->count; i++) {
        if (state->faults[i].id != NULL &&
            strcmp(state->faults[i].id, id) == 0) {
            state->switches[i].enabled = enabled;
            forget_counters(state, i);
            found = true;
        }
    }
    return found;
}

bool sim_fault_is_enabled(const struct sim_fault_state *state, size_t index)
{
    return state->switches[index].enabled;
}

bool sim_fault_has_acted(const struct sim_fault_state *state, size_t index)
{
    return state->switches[index].acted;
}
