/* SPDX-License-Identifier: BSD-2-Clause */
#include "rfc8657.h"

#include "ascii.h"

#include <string.h>

static bool is_named(const struct caa_octets *tag, const char *name)
{
    size_t length = strlen(name);

    return tag->length == length &&
           caa_ascii_equal_nocase(tag->data, (const uint8_t *)name, length);
}

/* Octet by octet: account URIs are compared as they stand (section 3). */
static bool is_text(const struct caa_octets *octets, const char *text)
{
    return text != NULL && strlen(text) == octets->length &&
           memcmp(octets->data, text, octets->length) == 0;
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
        if (label.length == 0) {
            return false;
        }
        holds = holds || is_text(&label, method);
    }
    return holds;
}

enum caa_8657 caa_8657_judge(struct caa_octets parameters,
                             const struct caa_rules *rules, const char *account,
                             const char *method)
{
    struct caa_parameter parameter;
    size_t accounts = 0;
    bool account_ok = true;
    bool method_ok = true;

    while (caa_parameter_next(&parameters, rules, &parameter)) {
        bool skip = parameter.value.length == 0 &&
                    rules->empty_parameter == CAA_EMPTY_PARAMETER_IGNORE;
        if (skip) {
            continue;
        }
        if (rules->account != CAA_ACCOUNT_IGNORE &&
            is_named(&parameter.tag, "accounturi")) {
            accounts++;
            account_ok =
                is_text(&parameter.value, account) &&
                parameter.value.length > 0 &&
                (accounts == 1 || rules->account == CAA_ACCOUNT_LAST_WINS);
        }
        if (rules->method == CAA_METHOD_OBEY &&
            is_named(&parameter.tag, "validationmethods")) {
            method_ok =
                method_ok && list_holds(&parameter.value, method, rules);
        }
    }
    if (!account_ok) {
        return CAA_8657_ACCOUNT;
    }
    return method_ok ? CAA_8657_SATISFIED : CAA_8657_METHOD;
}
