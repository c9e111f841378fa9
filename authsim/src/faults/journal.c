/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * journal.c - a growing array of exchanges; what an exchange points to lies in
 * one block beside it.
 */
#include "exchange.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    struct sim_exchange x;
    uint8_t *block; /* [owned] all that x points to */
};

struct sim_journal {
    struct entry *entries; /* [owned] those from index `first` on */
    size_t first;
    size_t count; /* of all, those that were dropped included */
    size_t capacity;
    size_t window;
    bool lab_own;
};

enum {
    FIRST_CAPACITY = 8,
    SPARSE = 4 /* with less than this part of its capacity it shrinks */
};

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
    for (size_t i = 0; i < journal->count - journal->first; i++) {
        free(journal->entries[i].block);
    }
    free(journal->entries);
    free(journal);
}

static enum sim_status resize(struct sim_journal *journal, size_t capacity)
{
    struct entry *entries =
        realloc(journal->entries, capacity * sizeof(*entries));

    if (entries == NULL) {
        return SIM_ENOMEM;
    }
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
static void shrink(struct sim_journal *journal, size_t held)
{
    const size_t wanted = held * 2 > FIRST_CAPACITY ? held * 2 : FIRST_CAPACITY;

    if (journal->capacity > FIRST_CAPACITY &&
        held < journal->capacity / SPARSE) {
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
    struct entry *entry = &journal->entries[held];
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
    struct sim_exchange *x = &journal->entries[index - journal->first].x;

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
    return &journal->entries[index - journal->first].x;
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
    const size_t gone = journal->window - journal->first;
    const size_t kept = journal->count - journal->window;

    if (gone == 0) {
        return;
    }
    for (size_t i = 0; i < gone; i++) {
        free(journal->entries[i].block);
    }
    memmove(journal->entries, journal->entries + gone,
            kept * sizeof(*journal->entries));
    journal->first = journal->window;
    shrink(journal, kept);
}

void sim_journal_set_lab_own(struct sim_journal *journal, bool own)
{
    journal->lab_own = own;
}
