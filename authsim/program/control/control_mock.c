/* SPDX-License-Identifier: BSD-2-Clause */
/* control_mock.c - hosts in a hash table, what they have, how it is published.
 */
#include "control_mock.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 4096, TTL_S = 0 /* as challtestsrv has it */ };

static const uint16_t set_types[CONTROL_SETS] = { 1, 28, SCN_TYPE_CAA, 5, 16 };

struct record {
    struct record *next; /* [owned] */
    uint16_t len;
    uint8_t octets[];
};

struct mock {
    struct mock *next; /* [owned] in the same bucket */
    struct sim_instance *instance;
    struct record *sets[CONTROL_SETS]; /* [owned] in the order of adding */
    uint64_t hidden;
    uint8_t name[SCN_NAME_MAX];
};

/* An A or AAAA that stands for all that have none. */
struct fallback {
    bool given;
    uint8_t octets[16];
};

struct control_mocks {
    struct mock *buckets[BUCKETS];
    struct fallback fallbacks[2]; /* by CONTROL_SET_A, _AAAA */
};

/* --- hosts --- */

static size_t bucket_of(const uint8_t *name)
{
    const size_t len = scn_name_length(name);
    uint32_t hash = 2166136261U; /* FNV-1a */

    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ name[i]) * 16777619U;
    }
    return hash % BUCKETS;
}

static struct mock *find(const struct control_mocks *mocks,
                         const struct control_host *host)
{
    struct mock *mock = mocks->buckets[bucket_of(host->name)];

    while (mock != NULL && (mock->instance != host->instance ||
                            !scn_name_equal(mock->name, host->name))) {
        mock = mock->next;
    }
    return mock;
}

static struct mock *insert(struct control_mocks *mocks,
                           const struct control_host *host)
{
    struct mock **bucket = &mocks->buckets[bucket_of(host->name)];
    struct mock *mock = calloc(1, sizeof(*mock));

    if (mock != NULL) {
        mock->instance = host->instance;
        memcpy(mock->name, host->name, scn_name_length(host->name));
        mock->next = *bucket;
        *bucket = mock;
    }
    return mock;
}

static void free_set(struct record **set)
{
    while (*set != NULL) {
        struct record *next = (*set)->next;
        free(*set);
        *set = next;
    }
}

static void free_mock(struct mock *mock)
{
    for (int i = 0; i < CONTROL_SETS; i++) {
        free_set(&mock->sets[i]);
    }
    free(mock);
}

/* --- what is published --- */

static bool has_every_name(const struct sim_instance *instance)
{
    return sim_instance_model(instance)->universe == SCN_PRIVATE;
}

static bool zone_has(const struct scn_zone *zone, const uint8_t *owner,
                     uint16_t type)
{
    for (size_t i = 0; i < zone->record_count; i++) {
        if (zone->records[i].type == type &&
            scn_name_equal(zone->records[i].owner, owner)) {
            return true;
        }
    }
    return false;
}

/* Whether the scenario itself has such records. */
static bool is_written(const struct sim_instance *instance,
                       const uint8_t *owner, uint16_t type)
{
    const struct scn_instance *model = sim_instance_model(instance);

    for (size_t i = 0; i < model->zone_count; i++) {
        if (zone_has(&model->zones[i], owner, type)) {
            return true;
        }
    }
    return false;
}

static enum sim_status publish_set(const struct mock *mock,
                                   enum control_set set)
{
    size_t count = 0;

    for (const struct record *r = mock->sets[set]; r != NULL; r = r->next) {
        count++;
    }
    struct scn_record *records = calloc(count, sizeof(*records));
    if (records == NULL) {
        return SIM_ENOMEM;
    }
    struct scn_record *record = records;
    for (const struct record *r = mock->sets[set]; r != NULL; r = r->next) {
        *record++ = (struct scn_record){ .owner = mock->name,
                                         .rdata = r->octets,
                                         .ttl = TTL_S,
                                         .type = set_types[set],
                                         .rdata_len = r->len };
    }
    const enum sim_status st =
        sim_instance_publish(mock->instance, records, count);
    free(records);
    return st;
}

