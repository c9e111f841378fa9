/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check.c - the climb. It is run from the top whenever an answer arrives, and
 * all it remembers is in the look-up: no state to get wrong.
 */
#include "answer.h"
#include "failure.h"
#include "message.h"

#include <caacheck/check.h>

#include <stdlib.h>
#include <string.h>

enum {
    STEPS_MAX = 400,     /* a name has 127 labels; aliases may add trees */
    TREE_DEPTH_MAX = 12, /* aliases below aliases, RFC 6844 only */
    DEPTH_LIMIT = 16     /* of the deviation depth=16 */
};

struct climb {
    const struct caa_check *check;
    const struct caa_subject *subject;
    struct caa_result *result;
    unsigned tree_depth;
    bool done; /* result holds the decision */
};

static enum caa_status climb_tree(struct climb *climb,
                                  const struct caa_name *start);
static enum caa_status visit(struct climb *climb, const struct caa_name *name,
                             bool own);

void caa_result_init(struct caa_result *result)
{
    memset(result, 0, sizeof(*result));
}

void caa_result_fini(struct caa_result *result)
{
    if (result != NULL) {
        free(result->steps);
        caa_result_init(result);
    }
}

static void conclude(struct climb *climb, enum caa_reason reason,
                     const char *section)
{
    climb->done = true;
    climb->result->verdict =
        reason == CAA_REASON_NONE ? CAA_PERMIT : CAA_REFUSE;
    climb->result->reason = reason;
    climb->result->section = section;
}

static enum caa_status add_step(struct climb *climb,
                                const struct caa_step *step)
{
    struct caa_result *result = climb->result;

    if (result->step_count == result->step_capacity) {
        size_t capacity = result->step_capacity * 2 + 8;
        struct caa_step *steps =
            realloc(result->steps, capacity * sizeof(*steps));
        if (steps == NULL) {
            return CAA_ENOMEM;
        }
        result->steps = steps;
        result->step_capacity = capacity;
    }
    result->steps[result->step_count++] = *step;
    return CAA_OK;
}

static enum caa_status on_failure(struct climb *climb,
                                  enum caa_failure_kind kind,
                                  struct caa_step *step)
{
    enum caa_status st = caa_failure_judge(climb->check, kind, step);

    if (st != CAA_OK) {
        return st;
    }
    if (step->effect == CAA_EFFECT_FAILED) {
        conclude(climb, CAA_REASON_LOOKUP_FAILED, step->section);
    } else if (step->effect == CAA_EFFECT_FAILED_PERMITTED) {
        conclude(climb, CAA_REASON_NONE, step->section);
    }
    return add_step(climb, step);
}

/* Insecure is a proof only below a root that validates; else it is the lack of
 * one, Indeterminate, and nothing rests on it (RFC 4035 section 4.3). */
static enum caa_status on_indeterminate(struct climb *climb,
                                        struct caa_step *step)
{
    step->effect = CAA_EFFECT_INDETERMINATE;
    step->section = caa_section(climb->check->rules, CAA_TOPIC_DNSSEC);
    conclude(climb, CAA_REASON_LOOKUP_FAILED, step->section);
    return add_step(climb, step);
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

static enum caa_status on_found(struct climb *climb, struct caa_step *step)
{
    const struct caa_check *check = climb->check;
    struct caa_decision decision =
        caa_decide(step->answer->records, step->answer->record_count,
                   check->request, climb->subject->wildcard, check->rules);

