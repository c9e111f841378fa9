/* SPDX-License-Identifier: BSD-2-Clause */
#include "packet.h"
#include "reply_cache.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

static bool malloc_fails;
static bool calloc_fails;

void *__wrap_malloc(size_t size)
{
    return malloc_fails ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return calloc_fails ? NULL : __real_calloc(count, size);
}

enum { LARGE = 60000 };

static const uint8_t www[] = "\3wWw\1t";
static const uint8_t large[LARGE];

static int setup(void **state)
{
    malloc_fails = false;
    calloc_fails = false;
    *state = sim_reply_cache_new();
    return *state == NULL;
}

static int teardown(void **state)
{
    malloc_fails = false;
    calloc_fails = false;
    sim_reply_cache_free(*state);
    sim_reply_cache_free(NULL);
    return 0;
}

static struct sim_cache_key key_of(const struct packet *p)
{
    return (struct sim_cache_key){
        .query = p->octets,
        .query_len = p->len,
        .local = { .family = 4, .octets = { 198, 18, 16, 1 }, .port = 53 },
        .transport = SCN_UDP,
    };
}

/* A question that is told from others by its type and class. */
static struct packet question(unsigned number)
{
    struct packet p;

    packet_query(&p, www, number & 0xffff, 0);
    p.octets[p.len - 1] = (uint8_t)(number >> 16);
    return p;
}

static bool has(struct sim_reply_cache *cache, unsigned number)
{
    const struct packet p = question(number);
    const struct sim_cache_key key = key_of(&p);

    return sim_reply_cache_find(cache, &key) != NULL;
}

static void keep(struct sim_reply_cache *cache, unsigned number, size_t len)
{
    const struct packet p = question(number);
    const struct sim_cache_key key = key_of(&p);
    const struct sim_cached cached = { .reply = large,
                                       .reply_len = len,
                                       .exchange = { .name = www } };

    sim_reply_cache_keep(cache, &key, &cached);
}

static void finds_a_deep_copy(void **state)
{
    static const uint8_t *const aliases[] = { www };
    struct sim_reply_cache *cache = *state;
    uint8_t reply[] = { 1, 2, 3, 4, 5 };
    uint8_t name[sizeof(www)];
    int instance = 0;
    struct packet p = question(257);
    const struct sim_cache_key key = key_of(&p);
    const struct sim_cached cached = {
        .reply = reply,
        .reply_len = sizeof(reply),
        .instance = (struct sim_instance *)(void *)&instance,
        .exchange = { .name = name,
                      .type = 257,
                      .size = 5,
                      .aliases = aliases,
                      .alias_count = 1 },
    };

    memcpy(name, www, sizeof(www));
    assert_null(sim_reply_cache_find(cache, &key));
    sim_reply_cache_keep(cache, &key, &cached);
    memset(reply, 0, sizeof(reply));
    memset(name, 0, sizeof(name));
    const struct sim_cached *got = sim_reply_cache_find(cache, &key);
    assert_non_null(got);
    assert_int_equal(got->reply_len, 5);
    assert_memory_equal(got->reply, "\1\2\3\4\5", 5);
    assert_ptr_equal(got->instance, &instance);
    assert_int_equal(got->exchange.type, 257);
    assert_int_equal(got->exchange.size, 5);
    assert_memory_equal(got->exchange.name, www, sizeof(www));
    assert_memory_equal(got->exchange.aliases[0], www, sizeof(www));
    const struct sim_cache_counts counts = sim_reply_cache_counts(cache);
    assert_int_equal(counts.hits, 1);
    assert_int_equal(counts.misses, 1);
}

static void the_id_and_the_port_are_no_part_of_the_key(void **state)
{
    struct packet p = question(1);
    struct sim_cache_key key = key_of(&p);

    keep(*state, 1, 12);
    p.octets[0] ^= 0xff;
    p.octets[1] ^= 0xff;
    key.local.port = 5300;
    assert_non_null(sim_reply_cache_find(*state, &key));
}

