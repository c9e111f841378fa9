/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lint_steps.c - what a name has after each step, whatever text gave it: no
 * CNAME beside other data (RFC 1034 section 3.6.2), and something to withdraw.
 */
#include "build.h"

#include <scenario/name.h>
#include <scenario/records.h>

enum {
    TYPE_A = 1,
    TYPE_NS = 2,
    TYPE_CNAME = 5,
    TYPE_SOA = 6,
    TYPE_AAAA = 28,
    TYPE_DS = 43,
    TYPE_DNSKEY = 48,
    TYPE_NSEC3PARAM = 51
};

/* The steps of an instance up to `now`. */
struct story {
    struct scn_build *build;
    const struct scn_step *steps;
    size_t now;
};

static bool is_of(const struct scn_record *record, const uint8_t *owner,
                  uint16_t type)
{
    return record->type == type && scn_name_equal(record->owner, owner);
}

static bool holds(const struct scn_record *records, size_t count,
                  const uint8_t *owner, uint16_t type)
{
    bool found = false;

    for (size_t i = 0; !found && i < count; i++) {
        found = is_of(&records[i], owner, type);
    }
    return found;
}

static bool withdraws(const struct scn_step *step, const uint8_t *owner,
                      uint16_t type)
{
    bool found = false;

    for (size_t i = 0; !found && i < step->withdraw_count; i++) {
        found = step->withdraw[i].type == type &&
                scn_name_equal(step->withdraw[i].owner, owner);
    }
    return found;
}

/* Whether the name has the type after so many steps: the last one that says so
 * counts. */
static bool has_after(const struct story *s, size_t count, const uint8_t *owner,
                      uint16_t type)
{
    const struct scn_draft *draft = scn_build_deepest(s->build, owner);

    for (size_t i = count; i-- > 0;) {
        const struct scn_step *step = &s->steps[i];
        if (holds(step->publish, step->publish_count, owner, type)) {
            return true;
        }
        if (withdraws(step, owner, type)) {
            return false;
        }
    }
    return holds(draft->records.items, draft->records.count, owner, type);
}

/* By now. */
static bool has(const struct story *s, const uint8_t *owner, uint16_t type)
{
    return has_after(s, s->now + 1, owner, type);
}

/* Of the types that records bring, has the owner by now one that does not go
 * with an alias? */
static bool has_other(const struct story *s, const uint8_t *owner,
                      const struct scn_record *records, size_t count)
{
    bool found = false;

    for (size_t i = 0; !found && i < count; i++) {
        found = scn_name_equal(records[i].owner, owner) &&
                !scn_rrtype_goes_with_alias(records[i].type) &&
                has(s, owner, records[i].type);
    }
    return found;
}

/* From the zone's text, or from a step. */
static bool has_others(const struct story *s, const uint8_t *owner)
{
    const struct scn_draft *draft = scn_build_deepest(s->build, owner);
    bool found =
        has_other(s, owner, draft->records.items, draft->records.count);

    for (size_t i = 0; !found && i <= s->now; i++) {
        found =
            has_other(s, owner, s->steps[i].publish, s->steps[i].publish_count);
    }
    return found;
}

static enum scn_status check_record(const struct story *s,
                                    const struct scn_record *record)
{
    const struct scn_scope *scope = &s->build->scope;
    const struct scn_spec_step *specs = s->build->scenario->spec.steps.items;
    const struct scn_at at = { record->line,
                               specs[s->now].publish->text_at.column };
    char owner[SCN_NAME_TEXT_MAX + 1];

    scn_scope_show(scope, record->owner, owner);
    if (record->type == TYPE_CNAME && has_others(s, record->owner)) {
        return scn_fail(scope->error, scope->file, at,
                        "'%.200s': by now it has other data, beside which no "
                        "CNAME stands: withdraw that before, or say `breaks: "
                        "[cname]`",
                        owner);
    }
    if (!scn_rrtype_goes_with_alias(record->type) &&
        has(s, record->owner, TYPE_CNAME)) {
        return scn_fail(scope->error, scope->file, at,
                        "'%.200s': by now it has a CNAME, beside which no "
                        "other data stand: withdraw that before, or say "
                        "`breaks: [cname]`",
                        owner);
    }
    return SCN_OK;
}

/* Types that a zone may have without any text (FORMAT section 3). */
static bool is_generated(uint16_t type)
{
    return type == TYPE_A || type == TYPE_NS || type == TYPE_SOA ||
           type == TYPE_AAAA || type == TYPE_DS || type == TYPE_DNSKEY ||
           type == TYPE_NSEC3PARAM;
}

static enum scn_status check_withdrawal(const struct story *s, size_t i)
{
    const struct scn_scope *scope = &s->build->scope;
    const struct scn_spec_step *specs = s->build->scenario->spec.steps.items;
    const struct scn_rrset_id *id = &s->steps[s->now].withdraw[i];

    if (is_generated(id->type) || has_after(s, s->now, id->owner, id->type)) {
        return SCN_OK;
    }
    return scn_fail(scope->error, scope->file, specs[s->now].list->items[i].at,
                    "there is no such RRset to withdraw by now");
}

static enum scn_status check_step(const struct story *s)
{
    const struct scn_step *step = &s->steps[s->now];
    enum scn_status status = SCN_OK;

    for (size_t i = 0; status == SCN_OK && i < step->withdraw_count; i++) {
        status = check_withdrawal(s, i);
    }

    for (size_t i = 0; status == SCN_OK && i < step->publish_count; i++) {
        const struct scn_draft *draft =
            scn_build_deepest(s->build, step->publish[i].owner);
        if ((draft->zone.breaks & (unsigned)SCN_BREAKS_CNAME) == 0) {
            status = check_record(s, &step->publish[i]);
        }
    }
    return status;
}

enum scn_status scn_lint_steps(struct scn_build *build,
                               const struct scn_instance *instance)
{
    struct story s = { .build = build, .steps = instance->steps };
    enum scn_status status = SCN_OK;

    for (; status == SCN_OK && s.now < instance->step_count; s.now++) {
        status = check_step(&s);
    }
    return status;
}
