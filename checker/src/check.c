/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check.c - the climb. It is run from the top whenever an answer arrives, and
 * all it remembers is in the look-up: no state to get wrong.
 */
#include "climb.h"
#include "deviation.h"
#include "failure.h"
#include "message.h"
#include "path.h"

#include <unistd.h>

enum {
    STEPS_MAX = 400,     /* a name has 127 labels; aliases may add trees */
    TREE_DEPTH_MAX = 12, /* aliases below aliases, RFC 6844 only */
};

static enum caa_status on_failure(struct caa_climb *climb,
                                  enum caa_failure_kind kind,
                                  struct caa_step *step)
{
    enum caa_status st = caa_failure_judge(climb->check, kind, step);

    while (CAA_DEVIATES(B7) && st == CAA_OK && !CAA_NOTED()) {
        (void)pause();
    }
    if (st != CAA_OK) {
        return st;
    }
    if (step->effect == CAA_EFFECT_FAILED &&
        climb->check->rules->near == CAA_NEAR_UNLESS_FOUND) {
        climb->near_failure = step->section;
    } else if (step->effect == CAA_EFFECT_FAILED) {
        caa_climb_conclude(climb, CAA_REASON_LOOKUP_FAILED, step->section);
    } else if (step->effect == CAA_EFFECT_FAILED_PERMITTED) {
        caa_climb_conclude(climb, CAA_REASON_NONE, step->section);
    }
    return caa_climb_add_step(climb, step);
}

/* Insecure is a proof only below a root that validates; else it is the lack of
 * one, Indeterminate, and nothing rests on it (RFC 4035 section 4.3). */
static enum caa_status on_indeterminate(struct caa_climb *climb,
                                        struct caa_step *step)
{
    step->effect = CAA_EFFECT_INDETERMINATE;
    step->section = caa_section(climb->check->rules, CAA_TOPIC_DNSSEC);
    caa_climb_conclude(climb, CAA_REASON_LOOKUP_FAILED, step->section);
    return caa_climb_add_step(climb, step);
}

static enum caa_status is_indeterminate(const struct caa_check *check,
                                        const struct caa_answer *answer,
                                        bool *indeterminate_out)
{
    bool root_secure = true;
    enum caa_status st = CAA_OK;

    if (answer->outcome == CAA_OUTCOME_ANSWERED &&
        answer->security == CAA_INSECURE &&
        check->rules->bogus != CAA_BOGUS_ACCEPT) {
        st = caa_root_is_secure(check->lookup, &root_secure);
    }
    *indeterminate_out = !root_secure;
    return st;
}

enum caa_status caa_climb_take_failure(struct caa_climb *climb,
                                       struct caa_step *step, bool *failed_out)
{
    bool indeterminate = false;
    enum caa_failure_kind kind = CAA_FAILURE_NONE;
    enum caa_status st =
        is_indeterminate(climb->check, step->answer, &indeterminate);

    if (st == CAA_OK && !indeterminate) {
        st = caa_failure_find(climb->check, step, &kind);
    }
    if (st != CAA_OK) {
        return st;
    }
    *failed_out = indeterminate || kind != CAA_FAILURE_NONE;
    if (indeterminate) {
        return on_indeterminate(climb, step);
    }
    return kind != CAA_FAILURE_NONE ? on_failure(climb, kind, step) : CAA_OK;
}

static enum caa_status on_found(struct caa_climb *climb, struct caa_step *step)
{
    const struct caa_check *check = climb->check;
    struct caa_decision decision =
        caa_decide(step->answer->records, step->answer->record_count,
                   check->request, climb->subject->wildcard, check->rules);

    if (decision.verdict == CAA_PERMIT && !decision.restricted &&
        check->rules->unrestricted == CAA_UNRESTRICTED_CLIMB) {
        step->effect = CAA_EFFECT_PASSED_OVER;
        step->section = decision.section;
        return caa_climb_add_step(climb, step);
    }
    step->effect = CAA_EFFECT_FOUND;
    step->section = decision.section;
    climb->result->found = true;
    climb->result->found_at = step->answer->owner;
    caa_climb_conclude(climb, decision.reason, decision.section);
    return caa_climb_add_step(climb, step);
}

/* R(A(X)) of RFC 6844 section 4: the trees of the targets, nearest last. */
static enum caa_status climb_targets(struct caa_climb *climb,
                                     const struct caa_answer *answer)
{
    enum caa_status st = CAA_OK;

    for (size_t i = answer->alias_count; i > 0; i--) {
        struct caa_name parent = caa_name_parent(&answer->aliases[i - 1]);
        st = caa_climb_tree(climb, &parent);
        if (st != CAA_OK || climb->done) {
            break;
        }
    }
    if (st == CAA_OK && !climb->done &&
        climb->check->rules->alias == CAA_ALIAS_INSTEAD) {
        caa_climb_conclude(climb, CAA_REASON_NONE,
                           caa_section(climb->check->rules, CAA_TOPIC_ALIAS));
    }
    return st;
}

