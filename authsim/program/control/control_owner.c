/* SPDX-License-Identifier: BSD-2-Clause */
/* control_owner.c - the shared universe first. */
#include "control_owner.h"

#include "control_filter.h"

struct sim_instance *control_owner_of_all(const struct lab *lab)
{
    for (size_t i = 0; i < lab->count; i++) {
        if (lab->models[i]->universe == SCN_PRIVATE) {
            return lab->instances[i];
        }
    }
    return NULL;
}

struct sim_instance *control_owner_of(const struct lab *lab,
                                      const uint8_t *name,
                                      struct control_answer *answer)
{
    struct sim_instance *owner = sim_world_find(lab->world, name);
    char text[SCN_NAME_TEXT_MAX];

    if (owner == NULL) {
        owner = control_owner_of_all(lab);
    }
    if (owner == NULL && answer != NULL) {
        scn_name_to_text(name, text);
        (void)control_problem(answer, 404,
                              "'%s' is below no apex that is served: GET "
                              "/scenarios lists them; a scenario with "
                              "'universe: private' has every name",
                              text);
    }
    return owner;
}

struct sim_instance *control_owner_named(const struct lab *lab,
                                         const char *scenario,
                                         struct control_answer *answer)
{
    struct sim_instance *owner = NULL;

    if (!control_lab_has(lab, scenario, answer)) {
        return NULL;
    }
    for (size_t i = 0; i < lab->count; i++) {
        if (!control_lab_selects(lab, i, scenario)) {
            continue;
        }
        if (owner != NULL) {
            (void)control_problem(answer, 409,
                                  "'%s' has several checks: write ID/CHECK",
                                  scenario);
            return NULL;
        }
        owner = lab->instances[i];
    }
    return owner;
}

const struct scn_zone *control_zone_of(const struct sim_instance *instance,
                                       const uint8_t *name)
{
    const struct scn_instance *model = sim_instance_model(instance);
    const struct scn_zone *zone = NULL;

    for (size_t i = 0; i < model->zone_count; i++) { /* parents come first */
        if (scn_name_is_under(name, model->zones[i].name)) {
            zone = &model->zones[i];
        }
    }
    return zone;
}
