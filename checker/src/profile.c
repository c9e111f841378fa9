/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * profile.c - profiles as rules, and the days on which the Baseline
 * Requirements, of TLS and of S/MIME, changed what a verdict is.
 */
#include <caacheck/rules.h>

#include <string.h>

enum {
    DATE_ERRATUM_5065 = 20171027,
    DATE_NO_UNDERSCORE = 20190501, /* ballot SC12: not after 2019-04-30 */
    DATE_RFC_8659 = 20201019,
    DATE_CONFIRMED_INSECURE = 20250721,
    DATE_QUORUM = 20250915, /* until then it does not stop issuance */
    DATE_SMIME_CONFIRMED_INSECURE = 20251013 /* SMIME-BR 1.0.12 */
};

/* Value of `digits` decimal digits, or -1. */
static int read_digits(const char *text, size_t digits)
{
    int value = 0;

    for (size_t i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

enum caa_status caa_date_parse(const char *text, caa_date *date_out)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return CAA_EFORMAT;
    }
    int year = read_digits(text, 4);
    int month = read_digits(text + 5, 2);
    int day = read_digits(text + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month)) {
        return CAA_EFORMAT;
    }
    *date_out = (caa_date)(year * 10000 + month * 100 + day);
    return CAA_OK;
}

static struct caa_rules rules_of_text(enum caa_text text)
{
    struct caa_rules rules = { .text = (uint8_t)text };

    if (text != CAA_TEXT_8659) {
        rules.grammar = CAA_GRAMMAR_6844;
        rules.dname_owner = CAA_DNAME_OWNER_TARGET;
    }
    if (text == CAA_TEXT_6844) {
        rules.alias = CAA_ALIAS_TREE;
    }
    return rules;
}

/* The text of CAA that a request of this kind is read by. For mailboxes it is
 * never RFC 6844: RFC 9495 section 4 has the climb of RFC 8659, and section 3
 * its grammar. */
static struct caa_rules rules_of_kind(enum caa_kind kind, enum caa_text text)
{
    return rules_of_text(kind == CAA_KIND_SMIME ? CAA_TEXT_8659 : text);
}

static struct caa_rules rules_of_tls_br(enum caa_kind kind, caa_date date)
{
    enum caa_text text = date < DATE_ERRATUM_5065 ? CAA_TEXT_6844
                         : date < DATE_RFC_8659   ? CAA_TEXT_5065
                                                  : CAA_TEXT_8659;
    struct caa_rules rules = rules_of_kind(kind, text);

    rules.baseline = CAA_BASELINE_TLS;
    rules.reuse = CAA_REUSE_LONGER;
    if (kind == CAA_KIND_TLS) { /* what a dNSName may be */
        rules.internal = CAA_INTERNAL_REFUSE;
        if (date >= DATE_NO_UNDERSCORE) {
            rules.underscore = CAA_UNDERSCORE_REFUSE;
        }
    }
    if (date >= DATE_CONFIRMED_INSECURE) {
        rules.proof = CAA_PROOF_CONFIRMED;
    }
    if (date >= DATE_QUORUM) {
        rules.quorum = CAA_QUORUM_BASELINE;
    }
    return rules;
}

/*
 * Before 2025-03-15 section 4.2.2.1 only recommends to look CAA up, and before
 * 2026-03-15 nothing there obliges to validate (4.2.2.1.1). Neither day is a
 * rule of its own: who does look is held to RFC 9495 all the same, a failure is
 * refused unless it is allowed, and what does not validate is refused on any
 * day, as the texts permit.
 */
static struct caa_rules rules_of_smime_br(caa_date date)
{
    struct caa_rules rules = rules_of_text(CAA_TEXT_8659);

    rules.baseline = CAA_BASELINE_SMIME;
    rules.reuse = CAA_REUSE_LONGER;
    if (date >= DATE_SMIME_CONFIRMED_INSECURE) {
        rules.proof = CAA_PROOF_CONFIRMED;
    }
    if (date >= DATE_QUORUM) {
        rules.quorum = CAA_QUORUM_BASELINE;
    }
    return rules;
}

