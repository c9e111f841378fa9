/* SPDX-License-Identifier: BSD-2-Clause */
/* cmd_run.c - `caaconform run`: lab, results, baseline, reports. */
#include "baseline.h"
#include "commands.h"
#include "open.h"
#include "progress.h"
#include "report.h"
#include "supervise.h"
#include "text.h"
#include "words.h"
#include "write_file.h"

#include <authsim/clock.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WHY_MAX = 1024, BAD_INPUT = 2, LAB_FAILED = 3 };

struct run {
    const struct cfm_invocation *invocation;
    struct cfm_opened opened;      /* [owned] */
    struct cfm_results results;    /* [owned] of run 1, with all merged */
    struct cfm_results current;    /* [owned] of the run that goes on */
    struct cfm_baseline *baseline; /* [owned] or NULL */
    struct cfm_progress progress;
    unsigned number; /* of the run that goes on, from 1 */
};

/* --- what the lab says --- */

static void on_ready(void *ctx, size_t checks)
{
    struct run *run = ctx;

    run->progress.total = checks;
    cfm_progress_draw(&run->progress, sim_clock_monotonic_ns());
}

static void on_started(void *ctx, const char *address)
{
    struct run *run = ctx;

    (void)snprintf(run->progress.current, sizeof(run->progress.current), "%s",
                   address);
    cfm_progress_draw(&run->progress, sim_clock_monotonic_ns());
}

static void print_result(struct run *run, const struct cfm_result *result)
{
    cfm_progress_clear(&run->progress);
    (void)printf("%-12s %s: %s\n", cfm_outcome_text(result->outcome),
                 result->address, result->explanation);
    (void)fflush(stdout);
}

static int on_result(void *ctx, struct cfm_result *result)
{
    struct run *run = ctx;

    run->progress.done++;
    run->progress.failed += cfm_outcome_fails(result->outcome) ? 1 : 0;
    if (run->invocation->settings.verbose) {
        print_result(run, result);
    }
    int rc = cfm_results_add(&run->current, result);
    cfm_progress_draw(&run->progress, sim_clock_monotonic_ns());
    return rc;
}

static void on_note(void *ctx, const char *text)
{
    struct run *run = ctx;

    cfm_progress_clear(&run->progress);
    (void)fprintf(stderr, "caaconform: %s\n", text);
}

static void on_idle(void *ctx)
{
    struct run *run = ctx;

    cfm_progress_draw(&run->progress, sim_clock_monotonic_ns());
}

/* --- before and after --- */

static int load_baseline(struct run *run)
{
    const struct cfm_settings *settings = &run->invocation->settings;
    char why[WHY_MAX] = "";

    if (settings->baseline == NULL) {
        return 0;
    }
    run->baseline = cfm_baseline_load(settings->baseline, why, sizeof(why));
    if (run->baseline == NULL) {
        (void)fprintf(stderr, "%s\n", why);
        return BAD_INPUT;
    }
    return 0;
}

/* The reports, then the baseline that is written; NULL without one. */
static const char *file_at(const struct cfm_settings *settings, size_t i)
{
    return i < settings->report_count ? settings->reports[i]
                                      : settings->write_baseline;
}

/* Whether one of the first count files is this one. */
static bool is_taken(const struct cfm_settings *settings, size_t count,
                     const char *path)
{
    for (size_t i = 0; i < count; i++) {
        if (cfm_same_file(file_at(settings, i), path)) {
            return true;
        }
    }
    return false;
}

/* Better now than after a long run. */
static int check_files(const struct cfm_settings *settings)
{
    char why[WHY_MAX] = "";

    for (size_t i = 0; i <= settings->report_count; i++) {
        const char *path = file_at(settings, i);
        if (path == NULL) {
            continue;
        }
        if (cfm_can_write_file(path, why, sizeof(why)) != 0) {
            (void)fprintf(stderr, "caaconform: %s\n", why);
            return BAD_INPUT;
        }
        if (is_taken(settings, i, path)) {
            (void)fprintf(stderr, "caaconform: %s: would be written twice\n",
                          path);
            return BAD_INPUT;
        }
    }
    return 0;
}

