/* SPDX-License-Identifier: BSD-2-Clause */
/* files.c - writes a file, finds a program. */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int cfm_file_write(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        return errno;
    }
    int rc = 0;
    size_t len = strlen(text);
    while (len > 0 && rc == 0) {
        ssize_t written = write(fd, text, len);
        if (written > 0) {
            text += written;
            len -= (size_t)written;
        } else if (errno != EINTR) {
            rc = errno;
        }
    }
    if (close(fd) != 0 && rc == 0) {
        rc = errno;
    }
    return rc;
}

char *cfm_path_join(const char *directory, const char *name)
{
    size_t len = strlen(directory) + strlen(name) + 2;
    char *path = malloc(len);
    if (path != NULL) {
        (void)snprintf(path, len, "%s/%s", directory, name);
    }
    return path;
}

/* 0, or why it cannot be run. */
static int check_program(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        return errno;
    }
    if (!S_ISREG(info.st_mode)) {
        return EACCES;
    }
    return access(path, X_OK) == 0 ? 0 : errno;
}

static char *find_along(const char *directories, const char *command,
                        int *error)
{
    while (*directories != '\0') {
        size_t len = strcspn(directories, ":");
        char *directory = len == 0 ? strdup(".") : strndup(directories, len);
        char *path =
            directory == NULL ? NULL : cfm_path_join(directory, command);
        free(directory);
        if (path == NULL) {
            *error = ENOMEM;
            return NULL;
        }
        int rc = check_program(path);
        if (rc == 0) {
            return path;
        }
        /* A directory that may not be searched tells nothing. */
        if (rc == EACCES && access(path, F_OK) == 0) {
            *error = EACCES;
        }
        free(path);
        directories += len;
        directories += *directories == ':' ? 1 : 0;
    }
    return NULL;
}

/* Takes path [consumed]. The sandbox keeps the working directory, but not every
 * relative way to it. */
static char *make_absolute(char *path)
{
    char directory[PATH_MAX];
    if (path == NULL || path[0] == '/' ||
        getcwd(directory, sizeof directory) == NULL) {
        return path;
    }
    char *absolute = cfm_path_join(directory, path);
    free(path);
    return absolute;
}

char *cfm_path_find_program(const char *command, const char *extra)
{
    int error = ENOENT;
    if (strchr(command, '/') != NULL) {
        error = check_program(command);
        if (error != 0) {
            errno = error;
            return NULL;
        }
        return make_absolute(strdup(command));
    }
    const char *directories = getenv("PATH");
    if (directories == NULL) {
        directories = "/usr/local/bin:/usr/bin:/bin";
    }
    char *path = find_along(directories, command, &error);
    if (path == NULL && extra != NULL) {
        path = find_along(extra, command, &error);
    }
    errno = error;
    return make_absolute(path);
}
