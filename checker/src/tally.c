/* SPDX-License-Identifier: BSD-2-Clause */
#include "tally.h"

#include "issuer.h"
#include "rfc8657.h"

enum { VALUE_MAX = 255 };

/* The later in this order, the nearer the request came to being permitted. */
static void note_miss(struct caa_tally *tally, enum caa_reason reason)
{
    if (tally->miss < reason) {
        tally->miss = reason;
    }
}

static size_t length_to_nul(const struct caa_octets *value)
{
    size_t length = 0;

    while (length < value->length && value->data[length] != '\0') {
        length++;
    }
    return length;
}

/* As much of the value as the rules read. */
static struct caa_octets value_of(const struct caa_property *property,
                                  const struct caa_rules *rules)
{
    struct caa_octets value = property->value;

    switch ((enum caa_rule_value_end)rules->value_end) {
    case CAA_VALUE_WHOLE:
    case CAA_VALUE_DROPPED_255:
        break;
    case CAA_VALUE_TO_NUL:
        value.length = length_to_nul(&value);
        break;
    case CAA_VALUE_CUT_255:
        value.length = value.length > VALUE_MAX ? VALUE_MAX : value.length;
        break;
    }
    return value;
}

static bool names_request(const struct caa_octets *issuer,
                          const struct caa_request *request,
                          const struct caa_rules *rules)
{
    if (issuer->length == 0) {
        return rules->empty_issuer == CAA_EMPTY_ANYBODY;
    }
    return caa_issuer_is_own(*issuer, request, rules);
}

/* Whether account and method of the request would do, each by itself. */
static void note_parameters(struct caa_tally *tally,
                            struct caa_octets parameters,
                            const struct caa_request *request,
                            const struct caa_rules *rules)
{
    struct caa_rules alone = *rules;

    alone.method = CAA_METHOD_IGNORE;
    tally->account =
        tally->account || caa_8657_judge(parameters, &alone, request->account,
                                         request->method) == CAA_8657_SATISFIED;
    alone = *rules;
    alone.account = CAA_ACCOUNT_IGNORE;
    tally->method =
        tally->method || caa_8657_judge(parameters, &alone, request->account,
                                        request->method) == CAA_8657_SATISFIED;
}

/* What a property of the CA says by its parameters. */
static enum caa_reason judge_parameters(struct caa_tally *tally,
                                        struct caa_octets parameters,
                                        const struct caa_request *request,
                                        const struct caa_rules *rules)
{
    if (rules->rfc8657 == CAA_8657_NOT_WILDCARDS && tally->wild) {
        return CAA_REASON_NONE;
    }
    if (rules->rfc8657 == CAA_8657_JOINED) {
        note_parameters(tally, parameters, request, rules);
    }
    switch (
        caa_8657_judge(parameters, rules, request->account, request->method)) {
    case CAA_8657_SATISFIED:
        return CAA_REASON_NONE;
    case CAA_8657_ACCOUNT:
        tally->refused = tally->refused || rules->rfc8657 == CAA_8657_EVERY;
        return CAA_REASON_ACCOUNT;
    case CAA_8657_METHOD:
        tally->refused = tally->refused || rules->rfc8657 == CAA_8657_EVERY;
        return CAA_REASON_METHOD;
    }
    return CAA_REASON_NOT_AUTHORISED;
}

/* CAA_REASON_NONE when the property authorises the request. */
static enum caa_reason judge(struct caa_tally *tally,
                             const struct caa_octets *whole,
                             const struct caa_issue_value *value,
                             const struct caa_request *request,
                             const struct caa_rules *rules)
{
    const struct caa_octets *compared =
        rules->compare == CAA_COMPARE_WHOLE ? whole : &value->issuer;

    if (!value->conforms) {
        tally->refused =
            tally->refused || rules->malformed == CAA_MALFORMED_REFUSE_SET;
        return CAA_REASON_NOT_AUTHORISED;
    }
    tally->conforming = true;
    if (value->issuer.length > 0) {
        tally->named = true;
    } else {
        tally->empty = true;
        tally->refused =
            tally->refused || rules->empty_issuer == CAA_EMPTY_REFUSE_SET;
    }
    if (!names_request(compared, request, rules)) {
        return CAA_REASON_NOT_AUTHORISED;
    }
    return judge_parameters(tally, value->parameters, request, rules);
}

/* The parameters of RFC 8657 are obeyed in issuemail too: RFC 9495 section 4
 * leaves them open, and who publishes them wants them obeyed. */
void caa_tally_add(struct caa_tally *tally, const struct caa_property *property,
                   const struct caa_request *request,
                   const struct caa_rules *rules)
{
    struct caa_octets whole = value_of(property, rules);
    struct caa_issue_value value = caa_issue_value_parse(whole, rules);

    if (!value.conforms && rules->malformed == CAA_MALFORMED_NO_RECORD) {
        return;
    }
    if (value.conforms && value.issuer.length == 0 &&
        rules->empty_issuer == CAA_EMPTY_NO_RECORD) {
        return;
    }
    enum caa_reason miss = judge(tally, &whole, &value, request, rules);
    bool matched = miss == CAA_REASON_NONE;

    tally->first_matched = tally->count == 0 ? matched : tally->first_matched;
    tally->last_matched = matched;
    tally->count++;
    tally->matched += matched;
    note_miss(tally, miss);
}

bool caa_tally_permits(const struct caa_tally *tally,
                       const struct caa_rules *rules)
{
    if (tally->refused) {
        return false;
    }
    if (rules->rfc8657 == CAA_8657_JOINED && tally->account && tally->method) {
        return true;
    }
    switch ((enum caa_rule_match)rules->match) {
    case CAA_MATCH_ANY:
        break;
    case CAA_MATCH_ALL:
        return tally->matched == tally->count;
    case CAA_MATCH_FIRST:
        return tally->first_matched;
    case CAA_MATCH_LAST:
        return tally->last_matched;
    }
    return tally->matched > 0;
}
