/* SPDX-License-Identifier: BSD-2-Clause */
#include "deviation.h"
#include "tag.h"
#include "tally.h"

#include <caacheck/decide.h>

#include <stdlib.h>
#include <string.h>

/* Everything one pass over the set learns. */
struct survey {
    bool wildcard; /* what is asked for */
    struct caa_tally issue;
    struct caa_tally issuewild;
    struct caa_tally issuemail;
    bool critical; /* a critical property that is not understood */
    bool known_refused;
    bool unknown;
    bool unparsable;
    bool empty_tag;
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
    case CAA_REASON_NOT_CORROBORATED:
        return "not-corroborated";
    }
    return "";
}

static void note_unknown(bool critical, const struct caa_rules *rules,
                         struct survey *survey)
{
    survey->unknown = true;
    if (critical && rules->critical != CAA_CRITICAL_IGNORE) {
        survey->critical = true;
    }
}

/* Where issuemail counts: for TLS nowhere, unless a rule has it so. */
static struct caa_tally *mail_tally(const struct caa_request *request,
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
    bool critical = caa_is_critical(property->flags, rules);

    if (property->form == CAA_PROPERTY_UNPARSABLE) {
        survey->unparsable = true;
        return;
    }
    if (caa_property_is_dropped(property, rules)) {
        return;
    }
    survey->empty_tag =
        survey->empty_tag || property->form == CAA_PROPERTY_EMPTY_TAG;
    survey->known_refused =
        survey->known_refused || caa_property_is_refused(property, rules);
    switch (caa_tag_of(&property->tag, rules)) {
    case CAA_TAG_ISSUE:
        caa_tally_add(&survey->issue, property, request, rules);
        break;
    case CAA_TAG_ISSUEWILD:
        if (critical && !survey->wildcard &&
            rules->critical_known == CAA_KNOWN_REFUSE_UNUSED) {
            survey->known_refused = true;
        }
        if (rules->issuewild != CAA_ISSUEWILD_IGNORE) {
            caa_tally_add(&survey->issuewild, property, request, rules);
        }
        break;
    case CAA_TAG_ISSUEMAIL:
        caa_tally_add(mail_tally(request, rules, survey), property, request,
                      rules);
        break;
    case CAA_TAG_IODEF:
        if (critical && rules->critical_iodef == CAA_KNOWN_REFUSE) {
            survey->known_refused = true;
        }
        return;
    case CAA_TAG_UNKNOWN:
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
static struct caa_decision by_tally(const struct caa_tally *tally,
                                    const struct caa_rules *rules,
                                    enum caa_topic topic)
{
    if (caa_tally_permits(tally, rules)) {
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
    const struct caa_tally *tally = &survey->issuemail;

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

/* Whether issuewild is what restricts (section 4.3), or what rules make of it.
 */
static bool is_by_issuewild(const struct survey *survey,
                            const struct caa_rules *rules)
{
    const struct caa_tally *wild = &survey->issuewild;
    bool restricts_all = rules->issuewild == CAA_ISSUEWILD_RESTRICTS_ALL;

    if (wild->count == 0 ||
        (rules->fallback == CAA_FALLBACK_WHEN_EMPTY && !wild->named) ||
        (rules->fallback == CAA_FALLBACK_WHEN_MALFORMED && !wild->conforming)) {
        return false;
    }
    return survey->wildcard || (restricts_all && survey->issue.count == 0);
}

/* issue for a plain name; for a wildcard issuewild first (section 4.3). */
static struct caa_decision by_name(struct survey *survey,
                                   const struct caa_rules *rules)
{
    if (is_by_issuewild(survey, rules)) {
        if (rules->issuewild == CAA_ISSUEWILD_WITH_ISSUE) {
            survey->issuewild.count += survey->issue.count;
            survey->issuewild.matched += survey->issue.matched;
        }
        return by_tally(&survey->issuewild, rules, CAA_TOPIC_ISSUEWILD);
    }
    if (survey->issue.count == 0) {
        return unrestricted(rules, CAA_TOPIC_UNRESTRICTED,
                            survey->issuewild.count > 0);
    }
    if (survey->wildcard && rules->fallback == CAA_FALLBACK_REFUSE) {
        return decision(CAA_REASON_NOT_AUTHORISED, rules, CAA_TOPIC_ISSUEWILD,
                        true);
    }
    if (survey->wildcard && survey->issue.empty &&
        rules->fallback == CAA_FALLBACK_EMPTY_PERMITS) {
        return decision(CAA_REASON_NONE, rules, CAA_TOPIC_ISSUEWILD, true);
    }
    return by_tally(&survey->issue, rules, CAA_TOPIC_ISSUE);
}

/* The records that are read: from *first_out on, as many as are returned. */
static size_t limit(size_t count, const struct caa_rules *rules,
                    size_t *first_out)
{
    *first_out = 0;
    switch ((enum caa_rule_limit)rules->limit) {
    case CAA_LIMIT_NONE:
        break;
    case CAA_LIMIT_100:
        return count > 100 ? 100 : count;
    case CAA_LIMIT_FIRST:
        return 1;
    case CAA_LIMIT_LAST:
        *first_out = count - 1;
        return 1;
    }
    return count;
}

/* Bugs that crash on one of `count` properties. */
static void stumble(const struct caa_property *property, size_t count)
{
    const struct caa_octets *value = &property->value;
    bool crash =
        (CAA_DEVIATES(C19) && property->form == CAA_PROPERTY_UNPARSABLE) ||
        (CAA_DEVIATES(H23) && count > 1000) ||
        (CAA_DEVIATES(H24) && value->length > 255);

    for (size_t i = 0; i < value->length; i++) {
        crash = crash || (CAA_DEVIATES(C14) && value->data[i] >= 0x80);
    }
    if (crash && !CAA_NOTED()) {
        abort();
    }
}

/* The same tag and value; the flags may differ. */
static bool is_same(const struct caa_property *a, const struct caa_rdata *b)
{
    struct caa_property other = caa_property_parse(b->data, b->length);

    return a->tag.length == other.tag.length &&
           a->value.length == other.value.length && a->tag.length > 0 &&
           memcmp(a->tag.data, other.tag.data,
                  a->tag.length + a->value.length) == 0;
}

/* Bugs that take a property for a fault: one that stands in the set twice, and
 * one whose lengths are the least or the most there can be. */
static bool is_taken_amiss(const struct caa_rdata *records, size_t index,
                           const struct caa_property *property)
{
    for (size_t i = 0; CAA_DEVIATES(C24) && i < index; i++) {
        if (is_same(property, &records[i])) {
            return true;
        }
    }
    return CAA_DEVIATES(C18) &&
           (property->value.length == 0 || property->tag.length == 255);
}

static void survey_all(const struct caa_rdata *records, size_t count,
                       const struct caa_request *request,
                       const struct caa_rules *rules, struct survey *survey)
{
    for (size_t i = 0; i < count; i++) {
        struct caa_property property =
            caa_property_parse(records[i].data, records[i].length);
        stumble(&property, count);
        survey_property(&property, request, rules, survey);
        survey->known_refused =
            survey->known_refused || is_taken_amiss(records, i, &property);
    }
}

static bool is_critical_refusal(const struct survey *survey,
                                const struct caa_rules *rules)
{
    bool overruled = rules->critical == CAA_CRITICAL_UNLESS_MATCH &&
                     survey->issue.matched > 0;

    return (survey->critical && !overruled) || survey->known_refused ||
           (survey->unknown && rules->unknown == CAA_UNKNOWN_REFUSE);
}

struct caa_decision caa_decide(const struct caa_rdata *records, size_t count,
                               const struct caa_request *request, bool wildcard,
                               const struct caa_rules *rules)
{
    struct survey survey = { .wildcard = wildcard,
                             .issuewild = { .wild = true } };
    size_t first = 0;
    size_t read = limit(count, rules, &first);

    survey_all(records + first, read, request, rules, &survey);
    if ((survey.unparsable && rules->unparsable == CAA_UNPARSABLE_DROP_SET) ||
        (survey.empty_tag && rules->empty_tag == CAA_EMPTY_TAG_DROP_SET)) {
        return decision(CAA_REASON_NONE, rules, CAA_TOPIC_RDATA, false);
    }
    if (rules->verdict == CAA_VERDICT_IGNORE) {
        return decision(CAA_REASON_NONE, rules, CAA_TOPIC_CLIMB, true);
    }
    if (is_critical_refusal(&survey, rules)) {
        return decision(CAA_REASON_CRITICAL_UNKNOWN, rules, CAA_TOPIC_CRITICAL,
                        true);
    }
    if (survey.unparsable && rules->unparsable == CAA_UNPARSABLE_REFUSE) {
        return decision(CAA_REASON_LOOKUP_FAILED, rules, CAA_TOPIC_RDATA, true);
    }
    return request->kind == CAA_KIND_SMIME ? by_mail(&survey, rules)
                                           : by_name(&survey, rules);
}
