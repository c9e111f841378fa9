/* SPDX-License-Identifier: BSD-2-Clause */
/* checks.c - one request: its names, its CAA records, its rows. */
#include "build.h"
#include "zone_text.h"

#include <stdlib.h>
#include <string.h>

static enum scn_status read_text(struct scn_build *build,
                                 const struct scn_yaml *node,
                                 const char *fallback, const char **text_out)
{
    if (node != NULL) {
        return scn_expand(&build->scope, node, text_out);
    }
    *text_out = scn_copy_text(build->scope.arena, fallback, strlen(fallback));
    return *text_out != NULL ? SCN_OK : SCN_ENOMEM;
}

static enum scn_status read_request(struct scn_build *build,
                                    const struct scn_spec_check *spec,
                                    struct scn_check *check)
{
    const struct scn_params *params = build->scope.params;
    const struct scn_yaml *names = spec->names != NULL ? spec->names : spec->id;
    enum scn_status status = SCN_OK;

    if (names == NULL) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "a check without `id` needs `names`");
    }
    check->kind = (enum scn_kind)spec->kind;
    if (check->kind == SCN_SMIME && spec->names == NULL) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "a check of kind smime needs `names`: mailboxes");
    }
    status = scn_build_subjects(build, names, check->kind, &check->subjects,
                                &check->subject_count);
    if (status == SCN_OK) {
        status = read_text(build, spec->issuer, params->issuer, &check->issuer);
    }
    if (status == SCN_OK) {
        status =
            read_text(build, spec->account, params->account, &check->account);
    }
    if (status == SCN_OK) {
        status = read_text(build, spec->method, params->method, &check->method);
    }
    return status;
}

static size_t entries(const struct scn_yaml *list)
{
    return list != NULL ? list->count : 0;
}

/* An instance stands on its own: the ids are copied. */
static enum scn_status add_requirements(struct scn_arena *arena,
                                        const struct scn_yaml *list,
                                        const char **ids, size_t *count)
{
    for (size_t i = 0; i < entries(list); i++) {
        const struct scn_yaml *id = &list->items[i];
        ids[*count] = scn_copy_text(arena, id->text, id->len);
        if (ids[*count] == NULL) {
            return SCN_ENOMEM;
        }
        (*count)++;
    }
    return SCN_OK;
}

static enum scn_status read_requirements(struct scn_build *build,
                                         const struct scn_spec_check *spec,
                                         struct scn_check *check)
{
    const struct scn_yaml *shared = build->scenario->spec.requirements;
    struct scn_arena *arena = build->scope.arena;
    const char **ids = scn_alloc_array(
        arena, entries(shared) + entries(spec->requirements), sizeof(*ids));

    if (ids == NULL) {
        return SCN_ENOMEM;
    }
    check->requirements = ids;
    enum scn_status status =
        add_requirements(arena, shared, ids, &check->requirement_count);
    return status == SCN_OK ? add_requirements(arena, spec->requirements, ids,
                                               &check->requirement_count)
                            : status;
}

enum scn_status scn_build_check(struct scn_build *build,
                                const struct scn_spec_check *spec, bool sole,
                                struct scn_check *check_out)
{
    const struct scn_scenario *scenario = build->scenario;
    struct scn_check check = { .line = spec->node->at.line };

    check.features = (unsigned)(scenario->spec.features | spec->features);
    if (spec->id != NULL) {
        check.id =
            scn_copy_text(build->scope.arena, spec->id->text, spec->id->len);
        check.address = scn_format(build->scope.arena, "%s/%s", scenario->id,
                                   spec->id->text);
    } else if (sole) {
        check.address = scn_format(build->scope.arena, "%s", scenario->id);
    } else {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "a check needs an `id` where the file has several");
    }
    if (check.address == NULL || (spec->id != NULL && check.id == NULL)) {
        return SCN_ENOMEM;
    }
    enum scn_status status =
        scn_sources_new(build->scope.arena, &scenario->spec.sources,
                        &spec->sources, &check.sources);
    check.source_count = scenario->spec.sources.count + spec->sources.count;
    if (status == SCN_OK) {
        status = read_requirements(build, spec, &check);
    }
    if (status == SCN_OK) {
        status = read_request(build, spec, &check);
    }
    if (status == SCN_OK) {
        status = scn_build_rows(build, spec, &check);
    }
    if (status == SCN_OK) {
        *check_out = check;
    }
    return status;
}

static int by_name(const void *a, const void *b)
{
    const uint8_t *const *x = a;
    const uint8_t *const *y = b;

    return scn_name_compare(*x, *y);
}

/* Sorted owners, so that many checks against many records stay cheap. */
enum scn_status scn_build_index_owners(struct scn_build *build)
{
    const struct scn_draft *drafts = build->drafts.items;
    size_t count = 0;

    for (size_t i = 0; i < build->drafts.count; i++) {
        count += drafts[i].records.count;
    }
    const uint8_t **owners =
        scn_alloc_array(build->scratch, count + 1, sizeof(*owners));
    if (owners == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < build->drafts.count; i++) {
        const struct scn_record *records = drafts[i].records.items;
        for (size_t k = 0; k < drafts[i].records.count; k++) {
            owners[build->owner_count++] = records[k].owner;
        }
    }
    qsort(owners, count, sizeof(const uint8_t *), by_name);
    build->owners = owners;
    return SCN_OK;
}

static enum scn_status check_owner(struct scn_build *build,
                                   const struct scn_spec_check *spec,
                                   const uint8_t *owner)
{
    if (build->owners == NULL) {
        enum scn_status status = scn_build_index_owners(build);
        if (status != SCN_OK) {
            return status;
        }
    }
    if (bsearch(&owner, build->owners, build->owner_count,
                sizeof(const uint8_t *), by_name) != NULL) {
        return scn_fail(build->scope.error, build->scope.file, spec->caa->at,
                        "`records` has this check's start name already: write "
                        "its CAA records there, and not as `caa`");
    }
    return SCN_OK;
}

enum scn_status scn_build_caa(struct scn_build *build,
                              const struct scn_spec_check *spec,
                              const struct scn_check *check,
                              struct scn_vec *records,
                              struct scn_draft **draft_out)
{
    const uint8_t *owner = check->subjects[0].start;

    *draft_out = NULL;
    if (spec->caa == NULL) {
        return SCN_OK;
    }
    enum scn_status status = scn_build_imply(build);
    if (status != SCN_OK) {
        return status;
    }
    *draft_out = owner != NULL ? scn_build_deepest(build, owner) : NULL;
    if (*draft_out == NULL) {
        return scn_fail(build->scope.error, build->scope.file, spec->caa->at,
                        "`caa` has no place: the first name lies in no zone "
                        "of this file");
    }
    status = check_owner(build, spec, owner);
    for (size_t i = 0; status == SCN_OK && i < spec->caa->count; i++) {
        status = scn_caa_text_read(&build->scope, &spec->caa->items[i], owner,
                                   records);
    }
    return status;
}
