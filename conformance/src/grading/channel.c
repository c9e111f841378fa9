/* SPDX-License-Identifier: BSD-2-Clause */
/* channel.c - JSON lines over a pipe. */
#include "channel.h"

#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The word of each event; one table for both directions. */
static const char *const event_words[] = {
    [CFM_EVENT_READY] = "ready",   [CFM_EVENT_STARTED] = "started",
    [CFM_EVENT_RESULT] = "result", [CFM_EVENT_NOTE] = "note",
    [CFM_EVENT_USAGE] = "usage",   [CFM_EVENT_FAILED] = "failed",
    [CFM_EVENT_DONE] = "done",
};
enum { EVENT_COUNT = sizeof(event_words) / sizeof(event_words[0]) };

/* Longest line: a story of an eighty-name certificate fits many times. */
enum { LINE_MAX_OCTETS = 64 * 1024 * 1024, READ_OCTETS = 65536 };

/* --- sending --- */

static int write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t wrote = write(fd, data, len);
        if (wrote < 0 && errno == EINTR) {
            continue;
        }
        if (wrote <= 0) {
            return -1;
        }
        data += wrote;
        len -= (size_t)wrote;
    }
    return 0;
}

/* Adds the event's word, writes one line, lets go of object. */
static int send_object(int fd, enum cfm_event_kind kind, json_t *object)
{
    char *line = NULL;
    int rc = -1;

    if (object == NULL ||
        json_object_set_new(object, "event", json_string(event_words[kind]))) {
        goto out;
    }
    line = json_dumps(object, JSON_COMPACT);
    if (line == NULL) {
        goto out;
    }
    size_t len = strlen(line);
    line[len] = '\n'; /* in place of the terminator */
    rc = write_all(fd, line, len + 1);
out:
    free(line);
    json_decref(object);
    return rc;
}

int cfm_channel_send_ready(int fd, size_t checks)
{
    return send_object(fd, CFM_EVENT_READY,
                       json_pack("{s:I}", "checks", (json_int_t)checks));
}

int cfm_channel_send_text(int fd, enum cfm_event_kind kind, const char *text)
{
    const char *key = kind == CFM_EVENT_STARTED ? "address" : "text";
    char *clean = cfm_text_clean(text == NULL ? "" : text, LINE_MAX_OCTETS / 8);
    int rc = -1;

    if (clean != NULL) {
        rc = send_object(fd, kind, json_pack("{s:s}", key, clean));
    }
    free(clean);
    return rc;
}

int cfm_channel_send_result(int fd, const struct cfm_result *result)
{
    return send_object(fd, CFM_EVENT_RESULT, cfm_result_to_json(result));
}

/* --- receiving --- */

struct cfm_channel {
    int fd;       /* [borrowed] */
    char *data;   /* [owned] read and not yet taken */
    size_t start; /* of what is not yet taken */
    size_t len;   /* end of what was read */
    size_t cap;
};

struct cfm_channel *cfm_channel_new(int fd)
{
    struct cfm_channel *channel = calloc(1, sizeof(*channel));

    if (channel != NULL) {
        channel->fd = fd;
    }
    return channel;
}

void cfm_channel_free(struct cfm_channel *channel)
{
    if (channel != NULL) {
        free(channel->data);
        free(channel);
    }
}

bool cfm_channel_has_line(const struct cfm_channel *channel)
{
    return channel->len > channel->start &&
           memchr(channel->data + channel->start, '\n',
                  channel->len - channel->start) != NULL;
}

static bool make_room(struct cfm_channel *channel)
{
    if (channel->start > 0) {
        memmove(channel->data, channel->data + channel->start,
                channel->len - channel->start);
        channel->len -= channel->start;
        channel->start = 0;
    }
    if (channel->cap - channel->len >= READ_OCTETS) {
        return true;
    }
    size_t cap = channel->cap * 2 + READ_OCTETS;
    char *data = cap > LINE_MAX_OCTETS ? NULL : realloc(channel->data, cap);
    if (data == NULL) {
        return false;
    }
    channel->data = data;
    channel->cap = cap;
    return true;
}

/* 1: something was read, 0: end of file, -1: trouble. */
static int fill(struct cfm_channel *channel)
{
    ssize_t got = 0;

    if (!make_room(channel)) {
        return -1;
    }
    do {
        got = read(channel->fd, channel->data + channel->len,
                   channel->cap - channel->len);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return -1;
    }
    channel->len += (size_t)got;
    return got > 0 ? 1 : 0;
}

static int take_text(const json_t *object, const char *key, char **text_out)
{
    const char *text = json_string_value(json_object_get(object, key));

    *text_out = cfm_text_copy(text);
    return *text_out == NULL ? -1 : 0;
}

static int event_from_json(const json_t *object, struct cfm_event *event_out)
{
    const char *word = json_string_value(json_object_get(object, "event"));
    struct cfm_event event = { .kind = CFM_EVENT_READY };
    json_t *checks = json_object_get(object, "checks");
    int rc = 0;
    int kind = 0;

    while (kind < EVENT_COUNT &&
           (word == NULL || strcmp(word, event_words[kind]) != 0)) {
        kind++;
    }
    if (kind == EVENT_COUNT) {
        return -1;
    }
    event.kind = (enum cfm_event_kind)kind;
    switch (event.kind) {
    case CFM_EVENT_READY:
        event.checks = (size_t)json_integer_value(checks);
        rc =
            json_is_integer(checks) && json_integer_value(checks) >= 0 ? 0 : -1;
        break;
    case CFM_EVENT_STARTED:
        rc = take_text(object, "address", &event.text);
        break;
    case CFM_EVENT_NOTE:
    case CFM_EVENT_USAGE:
    case CFM_EVENT_FAILED:
        rc = take_text(object, "text", &event.text);
        break;
    case CFM_EVENT_RESULT:
        rc = cfm_result_from_json(object, &event.result);
        break;
    case CFM_EVENT_DONE:
        break;
    }
    if (rc == 0) {
        *event_out = event;
    }
    return rc;
}

int cfm_channel_next(struct cfm_channel *channel, struct cfm_event *event_out)
{
    while (!cfm_channel_has_line(channel)) {
        int got = fill(channel);
        if (got == 0) {
            return channel->len > channel->start ? -1 : 0;
        }
        if (got < 0) {
            return -1;
        }
    }
    char *line = channel->data + channel->start;
    char *end = memchr(line, '\n', channel->len - channel->start);
    size_t len = (size_t)(end - line);
    json_t *object = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);
    channel->start += len + 1;
    int rc = event_from_json(object, event_out);
    json_decref(object);
    return rc == 0 ? 1 : -1;
}

void cfm_event_fini(struct cfm_event *event)
{
    if (event == NULL) {
        return;
    }
    free(event->text);
    cfm_result_fini(&event->result);
    *event = (struct cfm_event){ .kind = CFM_EVENT_READY };
}
