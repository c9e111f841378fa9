/* SPDX-License-Identifier: BSD-2-Clause */
/* keys.c - one table of algorithms; each has a way to make keys and to sign. */
#include "keys.h"

#include "ecdsa.h"
#include "octets.h"
#include "random.h"
#include "rsa.h"

#include <scenario/name.h>

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum {
    PROTOCOL = 3, /* RFC 4034 section 2.1.2 */
    HEADER_LEN = 4,
    PURE_LEN = 32,     /* of the public octets of an unknown algorithm */
    FAKE_SIG_LEN = 64, /* of its signatures */
    PRIVATE_BY_NAME = 253,
    PRIVATE_BY_IDENTIFIER = 254
};

enum method { METHOD_RSA, METHOD_ECDSA, METHOD_EDDSA, METHOD_NONE };

struct algorithm {
    uint8_t number;
    enum method method;
    const EVP_MD *(*digest)(void); /* RSA */
    enum sim_curve curve;          /* ECDSA */
    int pkey_type;                 /* EdDSA */
    size_t secret_len;             /* EdDSA */
};

/* RFC 3110, 5702, 6605, 8080. */
static const struct algorithm algorithms[] = {
    { 5, METHOD_RSA, EVP_sha1, SIM_P256, 0, 0 },
    { 7, METHOD_RSA, EVP_sha1, SIM_P256, 0, 0 },
    { 8, METHOD_RSA, EVP_sha256, SIM_P256, 0, 0 },
    { 10, METHOD_RSA, EVP_sha512, SIM_P256, 0, 0 },
    { 13, METHOD_ECDSA, NULL, SIM_P256, 0, 0 },
    { 14, METHOD_ECDSA, NULL, SIM_P384, 0, 0 },
    { 15, METHOD_EDDSA, NULL, SIM_P256, EVP_PKEY_ED25519, 32 },
    { 16, METHOD_EDDSA, NULL, SIM_P256, EVP_PKEY_ED448, 57 },
};
enum { ALGORITHM_COUNT = sizeof(algorithms) / sizeof(algorithms[0]) };
static const struct algorithm unknown = {
    0, METHOD_NONE, NULL, SIM_P256, 0, 0
};

struct rsa_pair {
    EVP_PKEY *pkey;
    uint8_t modulus[SIM_RSA_MODULUS_LEN];
};

struct sim_keyring {
    uint64_t seed;
    struct sim_ecdsa *curves[2];
    struct rsa_pair rsa[SIM_ROLE_COUNT][ALGORITHM_COUNT];
};

static const struct algorithm *find_algorithm(unsigned number)
{
    for (size_t i = 0; i < ALGORITHM_COUNT; i++) {
        if (algorithms[i].number == number) {
            return &algorithms[i];
        }
    }
    return &unknown;
}

bool sim_algorithm_is_known(unsigned algorithm)
{
    return find_algorithm(algorithm)->method != METHOD_NONE;
}

bool sim_algorithm_is_slow(unsigned algorithm)
{
    return find_algorithm(algorithm)->method == METHOD_RSA;
}

bool sim_digest_is_known(unsigned digest_type)
{
    return digest_type == 1 || digest_type == 2 || digest_type == 4;
}

enum sim_status sim_keyring_new(uint64_t seed, struct sim_keyring **ring_out)
{
    struct sim_keyring *ring = calloc(1, sizeof(*ring));
    enum sim_status st;

    if (ring == NULL) {
        return SIM_ENOMEM;
    }
    ring->seed = seed;
    st = sim_ecdsa_new(SIM_P256, &ring->curves[SIM_P256]);
    if (st == SIM_OK) {
        st = sim_ecdsa_new(SIM_P384, &ring->curves[SIM_P384]);
    }
    if (st != SIM_OK) {
        sim_keyring_free(ring);
        return st;
    }
    *ring_out = ring;
    return SIM_OK;
}

void sim_keyring_free(struct sim_keyring *ring)
{
    if (ring == NULL) {
        return;
    }
    for (size_t role = 0; role < SIM_ROLE_COUNT; role++) {
        for (size_t i = 0; i < ALGORITHM_COUNT; i++) {
            EVP_PKEY_free(ring->rsa[role][i].pkey);
        }
    }
    sim_ecdsa_free(ring->curves[SIM_P256]);
    sim_ecdsa_free(ring->curves[SIM_P384]);
    free(ring);
}

