/* SPDX-License-Identifier: BSD-2-Clause */
/* rules.c - rules.yaml: rule name to list of rows. */
#include "convert.h"
#include "scenario.h"
#include "spec_read.h"

#include <stdlib.h>
#include <string.h>

static bool mentions_zone(const struct scn_yaml *node)
{
    size_t count = node->kind == SCN_YAML_MAP ? 2 * node->count : node->count;

    if (node->kind == SCN_YAML_SCALAR) {
        return strstr(node->text, "{zone}") != NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (mentions_zone(&node->items[i])) {
            return true;
        }
    }
    return false;
}

static enum scn_status read_rules(const struct scn_spec_reader *reader,
                                  const struct scn_yaml *node,
                                  struct scn_rules *rules)
{
    if (node->kind != SCN_YAML_MAP) {
        return scn_fail(reader->error, reader->file, node->at,
                        "a rules file is a mapping: the name of a rule, then "
                        "its rows");
    }
    struct scn_rule *list =
        scn_alloc_array(reader->arena, node->count, sizeof(*list));
    if (list == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct scn_yaml *name = &node->items[2 * i];
        if (!scn_is_id(name->text, name->len)) {
            return scn_fail(reader->error, reader->file, name->at,
                            "'%.64s' is no name for a rule: small letters, "
                            "digits and single hyphens",
                            name->text);
        }
        enum scn_status status = scn_spec_read_list(
            reader, &scn_keys_rule_row, name + 1, name->text, &list[i].rows);
        if (status != SCN_OK) {
            return status;
        }
        list[i].name = name->text;
        list[i].uses_zone = mentions_zone(name + 1);
    }
    rules->rules = list;
    rules->count = node->count;
    return SCN_OK;
}

enum scn_status scn_rules_read(const char *file, const char *text, size_t len,
                               struct scn_error *error,
                               struct scn_rules **rules_out)
{
    const struct scn_yaml *node = NULL;
    enum scn_status status = SCN_ENOMEM;
    struct scn_rules *rules = calloc(1, sizeof(*rules));

    if (rules == NULL) {
        goto out;
    }
    rules->file = scn_copy_text(&rules->arena, file, strlen(file));
    if (rules->file == NULL) {
        goto out;
    }
    status = scn_yaml_read(&rules->arena, file, text, len, error, &node);
    if (status == SCN_OK) {
        const struct scn_spec_reader reader = { &rules->arena, rules->file,
                                                error };
        status = read_rules(&reader, node, rules);
    }
    if (status == SCN_OK) {
        *rules_out = rules;
        rules = NULL;
    }
out:
    scn_rules_free(rules);
    return status;
}

void scn_rules_free(struct scn_rules *rules)
{
    if (rules != NULL) {
        scn_arena_fini(&rules->arena);
        free(rules);
    }
}

const struct scn_rule *scn_rules_find(const struct scn_rules *rules,
                                      const char *name)
{
    for (size_t i = 0; rules != NULL && i < rules->count; i++) {
        if (strcmp(rules->rules[i].name, name) == 0) {
            return &rules->rules[i];
        }
    }
    return NULL;
}
