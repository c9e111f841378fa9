/* SPDX-License-Identifier: BSD-2-Clause */
/* status.c - diagnostics: filling, printing, and guessing what was meant. */
#include "error.h"

#include <scenario/status.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void scn_error_format(const struct scn_error *error, char *buf, size_t cap)
{
    if (cap == 0) {
        return;
    }
    if (error->line == 0) {
        (void)snprintf(buf, cap, "%s: %s", error->file, error->text);
    } else {
        (void)snprintf(buf, cap, "%s:%u:%u: %s", error->file, error->line,
                       error->column, error->text);
    }
}

enum scn_status scn_fail(struct scn_error *error, const char *file,
                         struct scn_at at, const char *format, ...)
{
    va_list args;

    if (error == NULL) {
        return SCN_EINPUT;
    }
    (void)snprintf(error->file, sizeof(error->file), "%s", file);
    error->line = at.line;
    error->column = at.column;
    va_start(args, format);
    (void)vsnprintf(error->text, sizeof(error->text), format, args);
    va_end(args);
    for (char *c = error->text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            *c = '?';
        }
    }
    return SCN_EINPUT;
}

enum { NEAR_MAX = 32 }; /* longer words are not guessed */

/* Edits (insert, delete, replace) that turn a into b. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t row[NEAR_MAX + 1];
    size_t b_len = strlen(b);

    for (size_t j = 0; j <= b_len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t above = row[j];
            size_t best = diagonal + (a[i - 1] != b[j - 1] ? 1 : 0);
            best = above + 1 < best ? above + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            row[j] = best;
            diagonal = above;
        }
    }
    return row[b_len];
}

const char *scn_nearest(const char *text,
                        const char *(*word_at)(const void *list, size_t i),
                        const void *list)
{
    const char *nearest = NULL;
    size_t len = strlen(text);
    size_t limit = len < 6 ? 1 : len / 3;
    const char *word = NULL;

    if (len < 3 || len > NEAR_MAX) {
        return NULL;
    }
    for (size_t i = 0; (word = word_at(list, i)) != NULL; i++) {
        if (strlen(word) > NEAR_MAX) {
            continue;
        }
        size_t distance = edit_distance(text, word);
        if (distance <= limit && (nearest == NULL || distance < limit)) {
            nearest = word;
            limit = distance;
        }
    }
    return nearest;
}
