/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * instance_run.c - a state machine over the steps.
 *
 * on_advance() does steps until one must wait; whatever was waited for
 * activates it again.
 */
#include "instance_run.h"

#include "ask.h"
#include "instance_report.h"
#include "provisions.h"

#include <authsim/clock.h>

#include <stdlib.h>
#include <string.h>

struct cfm_instance_run {
    struct cfm_lab_context *lab;          /* [borrowed] */
    const struct cfm_selected *selected;  /* [borrowed] */
    const struct cfm_lab_instance *entry; /* [borrowed] */
    cfm_instance_done_fn *done;
    void *ctx; /* [borrowed] */
    size_t step;
    int64_t origin_ns;
    const char *cannot;      /* a literal: no check from here on can be run */
    struct cfm_place *place; /* [owned] of a private universe */
    unsigned places_opened;
    bool place_ready;
    bool awaits_remotes;
    char *place_trouble; /* [owned] */
    struct cfm_provisions provisions;
    struct cfm_run *command; /* [owned] */
    struct cfm_ask *ask;     /* [owned] */
    struct event *advance;   /* [owned] */
};

enum next { STEP_DONE, STEP_WAITS };

static struct sim_journal *journal_of(const struct cfm_instance_run *run)
{
    return sim_instance_journal(run->entry->instance);
}

static void go_on(struct cfm_instance_run *run)
{
    event_active(run->advance, EV_TIMEOUT, 0);
}

static void report(struct cfm_instance_run *run, const struct scn_check *check,
                   const struct cfm_observed *observed,
                   const struct cfm_graded *graded)
{
    const struct cfm_outcome_report outcome = {
        .entry = run->entry,
        .check = check,
        .observed = observed,
        .graded = graded,
        .cannot = run->cannot,
        .origin_ns = run->origin_ns,
    };
    if (!cfm_lab_wants(run->selected, check->address)) {
        return;
    }
    if (cfm_outcome_send(run->lab->job, run->lab->channel_fd, &outcome) != 0) {
        cfm_lab_fail(run->lab, "cannot send a result");
    }
}

/* --- the place of a private universe --- */

static void on_place(void *ctx, const char *trouble)
{
    struct cfm_instance_run *run = ctx;
    run->place_ready = true;
    if (trouble != NULL && run->place_trouble == NULL) {
        run->place_trouble = strdup(trouble);
    }
    if (run->command == NULL && run->ask == NULL) {
        go_on(run); /* a command under way ends by itself */
    }
}

/* Where this instance is asked; NULL while it is being made ready. */
static struct cfm_place *get_place(struct cfm_instance_run *run)
{
    if (run->entry->place == 0) {
        return run->lab->place;
    }
    if (run->place == NULL) {
        struct cfm_place_config config =
            cfm_lab_place_config(run->lab, run->entry);
        config.generation = run->places_opened++;
        run->place = cfm_place_open(&config, on_place, run);
        if (run->place == NULL) {
            cfm_lab_fail(run->lab, "out of memory");
        }
    }
    return run->place_ready ? run->place : NULL;
}

/* --- checks --- */

static struct cfm_graded grade(const struct cfm_instance_run *run,
                               const struct scn_check *check,
                               const struct cfm_observed *observed)
{
    const struct cfm_settings *settings = run->lab->job->settings;
    const struct cfm_policy policy = { .profile = settings->profile,
                                       .date = settings->policy_date,
                                       .features = settings->features };
    const struct cfm_looked looked = cfm_looked_for(run->entry->model, check);
    return cfm_grade(check, &policy, &looked, journal_of(run), observed);
}

static void finish_check(struct cfm_instance_run *run,
                         const struct scn_check *check,
                         const struct cfm_observed *observed)
{
    struct cfm_graded graded = grade(run, check, observed);
    report(run, check, observed, &graded);
    run->step++;
}

static enum next report_trouble(struct cfm_instance_run *run,
                                const struct scn_check *check)
{
    struct cfm_observed observed = { .ending = CFM_LAB_TROUBLE,
                                     .exit_code = -1 };
    observed.trouble = strdup(run->place_trouble);
    finish_check(run, check, &observed);
    cfm_observed_fini(&observed);
    return STEP_DONE;
}

