/* SPDX-License-Identifier: BSD-2-Clause */
#include "keys.h"
#include "testing.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

static const uint8_t zone_name[] = "\4zone";
static const uint8_t other_name[] = "\5other";

static int setup(void **state)
{
    struct sim_keyring *ring = NULL;

    if (sim_keyring_new(7, &ring) != SIM_OK) {
        return 1;
    }
    *state = ring;
    return 0;
}

static int teardown(void **state)
{
    sim_keyring_free(*state);
    return 0;
}

/* What RFC 3110, 5702, 6605 and 8080 make of keys and signatures. */
struct shape {
    uint8_t algorithm;
    size_t public_len;
    size_t signature_len;
    const char *digest;
    const char *curve;
};

static const struct shape all_shapes[] = {
    { 5, 260, 256, "SHA1", NULL },     { 7, 260, 256, "SHA1", NULL },
    { 8, 260, 256, "SHA256", NULL },   { 10, 260, 256, "SHA512", NULL },
    { 13, 64, 64, "SHA256", "P-256" }, { 14, 96, 96, "SHA384", "P-384" },
    { 15, 32, 64, NULL, "ED25519" },   { 16, 57, 114, NULL, "ED448" },
};

static EVP_PKEY *from_params(const char *type, OSSL_PARAM_BLD *build)
{
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(build);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    EVP_PKEY *pkey = NULL;

    assert_int_equal(EVP_PKEY_fromdata_init(ctx), 1);
    assert_int_equal(EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params),
                     1);
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);
    return pkey;
}

/* The public key as any validator reads it from the DNSKEY. */
static EVP_PKEY *read_public(const struct shape *shape,
                             const struct sim_key *key)
{
    const uint8_t *octets = key->rdata + 4;
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY *pkey = NULL;
    uint8_t point[97] = { 4 };

    if (shape->curve == NULL) {
        BIGNUM *e = BN_bin2bn(octets + 1, octets[0], NULL);
        BIGNUM *n = BN_bin2bn(octets + 1 + octets[0], 256, NULL);

        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n);
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e);
        pkey = from_params("RSA", build);
        BN_free(e);
        BN_free(n);
    } else if (shape->digest == NULL) {
        pkey = EVP_PKEY_new_raw_public_key_ex(NULL, shape->curve, NULL, octets,
                                              shape->public_len);
    } else {
        memcpy(point + 1, octets, shape->public_len);
        OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME,
                                        shape->curve, 0);
        OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point,
                                         shape->public_len + 1);
        pkey = from_params("EC", build);
    }
    OSSL_PARAM_BLD_free(build);
    assert_non_null(pkey);
    return pkey;
}

/* r | s as the DER that OpenSSL verifies. */
static size_t to_der(const uint8_t *sig, size_t len, uint8_t *der)
{
    ECDSA_SIG *rs = ECDSA_SIG_new();
    uint8_t *at = der;
    int der_len;

    assert_int_equal(
        ECDSA_SIG_set0(rs, BN_bin2bn(sig, (int)len / 2, NULL),
                       BN_bin2bn(sig + len / 2, (int)len / 2, NULL)),
        1);
    der_len = i2d_ECDSA_SIG(rs, &at);
    ECDSA_SIG_free(rs);
    assert_true(der_len > 0);
    return (size_t)der_len;
}

static void check_verifies(const struct shape *shape, const struct sim_key *key,
                           const uint8_t *sig, size_t sig_len)
{
    EVP_PKEY *pkey = read_public(shape, key);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    uint8_t der[256];

    if (shape->curve != NULL && shape->digest != NULL) {
        sig_len = to_der(sig, sig_len, der);
        sig = der;
    }
    assert_int_equal(EVP_DigestVerifyInit_ex(ctx, NULL, shape->digest, NULL,
                                             NULL, pkey, NULL),
                     1);
    assert_int_equal(
        EVP_DigestVerify(ctx, sig, sig_len, (const uint8_t *)"data", 4), 1);
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(pkey);
}

static void signatures_of_every_algorithm_verify_and_repeat(void **state)
{
    for (size_t i = 0; i < sizeof(all_shapes) / sizeof(all_shapes[0]); i++) {
        const struct shape *shape = &all_shapes[i];
        struct sim_key key;
        uint8_t sig[SIM_SIGNATURE_MAX];
        uint8_t again[SIM_SIGNATURE_MAX];
        size_t len = 0;

        assert_true(sim_algorithm_is_known(shape->algorithm));
        assert_int_equal(sim_key_init(*state, zone_name, SIM_ROLE_CSK,
                                      shape->algorithm, &key),
                         SIM_OK);
        assert_int_equal(key.rdata_len, 4 + shape->public_len);
        assert_int_equal(key.flags, 257);
        assert_int_equal(key.rdata[3], shape->algorithm);
        assert_int_equal(
            sim_key_sign(*state, &key, (const uint8_t *)"data", 4, sig, &len),
            SIM_OK);
        assert_int_equal(len, shape->signature_len);
        check_verifies(shape, &key, sig, len);
        assert_int_equal(
            sim_key_sign(*state, &key, (const uint8_t *)"data", 4, again, &len),
            SIM_OK);
        assert_memory_equal(sig, again, len);
        sim_key_fini(&key);
    }
}