/* The default at a name that has no such set of its own; gone without one. */
static enum sim_status publish_default(const struct control_mocks *mocks,
                                       struct sim_instance *instance,
                                       const uint8_t *owner,
                                       enum control_set set)
{
    const struct scn_rrset_id id = { owner, set_types[set] };

    if (set > CONTROL_SET_AAAA || !has_every_name(instance) ||
        !mocks->fallbacks[set].given || is_written(instance, owner, id.type)) {
        return sim_instance_restore(instance, &id, 1);
    }
    const struct scn_record record = {
        .owner = owner,
        .rdata = mocks->fallbacks[set].octets,
        .ttl = TTL_S,
        .type = id.type,
        .rdata_len = set == CONTROL_SET_A ? 4 : 16,
    };
    return sim_instance_publish(instance, &record, 1);
}

static enum sim_status apply_set(const struct control_mocks *mocks,
                                 const struct mock *mock, enum control_set set)
{
    const struct scn_rrset_id id = { mock->name, set_types[set] };

    if (mock->sets[CONTROL_SET_CNAME] != NULL && set != CONTROL_SET_CNAME) {
        return sim_instance_withdraw(mock->instance, &id, 1);
    }
    if (mock->sets[set] != NULL) {
        return publish_set(mock, set);
    }
    return publish_default(mocks, mock->instance, mock->name, set);
}

/* Names below the host that nothing was said of. */
static enum sim_status apply_wildcard(const struct control_mocks *mocks,
                                      const struct mock *mock)
{
    uint8_t owner[2 + SCN_NAME_MAX] = { 1, '*' };
    const size_t len = scn_name_length(mock->name);
    enum sim_status st = SIM_OK;

    if (2 + len > SCN_NAME_MAX) {
        return SIM_OK;
    }
    memcpy(owner + 2, mock->name, len);
    for (int set = CONTROL_SET_A; st == SIM_OK && set <= CONTROL_SET_AAAA;
         set++) {
        st = publish_default(mocks, mock->instance, owner,
                             (enum control_set)set);
    }
    return st;
}

/* A and AAAA at the host and below it, where the default reaches. */
static enum sim_status apply_default(const struct control_mocks *mocks,
                                     const struct mock *mock)
{
    enum sim_status st = SIM_OK;

    if (!has_every_name(mock->instance)) {
        return SIM_OK;
    }
    for (int set = CONTROL_SET_A; st == SIM_OK && set <= CONTROL_SET_AAAA;
         set++) {
        st = apply_set(mocks, mock, (enum control_set)set);
    }
    return st == SIM_OK ? apply_wildcard(mocks, mock) : st;
}

/* After a set has changed: an alias matters to all of them. */
static enum sim_status apply(const struct control_mocks *mocks,
                             const struct mock *mock, enum control_set changed)
{
    enum sim_status st = SIM_OK;

    for (int set = 0; st == SIM_OK && set < CONTROL_SETS; set++) {
        if (changed == CONTROL_SET_CNAME || set == (int)changed) {
            st = apply_set(mocks, mock, (enum control_set)set);
        }
    }
    return st;
}

/* The host's entry; a new one has the default, where there is one. */
static enum sim_status have_one(struct control_mocks *mocks,
                                const struct control_host *host,
                                struct mock **mock_out)
{
    *mock_out = find(mocks, host);
    if (*mock_out != NULL) {
        return SIM_OK;
    }
    *mock_out = insert(mocks, host);
    if (*mock_out == NULL) {
        return SIM_ENOMEM;
    }
    return mocks->fallbacks[CONTROL_SET_A].given ||
                   mocks->fallbacks[CONTROL_SET_AAAA].given
               ? apply_default(mocks, *mock_out)
               : SIM_OK;
}

/* The host, and where every name exists those above it: what is below a name
 * makes it exist, so that the wildcard above no longer stands for it. */
static enum sim_status have(struct control_mocks *mocks,
                            const struct control_host *host,
                            struct mock **mock_out)
{
    struct control_host above = *host;
    enum sim_status st = SIM_OK;

