/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * journal.c - a ring of exchanges that grows, so that giving up the oldest
 * moves no other; what an exchange points to lies in one block beside it.
 */
#include "exchange.h"

#include <stdlib.h>

struct entry {
    struct sim_exchange x;
    uint8_t *block; /* [owned] all that x points to */
};

struct sim_journal {
    struct entry *entries; /* [owned] from index `first` on, see slot() */
    size_t first;
    size_t count;    /* of all, those that were dropped included */
    size_t capacity; /* 0, or a power of two */
    size_t window;
    bool lab_own;
};

enum {
    FIRST_CAPACITY = 8,
    SPARSE = 4 /* with less than this part of its capacity it shrinks */
};

/* Where an index stands among so many entries. */
static size_t slot(size_t index, size_t capacity)
{
    return index & (capacity - 1);
}

static struct entry *entry_at(const struct sim_journal *journal, size_t index)
{
    return &journal->entries[slot(index, journal->capacity)];
}

enum sim_status sim_journal_new(struct sim_journal **journal_out)
{
    struct sim_journal *journal = calloc(1, sizeof(*journal));

    if (journal == NULL) {
        return SIM_ENOMEM;
    }
    *journal_out = journal;
    return SIM_OK;
}

void sim_journal_free(struct sim_journal *journal)
{
    if (journal == NULL) {
        return;
    }
    for (size_t i = journal->first; i < journal->count; i++) {
        free(entry_at(journal, i)->block);
    }
    free(journal->entries);
    free(journal);
}

static enum sim_status resize(struct sim_journal *journal, size_t capacity)
{
    struct entry *entries = calloc(capacity, sizeof(*entries));

    if (entries == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = journal->first; i < journal->count; i++) {
        entries[slot(i, capacity)] = *entry_at(journal, i);
    }
    free(journal->entries);
    journal->entries = entries;
    journal->capacity = capacity;
    return SIM_OK;
}

static enum sim_status grow(struct sim_journal *journal)
{
    return resize(journal, journal->capacity == 0 ? FIRST_CAPACITY
                                                  : journal->capacity * 2);
}

/* There is room for as many again; without memory it stays as it is. */
static void shrink(struct sim_journal *journal)
{
    const size_t held = journal->count - journal->first;
    size_t wanted = journal->capacity;

    while (wanted > FIRST_CAPACITY && held < wanted / SPARSE) {
        wanted /= 2;
    }
    if (wanted < journal->capacity) {
        (void)resize(journal, wanted);
    }
}

enum sim_status sim_journal_append(struct sim_journal *journal,
                                   const struct sim_exchange *x,
                                   size_t *index_out)
{
    const size_t held = journal->count - journal->first;

    if (held == journal->capacity && grow(journal) != SIM_OK) {
        return SIM_ENOMEM;
    }
    struct entry *entry = entry_at(journal, journal->count);
    uint8_t *block = malloc(sim_exchange_block(x) + 1); /* never of size 0 */
    if (block == NULL) {
        return SIM_ENOMEM;
    }
    sim_exchange_copy(x, block, &entry->x);
    entry->x.lab_own = x->lab_own || journal->lab_own;
    entry->block = block;
    *index_out = journal->count++;
    return SIM_OK;
}

void sim_journal_reply(struct sim_journal *journal, size_t index,
                       int64_t replied_ns, uint16_t flags, uint16_t size,
                       uint16_t answer_count)
{
    struct sim_exchange *x = &entry_at(journal, index)->x;

    x->replied = true;
    x->replied_ns = replied_ns;
    x->flags = flags;
    x->rcode = (uint8_t)(flags & 0x0f);
    x->size = size;
    x->answer_count = answer_count;
}

size_t sim_journal_count(const struct sim_journal *journal)
{
    return journal->count;
}

const struct sim_exchange *sim_journal_at(const struct sim_journal *journal,
                                          size_t index)
{
    return &entry_at(journal, index)->x;
}

size_t sim_journal_first(const struct sim_journal *journal)
{
    return journal->first;
}

void sim_journal_forget(struct sim_journal *journal)
{
    journal->window = journal->count;
}

void sim_journal_forget_before(struct sim_journal *journal, uint64_t number)
{
    while (journal->window < journal->count &&
           sim_journal_at(journal, journal->window)->number < number) {
        journal->window++;
    }
}

size_t sim_journal_window(const struct sim_journal *journal)
{
    return journal->window;
}

void sim_journal_drop(struct sim_journal *journal)
{
    while (journal->first < journal->window) {
        free(entry_at(journal, journal->first++)->block);
    }
    shrink(journal);
}

void sim_journal_set_lab_own(struct sim_journal *journal, bool own)
{
    journal->lab_own = own;
}
