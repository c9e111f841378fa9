/* SPDX-License-Identifier: BSD-2-Clause */
#include "arena_state.h"
#include "echo.h"
#include "testing.h"

static const uint8_t www[] = "\3wWw\4patx";
static const uint8_t root[] = "";

static struct sim_message changed(struct sim_arena *arena, enum scn_echo echo,
                                  const uint8_t *name)
{
    struct sim_message m = {
        .question = 1, .name = name, .type = 257, .class = 1
    };

    assert_int_equal(sim_echo_change(echo, arena, &m), SIM_OK);
    return m;
}

static void the_right_question_is_left_alone(void **state)
{
    const struct sim_message m = changed(*state, SCN_ECHO_RIGHT, www);

    assert_ptr_equal(m.name, www);
    assert_int_equal(m.question, 1);
    assert_int_equal(m.type, 257);
    assert_int_equal(m.class, 1);
}

static void small_letters_are_a_copy(void **state)
{
    const struct sim_message m = changed(*state, SCN_ECHO_LOWER, www);

    assert_memory_equal(m.name, "\3www\4patx", sizeof(www));
    assert_memory_equal(www, "\3wWw", 4);
}

static void another_name_differs_in_one_octet(void **state)
{
    const struct sim_message m = changed(*state, SCN_ECHO_OTHER_NAME, www);

    assert_memory_equal(m.name, "\3wWx\4patx", sizeof(www));
    const struct sim_message again =
        changed(*state, SCN_ECHO_OTHER_NAME, m.name);
    assert_memory_equal(again.name, "\3wWy\4patx", sizeof(www));
}

static void of_the_root_the_type_differs(void **state)
{
    const struct sim_message m = changed(*state, SCN_ECHO_OTHER_NAME, root);

    assert_ptr_equal(m.name, root);
    assert_int_equal(m.type, 256);
}

static void type_class_and_number_change_alone(void **state)
{
    const struct sim_message type = changed(*state, SCN_ECHO_OTHER_TYPE, www);
    const struct sim_message class = changed(*state, SCN_ECHO_OTHER_CLASS, www);
    const struct sim_message twice = changed(*state, SCN_ECHO_TWICE, www);

    assert_int_equal(type.type, 256);
    assert_int_equal(type.class, 1);
    assert_int_equal(class.type, 257);
    assert_int_equal(class.class, 3);
    assert_int_equal(twice.question, 2);
    assert_ptr_equal(twice.name, www);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_right_question_is_left_alone),
        cmocka_unit_test(small_letters_are_a_copy),
        cmocka_unit_test(another_name_differs_in_one_octet),
        cmocka_unit_test(of_the_root_the_type_differs),
        cmocka_unit_test(type_class_and_number_change_alone),
    };

    return cmocka_run_group_tests_name("authsim.echo", tests, arena_set_up,
                                       arena_tear_down);
}
