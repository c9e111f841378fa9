/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * told.h - what an implementation tells beside its exit code: one JSON object
 * on a line of standard output, every key optional:
 *
 *   {"reason":"lookup-failed","found-at":"example.","refused-names":["a.b"]}
 *
 * `found_at` and `refused_names` are taken as well. Foreign bytes: whatever is
 * not as expected counts as not told.
 */
#pragma once

#include <scenario/model.h>

#include <stddef.h>

struct cfm_told {
    enum scn_reason reason; /* SCN_REASON_NONE: not told */
    char *found_at;         /* [owned], or NULL */
    char **refused_names;   /* [owned], or NULL */
    size_t refused_name_count;
};

/* Always fills told_out; nothing is told when the line is no JSON object. */
void cfm_told_read(const char *line, size_t len, struct cfm_told *told_out);
void cfm_told_fini(struct cfm_told *told);
