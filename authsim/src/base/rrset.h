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

/* Octets of a whole name within data[0..len), 0 when there is none. */
size_t sim_name_within(const uint8_t *data, size_t len);

/* RDATA that is a name and nothing else, NS and aliases; NULL when it is none:
 * an author may write any octets. */
const uint8_t *sim_rdata_name(const struct sim_rdata *rdata);

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
