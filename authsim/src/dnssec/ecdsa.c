/* SPDX-License-Identifier: BSD-2-Clause */
/* ecdsa.c - FIPS 186-4 section 6.4 with the nonce of RFC 6979 section 3.2. */
#include "ecdsa.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct sim_ecdsa {
    EC_GROUP *group;
    const BIGNUM *order;
    const EVP_MD *digest;
    BN_CTX *ctx;
    EC_POINT *point;
    size_t len; /* of a scalar, and of the digest: equal for both curves */
};

enum sim_status sim_ecdsa_new(enum sim_curve curve,
                              struct sim_ecdsa **ecdsa_out)
{
    struct sim_ecdsa *ecdsa = calloc(1, sizeof(*ecdsa));
    int nid = curve == SIM_P256 ? NID_X9_62_prime256v1 : NID_secp384r1;

    if (ecdsa == NULL) {
        return SIM_ENOMEM;
    }
    ecdsa->len = curve == SIM_P256 ? 32 : 48;
    ecdsa->digest = curve == SIM_P256 ? EVP_sha256() : EVP_sha384();
    ecdsa->group = EC_GROUP_new_by_curve_name(nid);
    ecdsa->ctx = BN_CTX_new();
    if (ecdsa->group == NULL || ecdsa->ctx == NULL) {
        sim_ecdsa_free(ecdsa);
        return SIM_ECRYPTO;
    }
    ecdsa->order = EC_GROUP_get0_order(ecdsa->group);
    ecdsa->point = EC_POINT_new(ecdsa->group);
    if (ecdsa->order == NULL || ecdsa->point == NULL) {
        sim_ecdsa_free(ecdsa);
        return SIM_ECRYPTO;
    }
    *ecdsa_out = ecdsa;
    return SIM_OK;
}

void sim_ecdsa_free(struct sim_ecdsa *ecdsa)
{
    if (ecdsa == NULL) {
        return;
    }
    EC_POINT_free(ecdsa->point);
    BN_CTX_free(ecdsa->ctx);
    EC_GROUP_free(ecdsa->group);
    free(ecdsa);
}

size_t sim_ecdsa_scalar_len(const struct sim_ecdsa *ecdsa)
{
    return ecdsa->len;
}

enum sim_status sim_ecdsa_private(struct sim_ecdsa *ecdsa,
                                  const uint8_t *random, size_t random_len,
                                  uint8_t *private_out)
{
    enum sim_status st = SIM_ECRYPTO;
    BIGNUM *d = BN_bin2bn(random, (int)random_len, NULL);
    BIGNUM *range = BN_dup(ecdsa->order);

    if (d != NULL && range != NULL && BN_sub_word(range, 1) == 1 &&
        BN_nnmod(d, d, range, ecdsa->ctx) == 1 && BN_add_word(d, 1) == 1 &&
        BN_bn2binpad(d, private_out, (int)ecdsa->len) >= 0) {
        st = SIM_OK;
    }
    BN_free(range);
    BN_clear_free(d);
    return st;
}

enum sim_status sim_ecdsa_public(struct sim_ecdsa *ecdsa,
                                 const uint8_t *private_key, uint8_t *point_out)
{
    enum sim_status st = SIM_ECRYPTO;
    size_t size = 2 * ecdsa->len + 1;
    uint8_t octets[SIM_ECDSA_POINT_MAX + 1];
    BIGNUM *d = BN_bin2bn(private_key, (int)ecdsa->len, NULL);

    if (d != NULL &&
        EC_POINT_mul(ecdsa->group, ecdsa->point, d, NULL, NULL, ecdsa->ctx) ==
            1 &&
        EC_POINT_point2oct(ecdsa->group, ecdsa->point,
                           POINT_CONVERSION_UNCOMPRESSED, octets, size,
                           ecdsa->ctx) == size) {
        memcpy(point_out, octets + 1, size - 1); /* without the 0x04 */
        st = SIM_OK;
    }
    BN_clear_free(d);
    return st;
}

/* State of the generator of RFC 6979 section 3.2. */
struct nonce {
    const struct sim_ecdsa *ecdsa;
    uint8_t k[SIM_ECDSA_SCALAR_MAX];
    uint8_t v[SIM_ECDSA_SCALAR_MAX];
};

static bool nonce_hmac(struct nonce *nonce, const uint8_t *data, size_t len,
                       uint8_t *out)
{
    unsigned out_len = (unsigned)nonce->ecdsa->len;

    return HMAC(nonce->ecdsa->digest, nonce->k, (int)nonce->ecdsa->len, data,
                len, out, &out_len) != NULL;
}

/* K = HMAC_K(V | separator | seed); V = HMAC_K(V). */
static bool nonce_update(struct nonce *nonce, uint8_t separator,
                         const uint8_t *seed, size_t seed_len)
{
    size_t len = nonce->ecdsa->len;
    uint8_t buffer[3 * SIM_ECDSA_SCALAR_MAX + 1];
    uint8_t key[SIM_ECDSA_SCALAR_MAX];

    memcpy(buffer, nonce->v, len);
    buffer[len] = separator;
    if (seed_len > 0) {
        memcpy(buffer + len + 1, seed, seed_len);
    }
    if (!nonce_hmac(nonce, buffer, len + 1 + seed_len, key)) {
        return false;
    }
    memcpy(nonce->k, key, len);
    memcpy(buffer, nonce->v, len);
    return nonce_hmac(nonce, buffer, len, nonce->v);
}

