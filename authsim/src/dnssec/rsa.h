/* SPDX-License-Identifier: BSD-2-Clause */
/* rsa.h - RSA pairs from seeded primes, so that they repeat. */
#pragma once

#include <authsim/status.h>

#include <openssl/evp.h>
#include <stdint.h>

enum { SIM_RSA_BITS = 2048, SIM_RSA_MODULUS_LEN = SIM_RSA_BITS / 8 };

/*
 * The pair number `pair` of this seed; exponent 65537.
 *   pkey_out     [owned] EVP_PKEY_free()
 *   modulus_out  SIM_RSA_MODULUS_LEN octets
 */
SIM_NODISCARD enum sim_status sim_rsa_pair(uint64_t seed, uint8_t pair,
                                           EVP_PKEY **pkey_out,
                                           uint8_t *modulus_out);
