/* SPDX-License-Identifier: BSD-2-Clause */
/* gather.c - deviations that do not let the nearest set decide alone. */
#include "climb.h"
#include "tag.h"

#include <stdlib.h>

struct gathering {
    struct caa_rdata *records; /* owned; what they point to is the look-up's */
    size_t count;
    struct caa_name nearest; /* owner of the nearest set */
    bool found;
};

static enum caa_status add(struct gathering *gathering,
                           const struct caa_rdata *record)
{
    struct caa_rdata *records =
        realloc(gathering->records, (gathering->count + 1) * sizeof(*records));

    if (records == NULL) {
        return CAA_ENOMEM;
    }
    records[gathering->count++] = *record;
    gathering->records = records;
    return CAA_OK;
}

static bool is_tagged(const struct caa_rdata *record, enum caa_tag tag,
                      const struct caa_rules *rules)
{
    struct caa_property property =
        caa_property_parse(record->data, record->length);

    return caa_tag_of(&property.tag, rules) == tag;
}

static bool holds(const struct gathering *gathering, enum caa_tag tag,
                  const struct caa_rules *rules)
{
    for (size_t i = 0; i < gathering->count; i++) {
        if (is_tagged(&gathering->records[i], tag, rules)) {
            return true;
        }
    }
    return false;
}

/* Whether a record of a set above the nearest counts as well. */
static bool counts_above(const struct gathering *gathering,
                         const struct caa_rdata *record, bool wildcard,
                         const struct caa_rules *rules)
{
    enum caa_tag wanted = wildcard ? CAA_TAG_ISSUEWILD : CAA_TAG_ISSUE;

    switch ((enum caa_rule_sets)rules->sets) {
    case CAA_SETS_NEAREST:
    case CAA_SETS_FAILURE_ABOVE:
        break;
    case CAA_SETS_UNITED:
    case CAA_SETS_FARTHEST:
        return true;
    case CAA_SETS_PER_TAG:
        return is_tagged(record, wanted, rules) &&
               !holds(gathering, wanted, rules);
    case CAA_SETS_CRITICAL_ABOVE:
        return record->length > 0 && caa_is_critical(record->data[0], rules) &&
               is_tagged(record, CAA_TAG_UNKNOWN, rules);
    }
    return false;
}

static enum caa_status add_set(struct gathering *gathering,
                               const struct caa_answer *answer, bool wildcard,
                               const struct caa_rules *rules)
{
    struct gathering before = *gathering;
    enum caa_status st = CAA_OK;

    if (rules->sets == CAA_SETS_FARTHEST) {
        gathering->count = 0;
    }
    for (size_t i = 0; st == CAA_OK && i < answer->record_count; i++) {
        if (!before.found ||
            counts_above(&before, &answer->records[i], wildcard, rules)) {
            st = add(gathering, &answer->records[i]);
            before.records = gathering->records;
        }
    }
    gathering->nearest = before.found ? before.nearest : answer->owner;
    gathering->found = true;
    return st;
}

/* Asks one name of the climb and adds what it has. */
static enum caa_status gather_at(struct caa_climb *climb,
                                 const struct caa_name *name,
                                 struct gathering *gathering)
{
    const struct caa_check *check = climb->check;
    const struct caa_lookup *lookup = check->lookup;
    struct caa_step step = { .name = *name, .type = CAA_TYPE_CAA };
    bool failed = false;

    step.answer = lookup->ask(lookup->context, name, CAA_TYPE_CAA);
    if (step.answer == NULL) {
        return CAA_PENDING;
    }
    enum caa_status st = caa_climb_take_failure(climb, &step, &failed);
    if (st != CAA_OK) {
        return st;
    }
    if (failed) { /* above a set it counts only by the rule that says so */
        climb->done =
            climb->done &&
            (!gathering->found || check->rules->sets == CAA_SETS_FAILURE_ABOVE);
        return CAA_OK;
    }
    step.effect = CAA_EFFECT_EMPTY;
    step.section = caa_section(check->rules, CAA_TOPIC_CLIMB);
    if (step.answer->record_count > 0) {
        step.effect = CAA_EFFECT_FOUND;
        st = add_set(gathering, step.answer, climb->subject->wildcard,
                     check->rules);
    }
    return st == CAA_OK ? caa_climb_add_step(climb, &step) : st;
}

enum caa_status caa_climb_gather(struct caa_climb *climb,
                                 const struct caa_name *start)
{
    const struct caa_check *check = climb->check;
    struct gathering gathering = { .count = 0 };
    enum caa_status st = CAA_OK;

    for (struct caa_name name = *start;
         st == CAA_OK && !climb->done && !caa_name_is_root(&name);
         name = caa_name_parent(&name)) {
        st = gather_at(climb, &name, &gathering);
    }
    if (st == CAA_OK && !climb->done && gathering.found) {
        struct caa_decision decision =
            caa_decide(gathering.records, gathering.count, check->request,
                       climb->subject->wildcard, check->rules);
        climb->result->found = true;
        climb->result->found_at = gathering.nearest;
        caa_climb_conclude(climb, decision.reason, decision.section);
    } else if (st == CAA_OK && !climb->done) {
        caa_climb_conclude(climb, CAA_REASON_NONE,
                           caa_section(check->rules, CAA_TOPIC_CLIMB));
    }
    free(gathering.records);
    return st;
}
