/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lint.c - what a scenario says well and cannot mean (FORMAT section 11).
 *
 * Rules about one zone, fault or name stand where those are built; here is
 * what takes a row, or the whole file, into view.
 */
#include "build.h"

#include <stdlib.h>
#include <string.h>

static enum scn_status fail(const struct scn_build *build,
                            const struct scn_spec_row *spec, const char *text)
{
    return scn_fail(build->scope.error, build->scope.file, spec->node->at, "%s",
                    text);
}

static bool is_subject(const struct scn_check *check, const char *text)
{
    for (size_t i = 0; i < check->subject_count; i++) {
        if (strcmp(check->subjects[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

static enum scn_status lint_refused(const struct scn_build *build,
                                    const struct scn_spec_row *spec,
                                    const struct scn_row *row,
                                    const struct scn_check *check)
{
    if (row->refused_name_count > 0 && row->verdict == SCN_PERMIT) {
        return fail(build, spec, "`refused-names` in a row that permits");
    }
    for (size_t i = 0; i < row->refused_name_count; i++) {
        if (!is_subject(check, row->refused_names[i])) {
            return scn_fail(build->scope.error, build->scope.file,
                            spec->refused_names->at,
                            "%.200s is refused and not asked for: it is no "
                            "name of the check",
                            row->refused_names[i]);
        }
    }
    return SCN_OK;
}

static bool same_query(const struct scn_predicate *a,
                       const struct scn_predicate *b)
{
    return a->at == b->at && scn_filter_covers(&a->filter, &b->filter);
}

/* never-asked beside a predicate that needs such a query. */
static bool contradict(const struct scn_predicate *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; list[i].kind == SCN_NEVER_ASKED && k < count; k++) {
            bool needs =
                list[k].kind == SCN_ASKED || list[k].kind == SCN_FAILED;
            if (needs && same_query(&list[i], &list[k])) {
                return true;
            }
        }
    }
    return false;
}

enum scn_status scn_lint_row(struct scn_build *build,
                             const struct scn_spec_row *spec,
                             const struct scn_row *row,
                             const struct scn_check *check)
{
    bool dated = row->from != 0 || row->until != 0;

    if ((row->verdict == SCN_EITHER) != (row->because != NULL)) {
        return fail(build, spec,
                    row->because == NULL
                        ? "verdict either needs `because`: why both are right"
                        : "`because` goes with verdict either, and only "
                          "there: leave it out");
    }
    if (row->reason != SCN_REASON_NONE && row->verdict == SCN_PERMIT) {
        return fail(build, spec, "`reason` in a row that permits");
    }
    if (dated && row->profiles == 0) {
        return fail(build, spec, "`from` and `until` need `for`");
    }
    if (row->from != 0 && row->until != 0 && row->from >= row->until) {
        return fail(build, spec,
                    "this row can never hold: `from` is not before `until`");
    }
    if (contradict(row->conditions, row->condition_count) ||
        contradict(row->evidence, row->evidence_count)) {
        return fail(build, spec,
                    "this row can never hold: never-asked contradicts what "
                    "stands beside it");
    }
    return lint_refused(build, spec, row, check);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_name(const uint8_t *a, const uint8_t *b)
{
    return a == b || (a != NULL && b != NULL && scn_name_equal(a, b));
}

static bool same_predicate(const struct scn_predicate *a,
                           const struct scn_predicate *b)
{
    const struct scn_filter *f = &a->filter;
    const struct scn_filter *g = &b->filter;

    return a->kind == b->kind && a->at == b->at && a->at_least == b->at_least &&
           same_name(a->zone, b->zone) && same_text(f->server, g->server) &&
           same_name(f->name, g->name) && same_name(f->under, g->under) &&
           f->type == g->type && f->transport == g->transport &&
           f->edns == g->edns && f->dnssec_ok == g->dnssec_ok &&
           f->name_case == g->name_case &&
           same_text(f->perspective, g->perspective);
}

static bool has_condition(const struct scn_row *row,
                          const struct scn_predicate *wanted)
{
    for (size_t i = 0; i < row->condition_count; i++) {
        if (same_predicate(&row->conditions[i], wanted)) {
            return true;
        }
    }
    return false;
}

/* True when `later` holds wherever `row` does, so that row never counts. */
static bool shadows(const struct scn_row *later, const struct scn_row *row)
{
    if (later->profiles != 0 &&
        (row->profiles == 0 || (row->profiles & ~later->profiles) != 0)) {
        return false;
    }
    if (later->from > row->from ||
        (later->until != 0 && (row->until == 0 || row->until > later->until))) {
        return false;
    }
    for (size_t i = 0; i < later->condition_count; i++) {
        if (!has_condition(row, &later->conditions[i])) {
            return false;
        }
    }
    return true;
}

enum scn_status scn_lint_shadow(struct scn_build *build,
                                const struct scn_spec_row *specs,
                                const struct scn_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].profiles == 0 && rows[i].condition_count == 0) {
            return fail(build, &specs[i],
                        "a row without a condition: it needs `for` or `if`");
        }
        for (size_t k = i + 1; k < count; k++) {
            if (shadows(&rows[k], &rows[i])) {
                return scn_fail(build->scope.error, build->scope.file,
                                specs[i].node->at,
                                "this row never counts: the one in line %u "
                                "holds whenever it does, and the last counts",
                                rows[k].line);
            }
        }
    }
    return SCN_OK;
}

/* --- the whole file --- */

static enum scn_status lint_zones(const struct scn_scenario *scenario,
                                  struct scn_error *error)
{
    const struct scn_spec_zone *zones = scenario->spec.zones.items;

    for (size_t i = 0; i < scenario->spec.zones.count; i++) {
        const struct scn_spec_zone *zone = &zones[i];
        struct scn_at at = zone->node->at;
        bool nsec3 = zone->denial == SCN_DENIAL_NSEC3 ||
                     zone->denial == SCN_DENIAL_NSEC3_OPT_OUT;
        if (zone->faults.count > 0 &&
            scn_yaml_find(zone->node, "dnssec") == NULL) {
            return scn_fail(error, scenario->file, at,
                            "a zone with faults states `dnssec`: whether a "
                            "failure may permit rests on it");
        }
        if (zone->damage.count > 0 && zone->dnssec == SCN_UNSIGNED) {
            return scn_fail(error, scenario->file, at,
                            "`damage` in an unsigned zone can never show");
        }
        if (!nsec3 &&
            (zone->nsec3_iterations != 0 || zone->nsec3_salt != NULL)) {
            return scn_fail(error, scenario->file, at,
                            "`nsec3-iterations` and `nsec3-salt` need "
                            "`denial: nsec3` or nsec3-opt-out");
        }
    }
    return SCN_OK;
}

static const struct scn_yaml *find_fault(const struct scn_scenario *scenario,
                                         const char *id,
                                         const struct scn_yaml *before)
{
    const struct scn_spec_zone *zones = scenario->spec.zones.items;

    for (size_t i = 0; i < scenario->spec.zones.count; i++) {
        const struct scn_spec_fault *faults = zones[i].faults.items;
        for (size_t k = 0; k < zones[i].faults.count; k++) {
            if (faults[k].id == before && before != NULL) {
                return NULL;
            }
            if (faults[k].id != NULL && strcmp(faults[k].id->text, id) == 0) {
                return faults[k].id;
            }
        }
    }
    return NULL;
}

static enum scn_status lint_fault_ids(const struct scn_scenario *scenario,
                                      struct scn_error *error)
{
    const struct scn_spec_zone *zones = scenario->spec.zones.items;

    for (size_t i = 0; i < scenario->spec.zones.count; i++) {
        const struct scn_spec_fault *faults = zones[i].faults.items;
        for (size_t k = 0; k < zones[i].faults.count; k++) {
            const struct scn_yaml *id = faults[k].id;
            if (id != NULL && find_fault(scenario, id->text, id) != NULL) {
                return scn_fail(error, scenario->file, id->at,
                                "the fault id '%s' stands twice", id->text);
            }
        }
    }
    return SCN_OK;
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
        if (find_fault(scenario, id->text, NULL) == NULL) {
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
    const struct scn_yaml **ids = scn_alloc_array(&arena, count, sizeof(*ids));

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
        status = lint_fault_ids(scenario, error);
    }
    if (status == SCN_OK) {
        status = lint_check_ids(scenario, error);
    }
    if (status == SCN_OK) {
        status = lint_steps(scenario, error);
    }
    return status;
}
