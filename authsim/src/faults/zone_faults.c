/* SPDX-License-Identifier: BSD-2-Clause */
/* zone_faults.c - fault counters by zone, and what world.h says of faults. */
#include "zone_faults.h"

#include "universe.h"

#include <stdio.h>

enum sim_status sim_zone_faults(struct sim_zone *zone,
                                struct sim_fault_state **state_out)
{
    const struct scn_zone *model = sim_zone_model(zone);
    void **slot = NULL;

    *state_out = NULL;
    if (model == NULL || model->fault_count == 0) {
        return SIM_OK;
    }
    slot = sim_zone_fault_state(zone, sim_fault_state_free);
    if (*slot == NULL) {
        *slot = sim_fault_state_new(model->faults, model->fault_count);
    }
    *state_out = *slot;
    return *slot != NULL ? SIM_OK : SIM_ENOMEM;
}

void sim_fault_text(const struct scn_fault *fault,
                    char text[SIM_FAULT_TEXT_MAX])
{
    const char *summary = fault->summary != NULL ? fault->summary : "fault";

    (void)snprintf(text, SIM_FAULT_TEXT_MAX, "%s%s%s",
                   fault->id != NULL ? fault->id : "",
                   fault->id != NULL ? ": " : "", summary);
}

enum sim_status sim_instance_set_fault(struct sim_instance *instance,
                                       const char *fault_id, bool enabled)
{
    bool found = false;

    for (size_t i = 0; i < instance->model->zone_count; i++) {
        struct sim_fault_state *state = NULL;
        if (sim_zone_faults(instance->zones[i], &state) != SIM_OK) {
            return SIM_ENOMEM;
        }
        if (state != NULL) {
            found |= sim_fault_set(state, fault_id, enabled);
        }
    }
    return found ? SIM_OK : SIM_ECONFLICT;
}

/* Appends the idle faults of one zone; the count with them. A zone that was
 * never asked has no counters yet: all are idle. */
static size_t add_idle(const struct sim_instance *instance, size_t zone,
                       const struct scn_fault **faults_out, size_t cap,
                       size_t count)
{
    const struct scn_zone *model = &instance->model->zones[zone];
    void **slot =
        sim_zone_fault_state(instance->zones[zone], sim_fault_state_free);

    for (size_t f = 0; f < model->fault_count; f++) {
        if (*slot != NULL && sim_fault_has_acted(*slot, f)) {
            continue;
        }
        if (count < cap) {
            faults_out[count] = &model->faults[f];
        }
        count++;
    }
    return count;
}

size_t sim_instance_idle_faults(const struct sim_instance *instance,
                                const struct scn_fault **faults_out, size_t cap)
{
    size_t idle = 0;

    for (size_t i = 0; i < instance->model->zone_count; i++) {
        idle = add_idle(instance, i, faults_out, cap, idle);
    }
    return idle;
}

/* How one fault of a zone stands; a zone that was never asked is as its model
 * says. */
static struct sim_fault_info info_of(const struct sim_instance *instance,
                                     size_t zone, size_t index)
{
    const struct scn_zone *model = &instance->model->zones[zone];
    void **slot =
        sim_zone_fault_state(instance->zones[zone], sim_fault_state_free);

    return (struct sim_fault_info){
        .fault = &model->faults[index],
        .zone = model->name,
        .enabled = *slot != NULL ? sim_fault_is_enabled(*slot, index)
                                 : model->faults[index].enabled,
        .acted = *slot != NULL && sim_fault_has_acted(*slot, index),
    };
}

size_t sim_instance_faults(const struct sim_instance *instance,
                           struct sim_fault_info *faults_out, size_t cap)
{
    size_t count = 0;

    for (size_t i = 0; i < instance->model->zone_count; i++) {
        const size_t here = instance->model->zones[i].fault_count;
        for (size_t f = 0; f < here && count + f < cap; f++) {
            faults_out[count + f] = info_of(instance, i, f);
        }
        count += here;
    }
    return count;
}
