/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * twins.h - two worlds of one model (fuzz_universe.h), asked the same: in the
 * one every reply is built anew, in the other it is what was kept, where that
 * may be. Nobody may tell them apart; whoever can fails the test.
 */
#pragma once

#include "packet.h"
#include "respond.h"

enum { TWINS_NOW = 1000 };

/* One of the two worlds. */
struct twin {
    struct sim_world *world;
    struct sim_instance *instance;
    struct sim_responder *responder;
    struct sim_reaction reaction;
};

struct twins {
    struct twin kept;
    struct twin anew;
    struct packet query;
    struct sim_incoming in; /* to the apex's server, from no remote, by UDP */
};

/* As cmocka wants them: *state is the twins. */
int twins_setup(void **state);
int twins_teardown(void **state);

void twin_open(struct twin *twin);
void twin_close(struct twin *twin);
void twin_ask(struct twin *twin, const struct sim_incoming *in);
/* Replies that were kept and said again. */
uint64_t twin_hits(const struct twin *twin);

/* Asks both for query as it stands, with another ID, time and port than any
 * before; fails unless their reactions are the same. */
void twins_ask(struct twins *twins);

/* Fails unless all that both have journaled is the same. */
void twins_compare_journals(const struct twins *twins);
