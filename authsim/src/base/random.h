/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random.h - the seeded generator, the only source of choices.
 *
 * Octets are a function of a seed, a purpose and a subject: HKDF with SHA-256
 * (RFC 5869). What one subject gets never depends on what others were given.
 */
#pragma once

#include <authsim/status.h>

#include <stddef.h>
#include <stdint.h>

enum { SIM_RANDOM_MAX = 255 * 32 };

struct sim_random_label {
    uint64_t seed;
    const char *purpose;    /* "address", "key", ... */
    const uint8_t *subject; /* a name or any octets; may be NULL when empty */
    size_t subject_len;
    uint32_t counter; /* tells repeated draws for one subject apart */
};

/* Fills out; len is at most SIM_RANDOM_MAX. */
SIM_NODISCARD enum sim_status sim_random(const struct sim_random_label *label,
                                         uint8_t *out, size_t len);
