/* SPDX-License-Identifier: BSD-2-Clause */
/* control_mock_publish.c - what a host has, or the default, as RRsets. */
#include "control_mock_inside.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

enum { TTL_S = 0 /* as challtestsrv has it */ };

static const uint16_t set_types[CONTROL_SETS] = { 1, 28, SCN_TYPE_CAA, 5, 16 };

bool control_mock_has_every_name(const struct sim_instance *instance)
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

static enum sim_status publish_set(const struct control_mock *mock,
                                   enum control_set set)
{
    size_t count = 0;

    for (const struct control_record *r = mock->sets[set]; r != NULL;
         r = r->next) {
        count++;
    }
    struct scn_record *records = calloc(count, sizeof(*records));
    if (records == NULL) {
        return SIM_ENOMEM;
    }
    struct scn_record *record = records;
    for (const struct control_record *r = mock->sets[set]; r != NULL;
         r = r->next) {
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
    const struct scn_rrset_id alias = { owner, set_types[CONTROL_SET_CNAME] };

    if (set > CONTROL_SET_AAAA || !control_mock_has_every_name(instance) ||
        !mocks->fallbacks[set].given || is_written(instance, owner, id.type) ||
        sim_instance_has(instance, &alias)) {
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

static bool has_any(const struct control_mock *mock)
{
    int set = 0;

    while (set < CONTROL_SETS && mock->sets[set] == NULL) {
        set++;
    }
    return set < CONTROL_SETS;
}

/* An alias that no verb has set gives way to whatever was added: no name has
 * both (RFC 1034 section 3.6.2). */
static enum sim_status apply_other_alias(const struct control_mock *mock)
{
    const struct scn_rrset_id id = { mock->name, set_types[CONTROL_SET_CNAME] };

    if (!has_any(mock)) {
        return sim_instance_restore(mock->instance, &id, 1);
    }
    return sim_instance_has(mock->instance, &id)
               ? sim_instance_withdraw(mock->instance, &id, 1)
               : SIM_OK;
}

static enum sim_status apply_set(const struct control_mocks *mocks,
                                 const struct control_mock *mock,
                                 enum control_set set)
{
    const struct scn_rrset_id id = { mock->name, set_types[set] };

    if (mock->sets[CONTROL_SET_CNAME] != NULL && set != CONTROL_SET_CNAME) {
        return sim_instance_withdraw(mock->instance, &id, 1);
    }
    if (mock->sets[set] != NULL) {
        return publish_set(mock, set);
    }
    if (set == CONTROL_SET_CNAME) {
        return apply_other_alias(mock);
    }
    return publish_default(mocks, mock->instance, mock->name, set);
}

/* Names below the host that nothing was said of. */
static enum sim_status apply_wildcard(const struct control_mocks *mocks,
                                      const struct control_mock *mock)
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

enum sim_status control_mock_apply_default(const struct control_mocks *mocks,
                                           const struct control_mock *mock)
{
    enum sim_status st = SIM_OK;

    if (!control_mock_has_every_name(mock->instance)) {
        return SIM_OK;
    }
    for (int set = CONTROL_SET_A; st == SIM_OK && set <= CONTROL_SET_AAAA;
         set++) {
        st = apply_set(mocks, mock, (enum control_set)set);
    }
    return st == SIM_OK ? apply_wildcard(mocks, mock) : st;
}

enum sim_status control_mock_apply(const struct control_mocks *mocks,
                                   const struct control_mock *mock,
                                   enum control_set changed)
{
    /* The alias first: the default looks for one. */
    enum sim_status st = apply_set(mocks, mock, CONTROL_SET_CNAME);

    for (int set = 0; st == SIM_OK && set < CONTROL_SETS; set++) {
        if (set != CONTROL_SET_CNAME &&
            (changed == CONTROL_SET_CNAME || set == (int)changed)) {
            st = apply_set(mocks, mock, (enum control_set)set);
        }
    }
    return st;
}
