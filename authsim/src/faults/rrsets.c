/* SPDX-License-Identifier: BSD-2-Clause */
/* rrsets.c - one small function for each word of FORMAT's `rrsets`. */
#include "rrsets.h"

#include "rrtype.h"

#include <scenario/name.h>

typedef enum sim_status damage_fn(struct sim_arena *arena,
                                  struct sim_rr_list *list);

/* Records from `at` on that are one set, at least one. */
static size_t set_length(const struct sim_rr_list *list, size_t at)
{
    const struct sim_rr *first = &list->rrs[at];
    size_t n = 1;

    while (first->type != SIM_TYPE_RRSIG && at + n < list->count &&
           list->rrs[at + n].type == first->type &&
           scn_name_equal(list->rrs[at + n].owner, first->owner)) {
        n++;
    }
    return n;
}

static void swap(struct sim_rr *a, struct sim_rr *b)
{
    const struct sim_rr kept = *a;

    *a = *b;
    *b = kept;
}

static void turn(struct sim_rr *rrs, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        swap(&rrs[i], &rrs[count - 1 - i]);
    }
}

void sim_rrsets_rotate(unsigned by, struct sim_rr_list *list)
{
    for (size_t at = 0, n = 0; at < list->count; at += n) {
        n = set_length(list, at);
        /* Both parts turned, then the whole. */
        turn(list->rrs + at, by % n);
        turn(list->rrs + at + by % n, n - by % n);
        turn(list->rrs + at, n);
    }
}

/* Targets before the aliases that lead to them. */
static enum sim_status reverse(struct sim_arena *arena,
                               struct sim_rr_list *list)
{
    (void)arena;
    turn(list->rrs, list->count);
    return SIM_OK;
}

/* RFC 2181 section 5.1 and 9: a set is whole, or the reply says TC. */
static enum sim_status keep_part(struct sim_arena *arena,
                                 struct sim_rr_list *list)
{
    size_t kept = 0;

    (void)arena;
    for (size_t at = 0, n = 0; at < list->count; at += n) {
        n = set_length(list, at);
        for (size_t i = 0; i < (n + 1) / 2; i++) {
            list->rrs[kept++] = list->rrs[at + i];
        }
    }
    list->count = kept;
    return SIM_OK;
}

/* RFC 2181 section 5: a set has no two records that are alike. */
static enum sim_status double_all(struct sim_arena *arena,
                                  struct sim_rr_list *list)
{
    const size_t count = list->count;
    struct sim_rr *rrs = NULL;

    if (count == 0) {
        return SIM_OK;
    }
    rrs = sim_arena_alloc(arena, 2 * count * sizeof(*rrs));
    if (rrs == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        rrs[2 * i] = list->rrs[i];
        rrs[2 * i + 1] = list->rrs[i];
    }
    *list = (struct sim_rr_list){ rrs, 2 * count, 2 * count };
    return SIM_OK;
}

/* RFC 2181 section 5.2: one TTL for all. Here each is half the one before. */
static enum sim_status mix_ttls(struct sim_arena *arena,
                                struct sim_rr_list *list)
{
    (void)arena;
    for (size_t at = 0, n = 0; at < list->count; at += n) {
        n = set_length(list, at);
        for (size_t i = 1; i < n; i++) {
            list->rrs[at + i].ttl = list->rrs[at + i - 1].ttl / 2;
        }
    }
    return SIM_OK;
}

static const struct {
    enum scn_rrsets word;
    damage_fn *damage;
} damages[] = {
    { SCN_RRSETS_REVERSE, reverse },
    { SCN_RRSETS_PART, keep_part },
    { SCN_RRSETS_TWICE, double_all },
    { SCN_RRSETS_MIXED_TTL, mix_ttls },
};

enum sim_status sim_rrsets_damage(unsigned words, struct sim_arena *arena,
                                  struct sim_rr_list *list)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; st == SIM_OK && i < sizeof(damages) / sizeof(damages[0]);
         i++) {
        if ((words & (unsigned)damages[i].word) != 0) {
            st = damages[i].damage(arena, list);
        }
    }
    return st;
}
