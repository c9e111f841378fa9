/* SPDX-License-Identifier: BSD-2-Clause */
/* control_info.c - that it lives, how it is asked, what it serves. */
#include "control_desk.h"
#include "control_openapi.h"
#include "control_query.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

void control_get_health(struct control_desk *desk,
                        const struct control_request *request,
                        struct control_answer *answer)
{
    if (control_query_none(request, answer)) {
        control_answer_json(answer, 200,
                            json_pack("{s:s, s:s, s:I}", "status", "ok",
                                      "version", AUTHSIM_VERSION, "instances",
                                      (json_int_t)desk->lab->count));
    }
}

void control_get_openapi(struct control_desk *desk,
                         const struct control_request *request,
                         struct control_answer *answer)
{
    (void)desk;
    if (control_query_none(request, answer)) {
        control_answer_text(answer, "application/json",
                            strdup(control_openapi));
    }
}

static json_t *name_json(const uint8_t *name)
{
    char text[SCN_NAME_TEXT_MAX];

    scn_name_to_text(name, text);
    return json_string(text);
}

/* null where the server has no address of that family. */
static json_t *address_json(const struct sim_instance *instance,
                            const char *label, int family)
{
    const struct sim_address address =
        sim_instance_server(instance, label, family);
    char text[SIM_ADDRESS_TEXT_MAX];

    if (address.family == 0) {
        return json_null();
    }
    sim_address_text(&address, text);
    return json_string(text);
}

static json_t *servers_json(const struct lab *lab, size_t index)
{
    const struct scn_instance *model = lab->models[index];
    json_t *list = json_array();

    for (size_t i = 0; i < model->server_count; i++) {
        const char *label = model->servers[i].label;
        (void)json_array_append_new(
            list,
            json_pack("{s:s, s:o, s:o}", "label", label, "ipv4",
                      address_json(lab->instances[index], label, 4), "ipv6",
                      address_json(lab->instances[index], label, 6)));
    }
    return list;
}

static json_t *zones_json(const struct scn_instance *model)
{
    json_t *list = json_array();

    for (size_t i = 0; i < model->zone_count; i++) {
        (void)json_array_append_new(list, name_json(model->zones[i].name));
    }
    return list;
}

void control_get_scenarios(struct control_desk *desk,
                           const struct control_request *request,
                           struct control_answer *answer)
{
    const struct lab *lab = desk->lab;
    json_t *list = NULL;

    if (!control_query_none(request, answer)) {
        return;
    }
    list = json_array();
    for (size_t i = 0; i < lab->count; i++) {
        const struct scn_instance *model = lab->models[i];
        (void)json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:o, s:s, s:o, s:o}", "id", model->id, "key",
                      model->key, "apex", name_json(model->apex), "universe",
                      model->universe == SCN_PRIVATE ? "private" : "shared",
                      "servers", servers_json(lab, i), "zones",
                      zones_json(model)));
    }
    control_answer_json(answer, 200, json_pack("{s:o}", "scenarios", list));
}
