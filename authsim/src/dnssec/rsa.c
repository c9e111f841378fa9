/* SPDX-License-Identifier: BSD-2-Clause */
/* rsa.c - seeded search for two primes, then the usual arithmetic. */
#include "rsa.h"

#include "random.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    PRIME_BITS = SIM_RSA_BITS / 2,
    PRIME_LEN = PRIME_BITS / 8,
    EXPONENT = 65537
};

enum part { N, E, D, P, Q, DP, DQ, QINV, PART_COUNT };

static const char *const part_names[PART_COUNT] = {
    OSSL_PKEY_PARAM_RSA_N,         OSSL_PKEY_PARAM_RSA_E,
    OSSL_PKEY_PARAM_RSA_D,         OSSL_PKEY_PARAM_RSA_FACTOR1,
    OSSL_PKEY_PARAM_RSA_FACTOR2,   OSSL_PKEY_PARAM_RSA_EXPONENT1,
    OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
};

/* The first prime at or after a seeded odd number with the two top bits set,
 * whose predecessor has no factor in common with the exponent (a prime). */
static bool find_prime(uint64_t seed, const uint8_t subject[2], BIGNUM *prime,
                       BN_CTX *ctx)
{
    const struct sim_random_label label = { .seed = seed,
                                            .purpose = "rsa-prime",
                                            .subject = subject,
                                            .subject_len = 2 };
    uint8_t octets[PRIME_LEN];

    if (sim_random(&label, octets, sizeof(octets)) != SIM_OK) {
        return false;
    }
    octets[0] |= 0xc0;
    octets[PRIME_LEN - 1] |= 1;
    if (BN_bin2bn(octets, PRIME_LEN, prime) == NULL) {
        return false;
    }
    for (;;) {
        int found = BN_check_prime(prime, ctx, NULL);

        if (found < 0) {
            return false;
        }
        if (found == 1 && BN_mod_word(prime, EXPONENT) != 1) {
            return true;
        }
        if (BN_add_word(prime, 2) != 1) {
            return false;
        }
    }
}

/* d = e^-1 mod (p-1)(q-1), and the parts of the Chinese remainder. */
static bool derive(BIGNUM *bn[PART_COUNT], BN_CTX *ctx)
{
    bool done = false;
    BIGNUM *p1 = BN_dup(bn[P]);
    BIGNUM *q1 = BN_dup(bn[Q]);
    BIGNUM *phi = BN_new();

    if (p1 != NULL && q1 != NULL && phi != NULL && BN_sub_word(p1, 1) == 1 &&
        BN_sub_word(q1, 1) == 1 && BN_mul(phi, p1, q1, ctx) == 1 &&
        BN_mul(bn[N], bn[P], bn[Q], ctx) == 1 &&
        BN_set_word(bn[E], EXPONENT) == 1 &&
        BN_mod_inverse(bn[D], bn[E], phi, ctx) != NULL &&
        BN_nnmod(bn[DP], bn[D], p1, ctx) == 1 &&
        BN_nnmod(bn[DQ], bn[D], q1, ctx) == 1 &&
        BN_mod_inverse(bn[QINV], bn[Q], bn[P], ctx) != NULL) {
        done = true;
    }
    BN_free(phi);
    BN_clear_free(q1);
    BN_clear_free(p1);
    return done;
}

static EVP_PKEY *assemble(BIGNUM *bn[PART_COUNT])
{
    EVP_PKEY *pkey = NULL;
    OSSL_PARAM *params = NULL;
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);

    if (build == NULL || ctx == NULL) {
        goto out;
    }
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (OSSL_PARAM_BLD_push_BN(build, part_names[i], bn[i]) != 1) {
            goto out;
        }
    }
    params = OSSL_PARAM_BLD_to_param(build);
    if (params == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
        EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_KEYPAIR, params) != 1) {
        pkey = NULL;
    }
out:
    OSSL_PARAM_free(params);
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_BLD_free(build);
    return pkey;
}

enum sim_status sim_rsa_pair(uint64_t seed, uint8_t pair, EVP_PKEY **pkey_out,
                             uint8_t *modulus_out)
{
    enum sim_status st = SIM_ECRYPTO;
    BIGNUM *bn[PART_COUNT] = { NULL };
    EVP_PKEY *pkey = NULL;
    BN_CTX *ctx = BN_CTX_new();
    const uint8_t p_subject[2] = { pair, 'p' };
    const uint8_t q_subject[2] = { pair, 'q' };

    for (size_t i = 0; i < PART_COUNT; i++) {
        bn[i] = BN_new();
        if (bn[i] == NULL) {
            goto out;
        }
    }
    if (ctx == NULL || !find_prime(seed, p_subject, bn[P], ctx) ||
        !find_prime(seed, q_subject, bn[Q], ctx) || !derive(bn, ctx)) {
        goto out;
    }
    pkey = assemble(bn);
    if (pkey != NULL &&
        BN_bn2binpad(bn[N], modulus_out, SIM_RSA_MODULUS_LEN) >= 0) {
        *pkey_out = pkey;
        pkey = NULL;
        st = SIM_OK;
    }
out:
    EVP_PKEY_free(pkey);
    for (size_t i = 0; i < PART_COUNT; i++) {
        BN_clear_free(bn[i]);
    }
    BN_CTX_free(ctx);
    return st;
}
