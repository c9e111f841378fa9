/* SPDX-License-Identifier: BSD-2-Clause */
/* service.h - what serve runs: a lab on sockets, and what is told of it. */
#pragma once

#include "control.h"
#include "journal_lines.h"
#include "lab.h"

#include <authsim/recorder.h>
#include <authsim/server.h>

#include <signal.h>

enum { SERVICE_SIGNALS = 4, SERVICE_WHY_MAX = 512 };

struct service {
    const struct options *options;          /* [borrowed] */
    struct lab lab;                         /* [owned] */
    struct event_base *base;                /* [owned] */
    struct sim_server *server;              /* [owned] */
    struct journal_lines *journal;          /* [owned] NULL: none wanted */
    struct sim_recorder *recorder;          /* [owned] NULL: none wanted */
    struct control *control;                /* [owned] NULL: none wanted */
    struct event *signals[SERVICE_SIGNALS]; /* [owned] */
    size_t signal_count;
    struct sigaction interrupt; /* SIGINT as authsim was started with it */
    pid_t child;                /* 0: no COMMAND */
    int notify;                 /* [owned] see notify_open() */
    bool reload;                /* wanted after this turn */
    bool stop;
    int status;
};

/* Takes the signals of its loop from now on. False when out of memory. */
bool service_hear(struct service *service);

/*
 * Loads the files again. When they are good the new universe takes the place of
 * the old one: its counters and journals are empty, the numbers of exchanges go
 * on. Else the old one is served on, and standard error says what is wrong.
 * False when what was journaled cannot be written: see errno.
 */
bool service_reload(struct service *service);

/* The line that scripts wait for: "WORD: so many instances ...". On standard
 * output, or standard error where that is taken. False: see errno. */
bool service_say(const struct service *service, const char *word);
