/* SPDX-License-Identifier: BSD-2-Clause */
#include "ascii.h"
#include "property.h"
#include "rfc8657.h"

#include <caacheck/decide.h>

#include <string.h>

enum tag { TAG_ISSUE, TAG_ISSUEWILD, TAG_ISSUEMAIL, TAG_IODEF, TAG_UNKNOWN };

/* What the properties of one kind say together. */
struct tally {
    size_t count;         /* properties of the kind */
    size_t matched;       /* of which authorise the request */
    bool empty;           /* one of them names no issuer */
    enum caa_reason miss; /* the most telling reason of those that do not */
};

/* Everything one pass over the set learns. */
struct survey {
    struct tally issue;
    struct tally issuewild;
    struct tally issuemail;
    bool critical; /* a critical property that is not understood */
    bool known_refused;
    bool unknown;
    bool unparsable;
};

const char *caa_reason_id(enum caa_reason reason)
{
    switch (reason) {
    case CAA_REASON_NONE:
        return "";
    case CAA_REASON_NOT_AUTHORISED:
        return "not-authorised";
    case CAA_REASON_CRITICAL_UNKNOWN:
        return "critical-unknown";
    case CAA_REASON_LOOKUP_FAILED:
        return "lookup-failed";
    case CAA_REASON_ACCOUNT:
        return "account";
    case CAA_REASON_METHOD:
        return "method";
    case CAA_REASON_INTERNAL_NAME:
        return "internal-name";
    case CAA_REASON_INVALID_NAME:
        return "invalid-name";
    }
    return "";
}

static bool tag_is(const struct caa_octets *tag, const char *name,
                   size_t length, const struct caa_rules *rules)
{
    if (tag->length != length) {
        return false;
    }
    if (rules->tag_case == CAA_TAG_EXACT) {
        return memcmp(tag->data, name, length) == 0;
    }
    return caa_ascii_equal_nocase(tag->data, (const uint8_t *)name, length);
}

static enum tag tag_of(const struct caa_octets *tag,
                       const struct caa_rules *rules)
{
    if (tag_is(tag, "issue", 5, rules)) {
        return TAG_ISSUE;
    }
    if (tag_is(tag, "issuewild", 9, rules)) {
        return rules->issuewild == CAA_ISSUEWILD_AS_ISSUE ? TAG_ISSUE
                                                          : TAG_ISSUEWILD;
    }
    if (tag_is(tag, "issuemail", 9, rules)) {
        return TAG_ISSUEMAIL;
    }
    return tag_is(tag, "iodef", 5, rules) ? TAG_IODEF : TAG_UNKNOWN;
}

static bool is_critical(uint8_t flags, const struct caa_rules *rules)
{
    switch ((enum caa_rule_flag)rules->flag) {
    case CAA_FLAG_BIT_0:
        return (flags & 0x80) != 0;
    case CAA_FLAG_ANY_BIT:
        return flags != 0;
    case CAA_FLAG_VALUE_1:
        return (flags & 0x01) != 0;
    }
    return true;
}

/* Compares a published issuer with one of the CA's names. */
static bool issuer_is(const struct caa_octets *issuer, const char *name,
                      const struct caa_rules *rules)
{
    size_t at = 0;

    for (size_t i = 0; i < issuer->length; i++) {
        uint8_t octet = issuer->data[i];
        uint8_t own = (uint8_t)name[at];
        if (rules->issuer_blanks == CAA_LENIENT && caa_ascii_is_blank(octet)) {
            continue;
        }
        if (rules->issuer_case == CAA_ISSUER_NOCASE) {
            octet = caa_ascii_lower(octet);
            own = caa_ascii_lower(own);
        }
        if (own == '\0' || octet != own) {
            return false;
        }
        at++;
    }
    return name[at] == '\0';
}

static bool names_request(const struct caa_octets *issuer,
                          const struct caa_request *request,
                          const struct caa_rules *rules)
{
    if (issuer->length == 0) {
        return rules->empty_issuer == CAA_EMPTY_ANYBODY;
    }
    for (size_t i = 0; i < request->issuer_count; i++) {
        if (issuer_is(issuer, request->issuers[i], rules)) {
            return true;
        }
    }
    return false;
}

/* The later in this order, the nearer the request came to being permitted. */
static void note_miss(struct tally *tally, enum caa_reason reason)
{
    if (tally->miss < reason) {
        tally->miss = reason;
    }
}

