/* SPDX-License-Identifier: BSD-2-Clause */
/* control_answer.c - bodies of answers, problems among them. */
#include "control_answer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DETAIL_MAX = 1024 };

void control_answer_fini(struct control_answer *answer)
{
    free(answer->body);
    *answer = (struct control_answer){ 0 };
}

void control_answer_empty(struct control_answer *answer, unsigned status)
{
    control_answer_fini(answer);
    answer->status = status;
}

void control_answer_text(struct control_answer *answer, const char *type,
                         char *text)
{
    control_answer_empty(answer, text != NULL ? 200 : 500);
    if (text != NULL) {
        answer->type = type;
        answer->body = text;
        answer->body_len = strlen(text);
    }
}

/* One line; NULL when out of memory. */
static char *line_of(const json_t *body)
{
    const size_t len = json_dumpb(body, NULL, 0, JSON_COMPACT);
    char *line = malloc(len + 2);

    if (line != NULL) {
        (void)json_dumpb(body, line, len, JSON_COMPACT);
        line[len] = '\n';
        line[len + 1] = '\0';
    }
    return line;
}

void control_answer_json(struct control_answer *answer, unsigned status,
                         json_t *body)
{
    char *text = body != NULL ? line_of(body) : NULL;

    json_decref(body);
    control_answer_text(answer, "application/json", text);
    if (text != NULL) {
        answer->status = status;
    }
}

const char *control_reason(unsigned status)
{
    static const struct {
        unsigned status;
        const char *reason;
    } reasons[] = { { 200, "OK" },
                    { 201, "Created" },
                    { 204, "No Content" },
                    { 400, "Bad Request" },
                    { 401, "Unauthorized" },
                    { 403, "Forbidden" },
                    { 404, "Not Found" },
                    { 405, "Method Not Allowed" },
                    { 409, "Conflict" },
                    { 410, "Gone" },
                    { 413, "Content Too Large" },
                    { 503, "Service Unavailable" } };

    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
        if (reasons[i].status == status) {
            return reasons[i].reason;
        }
    }
    return "Internal Server Error";
}

/* JSON is UTF-8, and a detail quotes what a client sent. */
static void make_printable(char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < ' ' || *text > '~') {
            *text = '?';
        }
    }
}

bool control_problem(struct control_answer *answer, unsigned status,
                     const char *format, ...)
{
    char detail[DETAIL_MAX];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(detail, sizeof(detail), format, args);
    va_end(args);
    make_printable(detail);
    control_answer_json(answer, status,
                        json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank",
                                  "title", control_reason(status), "status",
                                  (int)status, "detail", detail));
    if (answer->body != NULL) {
        answer->type = "application/problem+json";
    }
    return false;
}
