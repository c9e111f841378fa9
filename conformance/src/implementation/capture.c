/* SPDX-License-Identifier: BSD-2-Clause */
/* capture.c - keeps the head of the output and its last JSON line. */
#include "capture.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BEGINS, LINE_KEPT, LINE_SKIPPED };

void cfm_capture_init(struct cfm_capture *capture)
{
    *capture = (struct cfm_capture){ 0 };
}

void cfm_capture_fini(struct cfm_capture *capture)
{
    free(capture->head);
    free(capture->line);
    free(capture->json);
    *capture = (struct cfm_capture){ 0 };
}

static void add_head(struct cfm_capture *capture, const char *octets,
                     size_t len)
{
    if (capture->head == NULL) {
        capture->head = malloc(CFM_CAPTURE_HEAD);
    }
    size_t room = CFM_CAPTURE_HEAD - capture->head_len;
    size_t take = len < room ? len : room;
    if (capture->head != NULL && take > 0) {
        memcpy(capture->head + capture->head_len, octets, take);
        capture->head_len += take;
    }
}

/* Makes room for len more octets and a terminator; false: skip the line. */
static bool grow_line(struct cfm_capture *capture, size_t len)
{
    size_t need = capture->line_len + len + 1;
    if (need > CFM_CAPTURE_LINE_MAX) {
        return false;
    }
    if (need <= capture->line_cap) {
        return true;
    }
    size_t cap = capture->line_cap == 0 ? 512 : capture->line_cap;
    while (cap < need) {
        cap *= 2;
    }
    char *line = realloc(capture->line, cap);
    if (line == NULL) {
        return false;
    }
    capture->line = line;
    capture->line_cap = cap;
    return true;
}

static void add_line(struct cfm_capture *capture, const char *octets,
                     size_t len)
{
    if (len == 0) {
        return;
    }
    if (capture->line_state == LINE_BEGINS) {
        capture->line_state = octets[0] == '{' ? LINE_KEPT : LINE_SKIPPED;
    }
    if (capture->line_state != LINE_KEPT) {
        return;
    }
    if (!grow_line(capture, len) || capture->line == NULL) {
        capture->line_state = LINE_SKIPPED;
        return;
    }
    memcpy(capture->line + capture->line_len, octets, len);
    capture->line_len += len;
}

/* A kept line becomes the JSON line; its buffer moves along. */
static void end_line(struct cfm_capture *capture)
{
    if (capture->line_state == LINE_KEPT) {
        capture->line[capture->line_len] = '\0';
        free(capture->json);
        capture->json = capture->line;
        capture->json_len = capture->line_len;
        capture->line = NULL;
        capture->line_cap = 0;
    }
    capture->line_len = 0;
    capture->line_state = LINE_BEGINS;
}

static void add_stdout(struct cfm_capture *capture, const char *octets,
                       size_t len)
{
    while (len > 0) {
        const char *feed = memchr(octets, '\n', len);
        size_t part = feed == NULL ? len : (size_t)(feed - octets);
        add_line(capture, octets, part);
        if (feed == NULL) {
            return;
        }
        end_line(capture);
        octets += part + 1;
        len -= part + 1;
    }
}

void cfm_capture_add(struct cfm_capture *capture, enum cfm_stream stream,
                     const char *octets, size_t len)
{
    uint64_t seen = capture->octets;
    capture->octets += len;
    if (seen >= CFM_CAPTURE_CAP) {
        return;
    }
    size_t room = CFM_CAPTURE_CAP - (size_t)seen;
    size_t take = len < room ? len : room;
    add_head(capture, octets, take);
    if (stream == CFM_STDOUT) {
        add_stdout(capture, octets, take);
    }
}

void cfm_capture_end(struct cfm_capture *capture)
{
    end_line(capture);
}

uint64_t cfm_capture_flood(const struct cfm_capture *capture)
{
    return capture->octets > CFM_CAPTURE_CAP ? capture->octets - CFM_CAPTURE_CAP
                                             : 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

char *cfm_capture_text(const struct cfm_capture *capture)
{
    size_t len = capture->head_len;
    while (len > 0 && is_blank(capture->head[len - 1])) {
        len--;
    }
    if (len == 0) {
        return NULL;
    }
    char *text = malloc(len + 1);
    if (text == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < len; i++) {
        char c = capture->head[i];
        bool printable = (c >= ' ' && c <= '~') || c == '\n' || c == '\t';
        text[i] = (char)(printable ? c : '?');
    }
    text[len] = '\0';
    return text;
}
