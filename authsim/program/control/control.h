/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control.h - the control interface over HTTP: --control.
 *
 * Serves the paths of authsim/openapi.json on the event loop that answers DNS,
 * and holds the server's world while it handles a request.
 * Bodies, headers, times and connections are bounded.
 */
#pragma once

#include "control_address.h"
#include "lab.h"

#include <authsim/server.h>

struct control;

struct control_options {
    const char *listen;        /* [borrowed] as given, for messages */
    const char *token_file;    /* [borrowed] NULL: no token is wanted */
    struct sim_server *server; /* [borrowed] whose world requests are about */
};

/*
 * Listens. Trouble is told on standard error; NULL then, and *status_out is the
 * exit status for it.
 *   base, lab  [borrowed], outlive the interface
 */
struct control *control_open(const struct control_options *options,
                             struct event_base *base, struct lab *lab,
                             int *status_out);

/* After every turn of the event loop. Holding the world. */
void control_turn(struct control *control);

/* All instances of the lab are about to go away: who waits for something of
 * theirs is told, and the counters keep what they have had. */
void control_forget(struct control *control);

void control_close(struct control *control);
