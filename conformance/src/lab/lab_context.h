/* SPDX-License-Identifier: BSD-2-Clause */
/* lab_context.h - what the parts of one lab child share. */
#pragma once

#include "adapter.h"
#include "lab.h"
#include "lab_support.h"
#include "lab_world.h"
#include "place.h"

#include <authsim/server.h>

struct cfm_remotes;
struct cfm_schedule;
struct cfm_shell;

struct cfm_lab_context {
    const struct cfm_lab_job *job; /* [borrowed] */
    int channel_fd;                /* to the parent */
    struct cfm_adapter adapter;    /* [owned] */
    char *unbound;                 /* [owned] program */
    enum sim_network_kind network;
    struct cfm_lab_facts facts;
    bool covers_resolv_conf;
    struct cfm_process_host host;  /* all [owned] */
    struct event *stop_signals[3]; /* [owned] */
    struct cfm_lab_world world;    /* [owned] unless the job brings it */
    struct sim_server *server;     /* [owned] */
    struct cfm_place *place;       /* [owned] of the shared universe */
    struct cfm_remotes *remotes;   /* [owned] NULL: none needed */
    bool place_ready;
    bool remotes_ready;
    unsigned states;               /* directories given out */
    struct cfm_ask *probe;         /* [owned] of the user's own resolver */
    bool ready;                    /* it was so once */
    struct cfm_schedule *schedule; /* [owned] */
    struct cfm_shell *shell;       /* [owned] */
    int exit_code;                 /* of the child */
};

enum { CFM_LAB_EXIT_OK = 0, CFM_LAB_EXIT_USAGE = 2, CFM_LAB_EXIT_FAILED = 3 };

/* Everything was done: ends the loop. */
void cfm_lab_finish(struct cfm_lab_context *lab);
/* Says why not, and ends the loop. */
void cfm_lab_fail(struct cfm_lab_context *lab, const char *text);
void cfm_lab_reject(struct cfm_lab_context *lab, const char *text); /* usage */

/* How a place of this lab is opened; private NULL for the shared one. */
struct cfm_place_config cfm_lab_place_config(
    const struct cfm_lab_context *lab, const struct cfm_lab_instance *private);
