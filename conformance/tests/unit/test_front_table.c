/* SPDX-License-Identifier: BSD-2-Clause */
#include "front_table.h"
#include "testing.h"

enum { SLOTS = 4 };

static int set_up(void **state)
{
    *state = cfm_front_table_new(SLOTS);
    return *state == NULL;
}

static int tear_down(void **state)
{
    cfm_front_table_free(*state);
    return 0;
}

static uint16_t put(struct cfm_front_table *table, uint16_t client_id,
                    uint64_t hash)
{
    const struct cfm_waiting waiting = { .client_id = client_id,
                                         .question_hash = hash };
    return cfm_front_table_put(table, &waiting);
}

static void gives_the_client_back_once(void **state)
{
    struct cfm_waiting waiting;
    uint16_t id = put(*state, 77, 5);
    assert_true(cfm_front_table_take(*state, id, 5, &waiting));
    assert_int_equal(waiting.client_id, 77);
    assert_false(cfm_front_table_take(*state, id, 5, &waiting));
}

static void keeps_two_clients_with_the_same_id_apart(void **state)
{
    struct cfm_waiting waiting;
    uint16_t first = put(*state, 77, 5);
    uint16_t second = put(*state, 77, 6);
    assert_int_not_equal(first, second);
    assert_true(cfm_front_table_take(*state, second, 6, &waiting));
    assert_int_equal(waiting.question_hash, 6);
    assert_true(cfm_front_table_take(*state, first, 5, &waiting));
    assert_int_equal(waiting.question_hash, 5);
}

static void rejects_an_answer_to_another_question(void **state)
{
    struct cfm_waiting waiting;
    uint16_t id = put(*state, 1, 5);
    assert_false(cfm_front_table_take(*state, id, 6, &waiting));
    assert_true(cfm_front_table_take(*state, id, 5, &waiting));
}

static void takes_an_answer_without_a_question_by_its_id(void **state)
{
    struct cfm_waiting waiting;
    uint16_t id = put(*state, 1, 5);
    assert_true(cfm_front_table_take(*state, id, 0, &waiting));
}

static void rejects_an_id_that_was_never_given(void **state)
{
    struct cfm_waiting waiting;
    uint16_t id = put(*state, 1, 5);
    assert_false(
        cfm_front_table_take(*state, (uint16_t)(id + SLOTS), 5, &waiting));
}

static void makes_room_by_forgetting_who_waited_longest(void **state)
{
    struct cfm_waiting waiting;
    uint16_t ids[SLOTS + 1];
    for (unsigned i = 0; i < SLOTS + 1; i++) {
        ids[i] = put(*state, (uint16_t)i, 5);
    }
    assert_false(cfm_front_table_take(*state, ids[0], 5, &waiting));
    for (unsigned i = 1; i < SLOTS + 1; i++) {
        assert_true(cfm_front_table_take(*state, ids[i], 5, &waiting));
        assert_int_equal(waiting.client_id, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_the_client_back_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            keeps_two_clients_with_the_same_id_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rejects_an_answer_to_another_question,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            takes_an_answer_without_a_question_by_its_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rejects_an_id_that_was_never_given,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            makes_room_by_forgetting_who_waited_longest, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
