/* SPDX-License-Identifier: BSD-2-Clause */
/* instance.c - one private copy of a file's zones, servers and steps. */
#include "build.h"
#include "convert.h"
#include "zone_text.h"

#include <stdlib.h>
#include <string.h>

/* The arena lives in the block it owns nothing of: freed last. */
struct instance {
    struct scn_instance model;
    struct scn_arena arena;
};

void scn_build_init(struct scn_build *build,
                    const struct scn_scenario *scenario,
                    const struct scn_params *params, struct scn_arena *arena,
                    struct scn_arena *scratch, struct scn_error *error)
{
    *build = (struct scn_build){
        .scope = { .arena = arena,
                   .file = scenario->file,
                   .error = error,
                   .params = params,
                   .absolute_allowed = scenario->spec.universe == SCN_PRIVATE },
        .scratch = scratch,
        .scenario = scenario,
    };
}

enum scn_status scn_build_origin(struct scn_build *build, const char *label)
{
    const struct scn_spec_scenario *spec = &build->scenario->spec;
    const char *suffix = build->scope.params->suffix;
    struct scn_at at = spec->node->at;
    uint8_t origin[SCN_NAME_MAX];
    uint8_t below[SCN_NAME_MAX] = { 0 };
    bool moves =
        suffix != NULL && spec->universe == SCN_SHARED && spec->top_level == 0;

    if (strlen(label) > 63) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "the apex label '%s' has %zu octets, 63 are allowed: "
                        "shorten an id",
                        label, strlen(label));
    }
    if ((moves && !scn_name_from_text(suffix, strlen(suffix), NULL, below)) ||
        !scn_name_from_text(label, strlen(label), below, origin)) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "the suffix '%.200s' is no domain name, or leaves no "
                        "room for the apex",
                        suffix != NULL ? suffix : "");
    }
    scn_name_lower(origin);
    build->scope.origin =
        scn_copy(build->scope.arena, origin, scn_name_length(origin));
    return build->scope.origin != NULL ? SCN_OK : SCN_ENOMEM;
}

static enum scn_status read_rrset_id(struct scn_build *build,
                                     const struct scn_yaml *node,
                                     struct scn_rrset_id *id)
{
    const char *text = NULL;
    enum scn_status status = scn_expand(&build->scope, node, &text);

    if (status != SCN_OK) {
        return status;
    }
    const char *blank = strrchr(text, ' ');
    size_t len = blank != NULL ? (size_t)(blank - text) : 0;
    uint32_t type = 0;
    while (len > 0 && text[len - 1] == ' ') {
        len--;
    }
    if (len == 0 || !scn_type_from_text(blank + 1, &type)) {
        return scn_fail(build->scope.error, build->scope.file, node->at,
                        "'%.64s' is no RRset: write 'name TYPE'", text);
    }
    id->type = (uint16_t)type;
    return scn_scope_name_text(&build->scope, node, text, len, &id->owner);
}

static enum scn_status read_withdraw(struct scn_build *build,
                                     const struct scn_yaml *list,
                                     struct scn_step *step)
{
    struct scn_rrset_id *ids =
        scn_alloc_array(build->scope.arena, list->count, sizeof(*ids));
    enum scn_status status = ids != NULL ? SCN_OK : SCN_ENOMEM;

    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        status = read_rrset_id(build, &list->items[i], &ids[i]);
    }
    step->withdraw = ids;
    step->withdraw_count = list->count;
    return status;
}

static enum scn_status read_publish(struct scn_build *build,
                                    const struct scn_yaml *text,
                                    struct scn_step *step)
{
    struct scn_vec records = { 0 };
    enum scn_status status = scn_zone_text_read(&build->scope, text, &records);

