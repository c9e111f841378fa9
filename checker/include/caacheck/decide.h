/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * decide.h - from a Relevant RRset to a decision (RFC 8659 sections 3 and 4,
 * RFC 8657, RFC 9495 section 4). Pure, and nothing is allocated.
 */
#pragma once

#include <caacheck/lookup.h>
#include <caacheck/rules.h>

enum caa_verdict { CAA_PERMIT, CAA_REFUSE };

enum caa_reason {
    CAA_REASON_NONE, /* permitted */
    CAA_REASON_NOT_AUTHORISED,
    CAA_REASON_CRITICAL_UNKNOWN,
    CAA_REASON_LOOKUP_FAILED,
    CAA_REASON_ACCOUNT,
    CAA_REASON_METHOD,
    CAA_REASON_INTERNAL_NAME,
    CAA_REASON_INVALID_NAME,
    CAA_REASON_NOT_CORROBORATED
};

/* The stable id of a reason, as graders read it. Static; "" for none. */
const char *caa_reason_id(enum caa_reason reason);

/* Who asks. [borrowed] everything; account and method NULL when not given. */
struct caa_request {
    enum caa_kind kind;
    const char *const *issuers; /* the names the CA answers to */
    size_t issuer_count;
    const char *account;
    const char *method;
};

struct caa_decision {
    enum caa_verdict verdict;
    enum caa_reason reason;
    const char *section; /* static: the text that decided */
    bool restricted;     /* the set restricts who may issue */
};

/*
 * records[0..count) is a set that exists, count > 0. wildcard: the request is
 * for *.name, never of mailboxes. Properties that cannot be parsed refuse: they
 * are never passed over.
 */
struct caa_decision caa_decide(const struct caa_rdata *records, size_t count,
                               const struct caa_request *request, bool wildcard,
                               const struct caa_rules *rules);
