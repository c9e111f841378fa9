/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * spawn_program.c - posix_spawn() tells a failed exec at once and copies no
 * memory.
 */
#include "spawn_program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

extern char **environ;

static int set_descriptors(posix_spawn_file_actions_t *actions,
                           const struct cfm_spawn *spawn)
{
    int rc = posix_spawn_file_actions_addopen(actions, STDIN_FILENO,
                                              "/dev/null", O_RDONLY, 0);
    for (size_t i = 0; rc == 0 && i < spawn->place_count; i++) {
        rc = posix_spawn_file_actions_adddup2(actions, spawn->fd,
                                              spawn->places[i]);
    }
    return rc;
}

/* Cannot fail with flags that are known. */
static void set_signals(posix_spawnattr_t *attributes,
                        const struct cfm_spawn *spawn)
{
    sigset_t all;
    sigset_t none;
    (void)sigfillset(&all);
    (void)sigemptyset(&none);
    (void)posix_spawnattr_setsigmask(attributes,
                                     spawn->signals_blocked ? &all : &none);
    (void)posix_spawnattr_setsigdefault(attributes, &all);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (spawn->own_group) {
        flags |= POSIX_SPAWN_SETPGROUP;
    }
    (void)posix_spawnattr_setflags(attributes, flags);
}

int cfm_spawn(const struct cfm_spawn *spawn, pid_t *pid_out)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int rc = posix_spawn_file_actions_init(&actions);
    if (rc != 0) {
        return rc;
    }
    rc = posix_spawnattr_init(&attributes);
    if (rc != 0) {
        (void)posix_spawn_file_actions_destroy(&actions);
        return rc;
    }
    set_signals(&attributes, spawn);
    rc = set_descriptors(&actions, spawn);
    if (rc == 0) {
        rc = posix_spawn(pid_out, spawn->path, &actions, &attributes,
                         spawn->argv, environ);
    }
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return rc;
}
