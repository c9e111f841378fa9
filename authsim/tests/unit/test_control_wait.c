/* SPDX-License-Identifier: BSD-2-Clause */
#include "control_wait.h"
#include "models.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

static const uint8_t www[] = "\3www\1t";

struct fixture {
    struct test_model *model;
    struct sim_world *world;
    struct sim_instance *instance;
    struct control_waits waits;
    uint64_t number;
};

/* What was sent, for whom. */
static int sent_to[8];
static char sent[8][128];
static size_t sent_count;

static void on_send(void *reply_to, const struct control_answer *answer)
{
    assert_true(sent_count < 8 && answer->body_len < sizeof(sent[0]));
    sent_to[sent_count] = *(int *)reply_to;
    memcpy(sent[sent_count++], answer->body, answer->body_len + 1);
}

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    const struct sim_options options = test_options();

    assert_non_null(f);
    f->model = test_model_new("t", "t.");
    test_zone(f->model, "t.", "top");
    f->world = test_world(f->model, &options, &f->instance);
    f->waits.send = on_send;
    sent_count = 0;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    sim_world_free(f->world);
    test_model_free(f->model);
    free(f);
    return 0;
}

static void arrive(struct fixture *f, uint16_t type)
{
    const struct sim_exchange x = { .number = ++f->number,
                                    .server = "top",
                                    .name = www,
                                    .type = type,
                                    .transport = SCN_UDP };
    size_t index = 0;

    assert_int_equal(
        sim_journal_append(sim_instance_journal(f->instance), &x, &index),
        SIM_OK);
}

static void begin(struct fixture *f, int *reply_to, unsigned long long at_least,
                  int64_t deadline_ns)
{
    const struct control_filter_text text = { .name = "www.t", .type = "CAA" };
    struct control_answer answer = { 0 };
    struct control_wait wait = { .server = "top",
                                 .instance = f->instance,
                                 .at_least = at_least,
                                 .deadline_ns = deadline_ns,
                                 .reply_to = reply_to };

    assert_true(control_filter_read(&text, &wait.filter, &answer));
    assert_true(control_waits_add(&f->waits, &wait));
}

static void ends_when_enough_was_asked(void **state)
{
    struct fixture *f = *state;
    int two = 2;
    int three = 3;

    begin(f, &two, 2, 100);
    begin(f, &three, 3, 100);
    arrive(f, 257);
    arrive(f, 1);
    control_waits_turn(&f->waits, 10);
    assert_int_equal(sent_count, 0);
    arrive(f, 257);
    control_waits_turn(&f->waits, 11);
    assert_int_equal(sent_count, 1);
    assert_int_equal(sent_to[0], 2);
    assert_string_equal(sent[0], "{\"met\":true,\"count\":2}\n");
    assert_int_equal(f->waits.count, 1);
    control_waits_turn(&f->waits, 99);
    assert_int_equal(sent_count, 1);
    control_waits_turn(&f->waits, 100);
    assert_int_equal(sent_to[1], 3);
    assert_string_equal(sent[1], "{\"met\":false,\"count\":2}\n");
    assert_int_equal(f->waits.count, 0);
}

static void tells_whose_time_is_over_first(void **state)
{
    struct fixture *f = *state;
    int who = 1;
    int64_t deadline_ns = 7;

    assert_false(control_waits_deadline(&f->waits, &deadline_ns));
    begin(f, &who, 1, 300);
    begin(f, &who, 1, 100);
    begin(f, &who, 1, 200);
    assert_true(control_waits_deadline(&f->waits, &deadline_ns));
    assert_int_equal(deadline_ns, 100);
}

static void what_was_cleared_counts_as_far_as_it_was_seen(void **state)
{
    struct fixture *f = *state;
    int who = 1;

    begin(f, &who, 2, 100);
    arrive(f, 257);
    control_waits_turn(&f->waits, 1);
    sim_journal_forget(sim_instance_journal(f->instance));
    sim_journal_drop(sim_instance_journal(f->instance));
    control_waits_turn(&f->waits, 2);
    assert_int_equal(sent_count, 0);
    arrive(f, 257);
    control_waits_turn(&f->waits, 3);
    assert_string_equal(sent[0], "{\"met\":true,\"count\":2}\n");
}

static void forgets_who_is_gone(void **state)
{
    struct fixture *f = *state;
    int gone = 1;
    int here = 2;

    begin(f, &gone, 1, 100);
    begin(f, &here, 1, 100);
    control_waits_drop(&f->waits, &gone);
    control_waits_forget(&f->waits, NULL);
    assert_int_equal(f->waits.count, 1);
    control_waits_forget(&f->waits, f->instance);
    assert_int_equal(f->waits.count, 0);
    assert_int_equal(sent_count, 1);
    assert_int_equal(sent_to[0], 2);
    assert_non_null(strstr(sent[0], "\"status\":410"));
}

static void no_more_wait_than_there_is_room(void **state)
{
    struct fixture *f = *state;
    const struct control_wait wait = { .instance = f->instance };
    int who = 1;

    for (int i = 0; i < CONTROL_WAITS_MAX; i++) {
        begin(f, &who, 1, 100);
    }
    assert_false(control_waits_add(&f->waits, &wait));
    control_waits_drop(&f->waits, &who);
    assert_int_equal(f->waits.count, 0);
}

#define WAIT_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WAIT_TEST(ends_when_enough_was_asked),
        WAIT_TEST(tells_whose_time_is_over_first),
        WAIT_TEST(what_was_cleared_counts_as_far_as_it_was_seen),
        WAIT_TEST(forgets_who_is_gone),
        WAIT_TEST(no_more_wait_than_there_is_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
