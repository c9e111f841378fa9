/* SPDX-License-Identifier: BSD-2-Clause */
/* story.c - the table of exchanges, then the sentences of story_told.c. */
#include "story.h"

#include "story_told.h"
#include "text.h"
#include "words.h"

#include <scenario/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A query is one event; at the front its reply, which comes later, another. */
struct event {
    int64_t at_ns;
    size_t index; /* in the journal: breaks ties */
    bool is_reply;
    const struct sim_exchange *x;
};

struct events {
    struct event *items; /* [owned] */
    size_t count;
};

enum { SIDE_WIDTH = 22, LATE_NS = 1000000 };

static int compare_events(const void *a, const void *b)
{
    const struct event *left = a;
    const struct event *right = b;

    if (left->at_ns != right->at_ns) {
        return left->at_ns < right->at_ns ? -1 : 1;
    }
    if (left->index != right->index) {
        return left->index < right->index ? -1 : 1;
    }
    return (int)left->is_reply - (int)right->is_reply;
}

static bool collect(const struct sim_journal *journal, struct events *events)
{
    size_t count = sim_journal_count(journal);

    events->items = calloc(2 * count + 1, sizeof(*events->items));
    if (events->items == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        events->items[events->count++] =
            (struct event){ x->received_ns, i, false, x };
        if (x->at == SCN_AT_FRONT && x->replied) {
            events->items[events->count++] =
                (struct event){ x->replied_ns, i, true, x };
        }
    }
    qsort(events->items, events->count, sizeof(*events->items), compare_events);
    return true;
}

static void add_time(struct cfm_text *text, int64_t ns, int64_t origin_ns)
{
    cfm_text_addf(text, "%10.3f  ", (double)(ns - origin_ns) / 1e6);
}

static void add_side(struct cfm_text *text, const struct sim_exchange *x)
{
    char side[64];

    if (x->at == SCN_AT_FRONT) {
        (void)snprintf(side, sizeof(side), "resolver's front");
    } else {
        (void)snprintf(side, sizeof(side), "  server %s",
                       x->server == NULL ? "?" : x->server);
    }
    cfm_text_addf(text, "%-*s", SIDE_WIDTH, side);
}

static void add_question(struct cfm_text *text, const struct sim_exchange *x)
{
    char name[SCN_NAME_TEXT_MAX];
    char buf[CFM_WORD_MAX];

    scn_name_to_text(x->name, name);
    cfm_text_addf(text, "%s %s", cfm_type_text(x->type, buf), name);
    cfm_text_addf(text, " (%s%s%s)", cfm_transport_text(x->transport),
                  x->edns ? ", EDNS" : "", x->dnssec_ok ? ", DO" : "");
    if (x->perspective != NULL && strcmp(x->perspective, "primary") != 0) {
        cfm_text_addf(text, " from %s", x->perspective);
    }
    if (x->lab_own) {
        cfm_text_add(text, " [a step of the lab's own]");
    }
}

static void add_reply(struct cfm_text *text, const struct sim_exchange *x)
{
    char buf[CFM_WORD_MAX];

    cfm_text_addf(text, "%s%s%s%s, %u in the answer, %u octets",
                  cfm_rcode_text(x->rcode, buf),
                  (x->flags & SCN_AA) != 0 ? " AA" : "",
                  (x->flags & SCN_AD) != 0 ? " AD" : "",
                  (x->flags & SCN_TC) != 0 ? " TC" : "",
                  (unsigned)x->answer_count, (unsigned)x->size);
}

static void add_fault(struct cfm_text *text, const struct sim_exchange *x)
{
    if (x->fault != NULL) {
        cfm_text_addf(text, " [fault: %s]", x->fault);
    }
}

static void add_event(struct cfm_text *text, const struct event *event,
                      int64_t origin_ns)
{
    const struct sim_exchange *x = event->x;

    add_time(text, event->at_ns, origin_ns);
    add_side(text, x);
    if (event->is_reply) {
        cfm_text_add(text, "<- ");
        add_reply(text, x);
        cfm_text_addf(text, ", to ");
        add_question(text, x);
        return;
    }
    cfm_text_add(text, "-> ");
    add_question(text, x);
    if (x->at == SCN_AT_FRONT) {
        cfm_text_add(text, x->replied ? "" : ": never answered");
        return;
    }
    cfm_text_add(text, ": ");
    if (!x->replied) {
        cfm_text_add(text, "no reply");
    } else {
        add_reply(text, x);
        if (x->replied_ns - x->received_ns >= LATE_NS) {
            cfm_text_addf(text, ", after %.0f ms",
                          (double)(x->replied_ns - x->received_ns) / 1e6);
        }
    }
    add_fault(text, x);
}

static int tell_table(json_t *lines, const struct sim_journal *journal,
                      int64_t origin_ns)
{
    struct events events = { 0 };
    struct cfm_text text = { 0 };
    int rc = collect(journal, &events) ? 0 : -1;

    if (rc == 0) {
        cfm_text_addf(&text, "%10s  %-*s%s", "ms", SIDE_WIDTH, "at",
                      "exchange");
        rc = cfm_story_append(lines, &text);
    }
    for (size_t i = 0; i < events.count && rc == 0; i++) {
        add_event(&text, &events.items[i], origin_ns);
        rc = cfm_story_append(lines, &text);
    }
    if (rc == 0 && events.count == 0) {
        cfm_text_add(&text, "            nothing was asked");
        rc = cfm_story_append(lines, &text);
    }
    free(events.items);
    return rc;
}

json_t *cfm_story_tell(const struct scn_instance *instance,
                       const struct scn_check *check,
                       const struct sim_journal *journal, int64_t origin_ns)
{
    json_t *lines = json_array();

    if (lines == NULL || tell_table(lines, journal, origin_ns) != 0 ||
        json_array_append_new(lines, json_string("")) != 0 ||
        cfm_story_told(lines, instance, check, journal) != 0) {
        json_decref(lines);
        return NULL;
    }
    return lines;
}
