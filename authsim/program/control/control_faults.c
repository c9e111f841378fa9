/* SPDX-License-Identifier: BSD-2-Clause */
/* control_faults.c - how faults stand, and their switches. */
#include "control_body.h"
#include "control_desk.h"
#include "control_filter.h"
#include "control_query.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

static json_t *fault_json(const char *key, const struct sim_fault_info *info)
{
    char zone[SCN_NAME_TEXT_MAX];

    scn_name_to_text(info->zone, zone);
    return json_pack("{s:s, s:s, s:s?, s:s?, s:b, s:b}", "scenario", key,
                     "zone", zone, "id", info->fault->id, "summary",
                     info->fault->summary, "enabled", info->enabled, "acted",
                     info->acted);
}

/* Appends the faults of one instance; false when out of memory. */
static bool append_faults(json_t *list, const struct lab *lab, size_t index)
{
    const struct sim_instance *instance = lab->instances[index];
    const size_t count = sim_instance_faults(instance, NULL, 0);
    struct sim_fault_info *infos = calloc(count + 1, sizeof(*infos));

    if (infos == NULL) {
        return false;
    }
    (void)sim_instance_faults(instance, infos, count);
    for (size_t i = 0; i < count; i++) {
        (void)json_array_append_new(
            list, fault_json(lab->models[index]->key, &infos[i]));
    }
    free(infos);
    return true;
}

void control_get_faults(struct control_desk *desk,
                        const struct control_request *request,
                        struct control_answer *answer)
{
    const char *scenario = NULL;
    struct control_query query;

    if (!control_lab_choose(desk->lab, request, &query, &scenario, answer)) {
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < desk->lab->count; i++) {
        if (control_lab_selects(desk->lab, i, scenario) &&
            !append_faults(list, desk->lab, i)) {
            json_decref(list);
            control_answer_empty(answer, 500);
            return;
        }
    }
    control_answer_json(answer, 200, json_pack("{s:o}", "faults", list));
}

static bool zone_has_fault(const struct scn_zone *zone, const char *id)
{
    for (size_t i = 0; i < zone->fault_count; i++) {
        const char *own = zone->faults[i].id;
        if (own != NULL && strcmp(own, id) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_fault(const struct scn_instance *model, const char *id)
{
    for (size_t i = 0; i < model->zone_count; i++) {
        if (zone_has_fault(&model->zones[i], id)) {
            return true;
        }
    }
    return false;
}

/* Every instance that is meant and has such a fault. */
static void switch_all(struct control_desk *desk, const json_t *body,
                       struct control_answer *answer)
{
    const char *scenario = control_body_text(body, "scenario");
    const char *id = control_body_text(body, "fault");
    const bool enabled = json_is_true(json_object_get(body, "enabled"));
    json_int_t switched = 0;

    if (!control_lab_has(desk->lab, scenario, answer)) {
        return;
    }
    for (size_t i = 0; i < desk->lab->count; i++) {
        if (!control_lab_selects(desk->lab, i, scenario) ||
            !has_fault(desk->lab->models[i], id)) {
            continue;
        }
        if (sim_instance_set_fault(desk->lab->instances[i], id, enabled) !=
            SIM_OK) {
            control_answer_empty(answer, 500);
            return;
        }
        switched++;
    }
    if (switched == 0) {
        (void)control_problem(answer, 404,
                              "the scenario has no fault '%s': GET /faults "
                              "lists those there are",
                              id);
        return;
    }
    control_answer_json(answer, 200, json_pack("{s:I}", "switched", switched));
}

void control_switch_fault(struct control_desk *desk,
                          const struct control_request *request,
                          struct control_answer *answer)
{
    static const struct control_field fields[] = {
        { "scenario", CONTROL_TEXT, true },
        { "fault", CONTROL_TEXT, true },
        { "enabled", CONTROL_FLAG, true },
    };
    static const struct control_form form = { fields, 3,
                                              CONTROL_OTHERS_REFUSED };
    json_t *body = NULL;

    if (control_body_read(request, &form, &body, answer)) {
        switch_all(desk, body, answer);
        json_decref(body);
    }
}