static bool is_internal(const struct caa_climb *climb,
                        const struct caa_step *step, bool own)
{
    return own && climb->check->rules->internal == CAA_INTERNAL_REFUSE &&
           step->answer->rcode == CAA_RCODE_NXDOMAIN &&
           step->answer->security == CAA_SECURE &&
           step->answer->alias_count == 0 &&
           caa_name_label_count(&step->name) == 1;
}

/* Deviations that permit at a name that only has no CAA. */
static bool stops_at_empty(const struct caa_answer *answer,
                           const struct caa_rules *rules)
{
    bool denied = answer->rcode == CAA_RCODE_NXDOMAIN;

    if (answer->alias_count > 0) {
        return rules->alias_empty == CAA_ALIAS_EMPTY_FOUND ||
               (denied && rules->alias_denied == CAA_ALIAS_DENIED_PERMIT);
    }
    return denied ? rules->nxdomain == CAA_NXDOMAIN_PERMIT
                  : rules->nodata == CAA_NODATA_PERMIT;
}

static enum caa_status on_empty(struct caa_climb *climb, struct caa_step *step,
                                bool own)
{
    const struct caa_rules *rules = climb->check->rules;
    const struct caa_answer *answer = step->answer;

    step->effect = CAA_EFFECT_EMPTY;
    step->section = caa_section(rules, CAA_TOPIC_CLIMB);
    if (is_internal(climb, step, own)) {
        step->effect = CAA_EFFECT_INTERNAL;
        step->section = caa_section(rules, CAA_TOPIC_INTERNAL);
        caa_climb_conclude(climb, CAA_REASON_INTERNAL_NAME, step->section);
        return caa_climb_add_step(climb, step);
    }
    enum caa_status st = caa_climb_add_step(climb, step);
    if (st != CAA_OK) {
        return st;
    }
    if (stops_at_empty(answer, rules)) {
        caa_climb_conclude(climb, CAA_REASON_NONE, step->section);
        return CAA_OK;
    }
    if (answer->alias_count > 0 &&
        (rules->alias == CAA_ALIAS_TREE || rules->alias == CAA_ALIAS_INSTEAD)) {
        return climb_targets(climb, answer);
    }
    if (answer->alias_count == 0 &&
        rules->dname_owner == CAA_DNAME_OWNER_TARGET) {
        return caa_climb_dname(climb, &step->name);
    }
    return CAA_OK;
}

/* Deviations that do not see what an alias leads to. */
static bool is_passed_over(const struct caa_climb *climb,
                           const struct caa_answer *answer)
{
    const struct caa_rules *rules = climb->check->rules;
    size_t count = answer->alias_count;

    if (answer->dname && rules->dname == CAA_DNAME_IGNORE) {
        return true;
    }
    if (count > 4 && rules->alias_limit == CAA_ALIAS_LIMIT_4_EMPTY) {
        return true;
    }
    switch ((enum caa_rule_alias)rules->alias) {
    case CAA_ALIAS_TARGET:
    case CAA_ALIAS_TREE:
    case CAA_ALIAS_INSTEAD:
        break;
    case CAA_ALIAS_IGNORE:
        return count > 0;
    case CAA_ALIAS_FIRST_ONLY:
        return count > 1;
    case CAA_ALIAS_LONE:
        return count > 0 && count + answer->record_count > 1;
    case CAA_ALIAS_AT_START:
        return count > 0 && climb->result->step_count > 0;
    }
    return false;
}

/* CAA(X): asks one name and acts on the answer. own: not an alias's. */
enum caa_status caa_climb_visit(struct caa_climb *climb,
                                const struct caa_name *name, bool own)
{
    const struct caa_check *check = climb->check;
    const struct caa_lookup *lookup = check->lookup;
    struct caa_step step = { .name = *name, .type = CAA_TYPE_CAA };

    step.answer = CAA_BELIEVED(
        lookup, name, lookup->ask(lookup->context, name, CAA_TYPE_CAA));
    if (step.answer == NULL) {
        return CAA_PENDING;
    }
    if (climb->result->step_count >= STEPS_MAX) {
        step.effect = CAA_EFFECT_EXHAUSTED;
        step.section = caa_section(check->rules, CAA_TOPIC_FAILURE);
        caa_climb_conclude(climb, CAA_REASON_LOOKUP_FAILED, step.section);
        return caa_climb_add_step(climb, &step);
    }
    bool failed = false;
    enum caa_status st = caa_climb_take_failure(climb, &step, &failed);
    if (st != CAA_OK || failed) {
        return st;
    }
    if (is_passed_over(climb, step.answer)) {
        step.effect = CAA_EFFECT_PASSED_OVER;
        step.section = caa_section(check->rules, CAA_TOPIC_ALIAS);
        return caa_climb_add_step(climb, &step);
    }
    return step.answer->record_count > 0 ? on_found(climb, &step)
                                         : on_empty(climb, &step, own);
}

