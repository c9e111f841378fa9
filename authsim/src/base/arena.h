/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.h - memory that is freed all at once. */
#pragma once

#include <stddef.h>

struct sim_arena;

struct sim_arena *sim_arena_new(void); /* NULL when out of memory */
void sim_arena_free(struct sim_arena *arena);
/* Forgets everything, keeps the first block. */
void sim_arena_reset(struct sim_arena *arena);
/* Zeroed, aligned for any object; NULL when out of memory. */
void *sim_arena_alloc(struct sim_arena *arena, size_t size);
/* A copy of size octets; NULL when out of memory. */
void *sim_arena_copy(struct sim_arena *arena, const void *data, size_t size);
