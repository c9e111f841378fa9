/* SPDX-License-Identifier: BSD-2-Clause */
/* scenario.c - read one scenario file, every check of it tried once. */
#include "scenario.h"

#include "build.h"
#include "convert.h"
#include "spec_read.h"

#include <stdlib.h>
#include <string.h>

size_t scn_scenario_check_count(const struct scn_scenario *scenario)
{
    const struct scn_spec_step *steps = scenario->spec.steps.items;
    size_t count = scenario->spec.checks.count;

    for (size_t i = 0; i < scenario->spec.steps.count; i++) {
        count += steps[i].check != NULL ? 1 : 0;
    }
    return count;
}

const struct scn_spec_check *scn_scenario_check(
    const struct scn_scenario *scenario, size_t index)
{
    const struct scn_spec_check *checks = scenario->spec.checks.items;
    const struct scn_spec_step *steps = scenario->spec.steps.items;

    if (index < scenario->spec.checks.count) {
        return &checks[index];
    }
    index -= scenario->spec.checks.count;
    for (size_t i = 0; i < scenario->spec.steps.count; i++) {
        if (steps[i].check != NULL && index-- == 0) {
            return steps[i].check;
        }
    }
    return NULL;
}

static bool has_verdict(const struct scn_spec_check *check, const char *id,
                        enum scn_verdict verdict)
{
    bool meant =
        id == NULL || (check->id != NULL && strcmp(check->id->text, id) == 0);

    return meant && check->row.verdict == (long)verdict;
}

size_t scn_scenario_verdicts(const struct scn_scenario *scenario,
                             const char *check_id, enum scn_verdict verdict)
{
    const struct scn_spec_check *checks = scenario->spec.checks.items;
    const struct scn_spec_step *steps = scenario->spec.steps.items;
    size_t count = 0;

    for (size_t i = 0; i < scenario->spec.checks.count; i++) {
        count += has_verdict(&checks[i], check_id, verdict) ? 1 : 0;
    }
    for (size_t i = 0; i < scenario->spec.steps.count; i++) {
        count += steps[i].check != NULL &&
                         has_verdict(steps[i].check, check_id, verdict)
                     ? 1
                     : 0;
    }
    return count;
}

static enum scn_status add_sources(struct scn_arena *arena,
                                   const struct scn_spec_list *list,
                                   struct scn_source *out)
{
    const struct scn_spec_source *specs = list->items;
    const struct scn_scope scope = { .arena = arena };
    enum scn_status status = SCN_OK;

    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        status = scn_keep(&scope, specs[i].text, &out[i].text);
        if (status == SCN_OK) {
            status = scn_keep(&scope, specs[i].section, &out[i].section);
        }
        if (status == SCN_OK) {
            status = scn_keep(&scope, specs[i].url, &out[i].url);
        }
    }
    return status;
}

enum scn_status scn_sources_new(struct scn_arena *arena,
                                const struct scn_spec_list *first,
                                const struct scn_spec_list *more,
                                const struct scn_source **sources_out)
{
    struct scn_source *sources =
        scn_alloc_array(arena, first->count + more->count, sizeof(*sources));

    if (sources == NULL) {
        return SCN_ENOMEM;
    }
    *sources_out = sources;
    enum scn_status status = add_sources(arena, first, sources);
    return status == SCN_OK ? add_sources(arena, more, sources + first->count)
                            : status;
}

/* The id is the file's name without directory and ".yaml". */
static enum scn_status read_id(struct scn_scenario *scenario, const char *file,
                               struct scn_error *error)
{
    const char *slash = strrchr(file, '/');
    const char *base = slash != NULL ? slash + 1 : file;
    size_t len = strlen(base);
    struct scn_at nowhere = { 0, 0 };

    if (len > 5 && strcmp(base + len - 5, ".yaml") == 0) {
        len -= 5;
    }
    if (!scn_is_id(base, len)) {
        return scn_fail(error, file, nowhere,
                        "the file's name is its id, and '%.*s' is none: small "
                        "letters, digits and single hyphens, a letter first, "
                        "at most 63",
                        (int)(len < 100 ? len : 100), base);
    }
    if (scn_is_special_use(base, len)) {
        return scn_fail(error, file, nowhere,
                        "'%.*s' is a special-use name (RFC 6761), which "
                        "resolvers do not look up: name the file otherwise",
                        (int)len, base);
    }
    scenario->file = scn_copy_text(&scenario->arena, file, strlen(file));
    scenario->id = scn_copy_text(&scenario->arena, base, len);
    return scenario->file != NULL && scenario->id != NULL ? SCN_OK : SCN_ENOMEM;
}

static enum scn_status read_facts(struct scn_scenario *scenario)
{
    static const struct scn_spec_list none = { 0 };
    const struct scn_yaml *list = scenario->spec.catches;
    size_t count = list != NULL ? list->count : 0;

    scenario->catches =
        scn_alloc_array(&scenario->arena, count, sizeof(*scenario->catches));
    if (scenario->catches == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        scenario->catches[i] = list->items[i].text;
    }
    return scn_sources_new(&scenario->arena, &scenario->spec.sources, &none,
                           &scenario->sources);
}

