/* SPDX-License-Identifier: BSD-2-Clause */
#include "state_text.h"

enum { STATE_VERSION = 1, CHECKS_MAX = 4096 };

/* Non-zero without memory. */
static int add_rules(json_t *list, const struct caa_rules *rules)
{
    const uint8_t *octets = (const uint8_t *)rules;
    int failed = 0;

    for (size_t i = 0; i < sizeof(*rules); i++) {
        failed |= json_array_append_new(list, json_integer(octets[i]));
    }
    return failed;
}

/* Everything that a verdict depends on but the DNS; NULL without memory. */
static json_t *request_value(const struct options *options)
{
    const char *account = options->account;
    const char *method = options->method;
    const char *resolver = options->unbound.resolver;
    json_t *value = json_pack("[i, s?, s?, s?, s]", (int)options->kind, account,
                              method, resolver, options->unbound.trust_anchor);
    json_t *lists[] = { json_array(), json_array(), json_array(),
                        json_array() };
    int failed = value == NULL;

    failed |= add_rules(lists[0], &options->rules);

    for (size_t i = 0; i < options->issuer_count; i++) {
        failed |=
            json_array_append_new(lists[1], json_string(options->issuers[i]));
    }
    for (size_t i = 0; i < options->remote_count; i++) {
        failed |=
            json_array_append_new(lists[2], json_string(options->remotes[i]));
    }
    for (size_t i = 0; i < options->subject_count; i++) {
        failed |= json_array_append_new(lists[3],
                                        json_string(options->subjects[i].text));
    }
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        failed |= json_array_append_new(value, lists[i]);
    }
    if (failed != 0) {
        json_decref(value);
        return NULL;
    }
    return value;
}

json_t *state_text_read(const char *octets, size_t length)
{
    json_error_t error;
    json_t *root = json_loadb(octets, length, JSON_REJECT_DUPLICATES, &error);

    if (json_integer_value(json_object_get(root, "caacheck-state")) ==
            STATE_VERSION &&
        json_is_array(json_object_get(root, "checks"))) {
        return root;
    }
    json_decref(root);
    return NULL;
}

static bool read_check(const json_t *check, struct caa_earlier *earlier_out)
{
    const json_t *checked = json_object_get(check, "checked");
    const json_t *ttl = json_object_get(check, "ttl");
    const json_t *denial = json_object_get(check, "denial");

    if (!json_is_integer(checked) || !json_is_integer(ttl) ||
        !json_is_boolean(denial) || json_integer_value(checked) < 0 ||
        json_integer_value(ttl) < 0 || json_integer_value(ttl) > INT32_MAX) {
        return false;
    }
    *earlier_out = (struct caa_earlier){
        .checked_s = json_integer_value(checked),
        .ttl_s = (uint32_t)json_integer_value(ttl),
        .denial = json_is_true(denial),
    };
    return true;
}

/* Of this request, or of another, and still of use. */
static bool counts(const json_t *check, const struct options *options,
                   const json_t *request, bool same,
                   struct caa_earlier *earlier_out)
{
    return read_check(check, earlier_out) &&
           (json_equal(json_object_get(check, "request"), request) != 0) ==
               same &&
           caa_reuse_counts(&options->rules, earlier_out, options->now_s);
}

bool state_text_recall(const json_t *root, const struct options *options,
                       int64_t *checked_out)
{
    const json_t *checks = json_object_get(root, "checks");
    json_t *request = request_value(options);
    struct caa_earlier earlier;
    bool found = false;

    for (size_t i = 0; request != NULL && i < json_array_size(checks); i++) {
        if (counts(json_array_get(checks, i), options, request, true,
                   &earlier)) {
            *checked_out = earlier.checked_s;
            found = true;
        }
    }
    json_decref(request);
    return found;
}

/* What still counts, of other requests. [owned] */
static json_t *others(const json_t *root, const struct options *options,
                      const json_t *request)
{
    const json_t *old = json_object_get(root, "checks");
    json_t *checks = json_array();
    struct caa_earlier earlier;

    for (size_t i = 0; i < json_array_size(old); i++) {
        json_t *check = json_array_get(old, i);
        if (counts(check, options, request, false, &earlier) &&
            json_array_append(checks, check) != 0) {
            json_decref(checks);
            return NULL;
        }
    }
    while (json_array_size(checks) >= CHECKS_MAX) {
        (void)json_array_remove(checks, 0);
    }
    return checks;
}

json_t *state_text_with(const json_t *root, const struct options *options,
                        const struct caa_earlier *made)
{
    json_t *request = request_value(options);

    if (request == NULL) {
        return NULL;
    }
    json_t *checks = others(root, options, request);
    json_t *check = json_pack("{s:O, s:I, s:I, s:b}", "request", request,
                              "checked", (json_int_t)made->checked_s, "ttl",
                              (json_int_t)made->ttl_s, "denial", made->denial);
    json_decref(request);
    if (json_array_append_new(checks, check) != 0) {
        json_decref(checks);
        return NULL;
    }
    return json_pack("{s:i, s:o}", "caacheck-state", STATE_VERSION, "checks",
                     checks);
}

#ifdef CAA_WITH_DEVIATIONS

/* The place of the rules in a request. */
enum { RULES_AT = 5 };

json_t *state_text_under(const json_t *root, const struct caa_rules *from,
                         const struct caa_rules *to)
{
    json_t *copy = json_deep_copy(root);
    json_t *checks = json_object_get(copy, "checks");
    json_t *old = json_array();
    json_t *new = json_array();
    int failed = add_rules(old, from) | add_rules(new, to);

    for (size_t i = 0; i < json_array_size(checks); i++) {
        json_t *request = json_object_get(json_array_get(checks, i), "request");
        if (json_equal(json_array_get(request, RULES_AT), old) != 0) {
            failed |= json_array_set(request, RULES_AT, new);
        }
    }
    json_decref(old);
    json_decref(new);
    json_decref(failed != 0 ? copy : NULL);
    return failed != 0 ? NULL : copy;
}

#endif
