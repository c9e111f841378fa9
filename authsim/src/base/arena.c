/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.c - blocks that grow; an object never moves. */
#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 2048, LARGEST_BLOCK = 65536 };

struct block {
    struct block *next; /* the one before it in time */
    size_t used;
    size_t size;
    alignas(max_align_t) uint8_t octets[];
};

struct sim_arena {
    struct block *current; /* the newest */
    struct block *first;   /* kept by a reset */
};

static struct block *block_new(size_t size)
{
    struct block *block;

    block = malloc(sizeof(*block) + size);
    if (block != NULL) {
        block->next = NULL;
        block->used = 0;
        block->size = size;
    }
    return block;
}

struct sim_arena *sim_arena_new(void)
{
    struct sim_arena *arena = calloc(1, sizeof(*arena));

    if (arena == NULL) {
        return NULL;
    }
    arena->first = block_new(FIRST_BLOCK);
    arena->current = arena->first;
    if (arena->first == NULL) {
        free(arena);
        return NULL;
    }
    return arena;
}

void sim_arena_reset(struct sim_arena *arena)
{
    while (arena->current != arena->first) {
        struct block *block = arena->current;

        arena->current = block->next;
        free(block);
    }
    arena->first->used = 0;
}

void sim_arena_free(struct sim_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    sim_arena_reset(arena);
    free(arena->first);
    free(arena);
}

static void *take(struct sim_arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    struct block *block = arena->current;
    size_t rounded;
    size_t next_size;

    if (size > PTRDIFF_MAX - sizeof(*block) - unit) {
        return NULL;
    }
    rounded = (size + unit - 1) / unit * unit;
    if (rounded > block->size - block->used) {
        next_size = block->size < LARGEST_BLOCK ? block->size * 2
                                                : (size_t)LARGEST_BLOCK;
        if (next_size < rounded) {
            next_size = rounded;
        }
        block = block_new(next_size);
        if (block == NULL) {
            return NULL;
        }
        block->next = arena->current;
        arena->current = block;
    }
    block->used += rounded;
    return block->octets + (block->used - rounded);
}

void *sim_arena_alloc(struct sim_arena *arena, size_t size)
{
    void *object = take(arena, size);

    if (object != NULL) {
        memset(object, 0, size);
    }
    return object;
}

void *sim_arena_copy(struct sim_arena *arena, const void *data, size_t size)
{
    void *object = take(arena, size);

    if (object != NULL && size > 0) {
        memcpy(object, data, size);
    }
    return object;
}
