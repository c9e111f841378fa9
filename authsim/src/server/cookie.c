/* SPDX-License-Identifier: BSD-2-Clause */
/* cookie.c - RFC 9018 section 4: version, reserved, time, SipHash-2-4. */
#include "cookie.h"

#include "octets.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

enum {
    OPT_FIXED = 11,   /* root, type, class, TTL, RDLENGTH */
    OPTION_FIXED = 4, /* code, length */
    OPTION_COOKIE = 10,
    SERVER_MIN = 8,
    SERVER_MAX = 32,
    VERSION = 1,
    HASH_SIZE = 8,
    TIME_AT = 12, /* behind the client's part, version and reserved octets */
    HASH_AT = 16,
    ADDRESS_MAX = 16,
    AGE_MAX_S = 3600,
    AHEAD_MAX_S = 300
};

const uint8_t *sim_cookie_find(const uint8_t *opt, size_t opt_len,
                               size_t *len_out)
{
    size_t at = OPT_FIXED;

    while (opt != NULL && at + OPTION_FIXED <= opt_len) {
        const size_t len = sim_get_u16(opt + at + 2);
        if (sim_get_u16(opt + at) == OPTION_COOKIE) {
            *len_out = len;
            return opt + at + OPTION_FIXED;
        }
        at += OPTION_FIXED + len;
    }
    return NULL;
}

bool sim_cookie_is_well_formed(size_t len)
{
    return len == SIM_COOKIE_CLIENT || (len >= SIM_COOKIE_CLIENT + SERVER_MIN &&
                                        len <= SIM_COOKIE_CLIENT + SERVER_MAX);
}

static bool siphash(const uint8_t *key, const uint8_t *octets, size_t len,
                    uint8_t hash_out[HASH_SIZE])
{
    size_t size = HASH_SIZE;
    const OSSL_PARAM params[] = { OSSL_PARAM_construct_size_t(
                                      OSSL_MAC_PARAM_SIZE, &size),
                                  OSSL_PARAM_construct_end() };
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "SIPHASH", NULL);
    EVP_MAC_CTX *ctx = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;
    const bool done = ctx != NULL &&
                      EVP_MAC_init(ctx, key, SIM_COOKIE_SECRET, params) == 1 &&
                      EVP_MAC_update(ctx, octets, len) == 1 &&
                      EVP_MAC_final(ctx, hash_out, &size, HASH_SIZE) == 1;

    EVP_MAC_CTX_free(ctx);
    EVP_MAC_free(mac);
    return done;
}

/* Fills in the hash over all before it and the client's address. */
static bool finish(const struct sim_cookie_context *context,
                   uint8_t cookie[SIM_COOKIE_SIZE])
{
    const size_t address_len = context->client->family == 4 ? 4 : ADDRESS_MAX;
    uint8_t input[HASH_AT + ADDRESS_MAX];

    memcpy(input, cookie, HASH_AT);
    memcpy(input + HASH_AT, context->client->octets, address_len);
    return siphash(context->secret, input, HASH_AT + address_len,
                   cookie + HASH_AT);
}

bool sim_cookie_make(const struct sim_cookie_context *context,
                     const uint8_t *cookie, uint8_t cookie_out[SIM_COOKIE_SIZE])
{
    memset(cookie_out, 0, SIM_COOKIE_SIZE);
    memcpy(cookie_out, cookie, SIM_COOKIE_CLIENT);
    cookie_out[SIM_COOKIE_CLIENT] = VERSION;
    (void)sim_put_u32(cookie_out + TIME_AT, context->now_s);
    return finish(context, cookie_out);
}

bool sim_cookie_is_valid(const struct sim_cookie_context *context,
                         const uint8_t *cookie, size_t len)
{
    uint8_t expected[SIM_COOKIE_SIZE];

    if (len != SIM_COOKIE_SIZE || cookie[SIM_COOKIE_CLIENT] != VERSION) {
        return false;
    }
    /* RFC 1982: what is ahead is a large age. */
    const uint32_t age_s = context->now_s - sim_get_u32(cookie + TIME_AT);
    if (age_s > AGE_MAX_S && age_s < UINT32_MAX - AHEAD_MAX_S) {
        return false;
    }
    memcpy(expected, cookie, HASH_AT);
    return finish(context, expected) &&
           CRYPTO_memcmp(expected, cookie, SIM_COOKIE_SIZE) == 0;
}