uint16_t sim_key_tag(const uint8_t *rdata, size_t len)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < len; i++) {
        sum += (i & 1) != 0 ? rdata[i] : (uint32_t)rdata[i] << 8;
    }
    sum += sum >> 16;
    return (uint16_t)sum;
}

static enum sim_status key_octets(const struct sim_keyring *ring,
                                  const uint8_t *zone, enum sim_role role,
                                  const struct sim_key *key, uint8_t out[64])
{
    uint8_t subject[SCN_NAME_MAX + 2];
    size_t len = scn_name_length(zone);
    const struct sim_random_label label = { .seed = ring->seed,
                                            .purpose = "key",
                                            .subject = subject,
                                            .subject_len = len + 2 };

    memcpy(subject, zone, len);
    subject[len] = (uint8_t)role;
    subject[len + 1] = key->algorithm;
    return sim_random(&label, out, 64);
}

/* RFC 4034 appendix A.1.1: keys and signatures of a private algorithm begin
 * with whose it is: of 253 a name, of 254 a length and an object identifier,
 * here one for examples (RFC 5612). Returns the octets; 0 for others. */
static size_t put_owner(uint8_t algorithm, uint8_t *out)
{
    static const uint8_t name[] = "\7private\4test";
    static const uint8_t identifier[] = { 11, 0x06, 9,    0x2b, 6,    1,
                                          4,  1,    0x81, 0xfd, 0x59, 1 };

    if (algorithm == PRIVATE_BY_NAME) {
        memcpy(out, name, sizeof(name));
        return sizeof(name);
    }
    if (algorithm == PRIVATE_BY_IDENTIFIER) {
        memcpy(out, identifier, sizeof(identifier));
        return sizeof(identifier);
    }
    return 0;
}

/* RFC 3110 section 2: length of the exponent, exponent, modulus. */
static enum sim_status init_rsa(struct sim_keyring *ring, enum sim_role role,
                                const struct algorithm *algorithm,
                                struct sim_key *key)
{
    static const uint8_t exponent[] = { 3, 1, 0, 1 };
    size_t index = (size_t)(algorithm - algorithms);
    struct rsa_pair *pair = &ring->rsa[role][index];
    enum sim_status st;

    if (pair->pkey == NULL) {
        st = sim_rsa_pair(ring->seed, (uint8_t)((size_t)role * 32 + index),
                          &pair->pkey, pair->modulus);
        if (st != SIM_OK) {
            return st;
        }
    }
    key->pkey = pair->pkey;
    memcpy(key->rdata + HEADER_LEN, exponent, sizeof(exponent));
    memcpy(key->rdata + HEADER_LEN + sizeof(exponent), pair->modulus,
           sizeof(pair->modulus));
    key->rdata_len = HEADER_LEN + sizeof(exponent) + SIM_RSA_MODULUS_LEN;
    return SIM_OK;
}

static enum sim_status init_ecdsa(struct sim_ecdsa *curve,
                                  const uint8_t random[64], struct sim_key *key)
{
    enum sim_status st = sim_ecdsa_private(curve, random, 64, key->secret);

    if (st == SIM_OK) {
        st = sim_ecdsa_public(curve, key->secret, key->rdata + HEADER_LEN);
    }
    key->rdata_len = (uint16_t)(HEADER_LEN + 2 * sim_ecdsa_scalar_len(curve));
    return st;
}

static enum sim_status init_eddsa(const struct algorithm *algorithm,
                                  const uint8_t random[64], struct sim_key *key)
{
    size_t len = algorithm->secret_len;
    EVP_PKEY *pkey =
        EVP_PKEY_new_raw_private_key(algorithm->pkey_type, NULL, random, len);

    if (pkey == NULL ||
        EVP_PKEY_get_raw_public_key(pkey, key->rdata + HEADER_LEN, &len) != 1) {
        EVP_PKEY_free(pkey);
        return SIM_ECRYPTO;
    }
    key->pkey = pkey;
    key->rdata_len = (uint16_t)(HEADER_LEN + len);
    return SIM_OK;
}

enum sim_status sim_key_init(struct sim_keyring *ring, const uint8_t *zone,
                             enum sim_role role, uint8_t algorithm,
                             struct sim_key *key_out)
{
    const struct algorithm *known = find_algorithm(algorithm);
    struct sim_key key = { .algorithm = algorithm };
    uint8_t random[64];
    size_t owner_len;
    enum sim_status st = key_octets(ring, zone, role, &key, random);

