/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lint_file.c - what a whole file says well and cannot mean (FORMAT section
 * 11). Rules about one zone, fault or name stand where those are built.
 */
#include "build.h"
#include "words.h"

#include <scenario/catalogue.h>

#include <stdlib.h>
#include <string.h>

/* The id of a zone's fault, or NULL. */
static const struct scn_yaml *find_in_zone(const struct scn_spec_zone *zone,
                                           const char *id)
{
    const struct scn_spec_fault *faults = zone->faults.items;

    for (size_t i = 0; i < zone->faults.count; i++) {
        if (faults[i].id != NULL && strcmp(faults[i].id->text, id) == 0) {
            return faults[i].id;
        }
    }
    return NULL;
}

/* The first fault of the file that has this id, or NULL. */
static const struct scn_yaml *find_fault(const struct scn_scenario *scenario,
                                         const char *id)
{
    const struct scn_spec_zone *zones = scenario->spec.zones.items;
    const struct scn_yaml *found = NULL;

    for (size_t i = 0; found == NULL && i < scenario->spec.zones.count; i++) {
        found = find_in_zone(&zones[i], id);
    }
    return found;
}

static enum scn_status lint_fault_ids(const struct scn_scenario *scenario,
                                      const struct scn_spec_zone *zone,
                                      struct scn_error *error)
{
    const struct scn_spec_fault *faults = zone->faults.items;

    for (size_t i = 0; i < zone->faults.count; i++) {
        const struct scn_yaml *id = faults[i].id;
        if (id != NULL && find_fault(scenario, id->text) != id) {
            return scn_fail(error, scenario->file, id->at,
                            "the fault id '%s' stands twice", id->text);
        }
    }
    return SCN_OK;
}

static enum scn_status lint_zone(const struct scn_scenario *scenario,
                                 const struct scn_spec_zone *zone,
                                 struct scn_error *error)
{
    struct scn_at at = zone->node->at;
    bool nsec3 = scn_denial_is_nsec3((enum scn_denial)zone->denial);

    if (zone->faults.count > 0 && scn_yaml_find(zone->node, "dnssec") == NULL) {
        return scn_fail(error, scenario->file, at,
                        "a zone with faults states `dnssec`: whether a "
                        "failure may permit rests on it");
    }
    if (zone->damage.count > 0 && zone->dnssec == SCN_UNSIGNED) {
        return scn_fail(error, scenario->file, at,
                        "`damage` in an unsigned zone can never show");
    }
    if (zone->dnssec == SCN_UNSIGNED &&
        (zone->algorithms != NULL || zone->keys != 0 || zone->denial != 0 ||
         zone->rollover != 0)) {
        return scn_fail(
            error, scenario->file, at,
            "an unsigned zone has no keys and proves nothing: "
            "leave `algorithms`, `keys`, `rollover` and `denial` out");
    }
    if ((zone->rollover == SCN_ROLLOVER_ZSK_PRE_PUBLISHED ||
         zone->rollover == SCN_ROLLOVER_ZSK_DOUBLE_SIGNED) &&
        zone->keys != SCN_KSK_AND_ZSK) {
        return scn_fail(error, scenario->file, at,
                        "a ZSK is exchanged where there is one: say `keys: "
                        "ksk-and-zsk`");
    }
    if (zone->rollover == SCN_ROLLOVER_KSK_DOUBLE_DS &&
        (zone->dnssec == SCN_ISLAND || zone->delegation != NULL)) {
        return scn_fail(error, scenario->file, at,
                        "`ksk-double-ds` is about the DS that are generated: "
                        "not of an island, and without `delegation`");
    }
    if (!nsec3 && (zone->nsec3_iterations != 0 || zone->nsec3_salt != NULL)) {
        return scn_fail(error, scenario->file, at,
                        "`nsec3-iterations` and `nsec3-salt` need `denial: "
                        "nsec3` or another of NSEC3");
    }
    return lint_fault_ids(scenario, zone, error);
}

static enum scn_status lint_zones(const struct scn_scenario *scenario,
                                  struct scn_error *error)
{
    const struct scn_spec_zone *zones = scenario->spec.zones.items;
    enum scn_status status = SCN_OK;

    for (size_t i = 0; status == SCN_OK && i < scenario->spec.zones.count;
         i++) {
        status = lint_zone(scenario, &zones[i], error);
    }
    return status;
}

static enum scn_status lint_step(const struct scn_scenario *scenario,
                                 const struct scn_spec_step *step,
                                 bool *queried, struct scn_error *error)
{
    bool switches =
        step->kind == SCN_STEP_ENABLE || step->kind == SCN_STEP_DISABLE;

    *queried = *queried || step->kind == SCN_STEP_QUERY;
    if (step->check != NULL && *queried &&
        step->check->row.evidence.count == 0) {
        return scn_fail(error, scenario->file, step->check->node->at,
                        "a check after a `query` states `evidence`: the "
                        "resolver may know the answer already");
    }
    for (size_t i = 0; switches && i < step->list->count; i++) {
        const struct scn_yaml *id = &step->list->items[i];
        if (find_fault(scenario, id->text) == NULL) {
            return scn_fail(error, scenario->file, id->at,
                            "no fault has the id '%s'", id->text);
        }
    }
    if (step->kind == SCN_STEP_ADVANCE &&
        (scenario->spec.features & SCN_F_CLOCK) == 0) {
        return scn_fail(error, scenario->file, step->node->at,
                        "`advance-s` needs `features: [clock]`");
    }
    return SCN_OK;
}

