/* SPDX-License-Identifier: BSD-2-Clause */
#include "issue_value.h"

#include "ascii.h"

static void drop(struct caa_octets *rest, size_t count)
{
    if (count > 0) { /* an empty value may have no address */
        rest->data += count;
        rest->length -= count;
    }
}

static void skip_blanks(struct caa_octets *rest)
{
    size_t count = 0;

    while (count < rest->length && caa_ascii_is_blank(rest->data[count])) {
        count++;
    }
    drop(rest, count);
}

/* Whether the value has blanks before it that the rules do not skip. */
static bool is_badly_indented(const struct caa_octets *value,
                              const struct caa_rules *rules)
{
    if (value->length == 0) {
        return false;
    }
    bool blank = caa_ascii_is_blank(value->data[0]) ||
                 caa_ascii_is_blank(value->data[value->length - 1]);
    bool tab = value->data[0] == '\t' || value->data[value->length - 1] == '\t';

    return (rules->outer_blanks == CAA_BLANKS_MALFORMED && blank) ||
           (rules->outer_blanks == CAA_BLANKS_SPACES && tab);
}

/* Takes one octet when it is `octet`. */
static bool take(struct caa_octets *rest, uint8_t octet)
{
    if (rest->length == 0 || rest->data[0] != octet) {
        return false;
    }
    drop(rest, 1);
    return true;
}

/* label = (ALPHA/DIGIT) *( *("-") (ALPHA/DIGIT)): how many octets from `at`
 * make one, 0 when none do. The tag of a parameter has the same form. */
static size_t label_length(const struct caa_octets *text, size_t at,
                           bool hyphen)
{
    size_t length = 0; /* up to the last letter or digit */

    if (at >= text->length || !caa_ascii_is_alnum(text->data[at])) {
        return 0;
    }
    for (size_t i = at; i < text->length; i++) {
        if (caa_ascii_is_alnum(text->data[i])) {
            length = i - at + 1;
        } else if (!hyphen || text->data[i] != '-') {
            break;
        }
    }
    return length;
}

/* label *("." label) at the start of rest; empty when there is none. */
static struct caa_octets take_issuer(struct caa_octets *rest,
                                     const struct caa_rules *rules)
{
    struct caa_octets issuer = { .data = rest->data, .length = 0 };
    size_t at = label_length(rest, 0, true);

    issuer.length = at;
    while (at > 0 && at < rest->length && rest->data[at] == '.') {
        size_t length = label_length(rest, at + 1, true);
        if (length == 0) {
            break;
        }
        at += length + 1;
        issuer.length = at;
    }
    if (issuer.length > 0) {
        drop(rest, issuer.length);
        if (rules->trailing_dot == CAA_LENIENT) {
            (void)take(rest, '.');
        }
    }
    return issuer;
}

/* Everything before ";", outer blanks cut: what a lenient reader takes. */
static struct caa_octets take_any_issuer(struct caa_octets *rest)
{
    struct caa_octets issuer = { .data = rest->data, .length = 0 };
    size_t end = 0;

    while (end < rest->length && rest->data[end] != ';') {
        end++;
    }
    issuer.length = end;
    while (issuer.length > 0 &&
           caa_ascii_is_blank(issuer.data[issuer.length - 1])) {
        issuer.length--;
    }
    drop(rest, end);
    return issuer;
}

static bool is_value_octet(uint8_t octet, const struct caa_rules *rules)
{
    if ((rules->method_list == CAA_METHOD_LIST_TRIMMED ||
         rules->octets == CAA_OCTETS_BLANK) &&
        caa_ascii_is_blank(octet)) {
        return true;
    }
    if (rules->octets == CAA_OCTETS_HIGH && octet >= 0x80) {
        return true;
    }
    return caa_ascii_is_visible(octet) &&
           (octet != ';' || rules->grammar == CAA_GRAMMAR_6844);
}

/* Up to the first octet that ends a value of a parameter. */
static size_t value_length(const struct caa_octets *rest,
                           const struct caa_rules *rules)
{
    size_t length = 0;

    while (length < rest->length) {
        bool glued = rules->split == CAA_SPLIT_BLANK &&
                     rest->data[length] == ';' && length + 1 < rest->length &&
                     !caa_ascii_is_blank(rest->data[length + 1]);
        if (!glued && !is_value_octet(rest->data[length], rules)) {
            break;
        }
        length++;
    }
    return length;
}

