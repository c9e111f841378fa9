/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_adequacy.c - `caaconform adequacy`: the reference, then which deviations
 * cannot differ where, then every deviation where it can, each in a lab of its
 * own, over one world that was made once.
 */
#include "adequacy_report.h"
#include "commands.h"
#include "errands.h"
#include "labs.h"
#include "open.h"
#include "progress.h"
#include "results.h"

#include <authsim/clock.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Labs at the same time: some compute while others wait for a silent server. */
enum { LABS = 4, WHY_MAX = 1024, BAD_INPUT = 2, LAB_FAILED = 3 };

struct adequacy {
    const struct cfm_invocation *invocation;
    struct cfm_opened opened;   /* [owned] */
    struct cfm_deviant deviant; /* [owned] */
    struct cfm_matrix matrix;   /* [owned] */
    struct cfm_lab_world world; /* [owned] that every lab begins with */
    struct cfm_errands errands; /* [owned] of the run that goes on */
    size_t lab_errors;
    struct cfm_progress progress;
};

static int out_of_memory(void)
{
    (void)fprintf(stderr, "caaconform: out of memory\n");
    return LAB_FAILED;
}

/* --- what the labs say --- */

static void on_ready(void *ctx, size_t index, size_t checks)
{
    struct adequacy *adequacy = ctx;
    const struct cfm_matrix_row *row = adequacy->errands.list[index].row;

    adequacy->progress.total += checks;
    (void)snprintf(adequacy->progress.current,
                   sizeof(adequacy->progress.current), "%s (%zu of %zu)",
                   row == NULL ? "reference" : row->deviation->id, index + 1,
                   adequacy->errands.count);
}

static void take_result(struct adequacy *adequacy,
                        const struct cfm_errand *errand, size_t check,
                        const struct cfm_result *result)
{
    struct cfm_matrix *matrix = &adequacy->matrix;

    switch (errand->kind) {
    case CFM_ERRAND_REFERENCE:
        matrix->checks[check].reference = (uint8_t)result->outcome;
        break;
    case CFM_ERRAND_COMPARISON:
    case CFM_ERRAND_ASKING:
        if (matrix->checks[check].reference == (uint8_t)result->outcome) {
            cfm_alike_read(matrix, check, result->output);
        }
        break;
    case CFM_ERRAND_DEVIATION:
        errand->row->outcomes[check] = (uint8_t)result->outcome;
        matrix->made++;
        break;
    }
}

static void on_result(void *ctx, size_t index, const struct cfm_result *result)
{
    struct adequacy *adequacy = ctx;
    size_t check = cfm_matrix_find(&adequacy->matrix, result->address);

    adequacy->progress.done++;
    adequacy->progress.failed += cfm_outcome_fails(result->outcome) ? 1 : 0;
    adequacy->lab_errors += result->outcome == CFM_LAB_ERROR ? 1 : 0;
    if (check != SIZE_MAX) {
        take_result(adequacy, &adequacy->errands.list[index], check, result);
    }
}

static void on_note(void *ctx, const char *text)
{
    struct adequacy *adequacy = ctx;

    cfm_progress_clear(&adequacy->progress);
    (void)fprintf(stderr, "caaconform: %s\n", text);
}

static void on_idle(void *ctx)
{
    struct adequacy *adequacy = ctx;

    cfm_progress_draw(&adequacy->progress, sim_clock_monotonic_ns());
}

/* --- the errands --- */

/* What waits for its time limit leaves the processors to others. */
static bool hangs(const struct cfm_errand *errand)
{
    return errand->row != NULL &&
           errand->row->deviation->shown == SCN_SHOWN_HANG;
}

static int run_errands(struct adequacy *adequacy)
{
    const struct cfm_settings *base = &adequacy->invocation->settings;
    const struct cfm_labs_watcher watcher = { adequacy, on_ready, on_result,
                                              on_note, on_idle };
    /* Labs on the host's loopback would take each other's port. */
    size_t at_once = base->resolver == CFM_RESOLVER_ADDRESS ? 1 : LABS;
    struct cfm_lab_job *jobs =
        calloc(adequacy->errands.count + 1, sizeof(*jobs));

    if (jobs == NULL) {
        return out_of_memory();
    }
    at_once = at_once < base->jobs ? at_once : base->jobs;
    for (size_t i = 0; i < adequacy->errands.count; i++) {
        struct cfm_errand *errand = &adequacy->errands.list[i];
        errand->settings.jobs = adequacy->errands.count == 1 || hangs(errand)
                                    ? base->jobs
                                    : (unsigned)(base->jobs / at_once);
        jobs[i] = (struct cfm_lab_job){
            .mode = CFM_LAB_RUN,
            .settings = &errand->settings,
            .catalogue = adequacy->opened.catalogue,
            .selected = errand->selected,
            .selected_count = errand->selected_count,
            .world = &adequacy->world,
        };
    }
    int rc = cfm_labs_run(jobs, adequacy->errands.count, at_once, &watcher);
    cfm_progress_clear(&adequacy->progress);
    free(jobs);
    return rc;
}

typedef int make_fn(const struct cfm_errand_source *source,
                    struct cfm_errands *errands_out);