static void keys_repeat_and_differ_by_zone_role_and_seed(void **state)
{
    struct sim_keyring *other_ring = NULL;
    struct sim_key keys[5];

    assert_int_equal(sim_keyring_new(8, &other_ring), SIM_OK);
    assert_int_equal(
        sim_key_init(*state, zone_name, SIM_ROLE_CSK, 13, &keys[0]), SIM_OK);
    assert_int_equal(
        sim_key_init(*state, zone_name, SIM_ROLE_CSK, 13, &keys[1]), SIM_OK);
    assert_int_equal(
        sim_key_init(*state, zone_name, SIM_ROLE_ZSK, 13, &keys[2]), SIM_OK);
    assert_int_equal(
        sim_key_init(*state, other_name, SIM_ROLE_CSK, 13, &keys[3]), SIM_OK);
    assert_int_equal(
        sim_key_init(other_ring, zone_name, SIM_ROLE_CSK, 13, &keys[4]),
        SIM_OK);
    assert_memory_equal(keys[0].rdata, keys[1].rdata, keys[0].rdata_len);
    assert_int_equal(keys[2].flags, 256);
    for (size_t i = 2; i < 5; i++) {
        assert_memory_not_equal(keys[0].rdata + 4, keys[i].rdata + 4, 64);
    }
    sim_keyring_free(other_ring);
    sim_keyring_free(NULL);
}

static void rsa_pairs_are_shared_by_zones_but_not_by_roles(void **state)
{
    struct sim_key zone;
    struct sim_key other;
    struct sim_key zsk;

    assert_int_equal(sim_key_init(*state, zone_name, SIM_ROLE_KSK, 8, &zone),
                     SIM_OK);
    assert_int_equal(sim_key_init(*state, other_name, SIM_ROLE_KSK, 8, &other),
                     SIM_OK);
    assert_int_equal(sim_key_init(*state, zone_name, SIM_ROLE_ZSK, 8, &zsk),
                     SIM_OK);
    assert_memory_equal(zone.rdata, other.rdata, zone.rdata_len);
    assert_memory_not_equal(zone.rdata + 8, zsk.rdata + 8, 256);
}

/* RFC 4034 appendix A.1.1 */
static void private_algorithms_say_whose_they_are(void **state)
{
    static const struct {
        uint8_t algorithm;
        size_t len;
        const char *owner;
    } rows[] = {
        { 253, 14, "\7private\4test" },
        { 254, 12, "\13\6\11\x2b\6\1\4\1\x81\xfd\x59\1" },
    };

    for (size_t i = 0; i < 2; i++) {
        struct sim_key key;
        uint8_t sig[SIM_SIGNATURE_MAX];
        size_t len = 0;

        assert_int_equal(sim_key_init(*state, zone_name, SIM_ROLE_CSK,
                                      rows[i].algorithm, &key),
                         SIM_OK);
        assert_int_equal(key.rdata_len, 36 + rows[i].len);
        assert_memory_equal(key.rdata + 4, rows[i].owner, rows[i].len);
        assert_int_equal(
            sim_key_sign(*state, &key, (const uint8_t *)"data", 4, sig, &len),
            SIM_OK);
        assert_int_equal(len, 64 + rows[i].len);
        assert_memory_equal(sig, rows[i].owner, rows[i].len);
        sim_key_fini(&key);
    }
}

static void unknown_algorithms_have_octets_nobody_can_check(void **state)
{
    struct sim_key key;
    uint8_t sig[SIM_SIGNATURE_MAX];
    size_t len = 0;

    assert_false(sim_algorithm_is_known(200));
    assert_int_equal(sim_key_init(*state, zone_name, SIM_ROLE_CSK, 200, &key),
                     SIM_OK);
    assert_int_equal(key.rdata_len, 36);
    assert_int_equal(
        sim_key_sign(*state, &key, (const uint8_t *)"data", 4, sig, &len),
        SIM_OK);
    assert_int_equal(len, 64);
    sim_key_fini(&key);
}

/* RFC 4034 section 5.4 has a DNSKEY with tag 60485. */
static void key_tag_matches_rfc_4034(void **state)
{
    static const char base64[] =
        "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/"
        "2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvx"
        "egXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9Xzc"
        "nOf+EPbtG9DMBmADjFDc2w/rljwvFw==";
    uint8_t rdata[4 + 192] = { 1, 0, 3, 5 };
    int len =
        EVP_DecodeBlock(rdata + 4, (const uint8_t *)base64, sizeof(base64) - 1);

    (void)state;
    assert_true(len > 2);
    assert_int_equal(sim_key_tag(rdata, 4 + (size_t)len - 2), 60485);
}

static void knows_three_digests(void **state)
{
    (void)state;
    assert_true(sim_digest_is_known(1));
    assert_true(sim_digest_is_known(2));
    assert_false(sim_digest_is_known(3));
    assert_true(sim_digest_is_known(4));
    assert_false(sim_digest_is_known(200));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_of_every_algorithm_verify_and_repeat),
        cmocka_unit_test(keys_repeat_and_differ_by_zone_role_and_seed),
        cmocka_unit_test(rsa_pairs_are_shared_by_zones_but_not_by_roles),
        cmocka_unit_test(private_algorithms_say_whose_they_are),
        cmocka_unit_test(unknown_algorithms_have_octets_nobody_can_check),
        cmocka_unit_test(key_tag_matches_rfc_4034),
        cmocka_unit_test(knows_three_digests),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
