/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * record_set.h - sets of records as text, and what is decided of them.
 */
#pragma once

#include "fake_lookup.h"

#include <caacheck/decide.h>

enum { SET_MAX = 4 };

/* A set of records in presentation form, judged for ca.test. */
struct set {
    const char *records[SET_MAX];
};

static const char *const issuers[] = { "ca.test", "Second.test" };
static const struct caa_request request = {
    .issuers = issuers, .issuer_count = 2, .account = "acct", .method = "dns-01"
};
static const struct caa_request mail_request = { .kind = CAA_KIND_SMIME,
                                                 .issuers = issuers,
                                                 .issuer_count = 2,
                                                 .account = "acct" };

static inline struct caa_decision decide_for(const struct set *set,
                                             const struct caa_request *asked,
                                             bool wildcard,
                                             const struct caa_rules *rules)
{
    uint8_t octets[SET_MAX][FAKE_RDATA_MAX];
    struct caa_rdata records[SET_MAX];
    size_t count = 0;

    for (; count < SET_MAX && set->records[count] != NULL; count++) {
        records[count].data = octets[count];
        records[count].length = fake_rdata(set->records[count], octets[count]);
    }
    return caa_decide(records, count, asked, wildcard, rules);
}

static inline struct caa_decision decide(const struct set *set, bool wildcard,
                                         const struct caa_rules *rules)
{
    return decide_for(set, &request, wildcard, rules);
}

/* "" permits; else the reason of the refusal. rule may be NULL. */
static inline const char *told_to(const struct caa_request *asked,
                                  struct set set, bool wildcard,
                                  const char *rule)
{
    struct caa_rules rules = { .text = CAA_TEXT_8659 };

    if (rule != NULL) {
        assert_int_equal(caa_rules_apply(&rules, rule), CAA_OK);
    }
    struct caa_decision decision = decide_for(&set, asked, wildcard, &rules);
    assert_int_equal(decision.verdict, decision.reason == CAA_REASON_NONE
                                           ? CAA_PERMIT
                                           : CAA_REFUSE);
    return caa_reason_id(decision.reason);
}

static inline const char *told(struct set set, bool wildcard, const char *rule)
{
    return told_to(&request, set, wildcard, rule);
}

#define SET(...)              ((struct set){ { __VA_ARGS__ } })
#define PLAIN(set)            told(set, false, NULL)
#define WILDCARD(set)         told(set, true, NULL)
#define PLAIN_WITH(rule, set) told(set, false, rule)
#define WILD_WITH(rule, set)  told(set, true, rule)
#define MAIL(set)             told_to(&mail_request, set, false, NULL)
#define MAIL_WITH(rule, set)  told_to(&mail_request, set, false, rule)
#define PERMIT                ""
#define REFUSE                "not-authorised"
#define CRITICAL              "critical-unknown"