enum caa_status caa_profile_rules(const char *profile, caa_date date,
                                  enum caa_kind kind,
                                  struct caa_rules *rules_out)
{
    if (strcmp(profile, "tls-br") == 0) {
        *rules_out = rules_of_tls_br(kind, date);
    } else if (strcmp(profile, "smime-br") == 0) {
        *rules_out = rules_of_smime_br(date);
    } else if (strcmp(profile, "rfc8659") == 0) {
        *rules_out = rules_of_text(CAA_TEXT_8659);
    } else if (strcmp(profile, "rfc6844-e5065") == 0) {
        *rules_out = rules_of_kind(kind, CAA_TEXT_5065);
    } else if (strcmp(profile, "rfc6844") == 0) {
        *rules_out = rules_of_kind(kind, CAA_TEXT_6844);
    } else {
        return CAA_EFORMAT;
    }
    return CAA_OK;
}

/* Sections that differ between RFC 8659 and RFC 6844. */
static const char *text_section(const struct caa_rules *rules,
                                const char *rfc8659, const char *rfc6844)
{
    return rules->text == CAA_TEXT_8659 ? rfc8659 : rfc6844;
}

static const char *failure_section(const struct caa_rules *rules)
{
    switch ((enum caa_baseline)rules->baseline) {
    case CAA_BASELINE_TLS:
        return "TLS-BR section 4.2.2.1";
    case CAA_BASELINE_SMIME:
        return "SMIME-BR section 4.2.2.1";
    case CAA_BASELINE_NONE:
        break;
    }
    return text_section(rules, "RFC 8659 section 6.3", "RFC 6844 section 4");
}

const char *caa_section(const struct caa_rules *rules, enum caa_topic topic)
{
    const char *climb = rules->text == CAA_TEXT_5065 ? "RFC 6844 erratum 5065"
                                                     : "RFC 6844 section 4";

    switch (topic) {
    case CAA_TOPIC_CLIMB:
    case CAA_TOPIC_ALIAS:
    case CAA_TOPIC_UNRESTRICTED:
        return text_section(rules, "RFC 8659 section 3", climb);
    case CAA_TOPIC_FAILURE:
    case CAA_TOPIC_ALLOWED_FAILURE:
    case CAA_TOPIC_REUSE:
        return failure_section(rules);
    case CAA_TOPIC_DNSSEC:
        return "RFC 4035 section 4.3";
    case CAA_TOPIC_INTERNAL:
        return "TLS-BR section 7.1.4.2, Mozilla bug 1695786";
    case CAA_TOPIC_SUBJECT:
        return text_section(rules, "RFC 8659 section 3", climb);
    case CAA_TOPIC_UNDERSCORE:
        return "TLS-BR section 7.1.2.7.12";
    case CAA_TOPIC_ONION:
        return "RFC 7686 section 2";
    case CAA_TOPIC_CRITICAL:
    case CAA_TOPIC_RDATA:
        return text_section(rules, "RFC 8659 section 4.1",
                            "RFC 6844 section 5.1");
    case CAA_TOPIC_ISSUE:
        return text_section(rules, "RFC 8659 section 4.2",
                            "RFC 6844 section 5.2");
    case CAA_TOPIC_ISSUEWILD:
        return text_section(rules, "RFC 8659 section 4.3",
                            "RFC 6844 section 5.3");
    case CAA_TOPIC_ISSUEMAIL:
        return "RFC 9495 section 4";
    case CAA_TOPIC_ACCOUNT:
        return "RFC 8657 section 3";
    case CAA_TOPIC_METHOD:
        return "RFC 8657 section 4";
    case CAA_TOPIC_QUORUM:
        return rules->baseline == CAA_BASELINE_SMIME
                   ? "SMIME-BR section 4.2.2.2 (multi-perspective)"
                   : "TLS-BR section 3.2.2.9";
    }
    return "";
}