/* One check on zones that are built already; nothing of it is kept. */
static enum scn_status try_check(const struct scn_build *zones,
                                 const struct scn_spec_check *spec, bool sole)
{
    struct scn_build build = *zones;
    struct scn_arena arena = { 0 };
    struct scn_check check;
    struct scn_vec records = { 0 };
    struct scn_draft *ignored = NULL;

    build.scope.arena = &arena;
    build.scratch = &arena;
    enum scn_status status = scn_build_check(&build, spec, sole, &check);
    if (status == SCN_OK) {
        status = scn_build_caa(&build, spec, &check, &records, &ignored);
    }
    scn_arena_fini(&arena);
    return status;
}

/* The longest apex label of any instance, at its check. */
static enum scn_status longest_label(const struct scn_scenario *scenario,
                                     struct scn_arena *arena,
                                     struct scn_error *error,
                                     const char **label_out)
{
    const struct scn_spec_check *checks = scenario->spec.checks.items;
    const struct scn_yaml *longest = NULL;

    for (size_t i = 0; i < scenario->spec.checks.count; i++) {
        const struct scn_yaml *id = checks[i].id;
        if (id != NULL && (longest == NULL || id->len > longest->len)) {
            longest = id;
        }
    }
    if (scenario->spec.checks.count < 2 || longest == NULL) {
        *label_out = scenario->id;
        return SCN_OK;
    }
    size_t len = strlen(scenario->id) + 1 + longest->len;
    if (len > 63) {
        return scn_fail(error, scenario->file, longest->at,
                        "the apex label '%s-%s' has %zu octets, 63 are "
                        "allowed: shorten an id",
                        scenario->id, longest->text, len);
    }
    *label_out = scn_format(arena, "%s-%s", scenario->id, longest->text);
    return *label_out != NULL ? SCN_OK : SCN_ENOMEM;
}

/* Zones are the same for all checks, but for the apex: built once, with the
 * longest, so that a file of many checks is read in linear time. */
static enum scn_status try_checks(const struct scn_scenario *scenario,
                                  struct scn_error *error)
{
    struct scn_params params;
    struct scn_build build;
    struct scn_arena arena = { 0 };
    const char *label = NULL;
    size_t count = scenario->spec.checks.count;

    scn_params_default(&params);
    scn_build_init(&build, scenario, &params, &arena, &arena, error);
    enum scn_status status = longest_label(scenario, &arena, error, &label);
    if (status == SCN_OK) {
        status = scn_build_origin(&build, label);
    }
    if (status == SCN_OK) {
        status = scn_build_zones(&build);
    }
    if (status == SCN_OK) {
        status = scn_build_index_owners(&build);
    }
    const struct scn_spec_check *checks = scenario->spec.checks.items;
    for (size_t i = 0; status == SCN_OK && i < count; i++) {
        status = try_check(&build, &checks[i], count == 1);
    }
    scn_arena_fini(&arena);
    return status;
}

static enum scn_status try_instances(const struct scn_scenario *scenario,
                                     struct scn_error *error)
{
    struct scn_instance *instance = NULL;
    struct scn_params params;

    scn_params_default(&params);
    if (scenario->spec.steps.count == 0) {
        enum scn_status status = try_checks(scenario, error);
        if (status != SCN_OK) {
            return status;
        }
    }
    /* The first instance in full: resolver, steps, finish. */
    enum scn_status status =
        scn_instance_new(scenario, 0, &params, error, &instance);
    if (status == SCN_OK) {
        scn_instance_free(instance);
    }
    return status;
}

static enum scn_status read_spec(struct scn_scenario *scenario,
                                 const char *text, size_t len,
                                 struct scn_error *error)
{
    const struct scn_yaml *node = NULL;
    const struct scn_spec_reader reader = { &scenario->arena, scenario->file,
                                            error };
    enum scn_status status = scn_yaml_read(&scenario->arena, scenario->file,
                                           text, len, error, &node);

    if (status == SCN_OK && node->kind != SCN_YAML_MAP) {
        return scn_fail(error, scenario->file, node->at,
                        "a scenario is a mapping: title, sources, zones, "
                        "checks");
    }
    return status == SCN_OK ? scn_spec_read(&reader, &scn_keys_scenario, node,
                                            &scenario->spec)
                            : status;
}

enum scn_status scn_scenario_read(const char *file, const char *text,
                                  size_t len, const struct scn_rules *rules,
                                  struct scn_error *error,
                                  struct scn_scenario **scenario_out)
{
    enum scn_status status = SCN_ENOMEM;
    struct scn_scenario *scenario = calloc(1, sizeof(*scenario));

    if (scenario == NULL) {
        goto out;
    }
    scenario->rules = rules;
    status = read_id(scenario, file, error);
    if (status == SCN_OK) {
        status = read_spec(scenario, text, len, error);
    }
    if (status == SCN_OK) {
        status = scn_lint_scenario(scenario, error);
    }
    if (status == SCN_OK) {
        status = read_facts(scenario);
    }
    if (status == SCN_OK) {
        status = try_instances(scenario, error);
    }
    if (status == SCN_OK) {
        *scenario_out = scenario;
        scenario = NULL;
    }
out:
    scn_scenario_free(scenario);
    return status;
}

void scn_scenario_free(struct scn_scenario *scenario)
{
    if (scenario != NULL) {
        scn_arena_fini(&scenario->arena);
        free(scenario);
    }
}
