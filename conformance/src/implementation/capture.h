/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capture.h - what a command printed, kept small.
 *
 * Sixty-four floods at once must fit in little memory, so only what is used is
 * kept: the beginning of both streams for the report, and the last line of
 * standard output that looks like a JSON object. Octets beyond CFM_CAPTURE_CAP
 * are counted and not looked at.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum {
    CFM_CAPTURE_CAP = 1024 * 1024,    /* octets of both streams read */
    CFM_CAPTURE_HEAD = 4096,          /* kept for the report */
    CFM_CAPTURE_LINE_MAX = 512 * 1024 /* longest JSON line */
};

enum cfm_stream { CFM_STDOUT, CFM_STDERR };

/* Embedded; zero it with cfm_capture_init(). */
struct cfm_capture {
    uint64_t octets; /* of both streams, all of them */
    char *head;      /* [owned] */
    size_t head_len;
    char *line; /* [owned] the line of standard output being read */
    size_t line_len;
    size_t line_cap;
    int line_state; /* enum in capture.c */
    char *json;     /* [owned] the last complete JSON line, terminated */
    size_t json_len;
};

void cfm_capture_init(struct cfm_capture *capture);
void cfm_capture_fini(struct cfm_capture *capture);

/* Takes octets as they arrive; out of memory loses them but not the count. */
void cfm_capture_add(struct cfm_capture *capture, enum cfm_stream stream,
                     const char *octets, size_t len);

/* The streams have ended: an unfinished last line counts as a line. */
void cfm_capture_end(struct cfm_capture *capture);

/* Octets beyond the cap. */
uint64_t cfm_capture_flood(const struct cfm_capture *capture);

/* The head as one string of printable text: other octets become '?', line
 * feeds stay, trailing blanks go. [owned] by the caller, free(); NULL when
 * nothing was printed or out of memory. */
char *cfm_capture_text(const struct cfm_capture *capture);
