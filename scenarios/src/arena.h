/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * arena.h - memory that is given back all at once, and lists that grow in it.
 *
 * A scenario and an instance are graphs of many small, immutable objects; each
 * owns one arena, so that freeing them is one call and cannot forget a part.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct scn_arena_chunk;

/* Zero-initialised is ready for use. */
struct scn_arena {
    struct scn_arena_chunk *chunks;
    size_t size; /* of all chunks */
};

void scn_arena_fini(struct scn_arena *arena);

/* Zeroed memory, aligned for any type; NULL when out of memory. A size of 0
 * gives a pointer that must not be read. */
void *scn_alloc(struct scn_arena *arena, size_t size);
void *scn_alloc_array(struct scn_arena *arena, size_t count, size_t size);

/* Copies; the text is terminated. NULL when out of memory. */
char *scn_copy_text(struct scn_arena *arena, const char *text, size_t len);
void *scn_copy(struct scn_arena *arena, const void *data, size_t len);

/* snprintf into the arena; NULL when out of memory. */
__attribute__((format(printf, 2, 3))) char *scn_format(struct scn_arena *arena,
                                                       const char *format, ...);

/* A list that doubles; element size is the caller's. */
struct scn_vec {
    void *items;
    size_t count;
    size_t cap;
};

/* A zeroed new last element, or NULL when out of memory. Earlier pointers into
 * the list become stale. */
void *scn_vec_push(struct scn_arena *arena, struct scn_vec *vec, size_t size);
