/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <authsim/journal.h>
#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

static size_t asked_for; /* octets, by the last calloc() */
static bool calloc_fails;

void *__wrap_calloc(size_t count, size_t size)
{
    asked_for = count * size;
    return calloc_fails ? NULL : __real_calloc(count, size);
}

static const uint8_t name[] = "\3wWw\6agency";
static const uint8_t target[] = "\6target\6agency";
static const uint8_t zone[] = "\6agency";

static struct sim_exchange example(void)
{
    static const uint8_t *const aliases[] = { target };
    static const uint8_t *const no_ds[] = { zone };
    static const struct scn_fault fault;
    static const struct sim_near_miss near_misses[] = {
        { &fault, "type", 0 }, { &fault, "first", 3 }
    };

    return (struct sim_exchange){
        .number = 7,
        .server = "near",
        .zone = zone,
        .name = name,
        .type = 257,
        .perspective = "primary",
        .fault = "drop query",
        .aliases = aliases,
        .alias_count = 1,
        .no_ds = no_ds,
        .no_ds_count = 1,
        .near_misses = near_misses,
        .near_miss_count = 2,
    };
}

static void keeps_a_deep_copy(void **state)
{
    struct sim_journal *journal = *state;
    struct sim_exchange x = example();
    char server[] = "near";
    uint8_t mutable_name[sizeof(name)];
    size_t index = 99;

    memcpy(mutable_name, name, sizeof(name));
    x.server = server;
    x.name = mutable_name;
    assert_int_equal(sim_journal_append(journal, &x, &index), SIM_OK);
    server[0] = 'X';
    mutable_name[1] = 'X';
    const struct sim_exchange *got = sim_journal_at(journal, index);
    assert_int_equal(index, 0);
    assert_string_equal(got->server, "near");
    assert_memory_equal(got->name, name, sizeof(name));
    assert_memory_equal(got->zone, zone, sizeof(zone));
    assert_string_equal(got->perspective, "primary");
    assert_string_equal(got->fault, "drop query");
    assert_int_equal(got->alias_count, 1);
    assert_memory_equal(got->aliases[0], target, sizeof(target));
    assert_ptr_not_equal(got->aliases[0], target);
    assert_int_equal(got->no_ds_count, 1);
    assert_memory_equal(got->no_ds[0], zone, sizeof(zone));
    assert_int_equal(got->near_miss_count, 2);
    assert_ptr_not_equal(got->near_misses, x.near_misses);
    assert_string_equal(got->near_misses[0].key, "type");
    assert_ptr_equal(got->near_misses[1].fault, x.near_misses[1].fault);
    assert_int_equal(got->near_misses[1].match_number, 3);
    assert_int_equal(got->number, 7);
}

static void keeps_absent_things_absent(void **state)
{
    const struct sim_exchange x = { .type = 1 };
    size_t index = 0;

    assert_int_equal(sim_journal_append(*state, &x, &index), SIM_OK);
    const struct sim_exchange *got = sim_journal_at(*state, index);
    assert_null(got->server);
    assert_null(got->zone);
    assert_null(got->name);
    assert_null(got->perspective);
    assert_null(got->fault);
    assert_int_equal(got->near_miss_count, 0);
    assert_int_equal(got->alias_count, 0);
}

static void keeps_a_thousand_in_order(void **state)
{
    struct sim_exchange x = example();
    size_t index = 0;

    for (uint64_t i = 0; i < 1000; i++) {
        x.number = i;
        assert_int_equal(sim_journal_append(*state, &x, &index), SIM_OK);
        assert_int_equal(index, i);
    }
    assert_int_equal(sim_journal_count(*state), 1000);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(sim_journal_at(*state, i)->number, i);
    }
}

static void completes_an_entry_when_its_reply_comes(void **state)
{
    const struct sim_exchange x = example();
    size_t index = 0;

    assert_int_equal(sim_journal_append(*state, &x, &index), SIM_OK);
    assert_false(sim_journal_at(*state, index)->replied);
    sim_journal_reply(*state, index, 123, 0x8182, 77, 3);
    const struct sim_exchange *got = sim_journal_at(*state, index);
    assert_true(got->replied);
    assert_int_equal(got->replied_ns, 123);
    assert_int_equal(got->flags, 0x8182);
    assert_int_equal(got->rcode, 2);
    assert_int_equal(got->size, 77);
    assert_int_equal(got->answer_count, 3);
}

static void a_window_starts_where_it_was_forgotten(void **state)
{
    const struct sim_exchange x = example();
    size_t index = 0;

    assert_int_equal(sim_journal_window(*state), 0);
    assert_int_equal(sim_journal_append(*state, &x, &index), SIM_OK);
    assert_int_equal(sim_journal_window(*state), 0);
    sim_journal_forget(*state);
    assert_int_equal(sim_journal_window(*state), 1);
    assert_int_equal(sim_journal_count(*state), 1);
}

