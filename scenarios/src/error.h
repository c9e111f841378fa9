/* SPDX-License-Identifier: BSD-2-Clause */
/* error.h - fill the one diagnostic, where the trouble is found. */
#pragma once

#include <scenario/status.h>

/* A place in a file, both counted from 1; 0 when unknown. */
struct scn_at {
    unsigned line;
    unsigned column;
};

/* Fills error (which may be NULL) and returns SCN_EINPUT. Control characters
 * in what the format brings along are shown as '?': it is one line. */
__attribute__((format(printf, 4, 5))) enum scn_status scn_fail(
    struct scn_error *error, const char *file, struct scn_at at,
    const char *format, ...);

/* The word of a list that is nearest to text, or NULL when none is near: for
 * "did you mean". word_at gives the text of entry i, NULL after the last. */
const char *scn_nearest(const char *text,
                        const char *(*word_at)(const void *list, size_t i),
                        const void *list);
