/* SPDX-License-Identifier: BSD-2-Clause */
#include "rfc8657.h"

#include "ascii.h"

#include <string.h>

static bool is_named(const struct caa_octets *tag, const char *name,
                     const struct caa_rules *rules)
{
    size_t length = strlen(name);

    if (tag->length != length) {
        return false;
    }
    return rules->parameter_case == CAA_PARAMETER_EXACT
               ? memcmp(tag->data, name, length) == 0
               : caa_ascii_equal_nocase(tag->data, (const uint8_t *)name,
                                        length);
}

/* Octet by octet: account URIs are compared as they stand (section 3). */
static bool is_text(const struct caa_octets *octets, const char *text)
{
    return text != NULL && strlen(text) == octets->length &&
           memcmp(octets->data, text, octets->length) == 0;
}

static bool is_text_nocase(const struct caa_octets *octets, const char *text)
{
    return text != NULL && strlen(text) == octets->length &&
           caa_ascii_equal_nocase(octets->data, (const uint8_t *)text,
                                  octets->length);
}

/* text, and whatever follows. */
static bool starts_with(const struct caa_octets *octets, const char *text)
{
    return text != NULL && strlen(text) <= octets->length &&
           memcmp(octets->data, text, strlen(text)) == 0;
}

/* text, with or without a slash behind it. */
static bool is_text_or_slash(const struct caa_octets *octets, const char *text)
{
    struct caa_octets cut = *octets;

    cut.length -= cut.length > 0 && cut.data[cut.length - 1] == '/';
    return is_text(octets, text) || is_text(&cut, text);
}

/* text, with or without quotes round it. */
static bool is_text_or_quoted(const struct caa_octets *octets, const char *text)
{
    struct caa_octets cut = *octets;

    if (cut.length >= 2 && cut.data[0] == '"' &&
        cut.data[cut.length - 1] == '"') {
        cut.data++;
        cut.length -= 2;
    }
    return is_text(&cut, text);
}

/* text, before the first equals sign. */
static bool is_text_to_equals(const struct caa_octets *octets, const char *text)
{
    struct caa_octets cut = *octets;
    const uint8_t *equals = memchr(cut.data, '=', cut.length);

    if (equals != NULL) {
        cut.length = (size_t)(equals - cut.data);
    }
    return is_text(&cut, text);
}

static bool is_account(const struct caa_octets *value, const char *account,
                       const struct caa_rules *rules)
{
    switch ((enum caa_rule_account)rules->account) {
    case CAA_ACCOUNT_OBEY:
    case CAA_ACCOUNT_IGNORE:
    case CAA_ACCOUNT_LAST_WINS:
    case CAA_ACCOUNT_FIRST_WINS:
    case CAA_ACCOUNT_ANY:
        break;
    case CAA_ACCOUNT_PREFIX:
        return starts_with(value, account);
    case CAA_ACCOUNT_NOCASE:
        return is_text_nocase(value, account);
    case CAA_ACCOUNT_SLASH:
        return is_text_or_slash(value, account);
    case CAA_ACCOUNT_UNQUOTED:
        return is_text_or_quoted(value, account);
    case CAA_ACCOUNT_TO_EQUALS:
        return is_text_to_equals(value, account);
    }
    return is_text(value, account);
}

static bool is_method(const struct caa_octets *label, const char *method,
                      const struct caa_rules *rules)
{
    switch ((enum caa_rule_method)rules->method) {
    case CAA_METHOD_OBEY:
    case CAA_METHOD_IGNORE:
    case CAA_METHOD_FIRST:
    case CAA_METHOD_KNOWN:
        break;
    case CAA_METHOD_PREFIX:
        return starts_with(label, method);
    case CAA_METHOD_NOCASE:
        return is_text_nocase(label, method);
    }
    return is_text(label, method);
}

/* The methods that an implementation of RFC 8555 knows. */
static bool is_known_method(const struct caa_octets *label)
{
    return is_text(label, "http-01") || is_text(label, "dns-01") ||
           is_text(label, "tls-alpn-01") || starts_with(label, "ca-");
}

