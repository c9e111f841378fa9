/* SPDX-License-Identifier: BSD-2-Clause */
/* lab_change.c - scenarios that come and go while the world is served. */
#include "lab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `more` instances; false when out of memory. */
static bool have_room(struct lab *lab, size_t more)
{
    const size_t count = lab->count + more;
    struct scn_instance **models =
        realloc(lab->models, count * sizeof(struct scn_instance *));
    struct sim_instance **instances = NULL;

    if (models == NULL) {
        return false;
    }
    lab->models = models;
    instances = realloc(lab->instances, count * sizeof(struct sim_instance *));
    if (instances == NULL) {
        return false;
    }
    lab->instances = instances;
    return true;
}

static bool zone_says_unreachable(const struct scn_zone *zone)
{
    for (size_t i = 0; i < zone->fault_count; i++) {
        if (zone->faults[i].action.drop == SCN_DROP_UNREACHABLE) {
            return true;
        }
    }
    return false;
}

bool lab_says_unreachable(const struct scn_instance *model)
{
    for (size_t i = 0; i < model->zone_count; i++) {
        if (zone_says_unreachable(&model->zones[i])) {
            return true;
        }
    }
    return false;
}

static enum lab_status join(struct lab *lab, struct scn_instance *model)
{
    struct sim_instance *instance = NULL;
    enum sim_status st = sim_world_join(lab->world, model, &instance);

    if (st != SIM_OK) {
        scn_instance_free(model);
        return st == SIM_ECONFLICT ? LAB_CONFLICT : LAB_FAILED;
    }
    lab->models[lab->count] = model;
    lab->instances[lab->count] = instance;
    lab->count++;
    return sim_instance_warm(instance) == SIM_OK ? LAB_OK : LAB_FAILED;
}

/* What keeps a scenario from coming later, or NULL. */
static const char *why_not(const struct lab *lab,
                           const struct scn_instance *model)
{
    if (lab_says_unreachable(model) && !lab->unreachable) {
        return "`drop: unreachable` needs a socket that is made at the start, "
               "where a scenario has it then";
    }
    if (lab->suffix != NULL && model->top_level) {
        return "its apex is a top-level domain, --suffix cannot move it";
    }
    return NULL;
}

static enum lab_status add_one(struct lab *lab,
                               const struct scn_scenario *scenario,
                               size_t index, struct scn_error *error)
{
    struct scn_instance *model = NULL;
    struct scn_params params;
    const char *why = NULL;

    scn_params_default(&params);
    params.suffix = lab->suffix;
    switch (scn_instance_new(scenario, index, &params, error, &model)) {
    case SCN_OK:
        why = why_not(lab, model);
        if (why == NULL) {
            return join(lab, model);
        }
        (void)snprintf(error->file, sizeof(error->file), "%s",
                       scn_scenario_file(scenario));
        (void)snprintf(error->text, sizeof(error->text), "%s", why);
        scn_instance_free(model);
        return LAB_WRONG;
    case SCN_EINPUT:
        return LAB_WRONG;
    case SCN_ENOMEM:
    case SCN_ESYSTEM:
        break;
    }
    return LAB_FAILED;
}

bool lab_remove(struct lab *lab, size_t index)
{
    struct scn_instance *model = lab->models[index];

    if (sim_world_leave(lab->world, lab->instances[index]) != SIM_OK) {
        return false;
    }
    scn_instance_free(model);
    lab->count--;
    for (size_t i = index; i < lab->count; i++) {
        lab->models[i] = lab->models[i + 1];
        lab->instances[i] = lab->instances[i + 1];
    }
    return true;
}

static enum lab_status add_all(struct lab *lab,
                               const struct scn_scenario *scenario,
                               struct scn_error *error)
{
    const size_t before = lab->count;
    const size_t count = scn_scenario_instances(scenario);
    enum lab_status st = have_room(lab, count) ? LAB_OK : LAB_FAILED;

    for (size_t i = 0; st == LAB_OK && i < count; i++) {
        st = add_one(lab, scenario, i, error);
    }
    /* The last first; what cannot leave for want of memory stays. */
    bool leaves = st != LAB_OK;
    while (leaves && lab->count > before) {
        leaves = lab_remove(lab, lab->count - 1);
    }
    return st;
}

static bool has_id(const struct lab *lab, const char *id)
{
    for (size_t i = 0; i < lab->count; i++) {
        if (strcmp(lab->models[i]->id, id) == 0) {
            return true;
        }
    }
    return false;
}

enum lab_status lab_add(struct lab *lab, const char *id, const char *text,
                        size_t len, struct scn_error *error)
{
    struct scn_scenario *scenario = NULL;
    char file[128];
    enum lab_status st = LAB_FAILED;
    const int file_len = snprintf(file, sizeof(file), "%s.yaml", id);

    /* Of a path the reader takes the last part; of other ids it tells. */
    if (file_len < 0 || (size_t)file_len >= sizeof(file) ||
        strchr(id, '/') != NULL) {
        (void)snprintf(error->file, sizeof(error->file), "id");
        (void)snprintf(error->text, sizeof(error->text),
                       "'%.64s' is no id: small letters, digits and single "
                       "hyphens, a letter first, at most 63",
                       id);
        return LAB_WRONG;
    }
    if (has_id(lab, id)) {
        return LAB_CONFLICT;
    }
    switch (
        scn_catalogue_read(lab->catalogue, file, text, len, error, &scenario)) {
    case SCN_OK:
        st = add_all(lab, scenario, error);
        break;
    case SCN_EINPUT:
        st = LAB_WRONG;
        break;
    case SCN_ENOMEM:
    case SCN_ESYSTEM:
        break;
    }
    scn_scenario_free(scenario);
    return st;
}
