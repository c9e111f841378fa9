/* SPDX-License-Identifier: BSD-2-Clause */
#include "alias.h"
#include "arena_state.h"
#include "rrtype.h"
#include "testing.h"

#include <scenario/name.h>

#include <string.h>

static void expect_next(struct sim_arena *arena, const char *from,
                        const char *to)
{
    uint8_t name[SCN_NAME_MAX];
    char text[SCN_NAME_TEXT_MAX + 1];
    struct scn_record alias;

    assert_true(scn_name_from_text(from, strlen(from), NULL, name));
    assert_int_equal(sim_alias_next(name, arena, &alias), SIM_OK);
    assert_ptr_equal(alias.owner, name);
    assert_int_equal(alias.type, SIM_TYPE_CNAME);
    assert_int_equal(alias.rdata_len, scn_name_length(alias.rdata));
    scn_name_to_text(alias.rdata, text);
    assert_string_equal(text, to);
}

static void a_name_leads_below_itself(void **state)
{
    expect_next(*state, "www.t.", "c1.www.t");
    expect_next(*state, ".", "c1");
    expect_next(*state, "c.t.", "c1.c.t");
    expect_next(*state, "c1x.t.", "c1.c1x.t");
    expect_next(*state, "c0.t.", "c1.c0.t");
    expect_next(*state, "d1.t.", "c1.d1.t");
    expect_next(*state, "c1234567890.t.", "c1.c1234567890.t");
}

static void a_link_leads_to_the_next_one(void **state)
{
    expect_next(*state, "c1.www.t.", "c2.www.t");
    expect_next(*state, "C9.wWw.t.", "c10.wWw.t");
    expect_next(*state, "c999999998.t.", "c999999999.t");
}

static void the_last_link_begins_anew(void **state)
{
    expect_next(*state, "c999999999.t.", "c1.t");
}

static void a_name_without_room_leads_above_itself(void **state)
{
    uint8_t name[SCN_NAME_MAX] = { 0 };
    struct scn_record alias;

    for (size_t at = 0; at < 254; at += 2) { /* 127 labels, 255 octets */
        name[at] = 1;
        name[at + 1] = 'a';
    }
    assert_int_equal(scn_name_length(name), SCN_NAME_MAX);
    assert_int_equal(sim_alias_next(name, *state, &alias), SIM_OK);
    assert_memory_equal(alias.rdata, "\2c1\1a", 5);
    assert_int_equal(alias.rdata_len, 254);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_leads_below_itself),
        cmocka_unit_test(a_link_leads_to_the_next_one),
        cmocka_unit_test(the_last_link_begins_anew),
        cmocka_unit_test(a_name_without_room_leads_above_itself),
    };

    return cmocka_run_group_tests_name("authsim.alias", tests, arena_set_up,
                                       arena_tear_down);
}
