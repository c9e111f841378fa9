/* SPDX-License-Identifier: BSD-2-Clause */
/* denial_hash.c - the hashes of names, and the names made of them (RFC 5155
 * sections 3 and 5). */
#include "denial.h"

#include <scenario/name.h>

#include <openssl/evp.h>
#include <string.h>

enum { HASH_LABEL_LEN = 32 };

enum sim_status sim_nsec3_hash(const struct scn_zone *model,
                               const uint8_t *name,
                               uint8_t hash_out[SIM_HASH_LEN])
{
    uint8_t buffer[SCN_NAME_MAX + 255];
    size_t len = scn_name_length(name);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    enum sim_status st = ctx != NULL ? SIM_OK : SIM_ENOMEM;

    memcpy(buffer, name, len);
    scn_name_lower(buffer);
    for (unsigned i = 0; i <= model->nsec3_iterations && st == SIM_OK; i++) {
        if (model->nsec3_salt_len > 0) {
            memcpy(buffer + len, model->nsec3_salt, model->nsec3_salt_len);
        }
        if (EVP_DigestInit_ex(ctx, EVP_sha1(), NULL) != 1 ||
            EVP_DigestUpdate(ctx, buffer, len + model->nsec3_salt_len) != 1 ||
            EVP_DigestFinal_ex(ctx, hash_out, NULL) != 1) {
            st = SIM_ECRYPTO;
        }
        memcpy(buffer, hash_out, SIM_HASH_LEN);
        len = SIM_HASH_LEN;
    }
    EVP_MD_CTX_free(ctx);
    return st;
}

/* RFC 4648 section 7, in lower case: the label before the apex. */
static void put_label(const uint8_t hash[SIM_HASH_LEN], uint8_t *out)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuv";

    for (size_t group = 0; group < SIM_HASH_LEN / 5; group++) {
        uint64_t bits = 0;

        for (size_t i = 0; i < 5; i++) {
            bits = (bits << 8) | hash[group * 5 + i];
        }
        for (size_t i = 0; i < 8; i++) {
            out[group * 8 + i] = (uint8_t)digits[(bits >> (35 - 5 * i)) & 31];
        }
    }
}

uint8_t *sim_nsec3_owner(const struct sim_zone *zone,
                         const uint8_t hash[SIM_HASH_LEN],
                         struct sim_arena *arena)
{
    size_t name_len = scn_name_length(zone->name);
    uint8_t *owner = sim_arena_alloc(arena, 1 + HASH_LABEL_LEN + name_len);

    if (owner != NULL) {
        owner[0] = HASH_LABEL_LEN;
        put_label(hash, owner + 1);
        memcpy(owner + 1 + HASH_LABEL_LEN, zone->name, name_len);
    }
    return owner;
}
