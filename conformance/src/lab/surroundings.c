/* SPDX-License-Identifier: BSD-2-Clause */
/* surroundings.c - descriptors, temporary files, the path of Unbound. */
#include "surroundings.h"

#include "confine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { DESCRIPTORS = 8192 };

/* Many commands at once need many pipes. */
static void raise_descriptor_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < DESCRIPTORS) {
        limit.rlim_cur =
            limit.rlim_max < DESCRIPTORS ? limit.rlim_max : DESCRIPTORS;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* A command that is killed cannot remove what it left: let it be left on the
 * sandbox's tmpfs. */
static void move_temporary_files(void)
{
    if (mkdir(CFM_COMMAND_TMP, 0777) == 0) {
        (void)setenv("TMPDIR", CFM_COMMAND_TMP, 1);
    }
}

/*
 * Debian's AppArmor profile for /usr/sbin/unbound lets it read little outside
 * /etc/unbound. The same program under another path has no profile.
 */
static void move_unbound(char **unbound)
{
    static const char path[] = SIM_SANDBOX_DIR "/unbound";
    if (*unbound == NULL) {
        return;
    }
    FILE *file = fopen(path, "we");
    if (file == NULL) {
        return;
    }
    (void)fclose(file);
    char *copy = strdup(path);
    if (copy != NULL && mount(*unbound, path, NULL, MS_BIND, NULL) == 0) {
        free(*unbound);
        *unbound = copy;
        return;
    }
    free(copy);
}

void cfm_surroundings_arrange(char **unbound)
{
    raise_descriptor_limit();
    move_temporary_files();
    move_unbound(unbound);
}