    if (decision.verdict == CAA_PERMIT && !decision.restricted &&
        check->rules->unrestricted == CAA_UNRESTRICTED_CLIMB) {
        step->effect = CAA_EFFECT_PASSED_OVER;
        step->section = decision.section;
        return add_step(climb, step);
    }
    step->effect = CAA_EFFECT_FOUND;
    step->section = decision.section;
    climb->result->found = true;
    climb->result->found_at = step->answer->owner;
    conclude(climb, decision.reason, decision.section);
    return add_step(climb, step);
}

/* RFC 6844 and its erratum: a DNAME redirects its own owner as well. */
static enum caa_status follow_dname_owner(struct climb *climb,
                                          const struct caa_name *name)
{
    const struct caa_check *check = climb->check;
    const struct caa_lookup *lookup = check->lookup;
    struct caa_step step = { .name = *name, .type = CAA_TYPE_DNAME };
    struct caa_name target;

    step.answer = lookup->ask(lookup->context, name, CAA_TYPE_DNAME);
    if (step.answer == NULL) {
        return CAA_PENDING;
    }
    bool indeterminate = false;
    enum caa_status st = is_indeterminate(check, step.answer, &indeterminate);
    if (st != CAA_OK || indeterminate) {
        return st != CAA_OK ? st : on_indeterminate(climb, &step);
    }
    enum caa_failure_kind kind = caa_failure_of(step.answer, check->rules);
    if (kind != CAA_FAILURE_NONE) {
        return on_failure(climb, kind, &step);
    }
    if (step.answer->alias_count > 0 ||
        caa_answer_target(step.answer, &target) != CAA_OK) {
        return CAA_OK;
    }
    step.effect = CAA_EFFECT_REDIRECTED;
    step.section = caa_section(check->rules, CAA_TOPIC_ALIAS);
    st = add_step(climb, &step);
    if (st != CAA_OK) {
        return st;
    }
    return check->rules->alias == CAA_ALIAS_TREE ? climb_tree(climb, &target)
                                                 : visit(climb, &target, false);
}

/* R(A(X)) of RFC 6844 section 4: the trees of the targets, nearest last. */
static enum caa_status climb_targets(struct climb *climb,
                                     const struct caa_answer *answer)
{
    enum caa_status st = CAA_OK;

    for (size_t i = answer->alias_count; i > 0; i--) {
        struct caa_name parent = caa_name_parent(&answer->aliases[i - 1]);
        st = climb_tree(climb, &parent);
        if (st != CAA_OK || climb->done) {
            break;
        }
    }
    return st;
}

static bool is_internal(const struct climb *climb, const struct caa_step *step,
                        bool own)
{
    return own && climb->check->rules->internal == CAA_INTERNAL_REFUSE &&
           step->answer->rcode == CAA_RCODE_NXDOMAIN &&
           step->answer->security == CAA_SECURE &&
           step->answer->alias_count == 0 &&
           caa_name_label_count(&step->name) == 1;
}

static enum caa_status on_empty(struct climb *climb, struct caa_step *step,
                                bool own)
{
    const struct caa_rules *rules = climb->check->rules;
    const struct caa_answer *answer = step->answer;

    step->effect = CAA_EFFECT_EMPTY;
    step->section = caa_section(rules, CAA_TOPIC_CLIMB);
    if (is_internal(climb, step, own)) {
        step->effect = CAA_EFFECT_INTERNAL;
        step->section = caa_section(rules, CAA_TOPIC_INTERNAL);
        conclude(climb, CAA_REASON_INTERNAL_NAME, step->section);
        return add_step(climb, step);
    }
    enum caa_status st = add_step(climb, step);
    if (st != CAA_OK) {
        return st;
    }
    if (answer->alias_count > 0 &&
        rules->alias_empty == CAA_ALIAS_EMPTY_FOUND) {
        conclude(climb, CAA_REASON_NONE, step->section);
        return CAA_OK;
    }
    if (answer->alias_count > 0 && rules->alias == CAA_ALIAS_TREE) {
        return climb_targets(climb, answer);
    }
    if (answer->alias_count == 0 &&
        rules->dname_owner == CAA_DNAME_OWNER_TARGET) {
        return follow_dname_owner(climb, &step->name);
    }
    return CAA_OK;
}

/* Deviations that do not see what an alias leads to. */
static bool is_passed_over(const struct caa_answer *answer,
                           const struct caa_rules *rules)
{
    return (answer->alias_count > 0 && rules->alias == CAA_ALIAS_IGNORE) ||
           (answer->alias_count > 1 && rules->alias == CAA_ALIAS_FIRST_ONLY) ||
           (answer->dname && rules->dname == CAA_DNAME_IGNORE);
}

/* CAA(X): asks one name and acts on the answer. own: not an alias's. */
static enum caa_status visit(struct climb *climb, const struct caa_name *name,
                             bool own)
{
    const struct caa_check *check = climb->check;
    const struct caa_lookup *lookup = check->lookup;
    struct caa_step step = { .name = *name, .type = CAA_TYPE_CAA };

    step.answer = lookup->ask(lookup->context, name, CAA_TYPE_CAA);
    if (step.answer == NULL) {
        return CAA_PENDING;
    }
    if (climb->result->step_count >= STEPS_MAX) {
        step.effect = CAA_EFFECT_EXHAUSTED;
        step.section = caa_section(check->rules, CAA_TOPIC_FAILURE);
        conclude(climb, CAA_REASON_LOOKUP_FAILED, step.section);
        return add_step(climb, &step);
    }
    bool indeterminate = false;
    enum caa_status st = is_indeterminate(check, step.answer, &indeterminate);
    if (st != CAA_OK || indeterminate) {
        return st != CAA_OK ? st : on_indeterminate(climb, &step);
    }
    enum caa_failure_kind kind = caa_failure_of(step.answer, check->rules);
    if (kind != CAA_FAILURE_NONE) {
        return on_failure(climb, kind, &step);
    }
    if (is_passed_over(step.answer, check->rules)) {
        step.effect = CAA_EFFECT_PASSED_OVER;
        step.section = caa_section(check->rules, CAA_TOPIC_ALIAS);
        return add_step(climb, &step);
    }
    return step.answer->record_count > 0 ? on_found(climb, &step)
                                         : on_empty(climb, &step, own);
}

/* R(X) for a name met through an alias (RFC 6844 section 4). */
static enum caa_status climb_tree(struct climb *climb,
                                  const struct caa_name *start)
{
    enum caa_status st = CAA_OK;

    if (climb->tree_depth == TREE_DEPTH_MAX) {
        conclude(climb, CAA_REASON_LOOKUP_FAILED,
                 caa_section(climb->check->rules, CAA_TOPIC_FAILURE));
        return CAA_OK;
    }
    climb->tree_depth++;
    for (struct caa_name name = *start;
         st == CAA_OK && !climb->done && !caa_name_is_root(&name);
         name = caa_name_parent(&name)) {
        st = visit(climb, &name, false);
    }
    climb->tree_depth--;
    return st;
}

/* The root is never asked (RFC 8659 section 3). */
static bool is_past_end(const struct caa_rules *rules,
                        const struct caa_name *name, size_t asked)
{
    size_t labels = caa_name_label_count(name);

    return labels == 0 || (labels == 1 && rules->climb == CAA_CLIMB_SKIP_TLD) ||
           (asked > 0 && rules->climb == CAA_CLIMB_NONE) ||
           (asked == DEPTH_LIMIT && rules->depth == CAA_DEPTH_16);
}

/*
 * Where a failure may be climbed past, its parents are asked for at once: one
 * after the other, each silent zone would cost its full time.
 */
static void ask_ahead(const struct climb *climb, const struct caa_name *start)
{
    const struct caa_rules *rules = climb->check->rules;
    const struct caa_lookup *lookup = climb->check->lookup;

    if (rules->failure != CAA_FAILURE_ALLOW &&
        rules->servfail != CAA_READ_EMPTY &&
        rules->error_rcode != CAA_READ_EMPTY &&
        rules->timeout != CAA_READ_EMPTY) {
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

static enum caa_status climb_own(struct climb *climb, struct caa_name name)
{
    const struct caa_rules *rules = climb->check->rules;
    enum caa_status st = CAA_OK;

    ask_ahead(climb, &name);
    for (size_t asked = 0; !is_past_end(rules, &name, asked); asked++) {
        st = visit(climb, &name, true);
        if (st != CAA_OK || climb->done) {
            return st;
        }
        name = caa_name_parent(&name);
    }
    conclude(climb, CAA_REASON_NONE, caa_section(rules, CAA_TOPIC_CLIMB));
    return st;
}

/* Where the climb starts: at x, also for *.x (RFC 8659 section 3). */
static struct caa_name start_of(const struct caa_subject *subject,
                                const struct caa_rules *rules)
{
    struct caa_name literal = { .length = 2, .wire = { 1, '*' } };

    if (!subject->wildcard || rules->wildcard_name == CAA_WILDCARD_BASE ||
        subject->name.length > CAA_NAME_MAX - 2) {
        return subject->name;
    }
    memcpy(literal.wire + 2, subject->name.wire, subject->name.length);
    literal.length = (uint8_t)(subject->name.length + 2);
    return literal;
}

enum caa_status caa_check_subject(const struct caa_check *check,
                                  const struct caa_subject *subject,
                                  struct caa_result *result)
{
    struct climb climb = { .check = check,
                           .subject = subject,
                           .result = result };

    result->step_count = 0;
    result->found = false;
    switch (subject->kind) {
    case CAA_SUBJECT_IP:
        conclude(&climb, CAA_REASON_NONE,
                 caa_section(check->rules, CAA_TOPIC_SUBJECT));
        return CAA_OK;
    case CAA_SUBJECT_ONION:
        conclude(&climb, CAA_REASON_NONE,
                 caa_section(check->rules, CAA_TOPIC_ONION));
        return CAA_OK;
    case CAA_SUBJECT_DNS:
        break;
    }
    if (subject->underscore &&
        check->rules->underscore == CAA_UNDERSCORE_REFUSE) {
        conclude(&climb, CAA_REASON_INVALID_NAME,
                 caa_section(check->rules, CAA_TOPIC_UNDERSCORE));
        return CAA_OK;
    }
    return climb_own(&climb, start_of(subject, check->rules));
}
