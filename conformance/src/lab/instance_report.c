/* SPDX-License-Identifier: BSD-2-Clause */
/* instance_report.c - results, with a story where one was asked for. */
#include "instance_report.h"

#include "story.h"

#include <stdlib.h>
#include <string.h>

/* The lab knows better than the grader why a check was not run. */
static int explain(struct cfm_result *result,
                   const struct cfm_outcome_report *outcome)
{
    if (outcome->observed != NULL || outcome->cannot == NULL) {
        return 0;
    }
    char *text = strdup(outcome->cannot);
    if (text == NULL) {
        return -1;
    }
    free(result->explanation);
    result->explanation = text;
    return 0;
}

static int add_story(struct cfm_result *result, const struct cfm_lab_job *job,
                     const struct cfm_outcome_report *outcome,
                     const struct sim_journal *journal)
{
    if (job->mode != CFM_LAB_REPRO || outcome->observed == NULL) {
        return 0;
    }
    result->story = cfm_story_tell(outcome->entry->model, outcome->check,
                                   journal, outcome->origin_ns);
    return result->story == NULL ? -1 : 0;
}

int cfm_outcome_send(const struct cfm_lab_job *job, int channel_fd,
                     const struct cfm_outcome_report *outcome)
{
    const struct sim_journal *journal =
        sim_instance_journal(outcome->entry->instance);
    const struct cfm_trial trial = {
        .instance = outcome->entry->model,
        .check = outcome->check,
        .settings = job->settings,
        .observed = outcome->observed,
        .graded = outcome->graded,
        .journal = journal,
    };
    struct cfm_result result;
    if (cfm_result_make(&trial, scn_scenario_title(outcome->entry->scenario),
                        &result) != 0) {
        return -1;
    }
    int rc = explain(&result, outcome);
    if (rc == 0) {
        rc = add_story(&result, job, outcome, journal);
    }
    if (rc == 0) {
        rc = cfm_channel_send_result(channel_fd, &result);
    }
    cfm_result_fini(&result);
    return rc;
}
