/* SPDX-License-Identifier: BSD-2-Clause */
#include "arena_state.h"
#include "rrsets.h"
#include "rrtype.h"
#include "testing.h"

#include <scenario/model.h>

#include <string.h>

static const uint8_t a[] = "\1a";
static const uint8_t upper_a[] = "\1A";
static const uint8_t b[] = "\1b";

/* An alias and three CAA with a signature each: the RDATA's length tells which
 * is which. */
static void make_list(struct sim_arena *arena, struct sim_rr_list *list)
{
    static const struct sim_rr rrs[] = {
        { .owner = a, .type = SIM_TYPE_CNAME, .ttl = 300, .rdata_len = 1 },
        { .owner = a, .type = SIM_TYPE_RRSIG, .ttl = 300, .rdata_len = 2 },
        { .owner = b, .type = SIM_TYPE_CAA, .ttl = 300, .rdata_len = 3 },
        { .owner = b, .type = SIM_TYPE_CAA, .ttl = 300, .rdata_len = 4 },
        { .owner = b, .type = SIM_TYPE_CAA, .ttl = 300, .rdata_len = 5 },
        { .owner = b, .type = SIM_TYPE_RRSIG, .ttl = 300, .rdata_len = 6 },
        { .owner = b, .type = SIM_TYPE_RRSIG, .ttl = 300, .rdata_len = 7 },
    };
    const size_t count = sizeof(rrs) / sizeof(rrs[0]);

    *list = (struct sim_rr_list){ sim_arena_copy(arena, rrs, sizeof(rrs)),
                                  count, count };
    assert_non_null(list->rrs);
}

/* Digits are the lengths of RDATA, in order. */
static void expect_order(const struct sim_rr_list *list, const char *digits)
{
    assert_int_equal(list->count, strlen(digits));
    for (size_t i = 0; i < list->count; i++) {
        assert_int_equal(list->rrs[i].rdata_len, digits[i] - '0');
    }
}

static void expect_damaged(struct sim_arena *arena, unsigned words,
                           const char *digits)
{
    struct sim_rr_list list;

    make_list(arena, &list);
    assert_int_equal(sim_rrsets_damage(words, arena, &list), SIM_OK);
    expect_order(&list, digits);
}

static void expect_rotated(struct sim_arena *arena, unsigned by,
                           const char *digits)
{
    struct sim_rr_list list;

    make_list(arena, &list);
    sim_rrsets_rotate(by, &list);
    expect_order(&list, digits);
}

static void no_word_changes_nothing(void **state)
{
    expect_damaged(*state, 0, "1234567");
}

static void each_set_turns_by_itself(void **state)
{
    expect_rotated(*state, 0, "1234567");
    expect_rotated(*state, 1, "1245367");
    expect_rotated(*state, 2, "1253467");
    expect_rotated(*state, 3, "1234567");
}

static void the_case_of_owners_parts_no_set(void **state)
{
    struct sim_rr_list list;

    make_list(*state, &list);
    list.rrs[3].owner = upper_a;
    list.rrs[2].owner = a;
    list.rrs[4].owner = b;
    sim_rrsets_rotate(1, &list);
    expect_order(&list, "1243567");
}

static void the_section_is_reversed(void **state)
{
    expect_damaged(*state, SCN_RRSETS_REVERSE, "7654321");
}

static void half_of_a_set_is_kept_with_all_signatures(void **state)
{
    expect_damaged(*state, SCN_RRSETS_PART, "123467");
}

static void every_record_is_doubled(void **state)
{
    struct sim_rr_list list = { 0 };

    expect_damaged(*state, SCN_RRSETS_TWICE, "11223344556677");
    assert_int_equal(sim_rrsets_damage(SCN_RRSETS_TWICE, *state, &list),
                     SIM_OK);
    assert_int_equal(list.count, 0);
}

static void ttls_halve_within_a_set(void **state)
{
    struct sim_rr_list list;

    make_list(*state, &list);
    assert_int_equal(sim_rrsets_damage(SCN_RRSETS_MIXED_TTL, *state, &list),
                     SIM_OK);
    assert_int_equal(list.rrs[0].ttl, 300);
    assert_int_equal(list.rrs[2].ttl, 300);
    assert_int_equal(list.rrs[3].ttl, 150);
    assert_int_equal(list.rrs[4].ttl, 75);
    assert_int_equal(list.rrs[5].ttl, 300);
    assert_int_equal(list.rrs[6].ttl, 300);
}

static void words_are_applied_in_their_order(void **state)
{
    expect_damaged(*state, SCN_RRSETS_PART | SCN_RRSETS_REVERSE, "765421");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_word_changes_nothing),
        cmocka_unit_test(each_set_turns_by_itself),
        cmocka_unit_test(the_case_of_owners_parts_no_set),
        cmocka_unit_test(the_section_is_reversed),
        cmocka_unit_test(half_of_a_set_is_kept_with_all_signatures),
        cmocka_unit_test(every_record_is_doubled),
        cmocka_unit_test(ttls_halve_within_a_set),
        cmocka_unit_test(words_are_applied_in_their_order),
    };

    return cmocka_run_group_tests_name("authsim.rrsets", tests, arena_set_up,
                                       arena_tear_down);
}