    if (status == SCN_OK && records.count == 0) {
        return scn_fail(build->scope.error, build->scope.file, text->at,
                        "`publish` holds no record");
    }
    step->publish = records.items;
    step->publish_count = records.count;
    for (size_t i = 0; status == SCN_OK && i < records.count; i++) {
        if (scn_build_deepest(build, step->publish[i].owner) == NULL) {
            struct scn_at at = { step->publish[i].line, text->text_at.column };
            status = scn_fail(build->scope.error, build->scope.file, at,
                              "this owner lies in no zone of the file");
        }
    }
    return status == SCN_OK ? scn_lint_published(build, text, &records)
                            : status;
}

static enum scn_status read_fault_ids(struct scn_build *build,
                                      const struct scn_yaml *list,
                                      struct scn_step *step)
{
    const char **ids =
        scn_alloc_array(build->scope.arena, list->count, sizeof(*ids));

    if (ids == NULL) {
        return SCN_ENOMEM;
    }
    enum scn_status status = SCN_OK;
    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        status = scn_keep(&build->scope, &list->items[i], &ids[i]);
    }
    step->fault_ids = ids;
    step->fault_id_count = list->count;
    return status;
}

/* A check of this instance, its CAA records put where they belong. */
static enum scn_status add_check(struct scn_build *build,
                                 const struct scn_spec_check *spec,
                                 struct scn_step *step)
{
    struct scn_check *check = scn_alloc(build->scope.arena, sizeof(*check));
    struct scn_vec records = { 0 };
    struct scn_draft *draft = NULL;

    if (check == NULL) {
        return SCN_ENOMEM;
    }
    enum scn_status status = scn_build_check(
        build, spec, scn_scenario_check_count(build->scenario) == 1, check);
    if (status == SCN_OK) {
        status = scn_build_caa(build, spec, check, &records, &draft);
    }
    const struct scn_record *from = records.items;
    for (size_t i = 0; status == SCN_OK && i < records.count; i++) {
        struct scn_record *slot =
            scn_vec_push(build->scope.arena, &draft->records, sizeof(*slot));
        if (slot == NULL) {
            return SCN_ENOMEM;
        }
        *slot = from[i];
    }
    step->kind = SCN_STEP_CHECK;
    step->check = check;
    step->line = spec->node->at.line;
    return status;
}

static enum scn_status read_step(struct scn_build *build,
                                 const struct scn_spec_step *spec,
                                 struct scn_step *step)
{
    step->kind = (enum scn_step_kind)spec->kind;
    step->line = spec->node->at.line;
    switch (step->kind) {
    case SCN_STEP_QUERY:
        step->query.type = (uint16_t)spec->query->type;
        return scn_scope_name(&build->scope, spec->query->name,
                              &step->query.owner);
    case SCN_STEP_CHECK:
        return add_check(build, spec->check, step);
    case SCN_STEP_ENABLE:
    case SCN_STEP_DISABLE:
        return read_fault_ids(build, spec->list, step);
    case SCN_STEP_PUBLISH:
        return read_publish(build, spec->publish, step);
    case SCN_STEP_WITHDRAW:
        return read_withdraw(build, spec->list, step);
    case SCN_STEP_WAIT:
        step->wait_ms = (unsigned)spec->number;
        return SCN_OK;
    case SCN_STEP_ADVANCE:
        step->advance_s = (unsigned)spec->number;
        return SCN_OK;
    case SCN_STEP_FORGET_JOURNAL:
        break;
    }
    return SCN_OK;
}

static enum scn_status read_steps(struct scn_build *build, size_t index,
                                  struct scn_instance *model)
{
    const struct scn_spec_scenario *spec = &build->scenario->spec;
    const struct scn_spec_step *specs = spec->steps.items;
    bool staged = spec->steps.count > 0;
    size_t count = staged ? spec->steps.count : 1;
    struct scn_step *steps =
        scn_alloc_array(build->scope.arena, count, sizeof(*steps));
    enum scn_status status = steps != NULL ? SCN_OK : SCN_ENOMEM;