    if (st != SIM_OK) {
        return st;
    }
    key.flags = SIM_KEY_ZONE;
    if (role != SIM_ROLE_ZSK && role != SIM_ROLE_OTHER_ZSK) {
        key.flags |= SIM_KEY_SEP;
    }
    key.is_other = role >= SIM_ROLE_OTHER_CSK;
    sim_put_u16(key.rdata, key.flags);
    key.rdata[2] = PROTOCOL;
    key.rdata[3] = algorithm;
    switch (known->method) {
    case METHOD_RSA:
        st = init_rsa(ring, role, known, &key);
        break;
    case METHOD_ECDSA:
        st = init_ecdsa(ring->curves[known->curve], random, &key);
        break;
    case METHOD_EDDSA:
        st = init_eddsa(known, random, &key);
        break;
    case METHOD_NONE:
        owner_len = put_owner(algorithm, key.rdata + HEADER_LEN);
        memcpy(key.rdata + HEADER_LEN + owner_len, random, PURE_LEN);
        key.rdata_len = (uint16_t)(HEADER_LEN + owner_len + PURE_LEN);
        break;
    }
    if (st == SIM_OK) {
        key.tag = sim_key_tag(key.rdata, key.rdata_len);
        *key_out = key;
    }
    return st;
}

void sim_key_revoke(struct sim_key *key)
{
    key->flags |= SIM_KEY_REVOKE;
    sim_put_u16(key->rdata, key->flags);
    key->tag = sim_key_tag(key->rdata, key->rdata_len);
}

void sim_key_fini(struct sim_key *key)
{
    if (find_algorithm(key->algorithm)->method == METHOD_EDDSA) {
        EVP_PKEY_free(key->pkey);
    }
    *key = (struct sim_key){ 0 };
}

/* RSASSA-PKCS1-v1_5 and EdDSA: both repeat by their definition. */
static enum sim_status sign_evp(const struct sim_key *key, const EVP_MD *digest,
                                const uint8_t *data, size_t len,
                                uint8_t *sig_out, size_t *sig_len_out)
{
    enum sim_status st = SIM_ECRYPTO;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t sig_len = SIM_SIGNATURE_MAX;

    if (ctx != NULL &&
        EVP_DigestSignInit(ctx, NULL, digest, NULL, key->pkey) == 1 &&
        EVP_DigestSign(ctx, sig_out, &sig_len, data, len) == 1) {
        *sig_len_out = sig_len;
        st = SIM_OK;
    }
    EVP_MD_CTX_free(ctx);
    return st;
}

/* Octets nobody can check, yet a function of what they stand for. */
static enum sim_status sign_unknown(const struct sim_keyring *ring,
                                    const struct sim_key *key,
                                    const uint8_t *data, size_t len,
                                    uint8_t *sig_out, size_t *sig_len_out)
{
    uint8_t digest[32];
    const struct sim_random_label label = { .seed = ring->seed,
                                            .purpose = "signature",
                                            .subject = digest,
                                            .subject_len = sizeof(digest) };
    size_t owner_len;

    if (EVP_Digest(data, len, digest, NULL, EVP_sha256(), NULL) != 1) {
        return SIM_ECRYPTO;
    }
    owner_len = put_owner(key->algorithm, sig_out);
    *sig_len_out = owner_len + FAKE_SIG_LEN;
    return sim_random(&label, sig_out + owner_len, FAKE_SIG_LEN);
}

enum sim_status sim_key_sign(struct sim_keyring *ring,
                             const struct sim_key *key, const uint8_t *data,
                             size_t len, uint8_t sig_out[SIM_SIGNATURE_MAX],
                             size_t *sig_len_out)
{
    const struct algorithm *known = find_algorithm(key->algorithm);
    struct sim_ecdsa *curve = ring->curves[known->curve];

    switch (known->method) {
    case METHOD_RSA:
        return sign_evp(key, known->digest(), data, len, sig_out, sig_len_out);
    case METHOD_EDDSA:
        return sign_evp(key, NULL, data, len, sig_out, sig_len_out);
    case METHOD_ECDSA:
        *sig_len_out = 2 * sim_ecdsa_scalar_len(curve);
        return sim_ecdsa_sign(curve, key->secret, data, len, sig_out);
    case METHOD_NONE:
        break;
    }
    return sign_unknown(ring, key, data, len, sig_out, sig_len_out);
}
