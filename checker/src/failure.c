/* SPDX-License-Identifier: BSD-2-Clause */
#include "failure.h"

#include "deviation.h"
#include "message.h"

#include <string.h>

enum { RCODE_YXDOMAIN = 6 };

static bool accepts_bogus(const struct caa_answer *answer,
                          const struct caa_rules *rules)
{
    bool denial = answer->record_count == 0;
    bool nxdomain = denial && answer->rcode == CAA_RCODE_NXDOMAIN;

    switch ((enum caa_rule_bogus)rules->bogus) {
    case CAA_BOGUS_FAILURE:
    case CAA_BOGUS_BY_ADDRESS:
        break;
    case CAA_BOGUS_ACCEPT:
        return true;
    case CAA_BOGUS_ACCEPT_DENIAL:
        return denial;
    case CAA_BOGUS_ACCEPT_NXDOMAIN:
        return nxdomain;
    case CAA_BOGUS_ACCEPT_NODATA:
        return denial && !nxdomain;
    case CAA_BOGUS_ACCEPT_RECORDS:
        return !denial;
    }
    return false;
}

static bool refuses_insecure(const struct caa_answer *answer,
                             const struct caa_rules *rules)
{
    bool denial = answer->record_count == 0;
    bool nxdomain = denial && answer->rcode == CAA_RCODE_NXDOMAIN;

    switch ((enum caa_rule_insecure)rules->insecure) {
    case CAA_INSECURE_ACCEPT:
    case CAA_INSECURE_REFUSE_OPT_OUT:
        break;
    case CAA_INSECURE_REFUSE_DENIAL:
        return denial;
    case CAA_INSECURE_REFUSE:
        return true;
    case CAA_INSECURE_REFUSE_NXDOMAIN:
        return nxdomain;
    case CAA_INSECURE_REFUSE_NODATA:
        return denial && !nxdomain;
    case CAA_INSECURE_REFUSE_ALIAS:
        return answer->alias_count > 0;
    }
    return false;
}

static enum caa_failure_kind security_failure(const struct caa_answer *answer,
                                              const struct caa_rules *rules)
{
    switch (answer->security) {
    case CAA_BOGUS:
        return accepts_bogus(answer, rules) ? CAA_FAILURE_NONE
                                            : CAA_FAILURE_BOGUS;
    case CAA_INSECURE:
        return refuses_insecure(answer, rules) ? CAA_FAILURE_OTHER
                                               : CAA_FAILURE_NONE;
    case CAA_SECURE:
        break;
    }
    return CAA_FAILURE_NONE;
}

/* A bug: labels are letters, digits and hyphens, and nothing encoded. */
static bool is_odd(const struct caa_name *name)
{
    for (size_t at = 0; at < name->length && name->wire[at] != 0;
         at += (size_t)name->wire[at] + 1) {
        size_t length = name->wire[at];
        const uint8_t *label = name->wire + at + 1;
        if ((length > 4 && memcmp(label, "xn--", 4) == 0) ||
            memchr(label, '_', length) != NULL) {
            return true;
        }
    }
    return false;
}

/* Deviations that take an alias for a failure. */
static bool alias_fails(const struct caa_answer *answer,
                        const struct caa_rules *rules)
{
    bool denied = answer->alias_count > 0 &&
                  answer->rcode == CAA_RCODE_NXDOMAIN &&
                  rules->alias_denied == CAA_ALIAS_DENIED_FAILURE;
    bool too_long =
        (answer->alias_count > 4 && rules->alias_limit == CAA_ALIAS_LIMIT_4) ||
        (answer->alias_count > 8 && rules->alias_limit == CAA_ALIAS_LIMIT_8);

    return denied || too_long ||
           (answer->dname && rules->dname == CAA_DNAME_FAILURE);
}

static enum caa_failure_kind failure_of(const struct caa_answer *answer,
                                        const struct caa_rules *rules)
{
    switch (answer->outcome) {
    case CAA_OUTCOME_SERVFAIL:
        return CAA_FAILURE_SERVFAIL;
    case CAA_OUTCOME_TIMEOUT:
        return CAA_FAILURE_TIMEOUT;
    case CAA_OUTCOME_UNREADABLE:
        return CAA_FAILURE_UNREADABLE;
    case CAA_OUTCOME_ANSWERED:
        break;
    }
    enum caa_failure_kind kind = security_failure(answer, rules);
    if (kind != CAA_FAILURE_NONE) {
        return kind;
    }
    if (answer->rcode != CAA_RCODE_NOERROR &&
        answer->rcode != CAA_RCODE_NXDOMAIN) {
        return answer->rcode == RCODE_YXDOMAIN ? CAA_FAILURE_YXDOMAIN
                                               : CAA_FAILURE_ERROR;
    }
    if (alias_fails(answer, rules) ||
        (answer->rcode == CAA_RCODE_NXDOMAIN &&
         rules->nxdomain == CAA_NXDOMAIN_FAILURE)) {
        return CAA_FAILURE_OTHER;
    }
    return CAA_FAILURE_NONE;
}

