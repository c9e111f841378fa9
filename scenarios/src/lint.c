/* SPDX-License-Identifier: BSD-2-Clause */
/* lint.c - what a row says well and cannot mean (FORMAT section 11). */
#include "build.h"

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

/* Whether a predicate of the list needs such a query as `never` excludes. */
static bool is_needed(const struct scn_predicate *never,
                      const struct scn_predicate *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool needs = list[i].kind == SCN_ASKED || list[i].kind == SCN_FAILED;
        if (needs && same_query(never, &list[i])) {
            return true;
        }
    }
    return false;
}

/* never-asked beside a predicate that needs such a query. */
static bool contradict(const struct scn_predicate *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].kind == SCN_NEVER_ASKED &&
            is_needed(&list[i], list, count)) {
            return true;
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

/* The first row behind rows[i] that shadows it, or NULL. */
static const struct scn_row *shadow_of(const struct scn_row *rows, size_t count,
                                       size_t i)
{
    for (size_t k = i + 1; k < count; k++) {
        if (shadows(&rows[k], &rows[i])) {
            return &rows[k];
        }
    }
    return NULL;
}

enum scn_status scn_lint_shadow(struct scn_build *build,
                                const struct scn_spec_row *specs,
                                const struct scn_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct scn_row *later = shadow_of(rows, count, i);
        if (rows[i].profiles == 0 && rows[i].condition_count == 0) {
            return fail(build, &specs[i],
                        "a row without a condition: it needs `for` or `if`");
        }
        if (later != NULL) {
            return scn_fail(build->scope.error, build->scope.file,
                            specs[i].node->at,
                            "this row never counts: the one in line %u holds "
                            "whenever it does, and the last counts",
                            later->line);
        }
    }
    return SCN_OK;
}
