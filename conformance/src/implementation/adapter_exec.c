/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * adapter_exec.c - runs the command for one request.
 *
 * With {name} and without {names} a request of several names is one run a name,
 * several at once. The first name, in order, that brings no verdict ends it,
 * however many run at once.
 */
#include "adapter.h"
#include "command.h"
#include "observe.h"

#include <authsim/clock.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

enum { USAGE_MAX = 512 };

/* One process of the request. */
struct one {
    struct cfm_run *run;          /* [borrowed] */
    struct cfm_process *process;  /* [owned] */
    struct cfm_observed observed; /* [owned] once ended */
    bool ended;
};

struct cfm_run {
    struct cfm_process_host host;
    const struct cfm_adapter *adapter; /* [borrowed] */
    const struct scn_check *check;     /* [borrowed] */
    struct cfm_place_texts place;
    cfm_run_done_fn *done;
    void *ctx;          /* [borrowed] */
    const char **names; /* [owned] texts of the subjects */
    bool name_by_name;
    struct one *ones; /* [owned] */
    size_t count;
    size_t started;
    size_t running;
    int64_t started_ns;
    int start_error; /* errno of exec, when it cannot be started */
    bool told;
    struct event *advance; /* [owned] */
};

static void on_process_done(void *ctx, const struct cfm_process_report *report);

static struct cfm_values values_of(const struct cfm_run *run, size_t index)
{
    const struct scn_check *check = run->check;
    return (struct cfm_values){
        .names = run->name_by_name ? &run->names[index] : run->names,
        .name_count = run->name_by_name ? 1 : check->subject_count,
        .issuer = check->issuer,
        .account = check->account,
        .method = check->method,
        .kind = check->kind == SCN_SMIME ? "smime" : "tls",
        .resolver = run->place.resolver,
        .root_hints = run->place.root_hints,
        .trust_anchor = run->place.trust_anchor,
        .remotes = run->place.remotes,
        .now = run->place.now,
        .state = run->place.state,
    };
}

static int start_process(struct cfm_run *run, struct one *one)
{
    struct cfm_values values = values_of(run, (size_t)(one - run->ones));
    char **argv =
        cfm_command_expand((const char *const *)run->adapter->command, &values);
    char **envp = cfm_command_environment(environ, &values);
    int rc = ENOMEM;
    if (argv != NULL && envp != NULL) {
        const struct cfm_process_spec spec = {
            .path = run->adapter->path,
            .argv = argv,
            .envp = envp,
            .state = run->place.state,
            .resolv_conf = run->place.resolv_conf,
            .time_limit_ms = run->adapter->time_limit_ms,
        };
        rc = cfm_process_start(&run->host, &spec, on_process_done, one,
                               &one->process);
    }
    cfm_strings_free(argv);
    cfm_strings_free(envp);
    return rc;
}

static void start_next(struct cfm_run *run)
{
    struct one *one = &run->ones[run->started++];
    int rc = start_process(run, one);
    if (rc == 0) {
        run->running++;
        return;
    }
    char text[USAGE_MAX];
    (void)snprintf(text, sizeof text, "cannot run the command: %s",
                   strerror(rc));
    cfm_observe_trouble(text, &one->observed);
    one->ended = true;
}

/* Runs that have ended with a verdict, from the first on; decided_out when no
 * other run can change the sum. */
static size_t count_leading(const struct cfm_run *run, bool *decided_out)
{
    size_t i = 0;
    while (i < run->count && run->ones[i].ended &&
           run->ones[i].observed.ending == CFM_ENDED) {
        i++;
    }
    *decided_out = i == run->count || run->ones[i].ended;
    return i < run->count && run->ones[i].ended ? i + 1 : i;
}

static void tell_usage(struct cfm_run *run)
{
    char text[USAGE_MAX];
    struct cfm_observed observed;
    const char *hint = "";
    if (run->start_error == ENOEXEC) {
        hint = "; a script must begin with #! and its interpreter";
    } else if (run->start_error == ENOENT) {
        hint = "; does the interpreter in its first line exist, and does it "
               "lie outside /run, which the sandbox covers?";
    }
    (void)snprintf(text, sizeof text, "%s cannot be started: %s%s",
                   run->adapter->path, strerror(run->start_error), hint);
    cfm_observe_trouble(text, &observed);
    run->done(run->ctx, &observed, text);
}

