/* SPDX-License-Identifier: BSD-2-Clause */
/* threads.c - as many as pay, and one where order counts. */
#include "threads.h"

#include <authsim/server.h>

#include <sched.h>

static bool has_faults(const struct scn_instance *model)
{
    bool has = false;

    for (size_t i = 0; i < model->zone_count; i++) {
        has = has || model->zones[i].fault_count > 0;
    }
    return has;
}

static bool some_has_faults(const struct lab *lab)
{
    bool has = false;

    for (size_t i = 0; i < lab->count; i++) {
        has = has || has_faults(lab->models[i]);
    }
    return has;
}

static unsigned count_cores(void)
{
    cpu_set_t cores;

    if (sched_getaffinity(0, sizeof(cores), &cores) != 0) {
        return 1; /* LCOV_EXCL_LINE: more cores than cpu_set_t holds */
    }
    const unsigned count = (unsigned)CPU_COUNT(&cores);
    return count < SIM_SERVER_THREADS_MAX ? count : SIM_SERVER_THREADS_MAX;
}

unsigned threads_wanted(const struct options *options, const struct lab *lab)
{
    if (options->threads > 0) {
        return options->threads;
    }
    return options->pcap != NULL || some_has_faults(lab) ? 1 : count_cores();
}
