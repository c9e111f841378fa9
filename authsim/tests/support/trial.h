/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trial.h - real sockets in a sandbox: the server runs as its first process, a
 * test's client in a process beside it.
 */
#pragma once

#include "models.h"
#include "packet.h"

#include <authsim/server.h>

#include <sys/resource.h>
#include <sys/socket.h>

enum {
    TRIAL_WHY = 512,
    TRIAL_PORT = 53,
    TRIAL_REPLY_MAX = 70000,
    TRIAL_BIG = 26 /* records at trial_big */
};

/* Names that the server has: with one CAA record, and with TRIAL_BIG. */
extern const uint8_t trial_www[];
extern const uint8_t trial_big[];

/* A client's view: where to send, and what it finds wrong (0: nothing). */
typedef int trial_client_fn(const struct sim_address *server,
                            const struct sim_address *server6);

struct trial {
    trial_client_fn *client;
    struct scn_fault fault;
    rlim_t files;  /* 0: no limit */
    bool no_files; /* none but those that are open, for a while */
    struct sim_tcp_limits limits; /* all zero: the default */
    unsigned threads;             /* that answer; 0: the loop alone */
    size_t exchanges; /* that the journal must have in the end; 0: any */
};

/* Fails the test unless the client ends with 0. */
void trial_run(const struct trial *trial);

/* The model that is served; test_model_free(). */
struct test_model *trial_model(const struct trial *trial);

/* A server, and no client beside it. */
struct trial_server {
    struct event_base *base;    /* [borrowed] */
    struct sim_server *server;  /* [borrowed] */
    struct sim_address address; /* that is asked */
};

typedef int trial_server_fn(const struct trial_server *at);

/* In the sandbox. Fails the test unless fn returns 0. */
void trial_serve(trial_server_fn *fn);

/* --- for clients --- */

socklen_t trial_sockaddr(const struct sim_address *address,
                         struct sockaddr_storage *to);
/* A socket that is connected: it takes nothing from other sources. */
int trial_dial(const struct sim_address *server, int type);
void trial_query(struct packet *p, const uint8_t *name);
/* A query behind its length, as TCP has it. */
bool trial_send(int fd, const uint8_t *name);
/* One message; its length, 0 when there is none. */
size_t trial_read(int fd, uint8_t *buf);
unsigned trial_answers(const uint8_t *message);
/* A query for trial_www over TCP has its answer. */
bool trial_is_answered(int fd);
/* The server has ended the connection. */
bool trial_is_closed(int fd);
/* A client by itself: both addresses answer from where they were asked. */
int trial_asks_over_udp(const struct sim_address *server,
                        const struct sim_address *server6);
