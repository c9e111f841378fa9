/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.c - chunks, each of half of all before it: few of them, and little in
 * them that is never used. */
#include "arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_LEAST = 1024, CHUNK_MOST = 65536 };

struct scn_arena_chunk {
    struct scn_arena_chunk *next;
    size_t used;
    size_t cap;
    max_align_t data[];
};

void scn_arena_fini(struct scn_arena *arena)
{
    struct scn_arena_chunk *chunk = arena->chunks;

    while (chunk != NULL) {
        struct scn_arena_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
    arena->chunks = NULL;
    arena->size = 0;
}

static struct scn_arena_chunk *add_chunk(struct scn_arena *arena, size_t size)
{
    size_t cap = arena->size / 2;

    if (cap > CHUNK_MOST) {
        cap = CHUNK_MOST;
    }
    if (cap < CHUNK_LEAST) {
        cap = CHUNK_LEAST;
    }
    if (cap < size) {
        cap = size;
    }
    struct scn_arena_chunk *chunk = calloc(1, sizeof(*chunk) + cap);
    if (chunk == NULL) {
        return NULL;
    }
    chunk->cap = cap;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->size += cap;
    return chunk;
}

void *scn_alloc(struct scn_arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    struct scn_arena_chunk *chunk = arena->chunks;

    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    size = (size + align - 1) / align * align;
    if (chunk == NULL || chunk->cap - chunk->used < size) {
        chunk = add_chunk(arena, size);
        if (chunk == NULL) {
            return NULL;
        }
    }
    void *memory = (char *)chunk->data + chunk->used;
    chunk->used += size;
    return memory;
}

void *scn_alloc_array(struct scn_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    return scn_alloc(arena, count * size);
}

void *scn_copy(struct scn_arena *arena, const void *data, size_t len)
{
    void *copy = scn_alloc(arena, len);

    if (copy != NULL && len > 0) {
        memcpy(copy, data, len);
    }
    return copy;
}

char *scn_copy_text(struct scn_arena *arena, const char *text, size_t len)
{
    char *copy = scn_alloc(arena, len + 1);

    if (copy != NULL && len > 0) {
        memcpy(copy, text, len);
    }
    return copy;
}

char *scn_format(struct scn_arena *arena, const char *format, ...)
{
    va_list args;
    va_list again;
    char *text = NULL;

    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len >= 0) {
        text = scn_alloc(arena, (size_t)len + 1);
    }
    if (text != NULL) {
        (void)vsnprintf(text, (size_t)len + 1, format, again);
    }
    va_end(again);
    va_end(args);
    return text;
}

void *scn_vec_push(struct scn_arena *arena, struct scn_vec *vec, size_t size)
{
    if (vec->count == vec->cap) {
        size_t cap = vec->cap == 0 ? 4 : 2 * vec->cap;
        void *items = scn_alloc_array(arena, cap, size);
        if (items == NULL) {
            return NULL;
        }
        if (vec->count > 0) {
            memcpy(items, vec->items, vec->count * size);
        }
        vec->items = items;
        vec->cap = cap;
    }
    return (char *)vec->items + size * vec->count++;
}