static struct caa_octets trim(struct caa_octets octets)
{
    while (octets.length > 0 && caa_ascii_is_blank(octets.data[0])) {
        octets.data++;
        octets.length--;
    }
    while (octets.length > 0 &&
           caa_ascii_is_blank(octets.data[octets.length - 1])) {
        octets.length--;
    }
    return octets;
}

/* value = [label *("," label)] (section 4): whether `method` is in it. A list
 * with an empty label is no list, and holds nothing. */
static bool list_holds(const struct caa_octets *list, const char *method,
                       const struct caa_rules *rules)
{
    bool holds = false;
    size_t at = 0;

    while (at <= list->length) {
        struct caa_octets label = { .data = list->data + at, .length = 0 };
        while (at < list->length && list->data[at] != ',') {
            at++;
            label.length++;
        }
        at++;
        if (rules->method_list == CAA_METHOD_LIST_TRIMMED) {
            label = trim(label);
        }
        if (holds && rules->method_list == CAA_METHOD_LIST_LAZY) {
            return true;
        }
        if (label.length == 0 ||
            (rules->method == CAA_METHOD_KNOWN && !is_known_method(&label))) {
            return false;
        }
        holds = holds || is_method(&label, method, rules);
        if (rules->method == CAA_METHOD_FIRST) {
            return holds;
        }
    }
    return holds;
}

/* What the parameters say so far. */
struct judging {
    size_t accounts;
    size_t methods;
    bool account_ok;
    bool method_ok;
};

static void judge_account(const struct caa_octets *value, const char *account,
                          const struct caa_rules *rules,
                          struct judging *judging)
{
    bool ok = value->length > 0 && is_account(value, account, rules);
    bool first = judging->accounts++ == 0;

    switch ((enum caa_rule_account)rules->account) {
    case CAA_ACCOUNT_IGNORE:
        return;
    case CAA_ACCOUNT_LAST_WINS:
        judging->account_ok = ok;
        return;
    case CAA_ACCOUNT_FIRST_WINS:
        judging->account_ok = first ? ok : judging->account_ok;
        return;
    case CAA_ACCOUNT_ANY:
        judging->account_ok = ok || (!first && judging->account_ok);
        return;
    case CAA_ACCOUNT_OBEY:
    case CAA_ACCOUNT_PREFIX:
    case CAA_ACCOUNT_NOCASE:
    case CAA_ACCOUNT_SLASH:
    case CAA_ACCOUNT_UNQUOTED:
    case CAA_ACCOUNT_TO_EQUALS:
        break;
    }
    judging->account_ok = ok && first;
}

static enum caa_8657 conclude(const struct judging *judging,
                              const struct caa_rules *rules)
{
    bool one = (judging->accounts > 0 && judging->account_ok) ||
               (judging->methods > 0 && judging->method_ok);

    if (rules->rfc8657 == CAA_8657_EITHER && one) {
        return CAA_8657_SATISFIED;
    }
    if (!judging->account_ok) {
        return CAA_8657_ACCOUNT;
    }
    return judging->method_ok ? CAA_8657_SATISFIED : CAA_8657_METHOD;
}

enum caa_8657 caa_8657_judge(struct caa_octets parameters,
                             const struct caa_rules *rules, const char *account,
                             const char *method)
{
    struct judging judging = { .account_ok = true, .method_ok = true };
    struct caa_parameter parameter;

    while (caa_parameter_next(&parameters, rules, &parameter)) {
        bool skip = parameter.value.length == 0 &&
                    rules->empty_parameter == CAA_EMPTY_PARAMETER_IGNORE;
        if (skip) {
            continue;
        }
        if (is_named(&parameter.tag, "accounturi", rules)) {
            judge_account(&parameter.value, account, rules, &judging);
        }
        if (rules->method != CAA_METHOD_IGNORE &&
            is_named(&parameter.tag, "validationmethods", rules)) {
            judging.methods++;
            judging.method_ok = judging.method_ok &&
                                list_holds(&parameter.value, method, rules);
        }
    }
    return conclude(&judging, rules);
}