static enum scn_status lint_steps(const struct scn_scenario *scenario,
                                  struct scn_error *error)
{
    const struct scn_spec_step *steps = scenario->spec.steps.items;
    bool queried = false;
    enum scn_status status = SCN_OK;

    for (size_t i = 0; status == SCN_OK && i < scenario->spec.steps.count;
         i++) {
        status = lint_step(scenario, &steps[i], &queried, error);
    }
    return status;
}

/* What only some implementations can be asked with is a feature. */
static enum scn_status lint_request(const struct scn_scenario *scenario,
                                    const struct scn_spec_check *check,
                                    struct scn_error *error)
{
    const struct {
        const struct scn_yaml *own;
        enum scn_feature feature;
        const char *key;
    } rows[] = {
        { check->issuer, SCN_F_ISSUER_PER_REQUEST, "issuer" },
        { check->account, SCN_F_ACCOUNT_PER_REQUEST, "account" },
        { check->method, SCN_F_METHOD_PER_REQUEST, "method" },
    };
    unsigned features = (unsigned)(scenario->spec.features | check->features);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].own != NULL &&
            (features & (unsigned)rows[i].feature) == 0) {
            return scn_fail(error, scenario->file, rows[i].own->at,
                            "a check with `%s` needs `features: [%s]`",
                            rows[i].key, scn_feature_text(rows[i].feature));
        }
    }
    return SCN_OK;
}

static enum scn_status lint_requests(const struct scn_scenario *scenario,
                                     struct scn_error *error)
{
    size_t count = scn_scenario_check_count(scenario);
    enum scn_status status = SCN_OK;

    for (size_t i = 0; status == SCN_OK && i < count; i++) {
        status = lint_request(scenario, scn_scenario_check(scenario, i), error);
    }
    return status;
}

static int by_text(const void *a, const void *b)
{
    const struct scn_yaml *const *x = a;
    const struct scn_yaml *const *y = b;
    int order = strcmp((*x)->text, (*y)->text);

    return order != 0 ? order
                      : ((*x)->at.line > (*y)->at.line) -
                            ((*x)->at.line < (*y)->at.line);
}

static enum scn_status lint_check_ids(const struct scn_scenario *scenario,
                                      struct scn_error *error)
{
    size_t count = scn_scenario_check_count(scenario);
    size_t used = 0;
    struct scn_arena arena = { 0 };
    enum scn_status status = SCN_OK;
    const struct scn_yaml **ids =
        scn_alloc_array(&arena, count, sizeof(const struct scn_yaml *));

    for (size_t i = 0; ids != NULL && i < count; i++) {
        const struct scn_spec_check *check = scn_scenario_check(scenario, i);
        if (check->id != NULL) {
            ids[used++] = check->id;
        }
    }
    if (ids == NULL) {
        status = SCN_ENOMEM;
    } else {
        qsort(ids, used, sizeof(const struct scn_yaml *), by_text);
    }
    for (size_t i = 1; status == SCN_OK && i < used; i++) {
        if (strcmp(ids[i - 1]->text, ids[i]->text) == 0) {
            status = scn_fail(error, scenario->file, ids[i]->at,
                              "the check id '%s' stands twice", ids[i]->text);
        }
    }
    scn_arena_fini(&arena);
    return status;
}

static enum scn_status lint_shape(const struct scn_scenario *scenario,
                                  struct scn_error *error)
{
    const struct scn_spec_scenario *spec = &scenario->spec;
    struct scn_at at = spec->node->at;

    if ((spec->checks.count > 0) == (spec->steps.count > 0)) {
        return scn_fail(error, scenario->file, at,
                        "a scenario has either `checks` or `steps`, and one "
                        "of them");
    }
    if (scn_scenario_check_count(scenario) == 0) {
        return scn_fail(error, scenario->file, at,
                        "no step is a check: nothing would be graded");
    }
    if (spec->resolver != NULL && spec->universe != SCN_PRIVATE) {
        return scn_fail(error, scenario->file, spec->resolver->node->at,
                        "`resolver` needs `universe: private`: the shared "
                        "universe has one resolver for all");
    }
    if (spec->remotes > 0 && spec->universe == SCN_PRIVATE) {
        const struct scn_yaml *node = scn_yaml_find(spec->node, "remotes");
        return scn_fail(error, scenario->file, node->at,
                        "`remotes` needs the shared universe: in a private one "
                        "there is one resolver");
    }
    if (spec->remotes == 0 &&
        (spec->features & (long)SCN_F_PERSPECTIVES) != 0) {
        return scn_fail(error, scenario->file, at,
                        "`features: [perspectives]` needs `remotes`: how many "
                        "there are");
    }
    bool permits = scn_scenario_verdicts(scenario, NULL, SCN_PERMIT) > 0;
    bool refuses = scn_scenario_verdicts(scenario, NULL, SCN_REFUSE) > 0;
    if (spec->twin == NULL && (!permits || !refuses)) {
        return scn_fail(error, scenario->file, at,
                        "no check here has the verdict %s: add one, or name "
                        "a `twin` that has it",
                        permits ? "refuse" : "permit");
    }
    return SCN_OK;
}

enum scn_status scn_lint_scenario(const struct scn_scenario *scenario,
                                  struct scn_error *error)
{
    enum scn_status status = lint_shape(scenario, error);

    if (status == SCN_OK) {
        status = lint_zones(scenario, error);
    }
    if (status == SCN_OK) {
        status = lint_check_ids(scenario, error);
    }
    if (status == SCN_OK) {
        status = lint_requests(scenario, error);
    }
    if (status == SCN_OK) {
        status = lint_steps(scenario, error);
    }
    return status;
}