static void every_other_octet_of_the_query_is(void **state)
{
    struct packet p = question(1);
    struct sim_cache_key key = key_of(&p);

    packet_opt(&p, 1232, 0, 0x8000);
    key.query_len = p.len;
    const struct sim_cached cached = { .reply = large, .reply_len = 12 };
    sim_reply_cache_keep(*state, &key, &cached);
    for (size_t at = SIM_CACHE_ID; at < p.len; at++) {
        for (unsigned bit = 1; bit < 256; bit *= 2) {
            p.octets[at] ^= (uint8_t)bit;
            assert_null(sim_reply_cache_find(*state, &key));
            p.octets[at] ^= (uint8_t)bit;
        }
    }
    key.query_len--;
    assert_null(sim_reply_cache_find(*state, &key));
    key.query_len += 2;
    assert_null(sim_reply_cache_find(*state, &key));
    key.query_len--;
    assert_non_null(sim_reply_cache_find(*state, &key));
}

static void the_server_and_the_transport_are(void **state)
{
    const struct packet p = question(1);
    struct sim_cache_key key = key_of(&p);

    keep(*state, 1, 12);
    key.transport = SCN_TCP;
    assert_null(sim_reply_cache_find(*state, &key));
    key = key_of(&p);
    key.local.octets[3]++;
    assert_null(sim_reply_cache_find(*state, &key));
    key = key_of(&p);
    key.local.family = 6;
    assert_null(sim_reply_cache_find(*state, &key));
    key = key_of(&p);
    assert_non_null(sim_reply_cache_find(*state, &key));
}

/* --- keys whose hashes meet --- */

enum { WORD = sizeof(uint64_t) };

/* What the last round of a hash was given: each can be undone. */
static uint64_t undone(uint64_t hash)
{
    const uint64_t prime = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t inverse = prime;

    for (int i = 0; i < 5; i++) {
        inverse *= 2 - prime * inverse; /* right in twice as many bits */
    }
    return (hash ^ hash >> 32) * inverse;
}

static uint64_t word_at(const uint8_t *octets)
{
    uint64_t word = 0;

    memcpy(&word, octets, WORD);
    return word;
}

static void put_word(struct packet *p)
{
    do {
        packet_u8(p, 0);
    } while ((p->len - SIM_CACHE_ID) % WORD != 0);
}

/* A question of whole words behind its ID, of which the last is 0. */
static struct packet whole_words(unsigned number)
{
    struct packet p = question(number);

    put_word(&p);
    put_word(&p);
    return p;
}

/* Its last word, which was 0, so that its hash is the wanted one. */
static void make_meet(struct packet *p, uint64_t wanted)
{
    const struct sim_cache_key key = key_of(p);
    const uint64_t word = undone(wanted) ^ undone(sim_reply_cache_hash(&key));

    memcpy(p->octets + p->len - WORD, &word, WORD);
}

/* The hash as it was before the query. */
static uint64_t before_query(const struct sim_cache_key *key)
{
    uint64_t hash = sim_reply_cache_hash(key);

    for (size_t at = key->query_len; at > SIM_CACHE_ID; at -= WORD) {
        hash = undone(hash) ^ word_at(key->query + at - WORD);
    }
    return hash;
}

static void not_told_for(struct sim_reply_cache *cache,
                         const struct sim_cache_key *kept,
                         const struct sim_cache_key *other)
{
    const struct sim_cached cached = { .reply = large, .reply_len = 12 };

    assert_true(sim_reply_cache_hash(kept) == sim_reply_cache_hash(other));
    sim_reply_cache_keep(cache, kept, &cached);
    assert_null(sim_reply_cache_find(cache, other));
    assert_non_null(sim_reply_cache_find(cache, kept));
}

static void queries_whose_hashes_meet_are_told_apart(void **state)
{
    const struct packet p = whole_words(1);
    const struct sim_cache_key key = key_of(&p);
    struct packet other = whole_words(2);
    struct packet longer = p;

    put_word(&longer);
    make_meet(&other, sim_reply_cache_hash(&key));
    const struct sim_cache_key other_key = key_of(&other);
    not_told_for(*state, &key, &other_key);
    make_meet(&longer, sim_reply_cache_hash(&key));
    const struct sim_cache_key longer_key = key_of(&longer);
    not_told_for(*state, &key, &longer_key);
}

