/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lab.h - the lab child: PID 1 of the sandbox, one libevent loop that holds the
 * simulated world, the front, the resolver, the adapters and the grader.
 *
 * The parent calls cfm_lab_start() and reads events from the channel until end
 * of file; then cfm_lab_wait().
 */
#pragma once

#include "lab_world.h"

#include <sys/types.h>

enum cfm_lab_mode {
    CFM_LAB_RUN,   /* grade the selected checks */
    CFM_LAB_REPRO, /* the same for one, with the story in each result */
    CFM_LAB_SHELL  /* an interactive shell inside, world and resolver ready */
};

/* One instance to run. Pointers [borrowed]. */
struct cfm_selected {
    const struct scn_scenario *scenario;
    size_t index; /* of the instance within the scenario */
    /* Addresses of its checks that are wanted; of steps all are run but only
     * these are reported. NULL: all. */
    const char *const *wanted;
    size_t wanted_count;
};

struct cfm_lab_job {
    enum cfm_lab_mode mode;
    const struct cfm_settings *settings;
    const struct scn_catalogue *catalogue; /* all of it is loaded: addresses
                                              must not depend on --only */
    const struct cfm_selected *selected;
    size_t selected_count;
    /* Made beforehand, of these settings and this catalogue; each lab changes
     * only its own copy. NULL: the lab makes its own. */
    const struct cfm_lab_world *world;
};

struct cfm_lab {
    pid_t pid;           /* of the child; 0: a usage event took its place */
    int channel_fd;      /* JSON lines, see channel.h */
    bool takes_terminal; /* its shell becomes the terminal's foreground */
};

enum cfm_lab_status {
    CFM_LAB_OK = 0,
    CFM_LAB_NO_SANDBOX, /* exit 3: why says what to change */
    CFM_LAB_NO_MEMORY
};

/* why_out gets one line on failure. */
enum cfm_lab_status cfm_lab_start(const struct cfm_lab_job *job,
                                  struct cfm_lab *lab_out, char *why,
                                  size_t why_cap);

/* Kills what is left, reaps, closes the channel. Exit status of the child, -1
 * when a signal ended it. Safe to call twice. */
int cfm_lab_wait(struct cfm_lab *lab);