/* Judges one property that names an issuer by itself (section 4.2). The
 * parameters of RFC 8657 are obeyed in issuemail too: RFC 9495 section 4 leaves
 * them open, and who publishes them wants them obeyed. */
static void judge(const struct caa_property *property,
                  const struct caa_request *request,
                  const struct caa_rules *rules, struct tally *tally)
{
    struct caa_issue_value value =
        caa_issue_value_parse(property->value, rules);

    if (!value.conforms && rules->malformed == CAA_MALFORMED_NO_RECORD) {
        return;
    }
    if (value.conforms && value.issuer.length == 0 &&
        rules->empty_issuer == CAA_EMPTY_NO_RECORD) {
        return;
    }
    tally->count++;
    if (!value.conforms) {
        note_miss(tally, CAA_REASON_NOT_AUTHORISED);
        return;
    }
    tally->empty = tally->empty || value.issuer.length == 0;
    const struct caa_octets *compared =
        rules->compare == CAA_COMPARE_WHOLE ? &property->value : &value.issuer;
    if (!names_request(compared, request, rules)) {
        note_miss(tally, CAA_REASON_NOT_AUTHORISED);
        return;
    }
    switch (caa_8657_judge(value.parameters, rules, request->account,
                           request->method)) {
    case CAA_8657_SATISFIED:
        tally->matched++;
        break;
    case CAA_8657_ACCOUNT:
        note_miss(tally, CAA_REASON_ACCOUNT);
        break;
    case CAA_8657_METHOD:
        note_miss(tally, CAA_REASON_METHOD);
        break;
    }
}

static void note_unknown(bool critical, const struct caa_rules *rules,
                         struct survey *survey)
{
    survey->unknown = true;
    if (critical && rules->critical == CAA_CRITICAL_REFUSE) {
        survey->critical = true;
    }
}

/* Where issuemail counts: for TLS nowhere, unless a rule has it so. */
static struct tally *mail_tally(const struct caa_request *request,
                                const struct caa_rules *rules,
                                struct survey *survey)
{
    return request->kind == CAA_KIND_TLS &&
                   rules->tls_mail == CAA_TLS_MAIL_AS_ISSUE
               ? &survey->issue
               : &survey->issuemail;
}

static void survey_property(const struct caa_property *property,
                            const struct caa_request *request,
                            const struct caa_rules *rules,
                            struct survey *survey)
{
    bool critical = is_critical(property->flags, rules);

    if (property->form == CAA_PROPERTY_UNPARSABLE) {
        survey->unparsable = true;
        return;
    }
    switch (tag_of(&property->tag, rules)) {
    case TAG_ISSUE:
        judge(property, request, rules, &survey->issue);
        break;
    case TAG_ISSUEWILD:
        if (rules->issuewild != CAA_ISSUEWILD_IGNORE) {
            judge(property, request, rules, &survey->issuewild);
        }
        break;
    case TAG_ISSUEMAIL:
        judge(property, request, rules, mail_tally(request, rules, survey));
        break;
    case TAG_IODEF:
        if (critical && rules->critical_iodef == CAA_KNOWN_REFUSE) {
            survey->known_refused = true;
        }
        return;
    case TAG_UNKNOWN:
        note_unknown(critical, rules, survey);
        return;
    }
    if (critical && rules->critical_known == CAA_KNOWN_REFUSE) {
        survey->known_refused = true;
    }
}

static struct caa_decision decision(enum caa_reason reason,
                                    const struct caa_rules *rules,
                                    enum caa_topic topic, bool restricted)
{
    struct caa_decision made = {
        .verdict = reason == CAA_REASON_NONE ? CAA_PERMIT : CAA_REFUSE,
        .reason = reason,
        .section = caa_section(rules, topic),
        .restricted = restricted,
    };

    return made;
}

/* The properties of one kind are alternatives (section 4.2). */
static struct caa_decision by_tally(const struct tally *tally,
                                    const struct caa_rules *rules,
                                    enum caa_topic topic)
{
    bool enough = rules->match == CAA_MATCH_ALL ? tally->matched == tally->count
                                                : tally->matched > 0;

    if (enough) {
        return decision(CAA_REASON_NONE, rules, topic, true);
    }
    if (tally->miss == CAA_REASON_ACCOUNT) {
        topic = CAA_TOPIC_ACCOUNT;
    } else if (tally->miss == CAA_REASON_METHOD) {
        topic = CAA_TOPIC_METHOD;
    }
    return decision(tally->miss, rules, topic, true);
}

