/* SPDX-License-Identifier: BSD-2-Clause */
#include "failure.h"

#include "message.h"

static enum caa_failure_kind security_failure(const struct caa_answer *answer,
                                              const struct caa_rules *rules)
{
    bool denial = answer->record_count == 0;

    if (answer->security == CAA_BOGUS) {
        bool accepted = rules->bogus == CAA_BOGUS_ACCEPT ||
                        (rules->bogus == CAA_BOGUS_ACCEPT_DENIAL && denial);
        return accepted ? CAA_FAILURE_NONE : CAA_FAILURE_BOGUS;
    }
    if (answer->security == CAA_INSECURE) {
        bool refused =
            rules->insecure == CAA_INSECURE_REFUSE ||
            (rules->insecure == CAA_INSECURE_REFUSE_DENIAL && denial);
        return refused ? CAA_FAILURE_OTHER : CAA_FAILURE_NONE;
    }
    return CAA_FAILURE_NONE;
}

/* Deviations that take an alias for a failure. */
static bool alias_fails(const struct caa_answer *answer,
                        const struct caa_rules *rules)
{
    bool denied = answer->alias_count > 0 &&
                  answer->rcode == CAA_RCODE_NXDOMAIN &&
                  rules->alias_denied == CAA_ALIAS_DENIED_FAILURE;
    bool too_long =
        answer->alias_count > 4 && rules->alias_limit == CAA_ALIAS_LIMIT_4;

    return denied || too_long;
}

enum caa_failure_kind caa_failure_of(const struct caa_answer *answer,
                                     const struct caa_rules *rules)
{
    switch (answer->outcome) {
    case CAA_OUTCOME_SERVFAIL:
        return CAA_FAILURE_SERVFAIL;
    case CAA_OUTCOME_TIMEOUT:
        return CAA_FAILURE_TIMEOUT;
    case CAA_OUTCOME_UNREADABLE:
        return CAA_FAILURE_OTHER;
    case CAA_OUTCOME_ANSWERED:
        break;
    }
    enum caa_failure_kind kind = security_failure(answer, rules);
    if (kind != CAA_FAILURE_NONE) {
        return kind;
    }
    if (answer->rcode != CAA_RCODE_NOERROR &&
        answer->rcode != CAA_RCODE_NXDOMAIN) {
        return CAA_FAILURE_ERROR;
    }
    if (alias_fails(answer, rules) ||
        (answer->rcode == CAA_RCODE_NXDOMAIN &&
         rules->nxdomain == CAA_NXDOMAIN_FAILURE)) {
        return CAA_FAILURE_OTHER;
    }
    return CAA_FAILURE_NONE;
}

/* A resolver calls every failure SERVFAIL: what the servers do tells more. */
static enum caa_failure_kind refine(enum caa_failure_kind kind,
                                    const struct caa_diagnosis *diagnosis)
{
    switch (diagnosis->behaviour) {
    case CAA_BEHAVIOUR_SILENT:
        return CAA_FAILURE_TIMEOUT;
    case CAA_BEHAVIOUR_SERVFAIL:
        return CAA_FAILURE_SERVFAIL;
    case CAA_BEHAVIOUR_ERROR:
        return CAA_FAILURE_ERROR;
    case CAA_BEHAVIOUR_UNREADABLE:
        return CAA_FAILURE_OTHER;
    case CAA_BEHAVIOUR_UNKNOWN:
    case CAA_BEHAVIOUR_REFERS:
    case CAA_BEHAVIOUR_ANSWERS:
        break;
    }
    return kind;
}

static bool reads_as_empty(enum caa_failure_kind kind,
                           const struct caa_rules *rules)
{
    switch (kind) {
    case CAA_FAILURE_SERVFAIL:
        return rules->servfail == CAA_READ_EMPTY;
    case CAA_FAILURE_ERROR:
        return rules->error_rcode == CAA_READ_EMPTY;
    case CAA_FAILURE_TIMEOUT:
        return rules->timeout == CAA_READ_EMPTY;
    case CAA_FAILURE_NONE:
    case CAA_FAILURE_BOGUS:
    case CAA_FAILURE_OTHER:
        break;
    }
    return false;
}

/* The rules tell kinds apart, or somebody wants to know. */
static bool needs_diagnosis(const struct caa_check *check,
                            enum caa_failure_kind kind)
{
    const struct caa_rules *rules = check->rules;
    bool apart = rules->servfail != rules->error_rcode ||
                 rules->servfail != rules->timeout;

    return check->lookup->diagnose != NULL && (apart || check->diagnose) &&
           (kind == CAA_FAILURE_SERVFAIL || kind == CAA_FAILURE_TIMEOUT);
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
        kind = refine(kind, step->diagnosis);
    }
    if (reads_as_empty(kind, rules)) {
        step->effect = CAA_EFFECT_FAILED_EMPTY;
        return CAA_OK;
    }
    if (!may_be_allowed(rules, kind, step->answer)) {
        return CAA_OK;
    }
    enum caa_status st = seek_proof(check, step, &proven);
    if (st == CAA_OK && proven) {
        step->section = caa_section(rules, CAA_TOPIC_ALLOWED_FAILURE);
        step->effect = rules->allowed == CAA_ALLOWED_PERMIT
                           ? CAA_EFFECT_FAILED_PERMITTED
                           : CAA_EFFECT_FAILED_CLIMBED;
    }
    return st;
}
