/* SPDX-License-Identifier: BSD-2-Clause */
/* schedule.c - slots that instances pass through. */
#include "schedule.h"

#include "channel.h"
#include "instance_run.h"

#include <stdlib.h>

struct slot {
    struct cfm_schedule *schedule; /* [borrowed] */
    struct cfm_instance_run *run;  /* [owned] NULL: free */
    size_t weight;
};

struct cfm_schedule {
    struct cfm_lab_context *lab;       /* [borrowed] */
    const struct cfm_selected **order; /* [owned] */
    size_t count;
    size_t started;
    size_t ended;
    size_t in_flight;   /* by weight, at most slot_count unless it is one */
    struct slot *slots; /* [owned] */
    size_t slot_count;
};

static const struct scn_instance *model_of(const struct cfm_schedule *schedule,
                                           const struct cfm_selected *selected)
{
    const struct cfm_lab_instance *entry = cfm_lab_world_find(
        &schedule->lab->world, selected->scenario, selected->index);
    return entry == NULL ? NULL : entry->model;
}

static void put_in_order(struct cfm_schedule *schedule,
                         enum cfm_urgency urgency)
{
    const struct cfm_lab_job *job = schedule->lab->job;
    for (size_t i = 0; i < job->selected_count; i++) {
        const struct scn_instance *model =
            model_of(schedule, &job->selected[i]);
        if (model != NULL && cfm_lab_urgency(model) == urgency) {
            schedule->order[schedule->count++] = &job->selected[i];
        }
    }
}

struct cfm_schedule *cfm_schedule_new(struct cfm_lab_context *lab)
{
    struct cfm_schedule *schedule = calloc(1, sizeof *schedule);
    if (schedule == NULL) {
        return NULL;
    }
    schedule->lab = lab;
    schedule->slot_count = lab->job->settings->jobs;
    schedule->slots = calloc(schedule->slot_count, sizeof *schedule->slots);
    schedule->order =
        calloc(lab->job->selected_count + 1, sizeof(struct cfm_selected *));
    if (schedule->slots == NULL || schedule->order == NULL) {
        cfm_schedule_free(schedule);
        return NULL;
    }
    for (size_t i = 0; i < schedule->slot_count; i++) {
        schedule->slots[i].schedule = schedule;
    }
    put_in_order(schedule, CFM_URGENT);
    put_in_order(schedule, CFM_SOON);
    put_in_order(schedule, CFM_LATER);
    return schedule;
}

void cfm_schedule_free(struct cfm_schedule *schedule)
{
    if (schedule == NULL) {
        return;
    }
    for (size_t i = 0; schedule->slots != NULL && i < schedule->slot_count;
         i++) {
        cfm_instance_free(schedule->slots[i].run);
    }
    free(schedule->slots);
    free(schedule->order);
    free(schedule);
}

size_t cfm_schedule_results(const struct cfm_schedule *schedule)
{
    size_t results = 0;
    for (size_t i = 0; i < schedule->count; i++) {
        results += cfm_lab_results(schedule->order[i],
                                   model_of(schedule, schedule->order[i]));
    }
    return results;
}

static void on_instance_done(void *ctx);

/* A check from several perspectives is as many look-ups at once: counted as one
 * they would starve each other, and time out. */
static size_t weight_of(const struct cfm_schedule *schedule,
                        const struct cfm_selected *selected)
{
    const struct scn_instance *model = model_of(schedule, selected);
    return model == NULL ? 1 : 1 + model->remotes;
}

static struct slot *free_slot(const struct cfm_schedule *schedule)
{
    for (size_t i = 0; i < schedule->slot_count; i++) {
        if (schedule->slots[i].run == NULL) {
            return &schedule->slots[i];
        }
    }
    return NULL;
}

static void start_more(struct cfm_schedule *schedule)
{
    while (schedule->started < schedule->count) {
        const struct cfm_selected *next = schedule->order[schedule->started];
        struct slot *slot = free_slot(schedule);
        size_t weight = weight_of(schedule, next);
        if (slot == NULL ||
            (schedule->in_flight > 0 &&
             schedule->in_flight + weight > schedule->slot_count)) {
            return;
        }
        schedule->started++;
        schedule->in_flight += weight;
        slot->weight = weight;
        slot->run =
            cfm_instance_start(schedule->lab, next, on_instance_done, slot);
        if (slot->run == NULL) {
            cfm_lab_fail(schedule->lab, "out of memory");
            return;
        }
    }
}

static void finish(struct cfm_schedule *schedule)
{
    (void)cfm_channel_send_text(schedule->lab->channel_fd, CFM_EVENT_DONE,
                                NULL);
    cfm_lab_finish(schedule->lab);
}

static void on_instance_done(void *ctx)
{
    struct slot *slot = ctx;
    struct cfm_schedule *schedule = slot->schedule;
    cfm_instance_free(slot->run);
    slot->run = NULL;
    schedule->in_flight -= slot->weight;
    schedule->ended++;
    if (schedule->ended == schedule->count) {
        finish(schedule);
        return;
    }
    start_more(schedule);
}

void cfm_schedule_start(struct cfm_schedule *schedule)
{
    if (schedule->count == 0) {
        finish(schedule);
    }
    start_more(schedule);
}

void cfm_schedule_remotes_ready(struct cfm_schedule *schedule)
{
    for (size_t i = 0; i < schedule->slot_count; i++) {
        if (schedule->slots[i].run != NULL) {
            cfm_instance_remotes_ready(schedule->slots[i].run);
        }
    }
}