/* Steps a to g: seed = int2octets(x) | bits2octets(H(m)). */
static bool nonce_start(struct nonce *nonce, const uint8_t *private_key,
                        const BIGNUM *z)
{
    size_t len = nonce->ecdsa->len;
    uint8_t seed[2 * SIM_ECDSA_SCALAR_MAX];

    memset(nonce->v, 0x01, sizeof(nonce->v));
    memset(nonce->k, 0x00, sizeof(nonce->k));
    memcpy(seed, private_key, len);
    return BN_bn2binpad(z, seed + len, (int)len) >= 0 &&
           nonce_update(nonce, 0x00, seed, 2 * len) &&
           nonce_update(nonce, 0x01, seed, 2 * len);
}

/* Step h, once: the next candidate, which may be out of range. */
static bool nonce_next(struct nonce *nonce, BIGNUM *k)
{
    size_t len = nonce->ecdsa->len;
    uint8_t v[SIM_ECDSA_SCALAR_MAX];

    memcpy(v, nonce->v, len);
    return nonce_hmac(nonce, v, len, nonce->v) &&
           BN_bin2bn(nonce->v, (int)len, k) != NULL;
}

/* r = x-coordinate of k G mod n; s = (z + r d) / k mod n. */
static bool sign_with(struct sim_ecdsa *ecdsa, const BIGNUM *k, const BIGNUM *d,
                      const BIGNUM *z, BIGNUM *rs[2])
{
    BIGNUM *r = rs[0];
    BIGNUM *s = rs[1];
    BIGNUM *inverse;
    bool done;

    BN_CTX_start(ecdsa->ctx);
    inverse = BN_CTX_get(ecdsa->ctx);
    done = inverse != NULL &&
           EC_POINT_mul(ecdsa->group, ecdsa->point, k, NULL, NULL,
                        ecdsa->ctx) == 1 &&
           EC_POINT_get_affine_coordinates(ecdsa->group, ecdsa->point, r, NULL,
                                           ecdsa->ctx) == 1 &&
           BN_nnmod(r, r, ecdsa->order, ecdsa->ctx) == 1 &&
           BN_mod_mul(s, r, d, ecdsa->order, ecdsa->ctx) == 1 &&
           BN_mod_add(s, s, z, ecdsa->order, ecdsa->ctx) == 1 &&
           BN_mod_inverse(inverse, k, ecdsa->order, ecdsa->ctx) != NULL &&
           BN_mod_mul(s, s, inverse, ecdsa->order, ecdsa->ctx) == 1;
    BN_CTX_end(ecdsa->ctx);
    return done;
}

static bool in_range(const struct sim_ecdsa *ecdsa, const BIGNUM *k)
{
    return !BN_is_zero(k) && BN_cmp(k, ecdsa->order) < 0;
}

/* Tries nonces until r and s are not zero: the first one, in practice. */
static bool sign_digest(struct sim_ecdsa *ecdsa, const uint8_t *private_key,
                        const uint8_t *digest, BIGNUM *bn[5])
{
    struct nonce nonce = { .ecdsa = ecdsa };
    BIGNUM *d = bn[2];
    BIGNUM *z = bn[3];
    BIGNUM *k = bn[4];

    BN_zero(bn[0]);
    BN_zero(bn[1]);
    if (BN_bin2bn(private_key, (int)ecdsa->len, d) == NULL ||
        BN_bin2bn(digest, (int)ecdsa->len, z) == NULL ||
        BN_nnmod(z, z, ecdsa->order, ecdsa->ctx) != 1 ||
        !nonce_start(&nonce, private_key, z)) {
        return false;
    }
    for (;;) {
        if (!nonce_next(&nonce, k)) {
            return false;
        }
        if (in_range(ecdsa, k) && !sign_with(ecdsa, k, d, z, bn)) {
            return false;
        }
        if (!BN_is_zero(bn[0]) && !BN_is_zero(bn[1])) {
            return true;
        }
        if (!nonce_update(&nonce, 0x00, NULL, 0)) {
            return false;
        }
    }
}

enum sim_status sim_ecdsa_sign(struct sim_ecdsa *ecdsa,
                               const uint8_t *private_key, const uint8_t *data,
                               size_t len, uint8_t *signature_out)
{
    enum sim_status st = SIM_ECRYPTO;
    uint8_t digest[SIM_ECDSA_SCALAR_MAX];
    unsigned digest_len = 0;
    BIGNUM *bn[5]; /* r s d z k */
    int scalar_len = (int)ecdsa->len;

    BN_CTX_start(ecdsa->ctx);
    for (size_t i = 0; i < 5; i++) {
        bn[i] = BN_CTX_get(ecdsa->ctx);
    }
    if (bn[4] != NULL &&
        EVP_Digest(data, len, digest, &digest_len, ecdsa->digest, NULL) == 1 &&
        sign_digest(ecdsa, private_key, digest, bn) &&
        BN_bn2binpad(bn[0], signature_out, scalar_len) >= 0 &&
        BN_bn2binpad(bn[1], signature_out + scalar_len, scalar_len) >= 0) {
        st = SIM_OK;
    }
    BN_CTX_end(ecdsa->ctx);
    return st;
}
