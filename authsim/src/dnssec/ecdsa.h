/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ecdsa.h - ECDSA signatures that repeat: the nonce is that of RFC 6979.
 *
 * OpenSSL 3.0 draws a random nonce and has no switch for this, so the few lines
 * of FIPS 186-4 section 6.4 are written out over its curve arithmetic.
 */
#pragma once

#include <authsim/status.h>

#include <stddef.h>
#include <stdint.h>

enum sim_curve { SIM_P256, SIM_P384 };

enum {
    SIM_ECDSA_SCALAR_MAX = 48,
    SIM_ECDSA_POINT_MAX = 96,
    SIM_ECDSA_SIGNATURE_MAX = 96
};

struct sim_ecdsa; /* a curve, ready for use */

SIM_NODISCARD enum sim_status sim_ecdsa_new(enum sim_curve curve,
                                            struct sim_ecdsa **ecdsa_out);
void sim_ecdsa_free(struct sim_ecdsa *ecdsa);

/* Octets of a scalar: 32 or 48; point and signature have twice as many. */
size_t sim_ecdsa_scalar_len(const struct sim_ecdsa *ecdsa);

/* A private key from random octets: 1 + (random mod (n - 1)). */
SIM_NODISCARD enum sim_status sim_ecdsa_private(struct sim_ecdsa *ecdsa,
                                                const uint8_t *random,
                                                size_t random_len,
                                                uint8_t *private_out);

/* X | Y of the public point (RFC 6605 section 4). */
SIM_NODISCARD enum sim_status sim_ecdsa_public(struct sim_ecdsa *ecdsa,
                                               const uint8_t *private_key,
                                               uint8_t *point_out);

/* R | S over the SHA-256 (P-256) or SHA-384 (P-384) digest of data. */
SIM_NODISCARD enum sim_status sim_ecdsa_sign(struct sim_ecdsa *ecdsa,
                                             const uint8_t *private_key,
                                             const uint8_t *data, size_t len,
                                             uint8_t *signature_out);
