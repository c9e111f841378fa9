/* SPDX-License-Identifier: BSD-2-Clause */
/* deviations.c - deviations.yaml: what the catalogue exists to catch. */
#include "keys_deviation.h"
#include "spec_read.h"

#include <scenario/deviations.h>

#include <stdlib.h>
#include <string.h>

struct scn_deviations {
    struct scn_arena arena;
    const char *file;
    const struct scn_deviation *items;
    size_t count;
};

static enum scn_status read_texts(const struct scn_spec_reader *reader,
                                  const struct scn_yaml *list,
                                  const char *const **texts_out,
                                  size_t *count_out)
{
    size_t count = list != NULL ? list->count : 0;
    const char **texts = scn_alloc_array(reader->arena, count, sizeof(*texts));

    if (texts == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        texts[i] = list->items[i].text;
    }
    *texts_out = texts;
    *count_out = count;
    return SCN_OK;
}

static enum scn_status read_equivalent(const struct scn_spec_reader *reader,
                                       const struct scn_spec_equivalent *spec,
                                       struct scn_equivalent *out)
{
    bool dated = spec->from != 0 || spec->until != 0;

    if (dated && spec->profiles == 0) {
        return scn_fail(reader->error, reader->file, spec->node->at,
                        "`from` and `until` need `for`");
    }
    if (spec->from != 0 && spec->until != 0 && spec->from >= spec->until) {
        return scn_fail(reader->error, reader->file, spec->node->at,
                        "this can never hold: `from` is not before `until`");
    }
    *out = (struct scn_equivalent){ .profiles = (unsigned)spec->profiles,
                                    .from = (uint32_t)spec->from,
                                    .until = (uint32_t)spec->until,
                                    .because = spec->because->text };
    return SCN_OK;
}

static enum scn_status read_equivalents(const struct scn_spec_reader *reader,
                                        const struct scn_spec_list *list,
                                        struct scn_deviation *deviation)
{
    const struct scn_spec_equivalent *specs = list->items;
    enum scn_status status = SCN_OK;
    struct scn_equivalent *equivalents =
        scn_alloc_array(reader->arena, list->count, sizeof(*equivalents));

    if (equivalents == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        status = read_equivalent(reader, &specs[i], &equivalents[i]);
    }
    deviation->equivalents = equivalents;
    deviation->equivalent_count = list->count;
    return status;
}

/* What would be taken for something else on the checker's command line. */
static enum scn_status check_words(const struct scn_spec_reader *reader,
                                   const struct scn_spec_deviation *spec)
{
    for (size_t i = 0; spec->rules != NULL && i < spec->rules->count; i++) {
        const struct scn_yaml *rule = &spec->rules->items[i];
        const char *equals = strchr(rule->text, '=');
        if (equals == NULL || equals == rule->text || equals[1] == '\0') {
            return scn_fail(reader->error, reader->file, rule->at,
                            "'%.64s' is no rule: write NAME=VALUE, as for "
                            "caacheck --rule",
                            rule->text);
        }
    }
    return SCN_OK;
}

static enum scn_status read_deviation(const struct scn_spec_reader *reader,
                                      const struct scn_spec_deviation *spec,
                                      struct scn_deviation *out)
{
    enum scn_status status = check_words(reader, spec);

    if (status != SCN_OK) {
        return status;
    }
    out->id = spec->id->text;
    out->what = spec->what->text;
    out->source = spec->source->text;
    out->shown = (enum scn_shown)spec->shown;
    out->line = spec->id->at.line;
    status = read_texts(reader, spec->rules, &out->rules, &out->rule_count);
    return status == SCN_OK ? read_equivalents(reader, &spec->equivalents, out)
                            : status;
}

static enum scn_status read_items(const struct scn_spec_reader *reader,
                                  const struct scn_spec_list *list,
                                  struct scn_deviations *deviations)
{
    const struct scn_spec_deviation *specs = list->items;
    enum scn_status status = SCN_OK;
    struct scn_deviation *items =
        scn_alloc_array(reader->arena, list->count, sizeof(*items));

    if (items == NULL) {
        return SCN_ENOMEM;
    }
    deviations->items = items;
    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        const struct scn_deviation *first =
            scn_deviations_find(deviations, specs[i].id->text);
        if (first != NULL) {
            return scn_fail(reader->error, reader->file, specs[i].id->at,
                            "the deviation %s stands in line %u already",
                            first->id, first->line);
        }
        status = read_deviation(reader, &specs[i], &items[i]);
        deviations->count = i + 1;
    }
    return status;
}

static enum scn_status read_table(struct scn_deviations *deviations,
                                  const char *text, size_t len,
                                  struct scn_error *error)
{
    const struct scn_yaml *node = NULL;
    struct scn_spec_deviations spec = { 0 };
    const struct scn_spec_reader reader = { &deviations->arena,
                                            deviations->file, error };
    enum scn_status status = scn_yaml_read(&deviations->arena, deviations->file,
                                           text, len, error, &node);

    if (status == SCN_OK && node->kind != SCN_YAML_MAP) {
        return scn_fail(error, deviations->file, node->at,
                        "a table of deviations is a mapping: `deviations`, "
                        "then the list of them");
    }
    if (status == SCN_OK) {
        status = scn_spec_read(&reader, &scn_keys_deviations, node, &spec);
    }
    return status == SCN_OK ? read_items(&reader, &spec.deviations, deviations)
                            : status;
}

enum scn_status scn_deviations_read(const char *file, const char *text,
                                    size_t len, struct scn_error *error,
                                    struct scn_deviations **deviations_out)
{
    enum scn_status status = SCN_ENOMEM;
    struct scn_deviations *deviations = calloc(1, sizeof(*deviations));

    if (deviations == NULL) {
        goto out;
    }
    deviations->file = scn_copy_text(&deviations->arena, file, strlen(file));
    if (deviations->file == NULL) {
        goto out;
    }
    status = read_table(deviations, text, len, error);
    if (status == SCN_OK) {
        *deviations_out = deviations;
        deviations = NULL;
    }
out:
    scn_deviations_free(deviations);
    return status;
}

void scn_deviations_free(struct scn_deviations *deviations)
{
    if (deviations != NULL) {
        scn_arena_fini(&deviations->arena);
        free(deviations);
    }
}

const char *scn_deviations_file(const struct scn_deviations *deviations)
{
    return deviations->file;
}

size_t scn_deviations_count(const struct scn_deviations *deviations)
{
    return deviations->count;
}

const struct scn_deviation *scn_deviations_at(
    const struct scn_deviations *deviations, size_t index)
{
    return &deviations->items[index];
}

const struct scn_deviation *scn_deviations_find(
    const struct scn_deviations *deviations, const char *id)
{
    for (size_t i = 0; i < deviations->count; i++) {
        if (strcmp(deviations->items[i].id, id) == 0) {
            return &deviations->items[i];
        }
    }
    return NULL;
}
