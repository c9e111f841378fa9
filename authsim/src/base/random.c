/* SPDX-License-Identifier: BSD-2-Clause */
/* random.c - HKDF of RFC 5869 over seed, purpose and subject. */
#include "random.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdbool.h>
#include <string.h>

enum { HASH_LEN = 32, INFO_MAX = 512 };

static void put_u64(uint8_t *out, uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        out[i] = (uint8_t)(value >> (56 - 8 * i));
    }
}

/* info = purpose | 0 | counter | subject, so that no two labels coincide. */
static size_t label_info(const struct sim_random_label *label, uint8_t *info)
{
    size_t len = strlen(label->purpose);

    if (len + 1 + 8 + label->subject_len > INFO_MAX) {
        return 0;
    }
    memcpy(info, label->purpose, len);
    info[len++] = 0;
    put_u64(info + len, label->counter);
    len += 8;
    if (label->subject_len > 0) {
        memcpy(info + len, label->subject, label->subject_len);
    }
    return len + label->subject_len;
}

/* RFC 5869 section 2.2 with the seed as keying material. */
static bool extract(uint64_t seed, uint8_t prk[HASH_LEN])
{
    static const uint8_t salt[] = "caa-testbed";
    uint8_t ikm[8];
    unsigned len = HASH_LEN;

    put_u64(ikm, seed);
    return HMAC(EVP_sha256(), salt, sizeof(salt) - 1, ikm, sizeof(ikm), prk,
                &len) != NULL;
}

enum sim_status sim_random(const struct sim_random_label *label, uint8_t *out,
                           size_t len)
{
    uint8_t prk[HASH_LEN];
    uint8_t block[HASH_LEN + INFO_MAX + 1];
    uint8_t previous[HASH_LEN];
    size_t previous_len = 0;
    uint8_t info[INFO_MAX];
    size_t info_len = label_info(label, info);

    if (len > SIM_RANDOM_MAX || info_len == 0 || !extract(label->seed, prk)) {
        return SIM_ECRYPTO;
    }
    for (uint8_t round = 1; len > 0; round++) {
        size_t part = len < HASH_LEN ? len : HASH_LEN;
        size_t used = previous_len;
        unsigned hash_len = HASH_LEN;

        memcpy(block, previous, previous_len);
        memcpy(block + used, info, info_len);
        used += info_len;
        block[used++] = round;
        if (HMAC(EVP_sha256(), prk, sizeof(prk), block, used, previous,
                 &hash_len) == NULL) {
            return SIM_ECRYPTO;
        }
        previous_len = HASH_LEN;
        memcpy(out, previous, part);
        out += part;
        len -= part;
    }
    return SIM_OK;
}