/* tag, "=", value; blanks round "=" only in RFC 8659. */
static bool take_parameter(struct caa_octets *rest,
                           const struct caa_rules *rules,
                           struct caa_parameter *parameter_out)
{
    bool rfc8659 = rules->grammar == CAA_GRAMMAR_8659;
    bool blanks = rfc8659 && rules->equals == CAA_EQUALS_BLANKS;
    bool hyphen = rfc8659 && rules->hyphen == CAA_HYPHEN_ACCEPT;
    struct caa_parameter parameter = { .tag = { .data = rest->data } };

    parameter.tag.length = label_length(rest, 0, hyphen);
    if (parameter.tag.length == 0 && rules->parameter_tag == CAA_STRICT) {
        return false;
    }
    drop(rest, parameter.tag.length);
    if (blanks) {
        skip_blanks(rest);
    }
    if (!take(rest, '=')) {
        return false;
    }
    if (blanks) {
        skip_blanks(rest);
    }
    parameter.value.data = rest->data;
    parameter.value.length = value_length(rest, rules);
    drop(rest, parameter.value.length);
    *parameter_out = parameter;
    return true;
}

bool caa_parameter_next(struct caa_octets *parameters,
                        const struct caa_rules *rules,
                        struct caa_parameter *parameter_out)
{
    struct caa_parameter parameter;

    skip_blanks(parameters);
    if (parameters->length == 0 ||
        !take_parameter(parameters, rules, &parameter)) {
        return false;
    }
    skip_blanks(parameters);
    if (rules->grammar == CAA_GRAMMAR_8659) {
        (void)take(parameters, ';');
    } else if (parameter.value.length > 0 &&
               parameter.value.data[parameter.value.length - 1] == ';') {
        parameter.value.length--; /* the separator of section 3 of RFC 6844 */
    }
    *parameter_out = parameter;
    return true;
}

/* Goes over a piece without "=" when the rules overlook such. */
static bool overlook(struct caa_octets *rest, const struct caa_rules *rules)
{
    size_t length = 0;

    while (length < rest->length && rest->data[length] != ';') {
        if (rest->data[length] == '=') {
            return false;
        }
        length++;
    }
    if (rules->parameters != CAA_PARAMETERS_NO_EQUALS || length == 0) {
        return false;
    }
    drop(rest, length);
    return true;
}

static bool take_or_overlook(struct caa_octets *rest,
                             const struct caa_rules *rules)
{
    struct caa_parameter parameter;
    struct caa_octets start = *rest;

    if (take_parameter(rest, rules, &parameter)) {
        return true;
    }
    *rest = start;
    return overlook(rest, rules);
}

/* Goes over semicolons; false where the rules want a parameter behind one. */
static bool take_semicolons(struct caa_octets *rest,
                            const struct caa_rules *rules)
{
    if (!take(rest, ';')) {
        return false;
    }
    skip_blanks(rest);
    while (rules->semicolon == CAA_SEMICOLON_ANYWHERE && take(rest, ';')) {
        skip_blanks(rest);
    }
    return rest->length > 0 || rules->semicolon != CAA_SEMICOLON_BETWEEN;
}

/* Whether all of `rest`, from behind the first ";", is parameters. */
static bool parameters_conform(struct caa_octets rest,
                               const struct caa_rules *rules)
{
    skip_blanks(&rest);
    while (rules->semicolon == CAA_SEMICOLON_ANYWHERE && take(&rest, ';')) {
        skip_blanks(&rest);
    }
    while (rest.length > 0) {
        if (!take_or_overlook(&rest, rules)) {
            return false;
        }
        skip_blanks(&rest);
        if (rules->grammar == CAA_GRAMMAR_6844 || rest.length == 0) {
            continue;
        }
        if (!take_semicolons(&rest, rules)) {
            return false;
        }
    }
    return true;
}

struct caa_issue_value caa_issue_value_parse(struct caa_octets value,
                                             const struct caa_rules *rules)
{
    struct caa_issue_value parsed = { .conforms = false };
    struct caa_octets rest = value;

    if (is_badly_indented(&value, rules)) {
        return parsed;
    }
    skip_blanks(&rest);
    if (rules->issuer_blanks == CAA_LENIENT ||
        rules->issuer_form != CAA_FORM_GRAMMAR) {
        parsed.issuer = take_any_issuer(&rest);
    } else {
        parsed.issuer = take_issuer(&rest, rules);
    }
    skip_blanks(&rest);
    if (rest.length == 0) {
        parsed.conforms = true;
        return parsed;
    }
    if (!take(&rest, ';')) {
        return parsed;
    }
    parsed.parameters = rest;
    parsed.conforms = rules->parameters == CAA_PARAMETERS_IGNORED ||
                      parameters_conform(rest, rules);
    return parsed;
}
