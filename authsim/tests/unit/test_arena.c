/* SPDX-License-Identifier: BSD-2-Clause */
#include "arena.h"
#include "testing.h"

#include <stdalign.h>
#include <string.h>

static void objects_are_zeroed_aligned_and_apart(void **state)
{
    struct sim_arena *arena = sim_arena_new();
    uint8_t *last = NULL;

    (void)state;
    assert_non_null(arena);
    for (size_t size = 1; size < 5000; size = size * 3 + 1) {
        uint8_t *object = sim_arena_alloc(arena, size);

        assert_non_null(object);
        assert_int_equal((uintptr_t)object % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(object[i], 0);
        }
        memset(object, 0xff, size);
        assert_ptr_not_equal(object, last);
        last = object;
    }
    sim_arena_free(arena);
}

static void holds_objects_larger_than_a_block(void **state)
{
    struct sim_arena *arena = sim_arena_new();
    uint8_t *large = sim_arena_alloc(arena, 1000000);

    (void)state;
    assert_non_null(large);
    large[999999] = 1;
    assert_non_null(sim_arena_alloc(arena, 10));
    sim_arena_free(arena);
}

static void reset_memory_is_used_again(void **state)
{
    struct sim_arena *arena = sim_arena_new();
    void *first = sim_arena_alloc(arena, 100);

    (void)state;
    assert_non_null(sim_arena_alloc(arena, 100000));
    sim_arena_reset(arena);
    assert_ptr_equal(sim_arena_alloc(arena, 100), first);
    sim_arena_free(arena);
}

static void copies_octets(void **state)
{
    struct sim_arena *arena = sim_arena_new();

    (void)state;
    assert_string_equal(sim_arena_copy(arena, "seven", 6), "seven");
    assert_non_null(sim_arena_copy(arena, NULL, 0));
    sim_arena_free(arena);
    sim_arena_free(NULL);
}

static void refuses_what_cannot_be(void **state)
{
    struct sim_arena *arena = sim_arena_new();

    (void)state;
    assert_null(sim_arena_alloc(arena, SIZE_MAX));
    assert_null(sim_arena_alloc(arena, SIZE_MAX - 64));
    sim_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_are_zeroed_aligned_and_apart),
        cmocka_unit_test(holds_objects_larger_than_a_block),
        cmocka_unit_test(reset_memory_is_used_again),
        cmocka_unit_test(copies_octets),
        cmocka_unit_test(refuses_what_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