static void on_command_done(void *ctx, struct cfm_observed *observed,
                            const char *usage)
{
    struct cfm_instance_run *run = ctx;
    const struct scn_check *check = run->entry->model->steps[run->step].check;
    if (usage != NULL) {
        cfm_observed_fini(observed);
        cfm_lab_reject(run->lab, usage);
        return;
    }
    if (run->entry->model->step_count > 1) {
        /* What its file made it wait for is a part of how long it took. */
        observed->duration_ns = sim_clock_monotonic_ns() - run->origin_ns;
    }
    if (run->place_trouble != NULL) {
        (void)report_trouble(run, check); /* the resolver broke down */
    } else {
        finish_check(run, check, observed);
    }
    cfm_observed_fini(observed);
    cfm_run_free(run->command);
    run->command = NULL;
    go_on(run);
}

static enum next start_check(struct cfm_instance_run *run,
                             const struct scn_check *check)
{
    struct cfm_lab_context *lab = run->lab;
    struct cfm_place *place = get_place(run);
    if (run->place_trouble != NULL) {
        return report_trouble(run, check);
    }
    run->awaits_remotes = !lab->remotes_ready &&
                          (check->features & (unsigned)SCN_F_PERSPECTIVES) != 0;
    if (place == NULL || run->awaits_remotes) {
        return STEP_WAITS;
    }
    struct cfm_place_texts texts = *cfm_place_get(place);
    const char *trouble = cfm_provisions_give(&run->provisions, lab,
                                              run->entry->model, check, &texts);
    if (trouble != NULL) {
        cfm_lab_fail(lab, trouble);
        return STEP_WAITS;
    }
    if (cfm_lab_wants(run->selected, check->address)) {
        (void)cfm_channel_send_text(lab->channel_fd, CFM_EVENT_STARTED,
                                    check->address);
    }
    run->command = cfm_run_start(&lab->host, &lab->adapter, check, &texts,
                                 on_command_done, run);
    if (run->command == NULL) {
        cfm_lab_fail(lab, "out of memory");
    }
    return STEP_WAITS;
}

/* An unsupported check may have been what a later one builds on. */
static enum next do_check(struct cfm_instance_run *run,
                          const struct scn_check *check)
{
    if (run->cannot != NULL) {
        const struct cfm_graded unsupported = { .outcome = CFM_UNSUPPORTED };
        report(run, check, NULL, &unsupported);
        run->step++;
        return STEP_DONE;
    }
    struct cfm_graded graded = grade(run, check, NULL);
    if (graded.outcome == CFM_PASS) {
        return start_check(run, check);
    }
    report(run, check, NULL, &graded);
    run->cannot = "an earlier check of this file is not supported";
    run->step++;
    return STEP_DONE;
}

/* --- other steps --- */

static void on_answered(void *ctx, bool answered)
{
    (void)answered; /* the scenario's next step tells what came of it */
    struct cfm_instance_run *run = ctx;
    cfm_ask_free(run->ask);
    run->ask = NULL;
    sim_journal_set_lab_own(journal_of(run), false);
    run->step++;
    go_on(run);
}

static enum next do_query(struct cfm_instance_run *run,
                          const struct scn_step *step)
{
    struct cfm_lab_context *lab = run->lab;
    struct cfm_place *place = run->cannot == NULL ? get_place(run) : NULL;
    if (run->cannot != NULL || run->place_trouble != NULL) {
        run->step++;
        return STEP_DONE;
    }
    if (place == NULL) {
        return STEP_WAITS;
    }
    struct sim_address front = cfm_place_front(place);
    sim_journal_set_lab_own(journal_of(run), true);
    run->ask =
        cfm_ask_start(lab->host.base, &front, step->query.owner,
                      step->query.type, lab->job->settings->time_limit_ms);
    if (run->ask == NULL) {
        cfm_lab_fail(lab, "cannot ask the lab's resolver");
        return STEP_WAITS;
    }
    cfm_ask_then(run->ask, on_answered, run);
    return STEP_WAITS;
}

