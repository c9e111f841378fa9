/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_desk.h - what the control interface does, path by path.
 *
 * Knows no HTTP server: requests come in as they are, answers go out. One
 * thread: the one that answers DNS.
 */
#pragma once

#include "control_answer.h"
#include "control_metrics.h"
#include "control_mock.h"
#include "control_wait.h"
#include "lab.h"

struct control_desk {
    struct lab *lab;                 /* [borrowed] */
    const struct sim_server *server; /* [borrowed] NULL: nobody is served */
    struct control_mocks *mocks;     /* [owned] */
    struct control_waits waits;
    struct control_totals gone; /* of requests, and of entries given up */
    bool cleared;               /* some journal has entries to give up */
};

/* False when out of memory; fini is due either way. */
bool control_desk_init(struct control_desk *desk, struct lab *lab,
                       control_send_fn *send);
void control_desk_fini(struct control_desk *desk);

/* After every turn of the event loop: answers those that wait, gives up what
 * was cleared, and what is too old to be kept. */
void control_desk_turn(struct control_desk *desk, int64_t now_ns);

/* All instances of the lab are about to go away. */
void control_desk_forget(struct control_desk *desk);

/* Answers one request. */
void control_desk_handle(struct control_desk *desk,
                         const struct control_request *request,
                         struct control_answer *answer);

/* --- one function for each path and method; control_routes.c lists them --- */

typedef void control_handle_fn(struct control_desk *desk,
                               const struct control_request *request,
                               struct control_answer *answer);

control_handle_fn control_get_health;
control_handle_fn control_get_openapi;
control_handle_fn control_get_metrics;
control_handle_fn control_get_scenarios;
control_handle_fn control_load_scenario;
control_handle_fn control_remove_scenario;
control_handle_fn control_get_faults;
control_handle_fn control_switch_fault;
control_handle_fn control_get_journal;
control_handle_fn control_clear_journal;
control_handle_fn control_begin_wait;
control_handle_fn control_change_records;

/* The verbs of pebble-challtestsrv. */
control_handle_fn control_add_a;
control_handle_fn control_clear_a;
control_handle_fn control_add_aaaa;
control_handle_fn control_clear_aaaa;
control_handle_fn control_add_caa;
control_handle_fn control_clear_caa;
control_handle_fn control_set_cname;
control_handle_fn control_clear_cname;
control_handle_fn control_set_txt;
control_handle_fn control_clear_txt;
control_handle_fn control_set_servfail;
control_handle_fn control_clear_servfail;
control_handle_fn control_set_default_ipv4;
control_handle_fn control_set_default_ipv6;
control_handle_fn control_get_history;
control_handle_fn control_clear_history;