    if (status == SCN_OK && !staged) {
        const struct scn_spec_check *checks = spec->checks.items;
        status = add_check(build, &checks[index], steps);
        model->key = status == SCN_OK ? steps->check->address : NULL;
    }
    for (size_t i = 0; status == SCN_OK && staged && i < count; i++) {
        status = read_step(build, &specs[i], &steps[i]);
    }
    model->steps = steps;
    model->step_count = count;
    return status;
}

static enum scn_status read_resolver(struct scn_build *build,
                                     struct scn_resolver *resolver)
{
    const struct scn_spec_resolver *spec = build->scenario->spec.resolver;
    enum scn_status status = SCN_OK;

    if (spec == NULL) {
        return SCN_OK;
    }
    resolver->qname_minimisation = (enum scn_qmin)spec->qname_minimisation;
    resolver->case_randomisation = spec->case_randomisation != 0;
    resolver->trust_anchor = (enum scn_anchor)spec->trust_anchor;
    const struct scn_yaml *list = spec->negative_trust_anchors;
    if (list == NULL) {
        return SCN_OK;
    }
    const uint8_t **names =
        scn_alloc_array(build->scope.arena, list->count, sizeof(*names));
    if (names == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        status = scn_scope_name(&build->scope, &list->items[i], &names[i]);
    }
    resolver->negative_trust_anchors = names;
    resolver->negative_trust_anchor_count = list->count;
    return status;
}

/* The apex label of instance `index` (FORMAT section 2). */
static const char *apex_label(struct scn_build *build, size_t index)
{
    const struct scn_scenario *scenario = build->scenario;
    const struct scn_spec_check *checks = scenario->spec.checks.items;

    if (scenario->spec.checks.count < 2 || checks[index].id == NULL) {
        return scenario->id;
    }
    return scn_format(build->scope.arena, "%s-%s", scenario->id,
                      checks[index].id->text);
}

static enum scn_status fill(struct scn_build *build, size_t index,
                            struct scn_instance *model)
{
    static const uint8_t root[1] = { 0 };
    const struct scn_spec_scenario *spec = &build->scenario->spec;
    const char *label = apex_label(build, index);
    enum scn_status status =
        label != NULL ? scn_build_origin(build, label) : SCN_ENOMEM;

    model->file = scn_format(build->scope.arena, "%s", build->scenario->file);
    model->id = scn_format(build->scope.arena, "%s", build->scenario->id);
    model->key = model->id;
    model->universe = (enum scn_universe)spec->universe;
    model->top_level = spec->top_level != 0;
    model->remotes = (unsigned)spec->remotes;
    model->apex = spec->universe == SCN_PRIVATE ? root : build->scope.origin;
    if (model->file == NULL || model->id == NULL) {
        return SCN_ENOMEM;
    }
    if (status == SCN_OK) {
        status = scn_build_zones(build);
    }
    if (status == SCN_OK) {
        status = read_resolver(build, &model->resolver);
    }
    if (status == SCN_OK) {
        status = read_steps(build, index, model);
    }
    if (status == SCN_OK) {
        status = scn_lint_steps(build, model);
    }
    if (status == SCN_OK) {
        status = scn_build_finish(build, model);
    }
    return status;
}

enum scn_status scn_instance_new(const struct scn_scenario *scenario,
                                 size_t index, const struct scn_params *params,
                                 struct scn_error *error,
                                 struct scn_instance **instance_out)
{
    struct scn_build build;
    struct scn_arena scratch = { 0 };
    struct instance *instance = calloc(1, sizeof(*instance));

    if (instance == NULL) {
        return SCN_ENOMEM;
    }
    scn_build_init(&build, scenario, params, &instance->arena, &scratch, error);
    enum scn_status status = fill(&build, index, &instance->model);
    scn_arena_fini(&scratch);
    if (status != SCN_OK) {
        scn_instance_free(&instance->model);
        return status;
    }
    *instance_out = &instance->model;
    return SCN_OK;
}

void scn_instance_free(struct scn_instance *instance)
{
    struct instance *whole = (struct instance *)instance;

    if (whole != NULL) {
        scn_arena_fini(&whole->arena);
        free(whole);
    }
}
