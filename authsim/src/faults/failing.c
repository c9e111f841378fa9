/* SPDX-License-Identifier: BSD-2-Clause */
/* failing.c - a list by name; there are few. */
#include "failing.h"

#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

/* What all of them do, whatever the zone would say. */
static const struct scn_fault servfail = {
    .id = "failing",
    .enabled = true,
    .action = { .has_answer = true, .rcode = 2 },
    .summary = "rcode SERVFAIL",
};

/* Where the name's entry is linked, or would be. */
static struct sim_failing **find(struct sim_instance *instance,
                                 const uint8_t *name)
{
    struct sim_failing **at = &instance->failing;

    while (*at != NULL && !scn_name_equal((*at)->name, name)) {
        at = &(*at)->next;
    }
    return at;
}

const struct scn_fault *sim_failing_match(struct sim_instance *instance,
                                          const uint8_t *name,
                                          unsigned *match_number_out)
{
    struct sim_failing *failing = *find(instance, name);

    if (failing == NULL) {
        return NULL;
    }
    *match_number_out = ++failing->matches;
    return &servfail;
}

enum sim_status sim_instance_set_failing(struct sim_instance *instance,
                                         const uint8_t *name, bool failing)
{
    struct sim_failing **at = find(instance, name);
    struct sim_failing *gone = *at;
    const size_t len = scn_name_length(name);

    if (failing == (gone != NULL)) {
        return SIM_OK;
    }
    instance->world->generation++;
    if (gone != NULL) {
        *at = gone->next;
        free(gone);
        return SIM_OK;
    }
    *at = calloc(1, sizeof(**at) + len);
    if (*at == NULL) {
        return SIM_ENOMEM;
    }
    memcpy((*at)->name, name, len);
    return SIM_OK;
}

void sim_failing_free(struct sim_failing *failing)
{
    while (failing != NULL) {
        struct sim_failing *next = failing->next;
        free(failing);
        failing = next;
    }
}
