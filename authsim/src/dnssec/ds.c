/* SPDX-License-Identifier: BSD-2-Clause */
/* ds.c - the parent's view of a child's keys (RFC 4034 section 5). */
#include "octets.h"
#include "rrtype.h"
#include "universe.h"

#include <scenario/name.h>

#include <openssl/evp.h>
#include <string.h>

enum { SHA256_TYPE = 2, HEADER_LEN = 4, TTL_S = 300 };

static const EVP_MD *digest_of(unsigned type)
{
    if (type == 1) {
        return EVP_sha1();
    }
    return type == 4 ? EVP_sha384() : EVP_sha256();
}

/* The key a DS is about: the entry point of the algorithm it names, else the
 * first entry point. */
static const struct sim_key *entry_point(const struct sim_zone *zone,
                                         int algorithm)
{
    const struct sim_key *first = NULL;

    for (size_t i = 0; i < zone->key_count; i++) {
        const struct sim_key *key = &zone->keys[i];

        if ((key->flags & SIM_KEY_SEP) == 0 || key->is_other) {
            continue;
        }
        if (key->algorithm == algorithm) {
            return key;
        }
        first = first != NULL ? first : key;
    }
    return first;
}

static enum sim_status make_rdata(const struct sim_zone *child,
                                  const struct sim_key *key,
                                  const struct scn_ds *wanted,
                                  struct sim_arena *arena,
                                  struct sim_rdata *rdata_out)
{
    uint8_t data[SCN_NAME_MAX + SIM_DNSKEY_MAX];
    uint8_t rdata[HEADER_LEN + EVP_MAX_MD_SIZE];
    size_t name_len = scn_name_length(child->name);
    unsigned digest_len = 0;
    int type = wanted->digest_type < 0 ? SHA256_TYPE : wanted->digest_type;
    uint8_t *copy;

    memcpy(data, child->name, name_len);
    memcpy(data + name_len, key->rdata, key->rdata_len);
    sim_put_u16(rdata,
                wanted->key_tag < 0 ? key->tag : (uint16_t)wanted->key_tag);
    rdata[2] =
        wanted->algorithm < 0 ? key->algorithm : (uint8_t)wanted->algorithm;
    rdata[3] = (uint8_t)type;
    if (EVP_Digest(data, name_len + key->rdata_len, rdata + HEADER_LEN,
                   &digest_len, digest_of((unsigned)type), NULL) != 1) {
        return SIM_ECRYPTO;
    }
    if (wanted->digest_wrong) {
        rdata[HEADER_LEN] ^= 0xff;
    }
    copy = sim_arena_copy(arena, rdata, HEADER_LEN + digest_len);
    if (copy == NULL) {
        return SIM_ENOMEM;
    }
    *rdata_out =
        (struct sim_rdata){ copy, (uint16_t)(HEADER_LEN + digest_len) };
    return SIM_OK;
}

enum sim_status sim_ds_rdata(const struct sim_zone *child,
                             const struct scn_ds *wanted,
                             struct sim_arena *arena,
                             struct sim_rdata *rdata_out)
{
    const struct sim_key *key = entry_point(child, wanted->algorithm);

    return key != NULL ? make_rdata(child, key, wanted, arena, rdata_out)
                       : SIM_ECRYPTO;
}

static enum sim_status add_rdata(const struct sim_zone *child,
                                 const struct sim_rdata *rdata,
                                 struct sim_record_list *list)
{
    const struct sim_record record = { .owner = child->name,
                                       .ttl = TTL_S,
                                       .type = SIM_TYPE_DS,
                                       .rdata = rdata->octets,
                                       .rdata_len = rdata->len };

    return sim_record_add(list, &record);
}

static enum sim_status add_one(struct sim_zone *child,
                               const struct scn_ds *wanted,
                               struct sim_arena *arena,
                               struct sim_record_list *list)
{
    struct sim_rdata rdata;
    enum sim_status st = sim_ds_rdata(child, wanted, arena, &rdata);

    return st == SIM_OK ? add_rdata(child, &rdata, list) : st;
}

/* Whether the parent announces it: an entry point, and of those that a rollover
 * adds the one that is to come by a second DS. */
static bool has_ds(const struct sim_zone *child, const struct sim_key *key)
{
    return (key->flags & SIM_KEY_SEP) != 0 &&
           (!key->is_other ||
            child->model->rollover == SCN_ROLLOVER_KSK_DOUBLE_DS);
}

enum sim_status sim_zone_add_ds(struct sim_zone *child, struct sim_arena *arena,
                                struct sim_record_list *list)
{
    const struct scn_zone *model = child->model;
    enum sim_status st = SIM_OK;

    if (model->ds_count == 0 && model->dnssec != SCN_SIGNED) {
        return SIM_OK;
    }
    st = sim_zone_make_keys(child);
    for (size_t i = 0; i < model->ds_count && st == SIM_OK; i++) {
        st = add_one(child, &model->ds[i], arena, list);
    }
    if (model->ds_count > 0) {
        return st;
    }
    for (size_t i = 0; i < child->key_count && st == SIM_OK; i++) {
        const struct scn_ds right = { .algorithm = -1,
                                      .digest_type = -1,
                                      .key_tag = -1 };
        struct sim_rdata rdata;

        if (has_ds(child, &child->keys[i])) {
            st = make_rdata(child, &child->keys[i], &right, arena, &rdata);
            st = st == SIM_OK ? add_rdata(child, &rdata, list) : st;
        }
    }
    return st;
}

/* RFC 4035 section 5.2: such a child is treated as unsigned. */
bool sim_ds_is_unusable(const struct sim_rrset *rrset)
{
    for (size_t i = 0; i < rrset->count; i++) {
        const struct sim_rdata *rdata = &rrset->rdatas[i];

        if (rdata->len > HEADER_LEN &&
            sim_algorithm_is_known(rdata->octets[2]) &&
            sim_digest_is_known(rdata->octets[3])) {
            return false;
        }
    }
    return true;
}
