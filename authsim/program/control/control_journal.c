/* SPDX-License-Identifier: BSD-2-Clause */
/* control_journal.c - the journals of all instances, and that of none, as one;
 * and their end. */
#include "control_desk.h"
#include "control_filter.h"
#include "control_query.h"
#include "journal_line.h"

#include <stdlib.h>

enum { LIMIT_DEFAULT = 1000, LIMIT_MAX = 10000 };

/* An exchange and whose it is, both [borrowed]. */
struct entry {
    const struct sim_exchange *x;
    const char *key; /* of the instance; NULL: of none */
};

/* Exchanges that were picked, in no order yet. */
struct picked {
    struct entry *entries; /* [owned] */
    size_t count;
    size_t capacity;
};

static bool pick(struct picked *picked, const struct sim_exchange *x,
                 const char *key)
{
    if (picked->count == picked->capacity) {
        const size_t capacity =
            picked->capacity == 0 ? 64 : 2 * picked->capacity;
        struct entry *entries =
            realloc(picked->entries, capacity * sizeof(*entries));
        if (entries == NULL) {
            return false;
        }
        picked->entries = entries;
        picked->capacity = capacity;
    }
    picked->entries[picked->count++] = (struct entry){ x, key };
    return true;
}

static bool pick_from(struct picked *picked, const struct sim_journal *journal,
                      const char *key, const struct control_filter *filter)
{
    bool good = true;

    for (size_t i = sim_journal_window(journal);
         good && i < sim_journal_count(journal); i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        if (control_filter_takes(filter, x)) {
            good = pick(picked, x, key);
        }
    }
    return good;
}

static int by_number(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;

    return (x->x->number > y->x->number) - (x->x->number < y->x->number);
}

/* In the order of arrival; [owned] by the caller, NULL when out of memory. */
static char *picked_text(struct picked *picked, size_t limit)
{
    struct json_text text = { 0 };
    const size_t shown = picked->count < limit ? picked->count : limit;

    if (picked->count > 0) {
        qsort(picked->entries, picked->count, sizeof(*picked->entries),
              by_number);
    }
    json_text_raw(&text, "{\"exchanges\":[");
    for (size_t i = 0; i < shown; i++) {
        json_text_raw(&text, i > 0 ? "," : "");
        journal_line_exchange(&text, picked->entries[i].x,
                              picked->entries[i].key);
    }
    json_text_raw(&text, "],\"more\":");
    json_text_bool(&text, picked->count > shown);
    json_text_raw(&text, "}\n");
    return json_text_take(&text);
}

static void answer_picked(const struct control_desk *desk,
                          const struct control_filter *filter, size_t limit,
                          struct control_answer *answer)
{
    const struct lab *lab = desk->lab;
    struct picked picked = { 0 };
    bool good = filter->scenario != NULL ||
                pick_from(&picked, sim_world_journal(lab->world), NULL, filter);

    for (size_t i = 0; good && i < lab->count; i++) {
        if (control_lab_selects(lab, i, filter->scenario)) {
            good = pick_from(&picked, sim_instance_journal(lab->instances[i]),
                             lab->models[i]->key, filter);
        }
    }
    control_answer_text(answer, "application/json",
                        good ? picked_text(&picked, limit) : NULL);
    free(picked.entries);
}

void control_get_journal(struct control_desk *desk,
                         const struct control_request *request,
                         struct control_answer *answer)
{
    static const char *const known[] = { "scenario", "name",      "type",
                                         "server",   "transport", "after",
                                         "limit",    NULL };
    struct control_query query;
    struct control_filter filter;
    unsigned long long after = 0;
    unsigned long long limit = LIMIT_DEFAULT;

    if (!control_query_read(request, known, &query, answer)) {
        return;
    }
    const char *after_text = control_query_get(&query, "after");
    const char *limit_text = control_query_get(&query, "limit");
    if (after_text != NULL &&
        !control_number_from_text(after_text, UINT64_MAX, &after)) {
        (void)control_problem(answer, 400,
                              "after is '%s': the number of an exchange is "
                              "wanted",
                              after_text);
        return;
    }
    if (limit_text != NULL &&
        (!control_number_from_text(limit_text, LIMIT_MAX, &limit) ||
         limit == 0)) {
        (void)control_problem(answer, 400,
                              "limit is '%s': a number from 1 to %d is wanted",
                              limit_text, LIMIT_MAX);
        return;
    }
    const struct control_filter_text text = {
        .scenario = control_query_get(&query, "scenario"),
        .name = control_query_get(&query, "name"),
        .type = control_query_get(&query, "type"),
        .server = control_query_get(&query, "server"),
        .transport = control_query_get(&query, "transport"),
        .after = after,
    };
    if ((text.scenario == NULL ||
         control_lab_has(desk->lab, text.scenario, answer)) &&
        control_filter_read(&text, &filter, answer)) {
        answer_picked(desk, &filter, (size_t)limit, answer);
    }
}

void control_clear_journal(struct control_desk *desk,
                           const struct control_request *request,
                           struct control_answer *answer)
{
    const char *scenario = NULL;
    struct control_query query;

    if (!control_lab_choose(desk->lab, request, &query, &scenario, answer)) {
        return;
    }
    for (size_t i = 0; i < desk->lab->count; i++) {
        if (control_lab_selects(desk->lab, i, scenario)) {
            sim_journal_forget(sim_instance_journal(desk->lab->instances[i]));
        }
    }
    if (scenario == NULL) {
        sim_journal_forget(sim_world_journal(desk->lab->world));
    }
    desk->cleared = true;
    control_answer_empty(answer, 204);
}
