/* SPDX-License-Identifier: BSD-2-Clause */
/* control_scenarios.c - scenarios that come and go. */
#include "control_desk.h"
#include "control_filter.h"
#include "control_query.h"
#include "control_routes.h"

#include <string.h>

enum { WHY_MAX = SCN_ERROR_FILE_MAX + SCN_ERROR_TEXT_MAX + 64 };

static void answer_loaded(const struct control_desk *desk, size_t before,
                          struct control_answer *answer)
{
    json_t *list = json_array();

    for (size_t i = before; i < desk->lab->count; i++) {
        (void)json_array_append_new(list,
                                    json_string(desk->lab->models[i]->key));
    }
    control_answer_json(answer, 201, json_pack("{s:o}", "loaded", list));
}

static void answer_wrong(const struct scn_error *error,
                         struct control_answer *answer)
{
    char why[WHY_MAX];

    scn_error_format(error, why, sizeof(why));
    (void)control_problem(answer, 400, "%s", why);
}

void control_load_scenario(struct control_desk *desk,
                           const struct control_request *request,
                           struct control_answer *answer)
{
    static const char *const known[] = { "id", NULL };
    const size_t before = desk->lab->count;
    struct scn_error error = { .line = 0 };
    struct control_query query;

    if (!control_query_read(request, known, &query, answer)) {
        return;
    }
    const char *id = control_query_get(&query, "id");
    if (id == NULL) {
        (void)control_problem(answer, 400,
                              "?id=ID is wanted: what the file would be named");
        return;
    }
    switch (lab_add(desk->lab, id, request->body, request->body_len, &error)) {
    case LAB_OK:
        answer_loaded(desk, before, answer);
        break;
    case LAB_WRONG:
        answer_wrong(&error, answer);
        break;
    case LAB_CONFLICT:
        (void)control_problem(answer, 409,
                              "a scenario '%s', or one with the same apex, is "
                              "served already: DELETE it first",
                              id);
        break;
    case LAB_FAILED:
        control_answer_empty(answer, 500);
        break;
    }
}

/* Takes one instance out, all that is known of it accounted for. */
static bool take_out(struct control_desk *desk, size_t index)
{
    const struct sim_instance *instance = desk->lab->instances[index];
    const struct sim_journal *journal = sim_instance_journal(instance);
    struct control_totals totals = desk->gone;

    control_totals_add(&totals, journal, sim_journal_first(journal),
                       sim_journal_count(journal));
    control_waits_forget(&desk->waits, instance);
    control_mocks_forget(desk->mocks, instance);
    if (!lab_remove(desk->lab, index)) {
        return false;
    }
    desk->gone = totals;
    return true;
}

void control_remove_scenario(struct control_desk *desk,
                             const struct control_request *request,
                             struct control_answer *answer)
{
    const char *id = control_route_segment(request);
    bool found = false;

    if (!control_query_none(request, answer)) {
        return;
    }
    for (size_t i = desk->lab->count; i-- > 0;) {
        if (strcmp(desk->lab->models[i]->id, id) != 0) {
            continue;
        }
        found = true;
        if (!take_out(desk, i)) {
            control_answer_empty(answer, 500);
            return;
        }
    }
    if (!found) {
        (void)control_problem(answer, 404,
                              "there is no scenario '%s': GET /scenarios lists "
                              "those there are",
                              id);
        return;
    }
    control_answer_empty(answer, 204);
}
