/* SPDX-License-Identifier: BSD-2-Clause */
/* catalogue_lint.c - what the files of a catalogue say of one another. */
#include "loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int id_to_scenario(const void *id, const void *b)
{
    const struct scn_scenario *const *y = b;

    return strcmp(id, (*y)->id);
}

void scn_loader_check_unique(struct scn_loader *l)
{
    struct scn_scenario *const *list = l->catalogue->scenarios.items;
    struct scn_at nowhere = { 0, 0 };

    for (size_t i = 1; i < l->catalogue->scenarios.count; i++) {
        if (strcmp(list[i - 1]->id, list[i]->id) == 0) {
            struct scn_error error;
            enum scn_status status = scn_fail(&error, list[i]->file, nowhere,
                                              "the id '%s' is taken by %s",
                                              list[i]->id, list[i - 1]->file);
            scn_loader_note(l, status, &error);
        }
    }
}

/* A twin exists, and holds the verdict that this file lacks. */
static enum scn_status check_twin(const struct scn_catalogue *catalogue,
                                  const struct scn_scenario *scenario,
                                  struct scn_error *error)
{
    const struct scn_yaml *twin = scenario->spec.twin;
    const char *slash = strchr(twin->text, '/');
    char id[128];
    bool permits = scn_scenario_verdicts(scenario, NULL, SCN_PERMIT) > 0;
    bool refuses = scn_scenario_verdicts(scenario, NULL, SCN_REFUSE) > 0;

    (void)snprintf(id, sizeof(id), "%.*s",
                   slash != NULL ? (int)(slash - twin->text) : 127, twin->text);
    const char *check = slash != NULL ? slash + 1 : NULL;
    struct scn_scenario *const *found =
        catalogue->scenarios.count == 0
            ? NULL
            : bsearch(id, catalogue->scenarios.items,
                      catalogue->scenarios.count, sizeof(struct scn_scenario *),
                      id_to_scenario);
    size_t permitting =
        found != NULL ? scn_scenario_verdicts(*found, check, SCN_PERMIT) : 0;
    size_t refusing =
        found != NULL ? scn_scenario_verdicts(*found, check, SCN_REFUSE) : 0;
    size_t either =
        found != NULL ? scn_scenario_verdicts(*found, check, SCN_EITHER) : 0;
    if (permitting + refusing + either == 0) {
        return scn_fail(error, scenario->file, twin->at,
                        "the twin '%.64s' does not exist", twin->text);
    }
    if ((permits || permitting > 0) && (refuses || refusing > 0)) {
        return SCN_OK;
    }
    return scn_fail(error, scenario->file, twin->at,
                    "the twin '%.64s' has no check with the verdict %s, which "
                    "this file lacks",
                    twin->text, permits ? "refuse" : "permit");
}

void scn_loader_check_twins(struct scn_loader *l)
{
    struct scn_scenario *const *list = l->catalogue->scenarios.items;

    for (size_t i = 0; i < l->catalogue->scenarios.count; i++) {
        struct scn_error error;
        if (list[i]->spec.twin != NULL &&
            check_twin(l->catalogue, list[i], &error) != SCN_OK) {
            scn_loader_note(l, SCN_EINPUT, &error);
        }
    }
}

/* --- catches --- */

static const char *deviation_at(const void *deviations, size_t i)
{
    return i < scn_deviations_count(deviations)
               ? scn_deviations_at(deviations, i)->id
               : NULL;
}

static enum scn_status check_catch(const struct scn_deviations *deviations,
                                   const struct scn_scenario *scenario,
                                   const struct scn_yaml *id,
                                   struct scn_error *error)
{
    if (scn_deviations_find(deviations, id->text) != NULL) {
        return SCN_OK;
    }
    const char *nearest = scn_nearest(id->text, deviation_at, deviations);
    return scn_fail(error, scenario->file, id->at,
                    "no deviation has the id '%s' in %s%s%s%s", id->text,
                    scn_deviations_file(deviations),
                    nearest != NULL ? ": did you mean '" : "",
                    nearest != NULL ? nearest : "",
                    nearest != NULL ? "'?" : "");
}

static void check_claims(struct scn_loader *l,
                         const struct scn_scenario *scenario)
{
    const struct scn_yaml *ids = scenario->spec.catches;

    for (size_t i = 0; ids != NULL && i < ids->count; i++) {
        struct scn_error error;
        enum scn_status status = check_catch(l->catalogue->deviations, scenario,
                                             &ids->items[i], &error);
        if (status != SCN_OK) {
            scn_loader_note(l, status, &error);
        }
    }
}

void scn_loader_check_catches(struct scn_loader *l)
{
    struct scn_scenario *const *list = l->catalogue->scenarios.items;

    if (l->catalogue->deviations == NULL) {
        return; /* there is no table to hold the claims against */
    }
    for (size_t i = 0; i < l->catalogue->scenarios.count; i++) {
        check_claims(l, list[i]);
    }
}

/* --- requirements --- */

static const char *requirement_at(const void *requirements, size_t i)
{
    size_t count = 0;
    const struct scn_requirement *list =
        scn_requirements_list(requirements, &count);

    return i < count ? list[i].id : NULL;
}

static void check_cited(struct scn_loader *l,
                        const struct scn_scenario *scenario,
                        const struct scn_yaml *ids)
{
    const struct scn_requirements *table = l->catalogue->requirements;

    for (size_t i = 0; ids != NULL && i < ids->count; i++) {
        const struct scn_yaml *id = &ids->items[i];
        struct scn_error error;
        if (scn_requirements_find(table, id->text) != NULL) {
            continue;
        }
        const char *nearest = scn_nearest(id->text, requirement_at, table);
        enum scn_status status = scn_fail(
            &error, scenario->file, id->at,
            "%s is not in requirements.yaml%s%s%s", id->text,
            nearest != NULL ? ": did you mean " : "",
            nearest != NULL ? nearest : "", nearest != NULL ? "?" : "");
        scn_loader_note(l, status, &error);
    }
}

void scn_loader_check_requirements(struct scn_loader *l)
{
    struct scn_scenario *const *list = l->catalogue->scenarios.items;

    if (l->catalogue->requirements == NULL) {
        return; /* there is no table that could be cited */
    }
    for (size_t i = 0; i < l->catalogue->scenarios.count; i++) {
        size_t checks = scn_scenario_check_count(list[i]);
        check_cited(l, list[i], list[i]->spec.requirements);
        for (size_t k = 0; k < checks; k++) {
            check_cited(l, list[i],
                        scn_scenario_check(list[i], k)->requirements);
        }
    }
}
