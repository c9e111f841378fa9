/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * state.c - {"caacheck-state": 1, "checks": [...]}, a check being the request
 * as an array of texts, when it was made, its TTL and whether it was a denial.
 * It is replaced as a whole, so that a reader sees an old one or a new one.
 */
#include "state.h"

#include "reuse.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STATE_FILE "caacheck-state.json"

enum { STATE_VERSION = 1, CHECKS_MAX = 4096 };

/* Everything that a verdict depends on but the DNS; NULL without memory. */
static json_t *request_value(const struct options *options)
{
    const uint8_t *rules = (const uint8_t *)&options->rules;
    const char *account = options->account;
    const char *method = options->method;
    const char *resolver = options->unbound.resolver;
    json_t *value = json_pack("[i, s?, s?, s?, s]", (int)options->kind, account,
                              method, resolver, options->unbound.trust_anchor);
    json_t *lists[] = { json_array(), json_array(), json_array(),
                        json_array() };
    int failed = value == NULL;

    for (size_t i = 0; i < sizeof(options->rules); i++) {
        failed |= json_array_append_new(lists[0], json_integer(rules[i]));
    }
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

static void complain(const char *path, const char *what)
{
    (void)fprintf(stderr, "caacheck: %s: %s\n", path, what);
}

static bool path_of(const struct options *options, char path[PATH_MAX])
{
    int length =
        snprintf(path, PATH_MAX, "%s/" STATE_FILE, options->state_directory);

    if (length > 0 && length < PATH_MAX) {
        return true;
    }
    complain(options->state_directory, "the path is too long");
    return false;
}

/* The file as it should be, or NULL: missing, or damaged and complained of. */
static json_t *load(const char *path)
{
    json_error_t error;

    if (access(path, F_OK) != 0 && errno == ENOENT) {
        return NULL;
    }
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (root != NULL &&
        json_integer_value(json_object_get(root, "caacheck-state")) ==
            STATE_VERSION &&
        json_is_array(json_object_get(root, "checks"))) {
        return root;
    }
    complain(path, "no state of caacheck's, or damaged: it is not used, and "
                   "the next check that permits replaces it");
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

bool state_recall(const struct options *options, int64_t *checked_out)
{
    char path[PATH_MAX];
    bool found = false;

    if (options->state_directory == NULL || !path_of(options, path)) {
        return false;
    }
    json_t *root = load(path);
    json_t *request = request_value(options);
    json_t *checks = json_object_get(root, "checks");
    for (size_t i = 0; request != NULL && i < json_array_size(checks); i++) {
        const json_t *check = json_array_get(checks, i);
        struct caa_earlier earlier;
        if (read_check(check, &earlier) &&
            json_equal(json_object_get(check, "request"), request) &&
            caa_reuse_counts(&options->rules, &earlier, options->now_s)) {
            *checked_out = earlier.checked_s;
            found = true;
        }
    }
    json_decref(request);
    json_decref(root);
    return found;
}

/* What still counts, of other requests, and the new one. [owned] */
static json_t *updated(const struct options *options, const json_t *root,
                       const struct caa_earlier *made)
{
    const json_t *old = json_object_get(root, "checks");
    json_t *request = request_value(options);
    json_t *checks = json_array();
    int failed = request == NULL || checks == NULL;

    for (size_t i = 0; failed == 0 && i < json_array_size(old); i++) {
        json_t *check = json_array_get(old, i);
        struct caa_earlier earlier;
        if (read_check(check, &earlier) &&
            !json_equal(json_object_get(check, "request"), request) &&
            caa_reuse_counts(&options->rules, &earlier, options->now_s)) {
            failed = json_array_append(checks, check);
        }
    }
    if (json_array_size(checks) >= CHECKS_MAX) {
        (void)json_array_remove(checks, 0);
    }
    json_t *check = json_pack("{s:o, s:I, s:I, s:b}", "request", request,
                              "checked", (json_int_t)made->checked_s, "ttl",
                              (json_int_t)made->ttl_s, "denial", made->denial);
    if (failed != 0 || json_array_append_new(checks, check) != 0) {
        json_decref(checks);
        return NULL;
    }
    return json_pack("{s:i, s:o}", "caacheck-state", STATE_VERSION, "checks",
                     checks);
}

/* In its place only when it is whole. */
static bool replace(const char *directory, const char *path, const json_t *root)
{
    char temporary[PATH_MAX];
    int length = snprintf(temporary, sizeof(temporary),
                          "%s/" STATE_FILE ".XXXXXX", directory);

    if (root == NULL || length < 0 || length >= PATH_MAX) {
        return false;
    }
    int fd = mkstemp(temporary);
    if (fd < 0) {
        return false;
    }
    bool written = json_dumpfd(root, fd, JSON_COMPACT) == 0;
    if (close(fd) == 0 && written && rename(temporary, path) == 0) {
        return true;
    }
    (void)unlink(temporary);
    return false;
}

void state_remember(const struct options *options,
                    const struct caa_result *results)
{
    struct caa_earlier made = { .checked_s = options->now_s,
                                .ttl_s = UINT32_MAX };
    char path[PATH_MAX];

    if (options->state_directory == NULL ||
        options->rules.reuse == CAA_REUSE_NONE || !path_of(options, path)) {
        return;
    }
    for (size_t i = 0; i < options->subject_count; i++) {
        caa_reuse_add(&made, &results[i]);
        if (results[i].verdict == CAA_REFUSE) {
            return;
        }
    }
    if (made.ttl_s > INT32_MAX) { /* nothing was looked up */
        made.ttl_s = 0;
    }
    json_t *old = load(path);
    json_t *root = updated(options, old, &made);
    if (!replace(options->state_directory, path, root)) {
        complain(path, "cannot be written: this check is not kept");
    }
    json_decref(root);
    json_decref(old);
}
