/* SPDX-License-Identifier: BSD-2-Clause */
#include "exchange.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

static const uint8_t www[] = "\3wWw\6agency";
static const uint8_t target[] = "\6target\6agency";
static const uint8_t zone[] = "\6agency";

static bool lies_in(const void *pointer, const uint8_t *block, size_t len)
{
    const uint8_t *at = pointer;

    return at >= block && at < block + len;
}

static void a_copy_owes_nothing_to_the_original(void **state)
{
    static const uint8_t *const aliases[] = { target, zone };
    static const uint8_t *const no_ds[] = { zone };
    static const struct scn_fault fault;
    static const struct sim_near_miss near_misses[] = { { &fault, "type", 2 } };
    const struct sim_exchange x = {
        .number = 7,
        .server = "near",
        .zone = zone,
        .name = www,
        .type = 257,
        .perspective = "primary",
        .fault = "drop query",
        .aliases = aliases,
        .alias_count = 2,
        .alias_to = target,
        .no_ds = no_ds,
        .no_ds_count = 1,
        .near_misses = near_misses,
        .near_miss_count = 1,
    };
    const size_t len = sim_exchange_block(&x);
    uint8_t *block = malloc(len);
    struct sim_exchange copy;

    (void)state;
    assert_non_null(block);
    sim_exchange_copy(&x, block, &copy);
    assert_int_equal(copy.number, 7);
    assert_int_equal(copy.type, 257);
    assert_true(lies_in(copy.server, block, len));
    assert_string_equal(copy.server, "near");
    assert_true(lies_in(copy.perspective, block, len));
    assert_string_equal(copy.perspective, "primary");
    assert_true(lies_in(copy.fault, block, len));
    assert_string_equal(copy.fault, "drop query");
    assert_true(lies_in(copy.zone, block, len));
    assert_memory_equal(copy.zone, zone, sizeof(zone));
    assert_true(lies_in(copy.name, block, len));
    assert_memory_equal(copy.name, www, sizeof(www));
    assert_true(lies_in(copy.alias_to, block, len));
    assert_memory_equal(copy.alias_to, target, sizeof(target));
    assert_true(lies_in(copy.aliases, block, len));
    assert_true(lies_in(copy.aliases[1], block, len));
    assert_memory_equal(copy.aliases[0], target, sizeof(target));
    assert_memory_equal(copy.aliases[1], zone, sizeof(zone));
    assert_true(lies_in(copy.no_ds, block, len));
    assert_memory_equal(copy.no_ds[0], zone, sizeof(zone));
    assert_true(lies_in(copy.near_misses, block, len));
    assert_ptr_equal(copy.near_misses[0].fault, &fault);
    assert_int_equal(copy.near_misses[0].match_number, 2);
    free(block);
}

static void what_is_not_there_takes_no_room(void **state)
{
    const struct sim_exchange x = { .type = 1 };
    struct sim_exchange copy;
    uint8_t block[1];

    (void)state;
    assert_int_equal(sim_exchange_block(&x), 0);
    sim_exchange_copy(&x, block, &copy);
    assert_int_equal(copy.type, 1);
    assert_null(copy.server);
    assert_null(copy.zone);
    assert_null(copy.alias_to);
    assert_null(copy.near_misses);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_owes_nothing_to_the_original),
        cmocka_unit_test(what_is_not_there_takes_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
