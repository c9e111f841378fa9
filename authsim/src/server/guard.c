/* SPDX-License-Identifier: BSD-2-Clause */
/* guard.c - cookies first; then a bucket of tokens for each network. */
#include "guard.h"

#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

enum {
    BUCKETS = 4096, /* networks that meet in one share it */
    COOKIE_GROWTH = SIM_COOKIE_SIZE - SIM_COOKIE_CLIENT,
    NETWORK_OCTETS_4 = 3, /* /24 */
    NETWORK_OCTETS_6 = 7  /* /56 */
};

static const int64_t ns_per_token = 1000000000 / SIM_GUARD_RATE;

struct bucket {
    int64_t full_ns; /* when all of its tokens are there again */
    unsigned over;   /* replies that were too many in a row */
};

struct sim_guard {
    uint8_t secret[SIM_COOKIE_SECRET];
    struct bucket buckets[BUCKETS];
};

enum sim_status sim_guard_new(const uint8_t *secret,
                              struct sim_guard **guard_out)
{
    struct sim_guard *guard = calloc(1, sizeof(*guard));

    if (guard == NULL) {
        return SIM_ENOMEM;
    }
    if (secret != NULL) {
        memcpy(guard->secret, secret, SIM_COOKIE_SECRET);
    } else if (RAND_bytes(guard->secret, SIM_COOKIE_SECRET) != 1) {
        free(guard);        /* LCOV_EXCL_LINE: no entropy */
        return SIM_ECRYPTO; /* LCOV_EXCL_LINE */
    }
    *guard_out = guard;
    return SIM_OK;
}

void sim_guard_free(struct sim_guard *guard)
{
    free(guard);
}

/* FNV-1a; the secret keeps anybody from choosing whom to meet. */
static struct bucket *bucket_of(struct sim_guard *guard,
                                const struct sim_address *client)
{
    const size_t len =
        client->family == 4 ? NETWORK_OCTETS_4 : NETWORK_OCTETS_6;
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < SIM_COOKIE_SECRET; i++) {
        hash = (hash ^ guard->secret[i]) * 1099511628211u;
    }
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ client->octets[i]) * 1099511628211u;
    }
    return &guard->buckets[(hash ^ hash >> 32) % BUCKETS];
}

enum share { WHOLE, SLIPPED, NOTHING };

/* What the client's network may have now. */
static enum share take_token(struct bucket *bucket, int64_t now_ns)
{
    const int64_t from_ns = bucket->full_ns > now_ns ? bucket->full_ns : now_ns;

    if (from_ns - now_ns <= (SIM_GUARD_RATE - 1) * ns_per_token) {
        bucket->full_ns = from_ns + ns_per_token;
        bucket->over = 0;
        return WHOLE;
    }
    return ++bucket->over % SIM_GUARD_SLIP == 0 ? SLIPPED : NOTHING;
}

bool sim_guard_let_in(struct sim_guard *guard, int64_t now_s,
                      struct sim_incoming *in)
{
    struct sim_query query;
    uint8_t rcode = 0;
    size_t len = 0;
    bool verified = false;

    if (guard == NULL) {
        return true;
    }
    if (sim_query_parse(in->octets, in->len, &query, &rcode) ==
        SIM_QUERY_IGNORED) {
        return false;
    }
    const struct sim_cookie_context context = { .secret = guard->secret,
                                                .client = &in->client,
                                                .now_s = (uint32_t)now_s };
    const uint8_t *cookie = sim_cookie_find(query.opt, query.opt_len, &len);
    if (cookie != NULL) {
        in->terms.malformed = !sim_cookie_is_well_formed(len);
        in->terms.has_cookie =
            !in->terms.malformed &&
            sim_cookie_make(&context, cookie, in->terms.cookie);
        verified = sim_cookie_is_valid(&context, cookie, len);
    }
    if (verified || in->transport == SCN_TCP) {
        return true;
    }
    switch (take_token(bucket_of(guard, &in->client), in->now_ns)) {
    case WHOLE:
        in->terms.limit = SIM_GUARD_FACTOR * in->len;
        return true;
    case SLIPPED:
        in->terms.limit =
            in->len + (in->terms.has_cookie ? (size_t)COOKIE_GROWTH : 0);
        return true;
    case NOTHING:
        return false;
    }
    return false; /* LCOV_EXCL_LINE: DefensiveCoding */
}
