/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lab.h - scenario files made into a world, and the text files that tell
 * resolvers of it.
 */
#pragma once

#include "options.h"

#include <scenario/catalogue.h>

enum { EXIT_DONE = 0, EXIT_INPUT = 2, EXIT_SYSTEM = 3 };

/* Exchanges that the journals of a lab hold: 100 MB; and where there is no
 * control interface, by which they are read. */
enum { LAB_KEEP = 250000, LAB_KEEP_UNREAD = 4096 };

struct lab {
    struct scn_catalogue *catalogue; /* [owned] without its scenarios */
    struct scn_instance **models;    /* [owned] */
    struct sim_instance **instances; /* [owned] array; [borrowed] items */
    size_t count;
    const char *suffix; /* [borrowed] of the options */
    bool unreachable;   /* a scenario of the start has `drop: unreachable`: the
                           server has sockets for it */
    struct sim_world *world; /* [owned] NULL before lab_open() */
    uint64_t keep;           /* so many exchanges */
    uint64_t oldest;         /* number of the first that may be held */
};

/* Reads the scenarios and makes instances. Trouble is told on standard error;
 * returns an exit status. */
int lab_load(const struct options *options, struct lab *lab_out);

/* Makes the world. Returns an exit status; told likewise. */
int lab_open(const struct options *options, struct lab *lab);

/* Makes the keys that would keep a client waiting. Returns likewise. */
int lab_warm(const struct lab *lab);

/* Whether some fault says `drop: unreachable`. */
bool lab_says_unreachable(const struct scn_instance *model);

/* Why a scenario did not come in. */
enum lab_status {
    LAB_OK,
    LAB_WRONG,    /* the text: error says where and what */
    LAB_CONFLICT, /* such an id, or such an apex, is served already */
    LAB_FAILED    /* out of memory, or keys could not be made */
};

/*
 * Serves one more scenario, all of its checks or none, from now on.
 *   id     of the scenario
 *   text   as a file of it would hold
 *   error  filled on LAB_WRONG
 */
enum lab_status lab_add(struct lab *lab, const char *id, const char *text,
                        size_t len, struct scn_error *error);

/* Takes instance `index` out, and frees it. False when out of memory. */
bool lab_remove(struct lab *lab, size_t index);

/*
 * Who serves for days has memory for the last exchanges alone. Once there may
 * be more than `keep`, and a little, forgets those before the last `keep`: the
 * windows of the journals move on. True: then something may be given up.
 */
bool lab_forget_old(struct lab *lab);

/* Gives up what lies before the windows of all journals. */
void lab_give_up_old(struct lab *lab);

/* NULL-tolerant members; frees all. */
void lab_fini(struct lab *lab);

/* The instance whose root hints a COMMAND gets: NULL stands for the shared
 * universe, unless every instance has its own. */
const struct sim_instance *lab_universe(const struct lab *lab);

/* One line per server: "ID/CHECK LABEL ADDRESS [ADDRESS]". [owned] by the
 * caller, free(); NULL when out of memory. */
char *lab_servers_text(const struct lab *lab);

/* Writes one file whole: beside it first, then renamed. False: see errno. */
bool lab_write_file(const char *dir, const char *name, const char *text);

/* root.hints and trust-anchor of the universe of instance (NULL: the shared
 * one) into dir. Returns an exit status; trouble is told. */
int lab_write_universe(const struct lab *lab,
                       const struct sim_instance *instance, const char *dir);

/* The same for lab_universe(), and the file "servers"; each private universe
 * in DIR/KEY when there are several instances. */
int lab_write_files(const struct lab *lab, const char *dir);

/* mkdir -p. False: see errno. */
bool lab_make_directories(const char *path);
