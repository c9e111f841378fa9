/* SPDX-License-Identifier: BSD-2-Clause */
/* state.c - a small tmpfs, read-only but for the commands it is meant for. */
#include "state.h"

#include <authsim/sandbox.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIRECTORY_MODE = 0755, PATH_TEXT_MAX = 64, NOW_TEXT_MAX = 24 };

static const unsigned long tmpfs_flags = MS_NOSUID | MS_NODEV;

struct cfm_state {
    int64_t now_s;
    char now[NOW_TEXT_MAX];
    char directory[PATH_TEXT_MAX];
};

static void write_now(struct cfm_state *state)
{
    (void)snprintf(state->now, sizeof state->now, "%" PRId64, state->now_s);
}

static int open_directory(const char *path)
{
    if (mkdir(path, DIRECTORY_MODE) != 0) {
        return -1;
    }
    if (mount("tmpfs", path, "tmpfs", tmpfs_flags,
              "mode=0755,size=4m,nr_inodes=1024") != 0) {
        return -1;
    }
    return mount(NULL, path, NULL,
                 MS_REMOUNT | MS_BIND | MS_RDONLY | tmpfs_flags, NULL);
}

struct cfm_state *cfm_state_new(unsigned number, int64_t now_s)
{
    struct cfm_state *state = calloc(1, sizeof *state);
    if (state == NULL) {
        return NULL;
    }
    state->now_s = now_s;
    write_now(state);
    (void)snprintf(state->directory, sizeof state->directory, "%s/state-%u",
                   SIM_SANDBOX_DIR, number);
    if (open_directory(state->directory) != 0) {
        int error = errno;
        cfm_state_free(state);
        errno = error;
        return NULL;
    }
    return state;
}

void cfm_state_free(struct cfm_state *state)
{
    if (state != NULL) {
        (void)umount2(state->directory, MNT_DETACH);
        (void)rmdir(state->directory);
        free(state);
    }
}

void cfm_state_advance(struct cfm_state *state, int64_t seconds)
{
    state->now_s += seconds;
    write_now(state);
}

const char *cfm_state_now(const struct cfm_state *state)
{
    return state->now;
}

const char *cfm_state_directory(const struct cfm_state *state)
{
    return state->directory;
}
