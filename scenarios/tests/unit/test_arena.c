/* SPDX-License-Identifier: BSD-2-Clause */
#include "arena.h"
#include "testing.h"

#include <stdalign.h>
#include <string.h>

static void gives_zeroed_aligned_memory(void **state)
{
    struct scn_arena arena = { 0 };

    (void)state;
    for (size_t size = 1; size < 5000; size += 7) {
        unsigned char *memory = scn_alloc(&arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(memory[i], 0);
        }
        memset(memory, 0xff, size);
    }
    scn_arena_fini(&arena);
}

static void refuses_sizes_that_overflow(void **state)
{
    struct scn_arena arena = { 0 };

    (void)state;
    assert_null(scn_alloc(&arena, SIZE_MAX));
    assert_null(scn_alloc_array(&arena, SIZE_MAX / 2, 3));
    assert_non_null(scn_alloc_array(&arena, 0, 3));
    scn_arena_fini(&arena);
}

static void copies_and_formats_text(void **state)
{
    struct scn_arena arena = { 0 };

    (void)state;
    assert_string_equal(scn_copy_text(&arena, "hello", 4), "hell");
    assert_string_equal(scn_copy_text(&arena, NULL, 0), "");
    assert_memory_equal(scn_copy(&arena, "a\0b", 3), "a\0b", 3);
    assert_string_equal(scn_format(&arena, "%s-%d", "a", 7), "a-7");
    scn_arena_fini(&arena);
    scn_arena_fini(&arena); /* again is harmless */
}

static void grows_lists(void **state)
{
    struct scn_arena arena = { 0 };
    struct scn_vec vec = { 0 };

    (void)state;
    for (int i = 0; i < 1000; i++) {
        int *slot = scn_vec_push(&arena, &vec, sizeof(*slot));
        assert_non_null(slot);
        assert_int_equal(*slot, 0);
        *slot = i;
    }
    const int *numbers = vec.items;
    assert_int_equal(vec.count, 1000);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(numbers[i], i);
    }
    scn_arena_fini(&arena);
}

/* 2,432 octets are what a small instance takes. */
static void takes_little_more_than_it_gives(void **state)
{
    (void)state;
    for (size_t wanted = 2432; wanted < 1000000; wanted *= 3) {
        struct scn_arena arena = { 0 };
        for (size_t given = 0; given < wanted; given += 32) {
            assert_non_null(scn_alloc(&arena, 32));
        }
        assert_true(arena.size >= wanted);
        assert_true(arena.size <= wanted + wanted / 2);
        scn_arena_fini(&arena);
        assert_int_equal(arena.size, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory),
        cmocka_unit_test(refuses_sizes_that_overflow),
        cmocka_unit_test(copies_and_formats_text),
        cmocka_unit_test(grows_lists),
        cmocka_unit_test(takes_little_more_than_it_gives),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
