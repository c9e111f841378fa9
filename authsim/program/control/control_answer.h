/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_answer.h - a request to the control interface and its answer, apart
 * from how HTTP carries them.
 *
 * What is wrong is answered by a problem (RFC 9457): what is wrong, and what
 * would be right, in one line.
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum control_method {
    CONTROL_GET,
    CONTROL_POST,
    CONTROL_DELETE,
    CONTROL_OTHER_METHOD
};

/* Everything is [borrowed] for the call. */
struct control_request {
    enum control_method method;
    const char *path;  /* as it was sent, without the query */
    const char *query; /* what stands after the '?', or NULL */
    const char *body;
    size_t body_len;
    void *reply_to; /* whom an answer that comes later is for */
};

/* Zero-initialised is "nothing said yet". */
struct control_answer {
    unsigned status;   /* of HTTP; 0: it comes later */
    const char *type;  /* of the body, static; NULL: there is no body */
    const char *allow; /* the methods that a path has, static, or NULL */
    char *body;        /* [owned] */
    size_t body_len;
};

void control_answer_fini(struct control_answer *answer);

/* No body. */
void control_answer_empty(struct control_answer *answer, unsigned status);

/* body is [consumed]; NULL: memory ran out while it was made. */
void control_answer_json(struct control_answer *answer, unsigned status,
                         json_t *body);

/* text is [consumed], free(); NULL likewise. */
void control_answer_text(struct control_answer *answer, const char *type,
                         char *text);

/* Fills in a problem, in place of what was said before. Returns false, so that
 * a reader can end with it. */
__attribute__((format(printf, 3, 4))) bool control_problem(
    struct control_answer *answer, unsigned status, const char *format, ...);

/* The reason phrase of a status, never NULL. */
const char *control_reason(unsigned status);