static int write_text(const char *path, char *text)
{
    char why[WHY_MAX] = "out of memory";
    int rc = text == NULL ? -1 : cfm_write_file(path, text, why, sizeof(why));

    free(text);
    if (rc != 0) {
        (void)fprintf(stderr, "caaconform: %s\n", why);
        return LAB_FAILED;
    }
    return 0;
}

static int write_reports(const struct run *run, const struct cfm_report *report)
{
    const struct cfm_settings *settings = report->settings;
    int rc = 0;

    for (size_t i = 0; i < settings->report_count; i++) {
        const char *path = settings->reports[i];
        bool json = strcmp(path + strlen(path) - 5, ".json") == 0;
        int wrote = write_text(path, json ? cfm_report_json(report)
                                          : cfm_report_junit(report));
        rc = rc == 0 ? wrote : rc;
    }
    if (settings->write_baseline != NULL) {
        uint32_t today = cfm_date_of(sim_clock_unix_s());
        int wrote =
            write_text(settings->write_baseline,
                       cfm_baseline_text(&run->results, run->baseline, today));
        rc = rc == 0 ? wrote : rc;
    }
    return rc;
}

/* --- the runs --- */

static int run_once(struct run *run)
{
    const struct cfm_lab_job job = {
        .mode = CFM_LAB_RUN,
        .settings = &run->invocation->settings,
        .catalogue = run->opened.catalogue,
        .selected = run->opened.selection.items,
        .selected_count = run->opened.selection.count,
    };
    const struct cfm_watcher watcher = { run,       on_ready, on_started,
                                         on_result, on_note,  on_idle };
    int rc = cfm_supervise(&job, &watcher);

    cfm_progress_clear(&run->progress);
    if (rc == 0 && run->current.count != run->opened.selection.check_count) {
        (void)fprintf(stderr, "caaconform: the lab gave %zu results of %zu\n",
                      run->current.count, run->opened.selection.check_count);
        rc = LAB_FAILED;
    }
    cfm_results_sort(&run->current);
    return rc;
}

static int run_all(struct run *run)
{
    unsigned repeat = run->invocation->settings.repeat;
    int rc = 0;

    for (run->number = 1; rc == 0 && run->number <= repeat; run->number++) {
        cfm_progress_init(&run->progress, stderr,
                          isatty(STDERR_FILENO) != 0 &&
                              !run->invocation->settings.verbose,
                          sim_clock_monotonic_ns());
        rc = run_once(run);
        if (rc == 0 && run->number == 1) {
            run->results = run->current;
            run->current = (struct cfm_results){ 0 };
        } else if (rc == 0 && cfm_results_merge(&run->results, &run->current,
                                                run->number) != 0) {
            (void)fprintf(stderr, "caaconform: out of memory\n");
            rc = LAB_FAILED;
        }
    }
    return rc;
}

static int finish(struct run *run, double wall_s)
{
    const struct cfm_report report = {
        .settings = &run->invocation->settings,
        .results = &run->results,
        .kept = run->invocation->kept,
        .kept_count = run->invocation->kept_count,
        .wall_s = wall_s,
        .colour = cfm_wants_colour(run->invocation, STDOUT_FILENO),
    };

    if (cfm_baseline_apply(run->baseline, &run->results) != 0) {
        (void)fprintf(stderr, "caaconform: out of memory\n");
        return LAB_FAILED;
    }
    int wrote = write_reports(run, &report);
    int printed = cfm_print(cfm_report_terminal(&report));
    int status = cfm_results_exit(&run->results);
    if (wrote != 0 || printed != 0) {
        return LAB_FAILED;
    }
    return status;
}

int cfm_command_run(const struct cfm_invocation *invocation,
                    const char *program_dir)
{
    struct run run = { .invocation = invocation };
    int64_t started_ns = sim_clock_monotonic_ns();
    int rc = check_files(&invocation->settings);

    if (rc == 0) {
        rc = load_baseline(&run);
    }
    if (rc == 0) {
        rc = cfm_open(invocation, program_dir, NULL, &run.opened);
    }
    if (rc == 0) {
        rc = run_all(&run);
    }
    if (rc == 0) {
        int64_t wall_ns = sim_clock_monotonic_ns() - started_ns;
        rc = finish(&run, (double)wall_ns / 1e9);
    }
    cfm_results_fini(&run.current);
    cfm_results_fini(&run.results);
    cfm_baseline_free(run.baseline);
    cfm_opened_fini(&run.opened);
    return rc;
}