static void tell_sum(struct cfm_run *run, size_t count)
{
    struct cfm_observed *runs = calloc(count + 1, sizeof *runs);
    struct cfm_observed sum;
    if (runs == NULL) {
        cfm_observe_trouble("out of memory", &sum);
        run->done(run->ctx, &sum, NULL);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        runs[i] = run->ones[i].observed;
        run->ones[i].observed = (struct cfm_observed){ .ending = CFM_ENDED };
    }
    const struct cfm_observed_names names = { .subjects = run->check->subjects,
                                              .runs = runs,
                                              .count = count };
    cfm_observe_sum(&names, &sum);
    for (size_t i = 0; i < count; i++) {
        cfm_observed_fini(&runs[i]);
    }
    free(runs);
    sum.duration_ns = sim_clock_monotonic_ns() - run->started_ns;
    run->done(run->ctx, &sum, NULL);
}

static void on_advance(evutil_socket_t fd, short what, void *ctx)
{
    (void)fd;
    (void)what;
    struct cfm_run *run = ctx;
    bool decided = false;
    size_t leading = count_leading(run, &decided);
    if (run->told) {
        return; /* whoever was told keeps the run for a while */
    }
    run->told = decided || run->start_error != 0;
    if (run->start_error != 0) {
        tell_usage(run);
        return;
    }
    if (decided) {
        tell_sum(run, leading);
        return;
    }
    while (run->started < run->count && run->running < run->adapter->parallel) {
        start_next(run);
    }
    if (run->running == 0) {
        event_active(run->advance, EV_TIMEOUT, 0); /* none could be started */
    }
}

static void on_process_done(void *ctx, const struct cfm_process_report *report)
{
    struct one *one = ctx;
    struct cfm_run *run = one->run;
    if (report->end == CFM_PROCESS_NOT_STARTED) {
        run->start_error = report->number;
    }
    cfm_observe_report(report, &one->observed);
    one->ended = true;
    cfm_process_free(one->process);
    one->process = NULL;
    run->running--;
    event_active(run->advance, EV_TIMEOUT, 0);
}

static bool fill(struct cfm_run *run)
{
    const struct scn_check *check = run->check;
    unsigned uses = run->adapter->uses;
    run->name_by_name =
        (uses & 1U << CFM_P_NAME) != 0 && (uses & 1U << CFM_P_NAMES) == 0;
    run->count = run->name_by_name ? check->subject_count : 1;
    run->names = calloc(check->subject_count, sizeof *run->names);
    run->ones = calloc(run->count, sizeof *run->ones);
    run->advance = evtimer_new(run->host.base, on_advance, run);
    if (run->names == NULL || run->ones == NULL || run->advance == NULL) {
        return false;
    }
    for (size_t i = 0; i < check->subject_count; i++) {
        run->names[i] = check->subjects[i].text;
    }
    for (size_t i = 0; i < run->count; i++) {
        run->ones[i].run = run;
    }
    return true;
}

struct cfm_run *cfm_run_start(const struct cfm_process_host *host,
                              const struct cfm_adapter *adapter,
                              const struct scn_check *check,
                              const struct cfm_place_texts *place,
                              cfm_run_done_fn *done, void *ctx)
{
    struct cfm_run *run = calloc(1, sizeof *run);
    if (run == NULL) {
        return NULL;
    }
    run->host = *host;
    run->adapter = adapter;
    run->check = check;
    run->place = *place;
    run->done = done;
    run->ctx = ctx;
    run->started_ns = sim_clock_monotonic_ns();
    if (!fill(run)) {
        cfm_run_free(run);
        return NULL;
    }
    event_active(run->advance, EV_TIMEOUT, 0);
    return run;
}

void cfm_run_free(struct cfm_run *run)
{
    if (run == NULL) {
        return;
    }
    for (size_t i = 0; run->ones != NULL && i < run->count; i++) {
        cfm_process_free(run->ones[i].process);
        cfm_observed_fini(&run->ones[i].observed);
    }
    if (run->advance != NULL) {
        event_free(run->advance);
    }
    free(run->names);
    free(run->ones);
    free(run);
}
