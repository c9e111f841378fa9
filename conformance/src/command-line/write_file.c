/* SPDX-License-Identifier: BSD-2-Clause */
/* write_file.c - temporary file, then rename(2). */
#include "write_file.h"

#include "text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(const char *path, char *why, size_t why_cap)
{
    (void)snprintf(why, why_cap, "%s: cannot be written: %s", path,
                   strerror(errno));
    return -1;
}

/* The new file has the mode that a file of this user's would have. */
static int set_mode(int fd)
{
    mode_t mask = umask(0);

    (void)umask(mask);
    return fchmod(fd, 0666 & ~mask);
}

/* Temporary file, then its name. */
static int replace_file(const char *path, const char *text, char *why,
                        size_t why_cap)
{
    char *name = cfm_textf("%s.XXXXXX", path);
    FILE *file = NULL;
    int rc = -1;
    int fd = name == NULL ? -1 : mkstemp(name);

    if (fd < 0) {
        free(name);
        return fail(path, why, why_cap);
    }
    file = fdopen(fd, "w");
    if (file == NULL) {
        (void)close(fd);
        goto out;
    }
    bool wrote = fputs(text, file) >= 0 && fflush(file) == 0 &&
                 set_mode(fd) == 0 && fsync(fd) == 0;
    if (fclose(file) == 0 && wrote && rename(name, path) == 0) {
        rc = 0;
    }
out:
    if (rc != 0) {
        rc = fail(path, why, why_cap);
        (void)unlink(name);
    }
    free(name);
    return rc;
}

/* A signal between the two would leave the temporary file behind. */
int cfm_write_file(const char *path, const char *text, char *why,
                   size_t why_cap)
{
    sigset_t all;
    sigset_t before;

    (void)sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, &before);
    int rc = replace_file(path, text, why, why_cap);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return rc;
}

/* The real directory of path and its last part; NULL when there is none. */
static char *place_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *dir = slash == NULL ? cfm_text_copy(".")
                              : strndup(path, (size_t)(slash - path) + 1);
    char *real = dir == NULL ? NULL : realpath(dir, NULL);
    char *place = real == NULL ? NULL
                               : cfm_textf("%s/%s", real,
                                           slash == NULL ? path : slash + 1);

    free(dir);
    free(real);
    return place;
}

bool cfm_same_file(const char *path, const char *other)
{
    char *place = place_of(path);
    char *other_place = place_of(other);
    bool same =
        place != NULL && other_place != NULL && strcmp(place, other_place) == 0;

    free(place);
    free(other_place);
    return same;
}

int cfm_can_write_file(const char *path, char *why, size_t why_cap)
{
    const char *slash = strrchr(path, '/');
    char *dir = slash == NULL ? cfm_text_copy(".")
                              : strndup(path, (size_t)(slash - path) + 1);
    struct stat st;
    int rc = dir != NULL && access(dir, W_OK | X_OK) == 0 ? 0 : -1;

    free(dir);
    if (rc == 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        rc = -1;
    }
    return rc == 0 ? 0 : fail(path, why, why_cap);
}

char *cfm_read_file(const char *path)
{
    FILE *file = fopen(path, "re");
    struct cfm_text text = { 0 };
    char buf[4096];
    size_t got = 0;

    if (file == NULL) {
        return NULL;
    }
    while ((got = fread(buf, 1, sizeof(buf), file)) > 0) {
        cfm_text_add_octets(&text, buf, got);
    }
    bool good = ferror(file) == 0;
    (void)fclose(file);
    if (!good) {
        cfm_text_fini(&text);
        return NULL;
    }
    return cfm_text_take(&text);
}