    while (st == SIM_OK && above.name[0] != 0 &&
           has_every_name(host->instance)) {
        above.name = scn_name_parent(above.name);
        st = have_one(mocks, &above, mock_out);
    }
    return st == SIM_OK ? have_one(mocks, host, mock_out) : st;
}

/* --- changes --- */

static enum sim_status append(struct record **set,
                              const struct control_rdata *rdata)
{
    struct record *record = calloc(1, sizeof(*record) + rdata->len);

    if (record == NULL) {
        return SIM_ENOMEM;
    }
    record->len = (uint16_t)rdata->len;
    memcpy(record->octets, rdata->octets, rdata->len);
    while (*set != NULL) {
        set = &(*set)->next;
    }
    *set = record;
    return SIM_OK;
}

enum sim_status control_mocks_add(struct control_mocks *mocks,
                                  const struct control_host *host,
                                  enum control_set set,
                                  const struct control_rdata *rdatas,
                                  size_t count)
{
    struct mock *mock = NULL;
    enum sim_status st = have(mocks, host, &mock);

    if (st == SIM_OK && set == CONTROL_SET_CNAME) {
        free_set(&mock->sets[set]); /* there is one alias */
    }
    for (size_t i = 0; st == SIM_OK && i < count; i++) {
        st = append(&mock->sets[set], &rdatas[i]);
    }
    return st == SIM_OK ? apply(mocks, mock, set) : st;
}

enum sim_status control_mocks_clear(struct control_mocks *mocks,
                                    const struct control_host *host,
                                    enum control_set set)
{
    struct mock *mock = find(mocks, host);

    if (mock == NULL || mock->sets[set] == NULL) {
        return SIM_OK;
    }
    free_set(&mock->sets[set]);
    return apply(mocks, mock, set);
}

enum sim_status control_mocks_set_default(struct control_mocks *mocks,
                                          struct sim_instance *instance,
                                          enum control_set set,
                                          const uint8_t *octets)
{
    static const uint8_t root[] = { 0 };
    const struct control_host top = { instance, root };
    struct fallback *fallback = &mocks->fallbacks[set];
    struct mock *mock = NULL;
    enum sim_status st = have(mocks, &top, &mock);

    fallback->given = octets != NULL;
    if (octets != NULL) {
        memcpy(fallback->octets, octets, set == CONTROL_SET_A ? 4 : 16);
    }
    for (size_t b = 0; b < BUCKETS; b++) {
        mock = mocks->buckets[b];
        for (; st == SIM_OK && mock != NULL; mock = mock->next) {
            st = apply_default(mocks, mock);
        }
    }
    return st;
}

uint64_t control_mocks_hidden(const struct control_mocks *mocks,
                              const struct control_host *host)
{
    const struct mock *mock = find(mocks, host);

    return mock != NULL ? mock->hidden : 0;
}

enum sim_status control_mocks_hide(struct control_mocks *mocks,
                                   const struct control_host *host,
                                   uint64_t number)
{
    struct mock *mock = NULL;
    enum sim_status st = have(mocks, host, &mock);

    if (st == SIM_OK) {
        mock->hidden = number;
    }
    return st;
}

/* --- life --- */

struct control_mocks *control_mocks_new(void)
{
    return calloc(1, sizeof(struct control_mocks));
}

static void forget(struct mock **at, const struct sim_instance *instance)
{
    while (*at != NULL) {
        struct mock *mock = *at;
        if (instance == NULL || mock->instance == instance) {
            *at = mock->next;
            free_mock(mock);
        } else {
            at = &mock->next;
        }
    }
}

void control_mocks_forget(struct control_mocks *mocks,
                          const struct sim_instance *instance)
{
    for (size_t b = 0; b < BUCKETS; b++) {
        forget(&mocks->buckets[b], instance);
    }
    if (instance != NULL && has_every_name(instance)) {
        memset(mocks->fallbacks, 0, sizeof(mocks->fallbacks));
    }
}

void control_mocks_free(struct control_mocks *mocks)
{
    if (mocks != NULL) {
        control_mocks_forget(mocks, NULL);
        free(mocks);
    }
}
