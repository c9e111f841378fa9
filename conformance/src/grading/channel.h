/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * channel.h - what the lab child tells its parent: one JSON object a line.
 *
 *   {"event":"ready","checks":N}      the lab stands, N results will come
 *   {"event":"started","address":A}   a check began (progress)
 *   {"event":"result", ...}           cfm_result_to_json()
 *   {"event":"note","text":T}         a remark for the user
 *   {"event":"usage","text":T}        the user's mistake (exit 2): a command
 *                                     that cannot be started, a placeholder
 *                                     that this resolver mode does not have
 *   {"event":"failed","text":T}       the lab failed (exit 3)
 *   {"event":"done"}                  every result was sent
 */
#pragma once

#include "result.h"

enum cfm_event_kind {
    CFM_EVENT_READY,
    CFM_EVENT_STARTED,
    CFM_EVENT_RESULT,
    CFM_EVENT_NOTE,
    CFM_EVENT_USAGE,
    CFM_EVENT_FAILED,
    CFM_EVENT_DONE
};

struct cfm_event {
    enum cfm_event_kind kind;
    size_t checks; /* READY */
    char *text;    /* [owned] STARTED: address; NOTE, USAGE, FAILED */
    struct cfm_result result; /* RESULT */
};

/* Writes one line to fd (blocking); 0 or -1. */
int cfm_channel_send_ready(int fd, size_t checks);
int cfm_channel_send_text(int fd, enum cfm_event_kind kind, const char *text);
int cfm_channel_send_result(int fd, const struct cfm_result *result);

struct cfm_channel;
struct cfm_channel *cfm_channel_new(int fd); /* fd [borrowed] */
void cfm_channel_free(struct cfm_channel *channel);
/* True when cfm_channel_next() will not wait. */
bool cfm_channel_has_line(const struct cfm_channel *channel);
/* Reads the next event; 1: one was read, 0: end of file, -1: garbage. Waits for
 * a whole line. event_out is written only on 1; cfm_event_fini(). */
int cfm_channel_next(struct cfm_channel *channel, struct cfm_event *event_out);
void cfm_event_fini(struct cfm_event *event);
