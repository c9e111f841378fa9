/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * spawn_program.h - a program that runs beside the lab: without input, with one
 * of the lab's descriptors, and with the default for every signal that the lab
 * ignores.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { CFM_SPAWN_PLACES = 2 };

struct cfm_spawn {
    const char *path;             /* [borrowed] */
    char *const *argv;            /* [borrowed] */
    int fd;                       /* [borrowed] */
    int places[CFM_SPAWN_PLACES]; /* of fd in the program */
    size_t place_count;
    bool own_group;       /* the terminal's signals do not reach it */
    bool signals_blocked; /* all of them, for it to say when not */
};

/* Starts it with the caller's environment: its process id in pid_out. 0, or an
 * errno value; that there is no such program among them. */
int cfm_spawn(const struct cfm_spawn *spawn, pid_t *pid_out);
