/* SPDX-License-Identifier: BSD-2-Clause */
/* bitmap.c - windows of 256 types, trailing zero octets left out. */
#include "bitmap.h"

#include <string.h>

/* Index of the first type that is not below type. */
static size_t position(const struct sim_type_set *set, uint16_t type)
{
    size_t at = 0;

    while (at < set->count && set->types[at] < type) {
        at++;
    }
    return at;
}

bool sim_type_set_has(const struct sim_type_set *set, uint16_t type)
{
    size_t at = position(set, type);

    return at < set->count && set->types[at] == type;
}

void sim_type_set_add(struct sim_type_set *set, uint16_t type)
{
    size_t at = position(set, type);

    if (set->count == SIM_BITMAP_TYPES_MAX || sim_type_set_has(set, type)) {
        return;
    }
    memmove(&set->types[at + 1], &set->types[at],
            (set->count - at) * sizeof(set->types[0]));
    set->types[at] = type;
    set->count++;
}

void sim_type_set_toggle(struct sim_type_set *set, uint16_t type)
{
    size_t at = position(set, type);

    if (!sim_type_set_has(set, type)) {
        sim_type_set_add(set, type);
        return;
    }
    set->count--;
    memmove(&set->types[at], &set->types[at + 1],
            (set->count - at) * sizeof(set->types[0]));
}

size_t sim_bitmap_write(const struct sim_type_set *set, uint8_t *out)
{
    size_t len = 0;
    size_t at = 0;

    while (at < set->count) {
        uint8_t window = (uint8_t)(set->types[at] >> 8);
        uint8_t *block = out + len;
        uint8_t used = 0;

        memset(block, 0, 34);
        for (; at < set->count && set->types[at] >> 8 == window; at++) {
            uint8_t low = (uint8_t)set->types[at];

            block[2 + low / 8] |= (uint8_t)(0x80 >> (low % 8));
            used = (uint8_t)(low / 8 + 1);
        }
        block[0] = window;
        block[1] = used;
        len += 2 + (size_t)used;
    }
    return len;
}

static void read_block(const uint8_t *block, struct sim_type_set *set)
{
    size_t bits = (size_t)block[1] * 8;

    for (size_t bit = 0; bit < bits; bit++) {
        if ((block[2 + bit / 8] & (0x80 >> (bit % 8))) != 0) {
            sim_type_set_add(set, (uint16_t)(((size_t)block[0] << 8) | bit));
        }
    }
}

void sim_bitmap_read(const uint8_t *octets, size_t len,
                     struct sim_type_set *set_out)
{
    set_out->count = 0;
    while (len >= 2 && octets[1] <= len - 2) {
        size_t used = 2 + (size_t)octets[1];

        read_block(octets, set_out);
        octets += used;
        len -= used;
    }
}