static void servers_whose_hashes_meet_are_told_apart(void **state)
{
    const struct packet p = whole_words(1);
    struct sim_cache_key key = key_of(&p);
    struct sim_cache_key other = key;

    key.local = (struct sim_address){ .family = 6, .octets = { 0x20, 1 } };
    other.local = (struct sim_address){ .family = 6, .octets = { 0x20, 2 } };
    const uint64_t word =
        undone(before_query(&key)) ^ undone(before_query(&other));
    memcpy(other.local.octets + WORD, &word, WORD);
    not_told_for(*state, &key, &other);
}

static void all_is_forgotten_but_the_counts(void **state)
{
    struct sim_reply_cache *cache = *state;

    sim_reply_cache_forget(cache); /* there is nothing yet */
    for (unsigned i = 0; i < 1000; i++) {
        keep(cache, i, 400);
    }
    assert_true(has(cache, 0));
    assert_true(has(cache, 999));
    sim_reply_cache_forget(cache);
    for (unsigned i = 0; i < 1000; i++) {
        assert_false(has(cache, i));
    }
    keep(cache, 7, 400);
    assert_true(has(cache, 7));
    assert_int_equal(sim_reply_cache_counts(cache).hits, 3);
    assert_int_equal(sim_reply_cache_counts(cache).misses, 1000);
}

static void octets_are_bounded_and_the_oldest_go(void **state)
{
    enum { FIT = SIM_CACHE_OCTETS / LARGE, ALL = FIT + 100 };
    unsigned kept = 0;

    for (unsigned i = 0; i < ALL; i++) {
        keep(*state, i, LARGE);
        assert_true(has(*state, i));
    }
    for (unsigned i = 0; i < ALL; i++) {
        kept += has(*state, i);
    }
    assert_in_range(kept, FIT - FIT / 10, FIT);
    /* None is missing among the newest. */
    for (unsigned i = ALL - kept; i < ALL; i++) {
        assert_true(has(*state, i));
    }
}

static void entries_are_bounded_and_the_newest_stay(void **state)
{
    enum { ALL = SIM_CACHE_ENTRIES + SIM_CACHE_ENTRIES / 2, NEW = 4096 };
    unsigned kept = 0;

    for (unsigned i = 0; i < ALL; i++) {
        keep(*state, i, 12);
    }
    for (unsigned i = 0; i < ALL; i++) {
        kept += has(*state, i);
    }
    /* Of sets of eight, 12 on average, 2 % of the places are free; were they
     * of seven, 13 % would be. */
    assert_in_range(kept, SIM_CACHE_ENTRIES / 16 * 15, SIM_CACHE_ENTRIES);
    for (unsigned i = ALL - NEW; i < ALL; i++) {
        assert_true(has(*state, i));
    }
}

static void what_is_too_large_is_not_kept(void **state)
{
    static const uint8_t huge[1 << 18];
    const struct packet p = question(1);
    const struct sim_cache_key key = key_of(&p);
    const struct sim_cached cached = { .reply = huge,
                                       .reply_len = sizeof(huge) };

    sim_reply_cache_keep(*state, &key, &cached);
    assert_false(has(*state, 1));
}

static void without_memory_nothing_is_kept(void **state)
{
    calloc_fails = true;
    assert_null(sim_reply_cache_new());
    keep(*state, 1, 12);
    calloc_fails = false;
    malloc_fails = true;
    keep(*state, 1, 12);
    malloc_fails = false;
    assert_false(has(*state, 1));
    keep(*state, 1, 12);
    assert_true(has(*state, 1));
}

int main(void)
{
#define ALONE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        ALONE(finds_a_deep_copy),
        ALONE(the_id_and_the_port_are_no_part_of_the_key),
        ALONE(every_other_octet_of_the_query_is),
        ALONE(the_server_and_the_transport_are),
        ALONE(queries_whose_hashes_meet_are_told_apart),
        ALONE(servers_whose_hashes_meet_are_told_apart),
        ALONE(all_is_forgotten_but_the_counts),
        ALONE(octets_are_bounded_and_the_oldest_go),
        ALONE(entries_are_bounded_and_the_newest_stay),
        ALONE(what_is_too_large_is_not_kept),
        ALONE(without_memory_nothing_is_kept),
    };
#undef ALONE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
