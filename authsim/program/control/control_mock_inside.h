/* SPDX-License-Identifier: BSD-2-Clause */
/* control_mock_inside.h - what control_mock*.c have in common: hosts in a hash
 * table, and what they have. */
#pragma once

#include "control_mock.h"

#include <scenario/name.h>

enum { CONTROL_MOCK_BUCKETS = 4096 };

struct control_record {
    struct control_record *next; /* [owned] */
    uint16_t len;
    uint8_t octets[];
};

struct control_mock {
    struct control_mock *next; /* [owned] in the same bucket */
    struct sim_instance *instance;
    struct control_record *sets[CONTROL_SETS]; /* [owned] as they were added */
    uint64_t hidden;
    uint8_t name[SCN_NAME_MAX];
};

/* An A or AAAA that stands for all that have none. */
struct control_fallback {
    bool given;
    uint8_t octets[16];
};

struct control_mocks {
    struct control_mock *buckets[CONTROL_MOCK_BUCKETS];
    struct control_fallback fallbacks[2]; /* by CONTROL_SET_A, _AAAA */
};

/* --- control_mock_table.c: nothing is published --- */

/* NULL when nothing was said of the host. */
struct control_mock *control_mock_find(const struct control_mocks *mocks,
                                       const struct control_host *host);
/* A host that is not there yet; NULL when out of memory. */
struct control_mock *control_mock_insert(struct control_mocks *mocks,
                                         const struct control_host *host);
SIM_NODISCARD enum sim_status control_mock_append(
    struct control_record **set, const struct control_rdata *rdata);
void control_mock_free_set(struct control_record **set);

/* --- control_mock_publish.c: from the table into the zones --- */

/* Whether the instance has a universe of its own. */
bool control_mock_has_every_name(const struct sim_instance *instance);

/* After a set has changed: an alias matters to all of them. */
SIM_NODISCARD enum sim_status control_mock_apply(
    const struct control_mocks *mocks, const struct control_mock *mock,
    enum control_set changed);

/* A and AAAA at the host and below it, where the default reaches. */
SIM_NODISCARD enum sim_status control_mock_apply_default(
    const struct control_mocks *mocks, const struct control_mock *mock);
