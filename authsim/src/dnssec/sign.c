/* SPDX-License-Identifier: BSD-2-Clause */
/* sign.c - what is signed: RFC 4034 sections 3.1.8.1 and 6.2. */
#include "sign.h"

#include "canonical.h"
#include "octets.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

enum { FIXED_LEN = 18, RR_FIXED_LEN = 10 };

/* Canonical owner: lower-case, and "*" in the place of what a wildcard
 * matched when the labels field says so (RFC 4035 section 5.3.2). */
static size_t put_owner(uint8_t *at, const uint8_t *owner, uint8_t labels)
{
    size_t count = scn_name_labels(owner);
    size_t len = 0;

    if (count > labels && owner[0] > 0 && !(owner[0] == 1 && owner[1] == '*')) {
        for (; count > labels; count--) {
            owner = scn_name_parent(owner);
        }
        at[len++] = 1;
        at[len++] = '*';
    }
    memcpy(at + len, owner, scn_name_length(owner));
    scn_name_lower(at + len);
    return len + scn_name_length(owner);
}

static size_t put_fields(uint8_t *at, const struct sim_rrset *rrset,
                         const struct sim_rrsig *fields,
                         const struct sim_key *key)
{
    uint8_t *start = at;
    size_t signer_len = scn_name_length(fields->signer);

    at = sim_put_u16(at, rrset->type ^ fields->type_error);
    *at++ = key->algorithm ^ fields->algorithm_error;
    *at++ = fields->labels;
    at = sim_put_u32(at, rrset->ttl);
    at = sim_put_u32(at, fields->expiration_s);
    at = sim_put_u32(at, fields->inception_s);
    at = sim_put_u16(at, key->tag ^ fields->tag_error);
    memcpy(at, fields->signer, signer_len);
    scn_name_lower(at);
    return (size_t)(at - start) + signer_len;
}

static int compare_rdata(const void *a, const void *b)
{
    return sim_canonical_compare(a, b);
}

/* Canonical copies of all RDATA in scratch, in order, in sorted. */
static void sort_rdata(const struct sim_rrset *rrset, uint8_t *scratch,
                       struct sim_rdata *sorted)
{
    for (size_t i = 0; i < rrset->count; i++) {
        const struct sim_rdata *rdata = &rrset->rdatas[i];

        if (rdata->len > 0) {
            memcpy(scratch, rdata->octets, rdata->len);
        }
        sim_canonical_rdata(rrset->type, scratch, rdata->len);
        sorted[i] = (struct sim_rdata){ scratch, rdata->len };
        scratch += rdata->len;
    }
    qsort(sorted, rrset->count, sizeof(*sorted), compare_rdata);
}

static size_t put_records(uint8_t *at, const struct sim_rrset *rrset,
                          uint8_t labels, const struct sim_rdata *sorted)
{
    uint8_t owner[SCN_NAME_MAX + 2];
    size_t owner_len = put_owner(owner, rrset->owner, labels);
    uint8_t *start = at;

    for (size_t i = 0; i < rrset->count; i++) {
        if (i > 0 && sim_canonical_compare(&sorted[i - 1], &sorted[i]) == 0) {
            continue; /* duplicates count once: RFC 4034 section 6.3 */
        }
        memcpy(at, owner, owner_len);
        at = sim_put_u16(at + owner_len, rrset->type);
        at = sim_put_u16(at, SIM_CLASS_IN);
        at = sim_put_u32(at, rrset->ttl);
        at = sim_put_u16(at, sorted[i].len);
        if (sorted[i].len > 0) {
            memcpy(at, sorted[i].octets, sorted[i].len);
        }
        at += sorted[i].len;
    }
    return (size_t)(at - start);
}

uint8_t sim_rrsig_labels(const uint8_t *owner)
{
    size_t labels = scn_name_labels(owner);

    if (owner[0] == 1 && owner[1] == '*') {
        labels--;
    }
    return (uint8_t)labels;
}

enum sim_status sim_sign_data(const struct sim_rrset *rrset,
                              const struct sim_rrsig *fields,
                              const struct sim_key *key, uint8_t **data_out,
                              size_t *len_out)
{
    size_t total = 0;
    size_t room = FIXED_LEN + SCN_NAME_MAX;
    struct sim_rdata *sorted = NULL;
    uint8_t *scratch = NULL;
    uint8_t *data = NULL;
    enum sim_status st = SIM_ENOMEM;

    for (size_t i = 0; i < rrset->count; i++) {
        total += rrset->rdatas[i].len;
    }
    room += total + rrset->count * (SCN_NAME_MAX + 2 + RR_FIXED_LEN);
    sorted = calloc(rrset->count + 1, sizeof(*sorted));
    scratch = malloc(total + 1);
    data = malloc(room);
    if (sorted == NULL || scratch == NULL || data == NULL) {
        goto out;
    }
    sort_rdata(rrset, scratch, sorted);
    *len_out = put_fields(data, rrset, fields, key);
    *len_out += put_records(data + *len_out, rrset, fields->labels, sorted);
    *data_out = data;
    data = NULL;
    st = SIM_OK;
out:
    free(data);
    free(scratch);
    free(sorted);
    return st;
}

enum sim_status sim_sign_rrset(struct sim_keyring *ring,
                               const struct sim_rrset *rrset,
                               const struct sim_rrsig *fields,
                               const struct sim_key *key,
                               struct sim_arena *arena,
                               struct sim_rdata *rrsig_out)
{
    uint8_t sig[SIM_SIGNATURE_MAX];
    size_t sig_len = 0;
    size_t head_len = FIXED_LEN + scn_name_length(fields->signer);
    uint8_t *data = NULL;
    size_t data_len = 0;
    uint8_t *octets = NULL;
    enum sim_status st = sim_sign_data(rrset, fields, key, &data, &data_len);

    if (st != SIM_OK) {
        return st;
    }
    st = sim_key_sign(ring, key, data, data_len, sig, &sig_len);
    if (st == SIM_OK) {
        octets = sim_arena_alloc(arena, head_len + sig_len);
        st = octets != NULL ? SIM_OK : SIM_ENOMEM;
    }
    if (st == SIM_OK) {
        memcpy(octets, data, head_len);
        memcpy(octets + head_len, sig, sig_len);
        *rrsig_out =
            (struct sim_rdata){ octets, (uint16_t)(head_len + sig_len) };
    }
    free(data);
    return st;
}