static struct caa_decision unrestricted(const struct caa_rules *rules,
                                        enum caa_topic topic, bool restricted)
{
    enum caa_reason reason = rules->unrestricted == CAA_UNRESTRICTED_REFUSE
                                 ? CAA_REASON_NOT_AUTHORISED
                                 : CAA_REASON_NONE;

    return decision(reason, rules, topic, restricted);
}

/* issuemail alone restricts e-mail (RFC 9495 section 4). */
static struct caa_decision by_mail(const struct survey *survey,
                                   const struct caa_rules *rules)
{
    const struct tally *tally = &survey->issuemail;

    switch ((enum caa_rule_mail)rules->mail) {
    case CAA_MAIL_ISSUEMAIL:
        break;
    case CAA_MAIL_ISSUE:
        tally = &survey->issue;
        break;
    case CAA_MAIL_ISSUE_ELSE:
        tally = tally->count > 0 ? tally : &survey->issue;
        break;
    case CAA_MAIL_NONE:
        return unrestricted(rules, CAA_TOPIC_ISSUEMAIL, false);
    }
    return tally->count > 0 ? by_tally(tally, rules, CAA_TOPIC_ISSUEMAIL)
                            : unrestricted(rules, CAA_TOPIC_ISSUEMAIL, false);
}

/* issue for a plain name; for a wildcard issuewild first (section 4.3). */
static struct caa_decision by_name(struct survey *survey, bool wildcard,
                                   const struct caa_rules *rules)
{
    bool restricts_all = rules->issuewild == CAA_ISSUEWILD_RESTRICTS_ALL;
    bool use_wild = (wildcard || (restricts_all && survey->issue.count == 0)) &&
                    survey->issuewild.count > 0;

    if (use_wild && rules->issuewild == CAA_ISSUEWILD_WITH_ISSUE) {
        survey->issuewild.count += survey->issue.count;
        survey->issuewild.matched += survey->issue.matched;
    }
    if (use_wild) {
        return by_tally(&survey->issuewild, rules, CAA_TOPIC_ISSUEWILD);
    }
    if (survey->issue.count == 0) {
        return unrestricted(rules, CAA_TOPIC_UNRESTRICTED,
                            survey->issuewild.count > 0);
    }
    if (wildcard && rules->fallback == CAA_FALLBACK_REFUSE) {
        return decision(CAA_REASON_NOT_AUTHORISED, rules, CAA_TOPIC_ISSUEWILD,
                        true);
    }
    if (wildcard && survey->issue.empty &&
        rules->fallback == CAA_FALLBACK_EMPTY_PERMITS) {
        return decision(CAA_REASON_NONE, rules, CAA_TOPIC_ISSUEWILD, true);
    }
    return by_tally(&survey->issue, rules, CAA_TOPIC_ISSUE);
}

struct caa_decision caa_decide(const struct caa_rdata *records, size_t count,
                               const struct caa_request *request, bool wildcard,
                               const struct caa_rules *rules)
{
    struct survey survey = { .critical = false };

    if (rules->limit == CAA_LIMIT_100 && count > 100) {
        count = 100;
    }
    for (size_t i = 0; i < count; i++) {
        struct caa_property property =
            caa_property_parse(records[i].data, records[i].length);
        survey_property(&property, request, rules, &survey);
    }
    if (survey.unparsable && rules->unparsable == CAA_UNPARSABLE_DROP_SET) {
        return decision(CAA_REASON_NONE, rules, CAA_TOPIC_RDATA, false);
    }
    if (rules->verdict == CAA_VERDICT_IGNORE) {
        return decision(CAA_REASON_NONE, rules, CAA_TOPIC_CLIMB, true);
    }
    if (survey.critical || survey.known_refused ||
        (survey.unknown && rules->unknown == CAA_UNKNOWN_REFUSE)) {
        return decision(CAA_REASON_CRITICAL_UNKNOWN, rules, CAA_TOPIC_CRITICAL,
                        true);
    }
    if (survey.unparsable && rules->unparsable == CAA_UNPARSABLE_REFUSE) {
        return decision(CAA_REASON_LOOKUP_FAILED, rules, CAA_TOPIC_RDATA, true);
    }
    return request->kind == CAA_KIND_SMIME ? by_mail(&survey, rules)
                                           : by_name(&survey, wildcard, rules);
}
