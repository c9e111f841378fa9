/* SPDX-License-Identifier: BSD-2-Clause */
/* bitmap.h - type bit maps of NSEC and NSEC3 (RFC 4034 section 4.1.2). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIM_BITMAP_TYPES_MAX = 64, SIM_BITMAP_MAX = SIM_BITMAP_TYPES_MAX * 34 };

/* A set of types; those beyond the capacity are left out. */
struct sim_type_set {
    uint16_t types[SIM_BITMAP_TYPES_MAX]; /* ascending */
    size_t count;
};

void sim_type_set_add(struct sim_type_set *set, uint16_t type);
/* Adds the type when it is absent, else removes it. */
void sim_type_set_toggle(struct sim_type_set *set, uint16_t type);
bool sim_type_set_has(const struct sim_type_set *set, uint16_t type);

/* Octets written to out, which has room for SIM_BITMAP_MAX. */
size_t sim_bitmap_write(const struct sim_type_set *set, uint8_t *out);
void sim_bitmap_read(const uint8_t *octets, size_t len,
                     struct sim_type_set *set_out);
