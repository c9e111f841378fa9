/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zone_line.h - one line of zone text in words (FORMAT section 3).
 *
 * Words are kept in presentation format: escapes stay for who decodes them,
 * placeholders and the `$` of $GENERATE are replaced already.
 */
#pragma once

#include "expand.h"

struct scn_word_of_line {
    size_t start; /* in scn_zone_line.text */
    size_t len;
    size_t offset; /* in the node's text, for messages */
    bool quoted;
};

/* Reused from line to line; zero-initialised is ready, fini frees. */
struct scn_zone_line {
    char *text;
    size_t len;
    size_t cap;
    struct scn_word_of_line *words;
    size_t word_count;
    size_t word_cap;
    bool has_comment;
    size_t end_offset; /* where the words end, in the node's text */
};

struct scn_zone_source {
    struct scn_scope *scope;
    const struct scn_yaml *node;
    bool generating; /* `$` stands for the number */
    uint32_t generated;
};

void scn_zone_line_fini(struct scn_zone_line *line);

/* Splits node->text[from, to) at blanks outside quotes. */
SCN_NODISCARD enum scn_status scn_zone_line_read(
    const struct scn_zone_source *source, size_t from, size_t to,
    struct scn_zone_line *line);

/* The octets of word i with \DDD and \X undone; out needs word.len. */
size_t scn_zone_line_decode(const struct scn_zone_line *line, size_t i,
                            uint8_t *out);

/* True when word i is bare and reads exactly so. */
bool scn_zone_line_is(const struct scn_zone_line *line, size_t i,
                      const char *text);

/* A diagnostic at word i, or at the end of the line when there is none. */
__attribute__((format(printf, 4, 5))) enum scn_status scn_zone_line_fail(
    const struct scn_zone_source *source, const struct scn_zone_line *line,
    size_t i, const char *format, ...);
