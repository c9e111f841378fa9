/* SPDX-License-Identifier: BSD-2-Clause */
/* control_mock_table.c - hosts in a hash table, and what was added to each. */
#include "control_mock_inside.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

static size_t bucket_of(const uint8_t *name)
{
    const size_t len = scn_name_length(name);
    uint32_t hash = 2166136261U; /* FNV-1a */

    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ name[i]) * 16777619U;
    }
    return hash % CONTROL_MOCK_BUCKETS;
}

struct control_mock *control_mock_find(const struct control_mocks *mocks,
                                       const struct control_host *host)
{
    struct control_mock *mock = mocks->buckets[bucket_of(host->name)];

    while (mock != NULL && (mock->instance != host->instance ||
                            !scn_name_equal(mock->name, host->name))) {
        mock = mock->next;
    }
    return mock;
}

struct control_mock *control_mock_insert(struct control_mocks *mocks,
                                         const struct control_host *host)
{
    struct control_mock **bucket = &mocks->buckets[bucket_of(host->name)];
    struct control_mock *mock = calloc(1, sizeof(*mock));

    if (mock != NULL) {
        mock->instance = host->instance;
        memcpy(mock->name, host->name, scn_name_length(host->name));
        mock->next = *bucket;
        *bucket = mock;
    }
    return mock;
}

void control_mock_free_set(struct control_record **set)
{
    while (*set != NULL) {
        struct control_record *next = (*set)->next;
        free(*set);
        *set = next;
    }
}

static void free_mock(struct control_mock *mock)
{
    for (int i = 0; i < CONTROL_SETS; i++) {
        control_mock_free_set(&mock->sets[i]);
    }
    free(mock);
}

enum sim_status control_mock_append(struct control_record **set,
                                    const struct control_rdata *rdata)
{
    struct control_record *record = calloc(1, sizeof(*record) + rdata->len);

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

/* --- life --- */

struct control_mocks *control_mocks_new(void)
{
    return calloc(1, sizeof(struct control_mocks));
}

static void forget(struct control_mock **at,
                   const struct sim_instance *instance)
{
    while (*at != NULL) {
        struct control_mock *mock = *at;
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
    for (size_t b = 0; b < CONTROL_MOCK_BUCKETS; b++) {
        forget(&mocks->buckets[b], instance);
    }
    if (instance != NULL && control_mock_has_every_name(instance)) {
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