/* A rule that takes the address, which validates, for a word on the CAA. */
static enum caa_status ask_address(const struct caa_check *check,
                                   const struct caa_name *name,
                                   enum caa_failure_kind *kind)
{
    const struct caa_answer *address =
        check->lookup->ask(check->lookup->context, name, CAA_TYPE_A);

    if (address == NULL) {
        return CAA_PENDING;
    }
    if (address->outcome == CAA_OUTCOME_ANSWERED &&
        address->security != CAA_BOGUS) {
        *kind = CAA_FAILURE_NONE;
    }
    return CAA_OK;
}

/* A rule that takes an opt-out span for a fault. */
static enum caa_status ask_span(const struct caa_check *check,
                                const struct caa_name *name,
                                enum caa_failure_kind *kind)
{
    struct caa_insecurity insecurity;
    enum caa_status st = caa_insecure_prove(check->lookup, name, &insecurity);

    if (st == CAA_OK && insecurity.shown == CAA_SHOWN_OPT_OUT) {
        *kind = CAA_FAILURE_OTHER;
    }
    return st;
}

enum caa_status caa_failure_find(const struct caa_check *check,
                                 const struct caa_step *step,
                                 enum caa_failure_kind *kind_out)
{
    const struct caa_rules *rules = check->rules;
    const struct caa_answer *answer = step->answer;
    enum caa_failure_kind kind = failure_of(answer, rules);
    enum caa_status st = CAA_OK;

    if (CAA_DEVIATES(E22) && (is_odd(&step->name) || is_odd(&answer->owner))) {
        kind = CAA_FAILURE_OTHER;
    }
    if (kind == CAA_FAILURE_BOGUS && rules->bogus == CAA_BOGUS_BY_ADDRESS) {
        st = ask_address(check, &step->name, &kind);
    }
    if (kind == CAA_FAILURE_NONE && answer->security == CAA_INSECURE &&
        rules->insecure == CAA_INSECURE_REFUSE_OPT_OUT) {
        st = ask_span(check, &step->name, &kind);
    }
    *kind_out = kind;
    return st;
}

/* The error that a server gave, or the resolver. */
static unsigned rcode_of(const struct caa_step *step)
{
    const struct caa_diagnosis *diagnosis = step->diagnosis;

    for (size_t i = 0; diagnosis != NULL && i < diagnosis->probe_count; i++) {
        if (diagnosis->probes[i].behaviour == CAA_BEHAVIOUR_ERROR) {
            return diagnosis->probes[i].rcode;
        }
    }
    return step->answer->rcode;
}

/* A resolver calls every failure SERVFAIL: what the servers do tells more. */
static enum caa_failure_kind refine(enum caa_failure_kind kind,
                                    const struct caa_step *step)
{
    switch (step->diagnosis->behaviour) {
    case CAA_BEHAVIOUR_SILENT:
        return CAA_FAILURE_TIMEOUT;
    case CAA_BEHAVIOUR_SERVFAIL:
        return CAA_FAILURE_SERVFAIL;
    case CAA_BEHAVIOUR_ERROR:
        return rcode_of(step) == RCODE_YXDOMAIN ? CAA_FAILURE_YXDOMAIN
                                                : CAA_FAILURE_ERROR;
    case CAA_BEHAVIOUR_UNREADABLE:
        return CAA_FAILURE_UNREADABLE;
    case CAA_BEHAVIOUR_UNKNOWN:
    case CAA_BEHAVIOUR_REFERS:
    case CAA_BEHAVIOUR_ANSWERS:
        break;
    }
    return kind;
}

static enum caa_rule_reading reading_of_error(const struct caa_step *step,
                                              const struct caa_rules *rules)
{
    unsigned empty = CAA_RCODE_NOERROR;

    switch ((enum caa_rule_error)rules->error_rcode) {
    case CAA_ERROR_FAILURE:
        return CAA_READ_FAILURE;
    case CAA_ERROR_EMPTY:
        return CAA_READ_EMPTY;
    case CAA_ERROR_PERMIT:
        return CAA_READ_PERMIT;
    case CAA_ERROR_REFUSED_EMPTY:
        empty = CAA_RCODE_REFUSED;
        break;
    case CAA_ERROR_NOTIMP_EMPTY:
        empty = CAA_RCODE_NOTIMP;
        break;
    case CAA_ERROR_FORMERR_EMPTY:
        empty = CAA_RCODE_FORMERR;
        break;
    }
    return rcode_of(step) == empty ? CAA_READ_EMPTY : CAA_READ_FAILURE;
}

static enum caa_rule_reading reading_of(enum caa_failure_kind kind,
                                        const struct caa_step *step,
                                        const struct caa_rules *rules)
{
    switch (kind) {
    case CAA_FAILURE_SERVFAIL:
        return (enum caa_rule_reading)rules->servfail;
    case CAA_FAILURE_ERROR:
        return reading_of_error(step, rules);
    case CAA_FAILURE_TIMEOUT:
        return (enum caa_rule_reading)rules->timeout;
    case CAA_FAILURE_UNREADABLE:
        return (enum caa_rule_reading)rules->unreadable;
    case CAA_FAILURE_YXDOMAIN:
        return (enum caa_rule_reading)rules->yxdomain;
    case CAA_FAILURE_NONE:
    case CAA_FAILURE_BOGUS:
    case CAA_FAILURE_OTHER:
        break;
    }
    return CAA_READ_FAILURE;
}

