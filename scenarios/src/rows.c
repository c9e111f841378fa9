/* SPDX-License-Identifier: BSD-2-Clause */
/* rows.c - rows and predicates (FORMAT sections 4 and 7). */
#include "build.h"

#include <string.h>

struct row_reader {
    struct scn_build *build;
    const struct scn_check *check;
};

static const uint8_t *start_name(const struct row_reader *r)
{
    return r->check->subjects[0].start;
}

static enum scn_status read_zone(struct row_reader *r,
                                 const struct scn_yaml *node,
                                 const uint8_t **zone_out)
{
    struct scn_build *build = r->build;
    enum scn_status status = scn_scope_name(&build->scope, node, zone_out);

    if (status == SCN_OK) {
        status = scn_build_imply(build);
    }
    if (status == SCN_OK && scn_build_find_zone(build, *zone_out) == NULL) {
        return scn_fail(build->scope.error, build->scope.file, node->at,
                        "`shown-insecure` names no zone of the file: this can "
                        "never hold");
    }
    return status;
}

static enum scn_status read_filter(struct row_reader *r,
                                   const struct scn_spec_filter *spec,
                                   struct scn_predicate *predicate)
{
    struct scn_build *build = r->build;
    struct scn_filter *filter = &predicate->filter;
    enum scn_status status = scn_build_filter(build, spec, filter);

    if (status != SCN_OK) {
        return status;
    }
    predicate->at = (enum scn_place)spec->at;
    predicate->at_least = spec->at_least > 0 ? (unsigned)spec->at_least : 1;
    if (predicate->at == SCN_AT_FRONT && filter->server != NULL) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "`server` can never match at the front: leave one of "
                        "the two out");
    }
    if (filter->name == NULL && filter->under == NULL) {
        filter->name = start_name(r);
    }
    if (filter->name == NULL && filter->under == NULL) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "an IP address has no start name: say `name` or "
                        "`under`");
    }
    return SCN_OK;
}

static enum scn_status read_predicates(struct row_reader *r,
                                       const struct scn_spec_list *list,
                                       const struct scn_predicate **out)
{
    const struct scn_spec_predicate *specs = list->items;
    struct scn_predicate *predicates = scn_alloc_array(
        r->build->scope.arena, list->count, sizeof(*predicates));
    enum scn_status status = predicates != NULL ? SCN_OK : SCN_ENOMEM;

    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        predicates[i].kind = (enum scn_predicate_kind)specs[i].kind;
        predicates[i].line = specs[i].node->at.line;
        status = specs[i].zone != NULL
                     ? read_zone(r, specs[i].zone, &predicates[i].zone)
                     : read_filter(r, specs[i].filter, &predicates[i]);
    }
    *out = predicates;
    return status;
}

/* Evidence that a row does not state: somebody looked at all. */
static enum scn_status default_evidence(struct row_reader *r,
                                        const struct scn_spec_row *spec,
                                        struct scn_row *row)
{
    struct scn_build *build = r->build;
    const uint8_t *start = start_name(r);
    struct scn_predicate *looked =
        scn_alloc(build->scope.arena, sizeof(*looked));

    if (looked == NULL) {
        return SCN_ENOMEM;
    }
    if (start == NULL || scn_build_deepest(build, start) == NULL) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "nobody can be seen looking for the first name here: "
                        "state `evidence`, such as never-asked");
    }
    looked->kind = SCN_LOOKED;
    looked->filter.name = start;
    looked->at_least = 1;
    looked->line = row->line;
    row->evidence = looked;
    row->evidence_count = 1;
    return SCN_OK;
}

static enum scn_status read_refused(struct row_reader *r,
                                    const struct scn_yaml *names,
                                    struct scn_row *row)
{
    const struct scn_subject *subjects = NULL;
    size_t count = 0;
    enum scn_status status =
        scn_build_subjects(r->build, names, r->check->kind, &subjects, &count);

    if (status != SCN_OK) {
        return status;
    }
    const char **texts =
        scn_alloc_array(r->build->scope.arena, count, sizeof(*texts));
    if (texts == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        texts[i] = subjects[i].text;
    }
    row->refused_names = texts;
    row->refused_name_count = count;
    return SCN_OK;
}

static enum scn_status read_row(struct row_reader *r,
                                const struct scn_spec_row *spec,
                                struct scn_row *row)
{
    struct scn_build *build = r->build;
    enum scn_status status = SCN_OK;

    row->verdict = (enum scn_verdict)spec->verdict;
    row->reason = (enum scn_reason)spec->reason;
    row->profiles = (unsigned)spec->profiles;
    row->from = (uint32_t)spec->from;
    row->until = (uint32_t)spec->until;
    row->line = spec->node->at.line;
    row->evidence_count = spec->evidence.count;
    row->condition_count = spec->conditions.count;
    status = scn_keep(&build->scope, spec->because, &row->because);
    if (status == SCN_OK && spec->found_at != NULL) {
        status = scn_scope_name(&build->scope, spec->found_at, &row->found_at);
    }
    if (status == SCN_OK && spec->refused_names != NULL) {
        status = read_refused(r, spec->refused_names, row);
    }
    if (status == SCN_OK) {
        status = read_predicates(r, &spec->conditions, &row->conditions);
    }
    if (status == SCN_OK && spec->evidence.count > 0) {
        status = read_predicates(r, &spec->evidence, &row->evidence);
    } else if (status == SCN_OK) {
        status = default_evidence(r, spec, row);
    }
    if (status == SCN_OK) {
        status = scn_lint_row(build, spec, row, r->check);
    }
    return status;
}

