/* SPDX-License-Identifier: BSD-2-Clause */
#include "issuer.h"

#include "ascii.h"

#include <string.h>

/* Whether `length` octets of the issuer, from `at`, are those of name. */
static bool is_at(const struct caa_octets *issuer, size_t at, const char *name,
                  size_t length, const struct caa_rules *rules)
{
    if (at > issuer->length || length > issuer->length - at) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        uint8_t octet = issuer->data[at + i];
        uint8_t own = (uint8_t)name[i];
        if (rules->issuer_case == CAA_ISSUER_NOCASE) {
            octet = caa_ascii_lower(octet);
            own = caa_ascii_lower(own);
        }
        bool any = rules->compare == CAA_COMPARE_ANY_DOT && own == '.';
        if (octet != own && !any) {
            return false;
        }
    }
    return true;
}

static bool is_somewhere_in(const struct caa_octets *issuer, const char *name,
                            size_t length, const struct caa_rules *rules)
{
    for (size_t at = 0; at < issuer->length; at++) {
        if (is_at(issuer, at, name, length, rules)) {
            return true;
        }
    }
    return false;
}

static bool is_first_label(const struct caa_octets *issuer, const char *name,
                           const struct caa_rules *rules)
{
    size_t length = strcspn(name, ".");

    return is_at(issuer, 0, name, length, rules) &&
           (issuer->length == length || issuer->data[length] == '.');
}

/* The name of the CA ends in the issuer, as its parent. */
static bool is_parent(const struct caa_octets *issuer, const char *name,
                      const struct caa_rules *rules)
{
    size_t length = strlen(name);

    return length > issuer->length &&
           name[length - issuer->length - 1] == '.' &&
           is_at(issuer, 0, name + length - issuer->length, issuer->length,
                 rules);
}

static bool is_name(const struct caa_octets *issuer, const char *name,
                    const struct caa_rules *rules)
{
    size_t length = strlen(name);
    bool whole =
        issuer->length == length && is_at(issuer, 0, name, length, rules);
    bool ends = issuer->length > length &&
                is_at(issuer, issuer->length - length, name, length, rules);

    switch ((enum caa_rule_compare)rules->compare) {
    case CAA_COMPARE_ISSUER:
    case CAA_COMPARE_WHOLE:
    case CAA_COMPARE_ANY_DOT:
        break;
    case CAA_COMPARE_SUFFIX:
        return whole || ends;
    case CAA_COMPARE_PREFIX:
        return is_at(issuer, 0, name, length, rules);
    case CAA_COMPARE_SUBSTRING:
        return is_somewhere_in(issuer, name, length, rules);
    case CAA_COMPARE_SUBDOMAIN:
        return whole ||
               (ends && issuer->data[issuer->length - length - 1] == '.');
    case CAA_COMPARE_PARENT:
        return whole || is_parent(issuer, name, rules);
    case CAA_COMPARE_FIRST_LABEL:
        return is_first_label(issuer, name, rules);
    }
    return whole;
}

static bool is_any_name(const struct caa_octets *issuer,
                        const struct caa_request *request,
                        const struct caa_rules *rules)
{
    for (size_t i = 0; i < request->issuer_count; i++) {
        if (is_name(issuer, request->issuers[i], rules)) {
            return true;
        }
    }
    return false;
}