static void drops_what_lies_before_the_window(void **state)
{
    struct sim_exchange x = example();
    size_t index = 0;

    sim_journal_drop(*state);
    for (uint64_t i = 0; i < 20; i++) {
        x.number = i;
        assert_int_equal(sim_journal_append(*state, &x, &index), SIM_OK);
        if (i == 11) {
            sim_journal_forget(*state);
        }
    }
    sim_journal_drop(*state);
    assert_int_equal(sim_journal_first(*state), 12);
    assert_int_equal(sim_journal_count(*state), 20);
    assert_int_equal(sim_journal_at(*state, 12)->number, 12);
    x.number = 20;
    assert_int_equal(sim_journal_append(*state, &x, &index), SIM_OK);
    assert_int_equal(index, 20);
    sim_journal_reply(*state, index, 123, 0x8182, 77, 3);
    assert_int_equal(sim_journal_at(*state, 20)->number, 20);
    assert_int_equal(sim_journal_at(*state, 20)->size, 77);
    assert_int_equal(sim_journal_at(*state, 19)->number, 19);
}

static void fill(struct sim_journal *journal, uint64_t count)
{
    struct sim_exchange x = example();
    size_t index = 0;

    for (uint64_t i = 0; i < count; i++) {
        x.number = 10 * (i + 1);
        assert_int_equal(sim_journal_append(journal, &x, &index), SIM_OK);
    }
}

static void a_window_may_start_at_a_number(void **state)
{
    struct sim_journal *journal = *state;

    sim_journal_forget_before(journal, 1);
    assert_int_equal(sim_journal_window(journal), 0);
    fill(journal, 9);
    sim_journal_forget_before(journal, 10);
    assert_int_equal(sim_journal_window(journal), 0);
    sim_journal_forget_before(journal, 31);
    assert_int_equal(sim_journal_window(journal), 3);
    sim_journal_drop(journal);
    sim_journal_forget_before(journal, 20);
    assert_int_equal(sim_journal_window(journal), 3);
    sim_journal_forget_before(journal, 50);
    assert_int_equal(sim_journal_window(journal), 4);
    sim_journal_forget_before(journal, 1000);
    assert_int_equal(sim_journal_window(journal), 9);
    assert_int_equal(sim_journal_count(journal), 9);
}

static void what_was_dropped_takes_no_memory(void **state)
{
    struct sim_journal *journal = *state;

    fill(journal, 1000);
    const size_t most = asked_for;
    asked_for = 0;
    sim_journal_forget_before(journal, 1010);
    sim_journal_drop(journal);
    assert_int_equal(asked_for, 0); /* a few do not pay */
    sim_journal_forget_before(journal, 9910);
    sim_journal_drop(journal);
    assert_int_equal(asked_for, most / 32);
    assert_int_equal(sim_journal_at(journal, 990)->number, 9910);
    assert_int_equal(sim_journal_at(journal, 999)->number, 10000);
    const size_t few = asked_for;
    sim_journal_forget(journal);
    sim_journal_drop(journal);
    assert_true(asked_for < few);
    fill(journal, 20);
    assert_int_equal(sim_journal_count(journal), 1020);
    calloc_fails = true;
    sim_journal_forget(journal);
    sim_journal_drop(journal);
    fill(journal, 20);
    calloc_fails = false;
    assert_int_equal(sim_journal_at(journal, 1020)->number, 10);
    assert_int_equal(sim_journal_count(journal), 1040);
}

static void marks_what_the_lab_itself_asks(void **state)
{
    const struct sim_exchange x = example();
    size_t index = 0;

    sim_journal_set_lab_own(*state, true);
    assert_int_equal(sim_journal_append(*state, &x, &index), SIM_OK);
    sim_journal_set_lab_own(*state, false);
    assert_int_equal(sim_journal_append(*state, &x, &index), SIM_OK);
    assert_true(sim_journal_at(*state, 0)->lab_own);
    assert_false(sim_journal_at(*state, 1)->lab_own);
}

static int setup(void **state)
{
    return sim_journal_new((struct sim_journal **)state) == SIM_OK ? 0 : -1;
}

static int teardown(void **state)
{
    sim_journal_free(*state);
    sim_journal_free(NULL);
    return 0;
}

#define JOURNAL_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOURNAL_TEST(keeps_a_deep_copy),
        JOURNAL_TEST(keeps_absent_things_absent),
        JOURNAL_TEST(keeps_a_thousand_in_order),
        JOURNAL_TEST(completes_an_entry_when_its_reply_comes),
        JOURNAL_TEST(a_window_starts_where_it_was_forgotten),
        JOURNAL_TEST(drops_what_lies_before_the_window),
        JOURNAL_TEST(a_window_may_start_at_a_number),
        JOURNAL_TEST(what_was_dropped_takes_no_memory),
        JOURNAL_TEST(marks_what_the_lab_itself_asks),
    };

    return cmocka_run_group_tests_name("authsim.journal", tests, NULL, NULL);
}