static int run_those_of(struct adequacy *adequacy, make_fn *make)
{
    const struct cfm_errand_source source = {
        .settings = &adequacy->invocation->settings,
        .selection = &adequacy->opened.selection,
        .deviant = &adequacy->deviant,
        .world = &adequacy->world,
        .matrix = &adequacy->matrix,
    };
    int rc = make(&source, &adequacy->errands) == 0 ? run_errands(adequacy)
                                                    : out_of_memory();

    cfm_errands_fini(&adequacy->errands);
    return rc;
}

/* --- before and after --- */

static int open_matrix(struct adequacy *adequacy)
{
    const struct cfm_settings *settings = &adequacy->invocation->settings;
    const struct scn_deviations *deviations =
        scn_catalogue_deviations(adequacy->opened.catalogue);

    if (deviations == NULL) {
        (void)fprintf(stderr, "caaconform: there is no deviations.yaml beside "
                              "the catalogue, nor in the directory above\n");
        return BAD_INPUT;
    }
    if (cfm_matrix_init(&adequacy->opened.inventory,
                        &adequacy->opened.selection, settings, deviations,
                        &adequacy->matrix) != 0) {
        return out_of_memory();
    }
    if (adequacy->matrix.row_count == 0) {
        (void)fprintf(stderr,
                      "caaconform: no deviation of %s matches --deviation\n",
                      scn_deviations_file(deviations));
        return BAD_INPUT;
    }
    return 0;
}

static int open_deviant(struct adequacy *adequacy, const char *program_dir)
{
    struct cfm_matrix *matrix = &adequacy->matrix;

    if (cfm_deviant_init(program_dir, &adequacy->deviant) != 0) {
        return out_of_memory();
    }
    for (size_t i = 0; i < matrix->row_count; i++) {
        matrix->rows[i].runnable =
            cfm_deviant_can(&adequacy->deviant, matrix->rows[i].deviation);
    }
    return 0;
}

/* Made once; each lab has a copy of its own, as soon as it changes anything. */
static int open_world(struct adequacy *adequacy)
{
    const struct cfm_settings *settings = &adequacy->invocation->settings;
    char why[WHY_MAX] = "";
    enum cfm_world_status st = cfm_lab_world_open(
        adequacy->opened.catalogue, settings,
        settings->resolver == CFM_RESOLVER_ADDRESS ? SIM_NETWORK_LOOPBACK
                                                   : SIM_NETWORK_SANDBOX,
        &adequacy->world, why, sizeof(why));

    if (st != CFM_WORLD_OK) {
        (void)fprintf(stderr, "caaconform: %s\n", why);
    }
    return st == CFM_WORLD_OK      ? 0
           : st == CFM_WORLD_INPUT ? BAD_INPUT
                                   : LAB_FAILED;
}

static int finish(struct adequacy *adequacy)
{
    const struct cfm_invocation *invocation = adequacy->invocation;

    cfm_matrix_judge(&adequacy->matrix);
    int printed = cfm_print(
        invocation->json
            ? cfm_adequacy_json(&adequacy->matrix, &invocation->settings)
            : cfm_adequacy_text(&adequacy->matrix, &invocation->settings));
    if (adequacy->lab_errors > 0) {
        (void)fprintf(stderr, "caaconform: the lab failed in %zu checks\n",
                      adequacy->lab_errors);
        return LAB_FAILED;
    }
    return printed != 0 ? LAB_FAILED : cfm_matrix_exit(&adequacy->matrix);
}

/* Nothing can be said of deviations while the reference itself fails. */
static int run_all(struct adequacy *adequacy)
{
    cfm_progress_init(&adequacy->progress, stderr, isatty(STDERR_FILENO) != 0,
                      sim_clock_monotonic_ns());
    /* Without caacheck-deviant nothing is known, and everything is run. */
    bool compares = !adequacy->invocation->settings.exhaustive &&
                    adequacy->deviant.switches != NULL;
    int rc = run_those_of(adequacy, cfm_errands_reference);

    if (rc == 0 && cfm_matrix_reference_failures(&adequacy->matrix) > 0) {
        (void)fprintf(stderr, "caaconform: the reference itself fails; no "
                              "deviation was run\n");
        return finish(adequacy);
    }
    adequacy->progress.failed = 0;
    if (rc == 0 && compares) {
        rc = run_those_of(adequacy, cfm_errands_compare);
    }
    if (rc == 0) {
        rc = run_those_of(adequacy, cfm_errands_deviate);
    }
    return rc == 0 ? finish(adequacy) : rc;
}

int cfm_command_adequacy(const struct cfm_invocation *invocation,
                         const char *program_dir)
{
    struct adequacy adequacy = { .invocation = invocation };
    int rc = cfm_open(invocation, program_dir, NULL, &adequacy.opened);

    if (rc == 0) {
        rc = open_matrix(&adequacy);
    }
    if (rc == 0) {
        rc = open_deviant(&adequacy, program_dir);
    }
    if (rc == 0) {
        rc = open_world(&adequacy);
    }
    if (rc == 0) {
        rc = run_all(&adequacy);
    }
    cfm_lab_world_close(&adequacy.world);
    cfm_matrix_fini(&adequacy.matrix);
    cfm_deviant_fini(&adequacy.deviant);
    cfm_opened_fini(&adequacy.opened);
    return rc;
}