static int digit_of(uint8_t octet)
{
    uint8_t lower = caa_ascii_lower(octet);

    if (octet >= '0' && octet <= '9') {
        return octet - '0';
    }
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* %XX at the start of rest, or -1. */
static int escaped(const struct caa_octets *rest)
{
    if (rest->length < 3 || rest->data[0] != '%') {
        return -1;
    }
    int high = digit_of(rest->data[1]);
    int low = digit_of(rest->data[2]);

    return high >= 0 && low >= 0 ? high * 16 + low : -1;
}

static bool is_overlooked(uint8_t octet, const struct caa_rules *rules)
{
    return (rules->issuer_blanks == CAA_LENIENT && caa_ascii_is_blank(octet)) ||
           (rules->issuer_form == CAA_FORM_NO_HIGH && octet >= 0x80);
}

/* The issuer without the octets that are overlooked, in at most `size`. */
static struct caa_octets clean(struct caa_octets issuer,
                               const struct caa_rules *rules, uint8_t *text,
                               size_t size)
{
    struct caa_octets cleaned = { .data = text, .length = 0 };

    while (issuer.length > 0 && cleaned.length < size) {
        int code =
            rules->issuer_form == CAA_FORM_PERCENT ? escaped(&issuer) : -1;
        size_t taken = code >= 0 ? 3 : 1;
        uint8_t octet = code >= 0 ? (uint8_t)code : issuer.data[0];
        if (!is_overlooked(octet, rules)) {
            text[cleaned.length++] = octet;
        }
        issuer.data += taken;
        issuer.length -= taken;
    }
    return cleaned;
}

static void cut_start(struct caa_octets *issuer, const char *start)
{
    size_t length = strlen(start);

    if (issuer->length >= length && memcmp(issuer->data, start, length) == 0) {
        issuer->data += length;
        issuer->length -= length;
    }
}

static bool is_any_space(uint8_t octet)
{
    return octet == ' ' || (octet >= '\t' && octet <= '\r');
}

static void trim(struct caa_octets *issuer)
{
    while (issuer->length > 0 && is_any_space(issuer->data[0])) {
        issuer->data++;
        issuer->length--;
    }
    while (issuer->length > 0 &&
           is_any_space(issuer->data[issuer->length - 1])) {
        issuer->length--;
    }
}

static size_t length_to_blank(const struct caa_octets *issuer)
{
    size_t length = 0;

    while (length < issuer->length &&
           !caa_ascii_is_blank(issuer->data[length])) {
        length++;
    }
    return length;
}

/* Cuts what the form takes to belong round a name. */
static struct caa_octets peel(struct caa_octets issuer,
                              enum caa_rule_issuer_form form)
{
    size_t end = issuer.length;

    switch (form) {
    case CAA_FORM_GRAMMAR:
    case CAA_FORM_COMMAS:
    case CAA_FORM_PERCENT:
    case CAA_FORM_NO_HIGH:
        break;
    case CAA_FORM_LAST_LF:
        issuer.length -= end > 0 && issuer.data[end - 1] == '\n';
        break;
    case CAA_FORM_SPACES:
        trim(&issuer);
        break;
    case CAA_FORM_QUOTED:
        cut_start(&issuer, "\"");
        end = issuer.length;
        issuer.length -= end > 0 && issuer.data[end - 1] == '"';
        break;
    case CAA_FORM_ASTERISK:
        cut_start(&issuer, "*.");
        break;
    case CAA_FORM_URL:
        cut_start(&issuer, "http://");
        cut_start(&issuer, "https://");
        end = issuer.length;
        issuer.length -= end > 0 && issuer.data[end - 1] == '/';
        break;
    case CAA_FORM_TO_BLANK:
        issuer.length = length_to_blank(&issuer);
        break;
    }
    return issuer;
}

/* One of several between commas. */
static bool is_in_list(struct caa_octets list,
                       const struct caa_request *request,
                       const struct caa_rules *rules)
{
    for (size_t at = 0; at <= list.length;) {
        struct caa_octets one = { .data = list.data + at, .length = 0 };
        while (at + one.length < list.length && one.data[one.length] != ',') {
            one.length++;
        }
        at += one.length + 1;
        one = peel(one, CAA_FORM_SPACES);
        if (is_any_name(&one, request, rules)) {
            return true;
        }
    }
    return false;
}

bool caa_issuer_is_own(struct caa_octets issuer,
                       const struct caa_request *request,
                       const struct caa_rules *rules)
{
    uint8_t text[CAA_NAME_TEXT_MAX];

    if (rules->issuer_blanks == CAA_STRICT &&
        rules->issuer_form == CAA_FORM_GRAMMAR) {
        return is_any_name(&issuer, request, rules);
    }
    if (rules->issuer_form == CAA_FORM_COMMAS) {
        return is_in_list(issuer, request, rules);
    }
    issuer = peel(issuer, (enum caa_rule_issuer_form)rules->issuer_form);
    issuer = clean(issuer, rules, text, sizeof(text));
    return is_any_name(&issuer, request, rules);
}
