/* SPDX-License-Identifier: BSD-2-Clause */
/* zone_faults.c - fault counters by zone, and what world.h says of faults. */
#include "zone_faults.h"

#include "universe.h"

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

/* A zone that was never asked has no counters yet: its faults are idle. */
static bool has_acted(struct sim_zone *zone, size_t fault)
{
    void **slot = sim_zone_fault_state(zone, sim_fault_state_free);

    return *slot != NULL && sim_fault_has_acted(*slot, fault);
}

size_t sim_instance_idle_faults(const struct sim_instance *instance,
                                const struct scn_fault **faults_out, size_t cap)
{
    size_t idle = 0;

    for (size_t i = 0; i < instance->model->zone_count; i++) {
        const struct scn_zone *model = &instance->model->zones[i];
        for (size_t f = 0; f < model->fault_count; f++) {
            if (has_acted(instance->zones[i], f)) {
                continue;
            }
            if (idle < cap) {
                faults_out[idle] = &model->faults[f];
            }
            idle++;
        }
    }
    return idle;
}
