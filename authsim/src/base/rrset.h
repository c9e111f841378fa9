/* SPDX-License-Identifier: BSD-2-Clause */
/* rrset.h - records of one owner and type, and their signatures, as wire. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sim_rdata {
    const uint8_t *octets;
    uint16_t len;
};

/* Class IN. Everything is [borrowed] from the arena of its zone or answer. */
struct sim_rrset {
    struct sim_rrset *next; /* of the same owner */
    const uint8_t *owner;   /* lower-case */
    const struct sim_rdata *rdatas;
    size_t count;
    uint32_t ttl;
    uint16_t type;
    bool has_sigs;       /* sigs hold what sig_damage asks for */
    uint64_t sig_damage; /* bits 1 << enum scn_damage_what */
    const struct sim_rdata *sigs;
    size_t sig_count;
};
