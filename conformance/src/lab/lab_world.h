/* SPDX-License-Identifier: BSD-2-Clause */
/* lab_world.h - the whole catalogue, loaded into one simulated world. */
#pragma once

#include "settings.h"

#include <authsim/world.h>
#include <scenario/catalogue.h>

/* Numbers of places beside the shared one, 0: those of private universes are 1
 * to CFM_PLACES_PRIVATE, those of remote perspectives lie behind. */
enum { CFM_PLACES_PRIVATE = 511 - SCN_REMOTES_MAX };

/* One instance of the catalogue. */
struct cfm_lab_instance {
    const struct scn_scenario *scenario; /* [borrowed] */
    size_t index;
    struct scn_instance *model;    /* [owned] */
    struct sim_instance *instance; /* [borrowed] from the world */
    unsigned place; /* 0: the shared universe; else a number of its own */
};

struct cfm_lab_world {
    struct sim_world *world;            /* [owned] */
    struct cfm_lab_instance *instances; /* [owned] by scenario, then index */
    size_t count;
};

enum cfm_world_status {
    CFM_WORLD_OK = 0,
    CFM_WORLD_INPUT, /* a scenario cannot be had with these parameters */
    CFM_WORLD_FAILED
};

/* Loads and opens. why gets one line on failure. */
__attribute__((warn_unused_result)) enum cfm_world_status cfm_lab_world_open(
    const struct scn_catalogue *catalogue, const struct cfm_settings *settings,
    enum sim_network_kind network, struct cfm_lab_world *world_out, char *why,
    size_t why_cap);
void cfm_lab_world_close(struct cfm_lab_world *world);

/* NULL when the catalogue has no such instance. */
const struct cfm_lab_instance *cfm_lab_world_find(
    const struct cfm_lab_world *world, const struct scn_scenario *scenario,
    size_t index);

/* Does a step that publishes, withdraws, or turns faults on or off. */
__attribute__((warn_unused_result)) enum sim_status cfm_lab_world_change(
    const struct cfm_lab_instance *entry, const struct scn_step *step);