/* R(X) for a name met through an alias (RFC 6844 section 4). */
enum caa_status caa_climb_tree(struct caa_climb *climb,
                               const struct caa_name *start)
{
    enum caa_status st = CAA_OK;

    if (climb->tree_depth == TREE_DEPTH_MAX) {
        caa_climb_conclude(climb, CAA_REASON_LOOKUP_FAILED,
                           caa_section(climb->check->rules, CAA_TOPIC_FAILURE));
        return CAA_OK;
    }
    climb->tree_depth++;
    for (struct caa_name name = *start;
         st == CAA_OK && !climb->done && !caa_name_is_root(&name);
         name = caa_name_parent(&name)) {
        st = caa_climb_visit(climb, &name, false);
    }
    climb->tree_depth--;
    return st;
}

/*
 * Where a failure may be climbed past, its parents are asked for at once: one
 * after the other, each silent zone would cost its full time.
 */
static void ask_ahead(const struct caa_climb *climb,
                      const struct caa_name *start)
{
    const struct caa_rules *rules = climb->check->rules;
    const struct caa_lookup *lookup = climb->check->lookup;

    if (rules->failure != CAA_FAILURE_ALLOW &&
        rules->servfail != CAA_READ_EMPTY &&
        rules->error_rcode != CAA_ERROR_EMPTY &&
        rules->timeout != CAA_READ_EMPTY &&
        rules->near != CAA_NEAR_UNLESS_FOUND) {
        return;
    }
    if (rules->failure == CAA_FAILURE_ALLOW) {
        (void)lookup->ask(lookup->context, start, CAA_TYPE_CNAME);
    }
    for (struct caa_name name = *start; !caa_name_is_root(&name);
         name = caa_name_parent(&name)) {
        (void)lookup->ask(lookup->context, &name, CAA_TYPE_CAA);
    }
}

static enum caa_status climb_own(struct caa_climb *climb, struct caa_name name)
{
    const struct caa_rules *rules = climb->check->rules;
    enum caa_status st = CAA_OK;

    ask_ahead(climb, &name);
    for (size_t asked = 0; !caa_path_ends(&name, asked, rules); asked++) {
        st = caa_climb_visit(climb, &name, true);
        if (st != CAA_OK || climb->done) {
            return st;
        }
        if (caa_path_ends_after(&name, climb->subject, rules)) {
            break;
        }
        name = caa_name_parent(&name);
    }
    if (climb->near_failure != NULL) {
        caa_climb_conclude(climb, CAA_REASON_LOOKUP_FAILED,
                           climb->near_failure);
        return CAA_OK;
    }
    caa_climb_conclude(climb, CAA_REASON_NONE,
                       caa_section(rules, CAA_TOPIC_CLIMB));
    return st;
}

enum caa_status caa_check_subject(const struct caa_check *check,
                                  const struct caa_subject *subject,
                                  struct caa_result *result)
{
    struct caa_climb climb = { .check = check,
                               .subject = subject,
                               .result = result };

    result->step_count = 0;
    result->found = false;
    switch (subject->kind) {
    case CAA_SUBJECT_IP:
        caa_climb_conclude(&climb, CAA_REASON_NONE,
                           caa_section(check->rules, CAA_TOPIC_SUBJECT));
        return CAA_OK;
    case CAA_SUBJECT_ONION:
        if (CAA_DEVIATES(J13) &&
            check->lookup->ask(check->lookup->context, &subject->name,
                               CAA_TYPE_CAA) == NULL) {
            return CAA_PENDING;
        }
        caa_climb_conclude(&climb, CAA_REASON_NONE,
                           caa_section(check->rules, CAA_TOPIC_ONION));
        return CAA_OK;
    case CAA_SUBJECT_DNS:
        break;
    }
    if (subject->underscore &&
        check->rules->underscore == CAA_UNDERSCORE_REFUSE) {
        caa_climb_conclude(&climb, CAA_REASON_INVALID_NAME,
                           caa_section(check->rules, CAA_TOPIC_UNDERSCORE));
        return CAA_OK;
    }
    struct caa_name start = caa_path_start(subject, check->rules);
    return check->rules->sets != CAA_SETS_NEAREST
               ? caa_climb_gather(&climb, &start)
               : climb_own(&climb, start);
}