/* The rules tell kinds apart, or somebody wants to know. */
static bool needs_diagnosis(const struct caa_check *check,
                            enum caa_failure_kind kind)
{
    const struct caa_rules *rules = check->rules;
    bool apart = rules->servfail != rules->error_rcode ||
                 rules->servfail != rules->timeout ||
                 rules->servfail != rules->unreadable ||
                 rules->servfail != rules->yxdomain;

    return check->lookup->diagnose != NULL && (apart || check->diagnose) &&
           (kind == CAA_FAILURE_SERVFAIL || kind == CAA_FAILURE_TIMEOUT);
}

/* A rule that goes past an alias whose target fails. */
static enum caa_status ask_alias(const struct caa_check *check,
                                 struct caa_step *step)
{
    if (check->rules->alias_failure != CAA_ALIAS_FAILURE_EMPTY) {
        return CAA_OK;
    }
    const struct caa_answer *alias =
        check->lookup->ask(check->lookup->context, &step->name, CAA_TYPE_CNAME);
    if (alias == NULL) {
        return CAA_PENDING;
    }
    if (alias->outcome == CAA_OUTCOME_ANSWERED && alias->record_count > 0) {
        step->effect = CAA_EFFECT_FAILED_EMPTY;
    }
    return CAA_OK;
}

/* Sets the effect where a rule reads the failure as something else. */
static enum caa_status read_otherwise(const struct caa_check *check,
                                      enum caa_failure_kind kind,
                                      struct caa_step *step)
{
    switch (reading_of(kind, step, check->rules)) {
    case CAA_READ_FAILURE:
        break;
    case CAA_READ_EMPTY:
        step->effect = CAA_EFFECT_FAILED_EMPTY;
        return CAA_OK;
    case CAA_READ_PERMIT:
        step->effect = CAA_EFFECT_FAILED_PERMITTED;
        return CAA_OK;
    }
    return ask_alias(check, step);
}

/* Sets proof_sought and insecurity; proven_out only on CAA_OK. */
static enum caa_status seek_proof(const struct caa_check *check,
                                  struct caa_step *step, bool *proven_out)
{
    if (check->rules->proof == CAA_PROOF_NONE) {
        *proven_out = true;
        return CAA_OK;
    }
    enum caa_status st =
        caa_insecure_prove(check->lookup, &step->name, &step->insecurity);
    if (st != CAA_OK) {
        return st;
    }
    step->proof_sought = true;
    switch (step->insecurity.shown) {
    case CAA_SHOWN_NOTHING:
    case CAA_SHOWN_NO_FAULT:
        *proven_out = false;
        break;
    case CAA_SHOWN_BY_VALIDATOR:
        *proven_out = check->rules->proof == CAA_PROOF_NO_CHAIN;
        break;
    case CAA_SHOWN_CUT:
    case CAA_SHOWN_OPT_OUT:
    case CAA_SHOWN_UNKNOWN_DS:
        *proven_out = true;
        break;
    }
    return CAA_OK;
}

static bool may_be_allowed(const struct caa_rules *rules,
                           enum caa_failure_kind kind,
                           const struct caa_answer *answer)
{
    return rules->failure == CAA_FAILURE_ALLOW && kind != CAA_FAILURE_BOGUS &&
           (answer->attempts > 1 || rules->retry == CAA_RETRY_NONE);
}

enum caa_status caa_failure_judge(const struct caa_check *check,
                                  enum caa_failure_kind kind,
                                  struct caa_step *step)
{
    const struct caa_rules *rules = check->rules;
    bool proven = false;

    step->effect = CAA_EFFECT_FAILED;
    step->section =
        caa_section(rules, kind == CAA_FAILURE_BOGUS ? CAA_TOPIC_DNSSEC
                                                     : CAA_TOPIC_FAILURE);
    if (needs_diagnosis(check, kind)) {
        step->diagnosis =
            check->lookup->diagnose(check->lookup->context, &step->name);
        if (step->diagnosis == NULL) {
            return CAA_PENDING;
        }
        kind = refine(kind, step);
    }
    enum caa_status st = read_otherwise(check, kind, step);
    if (st != CAA_OK || step->effect != CAA_EFFECT_FAILED ||
        !may_be_allowed(rules, kind, step->answer)) {
        return st;
    }
    st = seek_proof(check, step, &proven);
    if (st == CAA_OK && proven) {
        step->section = caa_section(rules, CAA_TOPIC_ALLOWED_FAILURE);
        step->effect = rules->allowed == CAA_ALLOWED_PERMIT
                           ? CAA_EFFECT_FAILED_PERMITTED
                           : CAA_EFFECT_FAILED_CLIMBED;
    }
    return st;
}
