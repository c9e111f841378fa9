/* SPDX-License-Identifier: BSD-2-Clause */
/* octets.h - network-order integers in memory that is known to be enough. */
#pragma once

#include <stdint.h>

static inline uint8_t *sim_put_u16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
    return at + 2;
}

static inline uint8_t *sim_put_u32(uint8_t *at, uint32_t value)
{
    at = sim_put_u16(at, (uint16_t)(value >> 16));
    return sim_put_u16(at, (uint16_t)value);
}

static inline uint16_t sim_get_u16(const uint8_t *at)
{
    return (uint16_t)((at[0] << 8) | at[1]);
}

static inline uint32_t sim_get_u32(const uint8_t *at)
{
    return ((uint32_t)sim_get_u16(at) << 16) | sim_get_u16(at + 2);
}
