/* SPDX-License-Identifier: BSD-2-Clause */
/* test_schedule.c - which instances are in flight together. */
#include "channel.h"
#include "instance_run.h"
#include "schedule.h"
#include "testing.h"

#include <stdlib.h>

enum { INSTANCES = 12 };

struct cfm_instance_run {
    size_t index;
    cfm_instance_done_fn *done;
    void *ctx;
};

static struct scn_instance models[INSTANCES];
static struct cfm_lab_instance entries[INSTANCES];
static struct cfm_selected selected[INSTANCES];
static struct cfm_instance_run *running[INSTANCES];
static size_t started[INSTANCES]; /* in the order in which they were */
static size_t started_count;
static size_t told_ready;
static bool finished;

/* --- the lab of this test --- */

const struct cfm_lab_instance *__wrap_cfm_lab_world_find(
    const struct cfm_lab_world *world, const struct scn_scenario *scenario,
    size_t index);
struct cfm_instance_run *__wrap_cfm_instance_start(
    struct cfm_lab_context *lab, const struct cfm_selected *of,
    cfm_instance_done_fn *done, void *ctx);
void __wrap_cfm_instance_free(struct cfm_instance_run *run);
void __wrap_cfm_instance_remotes_ready(struct cfm_instance_run *run);
void __wrap_cfm_lab_finish(struct cfm_lab_context *lab);
int __wrap_cfm_channel_send_text(int fd, enum cfm_event_kind kind,
                                 const char *text);

const struct cfm_lab_instance *__wrap_cfm_lab_world_find(
    const struct cfm_lab_world *world, const struct scn_scenario *scenario,
    size_t index)
{
    (void)world;
    (void)scenario;
    return &entries[index];
}

struct cfm_instance_run *__wrap_cfm_instance_start(
    struct cfm_lab_context *lab, const struct cfm_selected *of,
    cfm_instance_done_fn *done, void *ctx)
{
    struct cfm_instance_run *run = calloc(1, sizeof *run);

    (void)lab;
    assert_non_null(run);
    *run = (struct cfm_instance_run){ of->index, done, ctx };
    running[of->index] = run;
    started[started_count++] = of->index;
    return run;
}

void __wrap_cfm_instance_free(struct cfm_instance_run *run)
{
    if (run != NULL) {
        running[run->index] = NULL;
        free(run);
    }
}

void __wrap_cfm_instance_remotes_ready(struct cfm_instance_run *run)
{
    assert_ptr_equal(running[run->index], run);
    told_ready++;
}

void __wrap_cfm_lab_finish(struct cfm_lab_context *lab)
{
    (void)lab;
    finished = true;
}

int __wrap_cfm_channel_send_text(int fd, enum cfm_event_kind kind,
                                 const char *text)
{
    (void)fd;
    (void)text;
    assert_int_equal(kind, CFM_EVENT_DONE);
    return 0;
}

/* --- */

static struct cfm_settings settings;
static struct cfm_lab_job job = { .settings = &settings, .selected = selected };
static struct cfm_lab_context lab = { .job = &job };

/* `count` instances, which have so many remote perspectives. */
static struct cfm_schedule *start(unsigned jobs, const unsigned *remotes,
                                  size_t count)
{
    settings.jobs = jobs;
    job.selected_count = count;
    started_count = 0;
    told_ready = 0;
    finished = false;
    for (size_t i = 0; i < count; i++) {
        models[i] = (struct scn_instance){ .remotes = remotes[i] };
        entries[i] = (struct cfm_lab_instance){ .model = &models[i] };
        selected[i] = (struct cfm_selected){ .index = i };
    }
    struct cfm_schedule *schedule = cfm_schedule_new(&lab);
    assert_non_null(schedule);
    cfm_schedule_start(schedule);
    return schedule;
}

static void end(size_t index)
{
    running[index]->done(running[index]->ctx);
}

static size_t count_running(void)
{
    size_t count = 0;
    for (size_t i = 0; i < INSTANCES; i++) {
        count += running[i] != NULL;
    }
    return count;
}

static void has_as_many_in_flight_as_it_may(void **state)
{
    static const unsigned remotes[5] = { 0 };
    struct cfm_schedule *schedule = start(2, remotes, 5);

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(count_running(), i < 4 ? 2 : 1);
        assert_false(finished);
        end(i);
    }
    assert_true(finished);
    assert_int_equal(started_count, 5);
    cfm_schedule_free(schedule);
}

static void counts_one_for_each_perspective(void **state)
{
    static const unsigned remotes[] = { 0, 5, 5, 0 };
    struct cfm_schedule *schedule = start(8, remotes, 4);

    (void)state;
    assert_int_equal(started_count, 2); /* 1 and 6; 6 more are too many */
    end(0);
    assert_int_equal(started_count, 2);
    end(1);
    assert_int_equal(started_count, 4);
    cfm_schedule_free(schedule);
    assert_int_equal(count_running(), 0);
}

static void starts_what_is_more_than_all_alone(void **state)
{
    static const unsigned remotes[] = { 0, 7, 0 };
    struct cfm_schedule *schedule = start(1, remotes, 3);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(count_running(), 1);
        assert_int_equal(started[i], i);
        end(i);
    }
    assert_true(finished);
    cfm_schedule_free(schedule);
}

static void tells_all_in_flight_that_the_remotes_are_ready(void **state)
{
    static const unsigned remotes[] = { 0, 2, 0 };
    struct cfm_schedule *schedule = start(8, remotes, 3);

    (void)state;
    end(2);
    cfm_schedule_remotes_ready(schedule);
    assert_int_equal(told_ready, 2);
    cfm_schedule_free(schedule);
}

static void ends_at_once_with_nothing_to_do(void **state)
{
    struct cfm_schedule *schedule = start(8, NULL, 0);

    (void)state;
    assert_true(finished);
    assert_int_equal(cfm_schedule_results(schedule), 0);
    cfm_schedule_free(schedule);
    cfm_schedule_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_as_many_in_flight_as_it_may),
        cmocka_unit_test(counts_one_for_each_perspective),
        cmocka_unit_test(starts_what_is_more_than_all_alone),
        cmocka_unit_test(tells_all_in_flight_that_the_remotes_are_ready),
        cmocka_unit_test(ends_at_once_with_nothing_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
