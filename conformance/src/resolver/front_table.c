/* SPDX-License-Identifier: BSD-2-Clause */
/* front_table.c - a ring of waiting clients, indexed by rewritten id; pure. */
#include "front_table.h"

#include <stdlib.h>

struct slot {
    bool used;
    uint16_t id;
    struct cfm_waiting waiting;
};

struct cfm_front_table {
    struct slot *slots; /* [owned] */
    size_t count;
    uint16_t next_id;
};

struct cfm_front_table *cfm_front_table_new(size_t slots)
{
    struct cfm_front_table *table = calloc(1, sizeof *table);
    if (table == NULL) {
        return NULL;
    }
    table->slots = calloc(slots, sizeof *table->slots);
    table->count = slots;
    if (table->slots == NULL) {
        free(table);
        return NULL;
    }
    return table;
}

void cfm_front_table_free(struct cfm_front_table *table)
{
    if (table != NULL) {
        free(table->slots);
        free(table);
    }
}

uint16_t cfm_front_table_put(struct cfm_front_table *table,
                             const struct cfm_waiting *waiting)
{
    uint16_t id = table->next_id++;
    struct slot *slot = &table->slots[id % table->count];
    slot->used = true;
    slot->id = id;
    slot->waiting = *waiting;
    return id;
}

bool cfm_front_table_take(struct cfm_front_table *table, uint16_t id,
                          uint64_t question_hash,
                          struct cfm_waiting *waiting_out)
{
    struct slot *slot = &table->slots[id % table->count];
    if (!slot->used || slot->id != id ||
        (question_hash != 0 && slot->waiting.question_hash != question_hash)) {
        return false;
    }
    slot->used = false;
    *waiting_out = slot->waiting;
    return true;
}
