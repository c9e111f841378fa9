/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * state.c - one file, read whole and replaced whole, so that a reader sees an
 * old one or a new one. Its text is that of state_text.h.
 */
#include "state.h"

#include "state_text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define STATE_FILE "caacheck-state.json"

enum { STATE_OCTETS_MAX = 1 << 24 };

static bool is_used(const struct options *options)
{
    return options->state_directory != NULL &&
           options->rules.reuse != CAA_REUSE_NONE;
}

static void complain(const char *path, const char *what)
{
    (void)fprintf(stderr, "caacheck: %s: %s\n", path, what);
}

static bool path_of(const struct options *options, char path[PATH_MAX])
{
    int length =
        snprintf(path, PATH_MAX, "%s/" STATE_FILE, options->state_directory);

    return length > 0 && length < PATH_MAX;
}

/* NULL: no file of a size that it may have. [owned] */
static char *read_all(int fd, size_t *length_out)
{
    struct stat status;
    size_t length = 0;
    ssize_t got = 1;

    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_size > STATE_OCTETS_MAX) {
        return NULL;
    }
    size_t size = (size_t)status.st_size;
    char *octets = malloc(size + 1);
    while (octets != NULL && length < size && got > 0) {
        got = read(fd, octets + length, size - length);
        length += got > 0 ? (size_t)got : 0;
    }
    *length_out = length;
    return octets;
}

/* The file as it should be, or NULL: missing, or damaged. [owned] */
static json_t *load(const char *path, bool *damaged_out)
{
    json_t *root = NULL;
    size_t length = 0;
    /* who puts a FIFO there must not make us wait for a writer */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    *damaged_out = fd >= 0 || errno != ENOENT;
    if (fd < 0) {
        return NULL;
    }
    char *octets = read_all(fd, &length);
    if (octets != NULL) {
        root = state_text_read(octets, length);
    }
    free(octets);
    (void)close(fd);
    *damaged_out = root == NULL;
    return root;
}

json_t *state_load(const struct options *options)
{
    char path[PATH_MAX];
    bool damaged = false;

    return is_used(options) && path_of(options, path) ? load(path, &damaged)
                                                      : NULL;
}

bool state_recall_from(const json_t *root, const struct options *options,
                       int64_t *checked_out)
{
    return is_used(options) && state_text_recall(root, options, checked_out);
}

bool state_recall(const struct options *options, int64_t *checked_out)
{
    char path[PATH_MAX];
    bool damaged = false;

    if (!is_used(options)) {
        return false;
    }
    if (!path_of(options, path)) {
        complain(options->state_directory, "the path is too long: no check is "
                                           "kept");
        return false;
    }
    json_t *root = load(path, &damaged);
    if (damaged) {
        complain(path, "no state of caacheck's, or damaged: it is not used, "
                       "and the next check that permits replaces it");
    }
    bool found = state_recall_from(root, options, checked_out);
    json_decref(root);
    return found;
}

/* In its place only when it is whole. */
static bool replace(const char *directory, const char *path, const json_t *root)
{
    char temporary[PATH_MAX];
    int length = snprintf(temporary, sizeof(temporary),
                          "%s/" STATE_FILE ".XXXXXX", directory);

    if (root == NULL || length < 0 || length >= PATH_MAX) {
        return false;
    }
    int fd = mkstemp(temporary);
    if (fd < 0) {
        return false;
    }
    bool written = json_dumpfd(root, fd, JSON_COMPACT) == 0;
    if (close(fd) == 0 && written && rename(temporary, path) == 0) {
        return true;
    }
    (void)unlink(temporary);
    return false;
}

json_t *state_after(const json_t *root, const struct options *options,
                    const struct caa_result *results)
{
    struct caa_earlier made = { .checked_s = options->now_s,
                                .ttl_s = UINT32_MAX };

    for (size_t i = 0; i < options->subject_count; i++) {
        caa_reuse_add(&made, &results[i]);
        if (results[i].verdict == CAA_REFUSE) {
            return json_null();
        }
    }
    if (!is_used(options)) {
        return json_null();
    }
    if (made.ttl_s > INT32_MAX) { /* nothing was looked up */
        made.ttl_s = 0;
    }
    return state_text_with(root, options, &made);
}

void state_remember(const struct options *options,
                    const struct caa_result *results)
{
    char path[PATH_MAX];
    bool damaged = false; /* as state_recall() has told */

    if (!is_used(options) || !path_of(options, path)) {
        return;
    }
    json_t *old = load(path, &damaged);
    json_t *root = state_after(old, options, results);
    if (!json_is_null(root) && !replace(options->state_directory, path, root)) {
        complain(path, "cannot be written: this check is not kept");
    }
    json_decref(root);
    json_decref(old);
}
