/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check.h - one name of a request against what the DNS says: the climb (RFC
 * 8659 section 3), what a failed look-up means, and the decision.
 */
#pragma once

#include <caacheck/decide.h>
#include <caacheck/insecure.h>
#include <caacheck/subject.h>

/* What a check needs. [borrowed] everything. */
struct caa_check {
    const struct caa_request *request;
    const struct caa_rules *rules;
    const struct caa_lookup *lookup;
    bool diagnose; /* ask the name servers why a look-up failed */
};

/* What came of one look-up. */
enum caa_effect {
    CAA_EFFECT_EMPTY,            /* no CAA here: the climb goes on */
    CAA_EFFECT_FOUND,            /* the Relevant RRset: decided by it */
    CAA_EFFECT_PASSED_OVER,      /* a rule passes over a set or an alias */
    CAA_EFFECT_FAILED,           /* failed: refused */
    CAA_EFFECT_INDETERMINATE,    /* nothing validates: refused */
    CAA_EFFECT_FAILED_EMPTY,     /* failed, and a rule reads that as empty */
    CAA_EFFECT_FAILED_CLIMBED,   /* failed, allowed, and the climb goes on */
    CAA_EFFECT_FAILED_PERMITTED, /* failed, allowed: permitted */
    CAA_EFFECT_INTERNAL,         /* no such top-level domain: refused */
    CAA_EFFECT_REDIRECTED,       /* a DNAME at its own owner */
    CAA_EFFECT_EXHAUSTED         /* more look-ups than one name is worth */
};

struct caa_step {
    enum caa_effect effect;
    struct caa_name name;
    uint16_t type;
    const struct caa_answer *answer;       /* [borrowed] from the look-up */
    const struct caa_diagnosis *diagnosis; /* [borrowed] or NULL */
    bool proof_sought;
    struct caa_insecurity insecurity; /* when proof_sought */
    const char *section;              /* static */
};

/* What another perspective made of the same subject. */
struct caa_remote {
    const char *address; /* [borrowed] of its resolver */
    enum caa_verdict verdict;
    enum caa_reason reason;
    const char *section; /* static */
};

struct caa_result {
    enum caa_verdict verdict;
    enum caa_reason reason;
    const char *section; /* static */
    bool found;
    struct caa_name found_at; /* owner of the Relevant RRset, when found */
    struct caa_step *steps;   /* [owned] */
    size_t step_count;
    size_t step_capacity;
    struct caa_remote *remotes; /* [owned] */
    size_t remote_count;
    bool reused;       /* an earlier check stands for this one */
    int64_t checked_s; /* when that was made */
};

/* An empty result. */
void caa_result_init(struct caa_result *result);

/* Releases what the result owns. NULL is accepted. */
void caa_result_fini(struct caa_result *result);

/*
 * Checks one subject. result must have been initialised; it may be used again.
 * CAA_PENDING: an answer is on its way; call again, with the same arguments,
 * when one has come. CAA_ENOMEM: there is no result.
 */
CAA_NODISCARD enum caa_status caa_check_subject(
    const struct caa_check *check, const struct caa_subject *subject,
    struct caa_result *result);
