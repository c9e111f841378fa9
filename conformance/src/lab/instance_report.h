/* SPDX-License-Identifier: BSD-2-Clause */
/* instance_report.h - a graded check made into a result and sent. */
#pragma once

#include "channel.h"
#include "lab.h"
#include "lab_world.h"

/* Everything [borrowed]. */
struct cfm_outcome_report {
    const struct cfm_lab_instance *entry;
    const struct scn_check *check;
    const struct cfm_observed *observed; /* NULL: it was not run */
    const struct cfm_graded *graded;
    const char *cannot; /* why not, when that is the lab's; else NULL */
    int64_t origin_ns;  /* of the story */
};

/* 0, or -1 when it could not be made or sent. */
int cfm_outcome_send(const struct cfm_lab_job *job, int channel_fd,
                     const struct cfm_outcome_report *outcome);