/* Rows of a list, labelled "what 1", "what 2", ... */
static enum scn_status read_rows(struct row_reader *r,
                                 const struct scn_spec_list *list,
                                 const char *what, struct scn_row *rows)
{
    const struct scn_spec_row *specs = list->items;
    enum scn_status status = SCN_OK;

    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        rows[i].label =
            scn_format(r->build->scope.arena, "%s %zu", what, i + 1);
        status = rows[i].label != NULL ? read_row(r, &specs[i], &rows[i])
                                       : SCN_ENOMEM;
    }
    if (status == SCN_OK) {
        status = scn_lint_shadow(r->build, specs, rows, list->count);
    }
    return status;
}

static enum scn_status read_rule(struct row_reader *r,
                                 const struct scn_spec_apply *apply,
                                 struct scn_row *rows)
{
    struct scn_scope *scope = &r->build->scope;
    const struct scn_rules *rules = r->build->scenario->rules;
    const struct scn_rule *rule = scn_rules_find(rules, apply->rule->text);
    const char *file = scope->file;
    const uint8_t *zone = NULL;
    enum scn_status status = SCN_OK;

    if (apply->zone != NULL) {
        status = scn_scope_name(scope, apply->zone, &zone);
        if (status == SCN_OK) {
            status = scn_build_imply(r->build);
        }
        if (status == SCN_OK && scn_build_find_zone(r->build, zone) == NULL) {
            status =
                scn_fail(scope->error, file, apply->zone->at,
                         "'%.64s' is no zone of this file", apply->zone->text);
        }
        if (status == SCN_OK) {
            status = scn_expand(scope, apply->zone, &scope->rule_zone);
        }
    } else if (rule->uses_zone) {
        status = scn_fail(scope->error, file, apply->node->at,
                          "the rule '%s' needs `zone`", rule->name);
    }
    if (status == SCN_OK) {
        scope->file = rules->file;
        status = read_rows(r, &rule->rows, rule->name, rows);
        scope->file = file;
    }
    const char *name =
        scn_copy_text(scope->arena, rule->name, strlen(rule->name));
    if (status == SCN_OK && name == NULL) {
        status = SCN_ENOMEM;
    }
    for (size_t i = 0; i < rule->rows.count; i++) {
        rows[i].rule = name;
    }
    scope->rule_zone = NULL;
    return status;
}

static enum scn_status count_rows(const struct scn_build *build,
                                  const struct scn_spec_check *spec,
                                  size_t *count_out)
{
    const struct scn_spec_apply *applies = spec->apply.items;

    *count_out = 1 + spec->except.count;
    for (size_t i = 0; i < spec->apply.count; i++) {
        const struct scn_yaml *name = applies[i].rule;
        const struct scn_rule *rule =
            scn_rules_find(build->scenario->rules, name->text);
        if (build->scenario->rules == NULL) {
            return scn_fail(build->scope.error, build->scope.file, name->at,
                            "no rule '%s': there is no rules.yaml beside this "
                            "file or in the directory above",
                            name->text);
        }
        if (rule == NULL) {
            return scn_fail(build->scope.error, build->scope.file, name->at,
                            "no rule '%s' in %s", name->text,
                            build->scenario->rules->file);
        }
        *count_out += rule->rows.count;
    }
    return SCN_OK;
}

enum scn_status scn_build_rows(struct scn_build *build,
                               const struct scn_spec_check *spec,
                               struct scn_check *check)
{
    struct row_reader r = { build, check };
    struct scn_spec_row own = spec->row; /* its keys stand in the check's map */
    const struct scn_spec_apply *applies = spec->apply.items;
    size_t count = 0;
    size_t next = 1;
    enum scn_status status = count_rows(build, spec, &count);

    if (status != SCN_OK) {
        return status;
    }
    struct scn_row *rows =
        scn_alloc_array(build->scope.arena, count, sizeof(*rows));
    if (rows == NULL) {
        return SCN_ENOMEM;
    }
    rows[0].label = "check";
    own.node = spec->node;
    status = read_row(&r, &own, &rows[0]);
    for (size_t i = 0; status == SCN_OK && i < spec->apply.count; i++) {
        status = read_rule(&r, &applies[i], rows + next);
        next += scn_rules_find(build->scenario->rules, applies[i].rule->text)
                    ->rows.count;
    }
    if (status == SCN_OK) {
        status = read_rows(&r, &spec->except, "except", rows + next);
    }
    check->rows = rows;
    check->row_count = count;
    return status;
}