static enum next do_wait(struct cfm_instance_run *run, unsigned wait_ms)
{
    const struct timeval wait = {
        .tv_sec = wait_ms / 1000,
        .tv_usec = (suseconds_t)(wait_ms % 1000) * 1000,
    };
    run->step++;
    if (run->cannot != NULL) {
        return STEP_DONE;
    }
    if (evtimer_add(run->advance, &wait) != 0) {
        cfm_lab_fail(run->lab, "out of memory");
    }
    return STEP_WAITS;
}

static enum next do_change(struct cfm_instance_run *run,
                           const struct scn_step *step)
{
    run->step++;
    if (cfm_lab_world_change(run->entry, step) != SIM_OK) {
        cfm_lab_fail(run->lab, "cannot change the simulated world");
        return STEP_WAITS;
    }
    return STEP_DONE;
}

/*
 * The commands' clock alone. A resolver of this universe's own would have
 * forgotten what has expired by then: it begins anew.
 */
static void do_advance(struct cfm_instance_run *run, unsigned seconds)
{
    cfm_provisions_advance(&run->provisions, seconds);
    if (run->place_trouble == NULL) {
        cfm_place_close(run->place);
        run->place = NULL;
        run->place_ready = false;
    }
}

static enum next do_step(struct cfm_instance_run *run,
                         const struct scn_step *step)
{
    switch (step->kind) {
    case SCN_STEP_QUERY:
        return do_query(run, step);
    case SCN_STEP_CHECK:
        return do_check(run, step->check);
    case SCN_STEP_ENABLE:
    case SCN_STEP_DISABLE:
    case SCN_STEP_PUBLISH:
    case SCN_STEP_WITHDRAW:
        return do_change(run, step);
    case SCN_STEP_WAIT:
        return do_wait(run, step->wait_ms);
    case SCN_STEP_ADVANCE:
        do_advance(run, step->advance_s);
        break;
    case SCN_STEP_FORGET_JOURNAL:
        sim_journal_forget(journal_of(run));
        break;
    }
    run->step++;
    return STEP_DONE;
}

static void on_advance(evutil_socket_t fd, short what, void *ctx)
{
    (void)fd;
    (void)what;
    struct cfm_instance_run *run = ctx;
    const struct scn_instance *model = run->entry->model;
    enum next next = STEP_DONE;
    while (next == STEP_DONE && run->step < model->step_count) {
        next = do_step(run, &model->steps[run->step]);
    }
    if (next == STEP_DONE) {
        run->done(run->ctx);
    }
}

struct cfm_instance_run *cfm_instance_start(struct cfm_lab_context *lab,
                                            const struct cfm_selected *selected,
                                            cfm_instance_done_fn *done,
                                            void *ctx)
{
    struct cfm_instance_run *run = calloc(1, sizeof *run);
    if (run == NULL) {
        return NULL;
    }
    run->lab = lab;
    run->selected = selected;
    run->entry =
        cfm_lab_world_find(&lab->world, selected->scenario, selected->index);
    run->done = done;
    run->ctx = ctx;
    run->origin_ns = sim_clock_monotonic_ns();
    run->advance = evtimer_new(lab->host.base, on_advance, run);
    if (run->advance == NULL || run->entry == NULL) {
        cfm_instance_free(run);
        return NULL;
    }
    run->cannot = cfm_lab_cannot_run(run->entry->model, &lab->facts);
    go_on(run);
    return run;
}

void cfm_instance_remotes_ready(struct cfm_instance_run *run)
{
    if (run->awaits_remotes) {
        run->awaits_remotes = false;
        go_on(run);
    }
}

void cfm_instance_free(struct cfm_instance_run *run)
{
    if (run == NULL) {
        return;
    }
    cfm_run_free(run->command);
    cfm_ask_free(run->ask);
    cfm_place_close(run->place);
    cfm_provisions_fini(&run->provisions);
    if (run->advance != NULL) {
        event_free(run->advance);
    }
    free(run->place_trouble);
    free(run);
}
