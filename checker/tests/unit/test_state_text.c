/* SPDX-License-Identifier: BSD-2-Clause */
#include "state_text.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

enum { EIGHT_HOURS_S = 28800, NOW_S = 1700000000 };

/* One plain name under the Baseline Requirements of today. */
static struct options request_at(int64_t now_s, struct caa_subject *subject)
{
    struct options options = { .kind = CAA_KIND_TLS,
                               .now_s = now_s,
                               .unbound = { .trust_anchor = "root.key" },
                               .subjects = subject,
                               .subject_count = 1 };
    const char *problem = NULL;

    assert_int_equal(
        caa_subject_parse("www.a.test", CAA_KIND_TLS, subject, &problem),
        CAA_OK);
    assert_int_equal(
        caa_profile_rules("tls-br", 20261220, CAA_KIND_TLS, &options.rules),
        CAA_OK);
    return options;
}

static json_t *kept(const struct options *options, uint32_t ttl_s)
{
    const struct caa_earlier made = { .checked_s = options->now_s,
                                      .ttl_s = ttl_s };
    json_t *root = state_text_with(NULL, options, &made);

    assert_non_null(root);
    return root;
}

/* After the octets have been to a file and back. */
static json_t *read_again(json_t *root)
{
    char *octets = json_dumps(root, JSON_COMPACT);

    assert_non_null(octets);
    json_t *again = state_text_read(octets, strlen(octets));
    assert_non_null(again);
    free(octets);
    json_decref(root);
    return again;
}

static void assert_stands(const json_t *root, struct options options,
                          int64_t age_s, bool stands)
{
    int64_t checked_s = -1;

    options.now_s = NOW_S + age_s;
    assert_int_equal(state_text_recall(root, &options, &checked_s), stands);
    assert_int_equal(checked_s, stands ? NOW_S : -1);
}

static void stands_for_its_ttl_or_eight_hours(void **state)
{
    static const struct {
        int64_t age_s;
        uint32_t ttl_s;
        bool stands;
    } cases[] = {
        { 0, 0, true },
        { EIGHT_HOURS_S, 0, true },
        { EIGHT_HOURS_S + 1, 0, false },
        { EIGHT_HOURS_S, EIGHT_HOURS_S - 1, true },
        { EIGHT_HOURS_S + 60, EIGHT_HOURS_S + 60, true },
        { EIGHT_HOURS_S + 61, EIGHT_HOURS_S + 60, false },
        { INT32_MAX, INT32_MAX, true },
        { -1, 60, false },
    };
    struct caa_subject subject;
    struct options options = request_at(NOW_S, &subject);

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        json_t *root = read_again(kept(&options, cases[i].ttl_s));
        assert_stands(root, options, cases[i].age_s, cases[i].stands);
        json_decref(root);
    }
}

static void stands_for_no_other_request(void **state)
{
    static const char *issuers[] = { "ca.test" };
    static char remote[] = "192.0.2.1";
    char *remotes[] = { remote };
    struct caa_subject subject;
    struct caa_subject other;
    struct options options = request_at(NOW_S, &subject);
    struct options changed[9];
    json_t *root = kept(&options, 60);

    (void)state;
    for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++) {
        changed[i] = options;
    }
    changed[0].kind = CAA_KIND_SMIME;
    changed[1].account = "u";
    changed[2].method = "dns-01";
    changed[3].unbound.resolver = "192.0.2.1";
    changed[4].unbound.trust_anchor = "other.key";
    changed[5].issuers = issuers;
    changed[5].issuer_count = 1;
    changed[6].remotes = remotes;
    changed[6].remote_count = 1;
    changed[7].rules.unknown++;
    changed[8].subjects = &other;
    other = subject;
    other.text[0] = 'v';
    assert_stands(root, options, 1, true);
    for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++) {
        assert_stands(root, changed[i], 1, false);
    }
    json_decref(root);
}

/* Both keep what was made of the other, as long as it counts. */
static void keeps_what_counts_of_other_requests(void **state)
{
    struct caa_subject subject;
    struct options first = request_at(NOW_S, &subject);
    struct options second = first;
    const struct caa_earlier soon = { .checked_s = NOW_S + 60 };
    const struct caa_earlier late = { .checked_s = NOW_S + EIGHT_HOURS_S + 1 };
    json_t *one = kept(&first, 0);

    (void)state;
    second.account = "u";
    second.now_s = soon.checked_s;
    json_t *both = state_text_with(one, &second, &soon);
    assert_int_equal(json_array_size(json_object_get(both, "checks")), 2);
    assert_stands(both, first, 60, true);
    second.now_s = late.checked_s;
    json_t *again = state_text_with(both, &second, &late);
    assert_int_equal(json_array_size(json_object_get(again, "checks")), 1);
    assert_stands(again, first, 60, false);
    json_decref(one);
    json_decref(both);
    json_decref(again);
}

/* A file of any size would be read as a whole for each check. */
static void holds_only_so_many(void **state)
{
    struct caa_subject subject;
    struct options options = request_at(NOW_S, &subject);
    const struct caa_earlier made = { .checked_s = NOW_S };
    json_t *root = kept(&options, 0);
    json_t *checks = json_object_get(root, "checks");

    (void)state;
    for (int i = 1; i < 5000; i++) {
        assert_int_equal(json_array_append(checks, json_array_get(checks, 0)),
                         0);
    }
    options.account = "u";
    json_t *more = state_text_with(root, &options, &made);
    assert_int_equal(json_array_size(json_object_get(more, "checks")), 4096);
    int64_t checked_s = 0;
    assert_true(state_text_recall(more, &options, &checked_s));
    json_decref(root);
    json_decref(more);
}

static void keeps_no_text_that_is_not_utf_8(void **state)
{
    struct caa_subject subject;
    struct options options = request_at(NOW_S, &subject);
    const struct caa_earlier made = { .checked_s = NOW_S };
    int64_t checked_s = 0;

    (void)state;
    options.account = "\xFF";
    assert_null(state_text_with(NULL, &options, &made));
    assert_false(state_text_recall(NULL, &options, &checked_s));
    options.account = NULL;
    subject.text[0] = '\xFF';
    assert_null(state_text_with(NULL, &options, &made));
}

static void reads_nothing_but_its_own(void **state)
{
    static const char *const texts[] = {
        "",
        "{",
        "[]",
        "1",
        "{\"caacheck-state\": 1}",
        "{\"caacheck-state\": 2, \"checks\": []}",
        "{\"caacheck-state\": \"1\", \"checks\": []}",
        "{\"caacheck-state\": 1, \"checks\": {}}",
        "{\"caacheck-state\": 1, \"checks\": []",
        "{\"caacheck-state\": 1, \"checks\": []} x",
        "{\"caacheck-state\": 1, \"checks\": [], \"checks\": []}",
        "{\"caacheck-state\": 1, \"checks\": [\"\xFF\"]}",
        "{\"caacheck-state\": 1e999, \"checks\": []}",
        "{\"checks\": []}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_null(state_text_read(texts[i], strlen(texts[i])));
    }
    json_t *empty =
        read_again(json_pack("{s:i, s:[]}", "caacheck-state", 1, "checks"));
    json_decref(empty);
}

/* Each of them in the place of one member of a check that would stand. */
static void a_check_that_is_not_whole_stands_for_none(void **state)
{
    static const struct {
        const char *key;
        const char *value;
    } wrong[] = {
        { "ttl", "-1" },      { "ttl", "2147483648" },
        { "ttl", "\"60\"" },  { "ttl", "60.0" },
        { "ttl", "null" },    { "checked", "-1" },
        { "checked", "[]" },  { "checked", "9223372036854775807" },
        { "checked", "1.7" }, { "denial", "0" },
        { "denial", "null" }, { "request", "[]" },
        { "request", "{}" },  { "request", "\"\"" },
    };
    struct caa_subject subject;
    struct options options = request_at(NOW_S, &subject);

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        json_t *root = kept(&options, 60);
        json_t *check = json_array_get(json_object_get(root, "checks"), 0);
        json_t *value = json_loads(wrong[i].value, JSON_DECODE_ANY, NULL);
        assert_stands(root, options, 1, true);
        assert_int_equal(json_object_set_new(check, wrong[i].key, value), 0);
        assert_stands(root, options, 1, false);
        json_decref(root);
    }
    json_t *root =
        json_pack("{s:i, s:[i, n, []]}", "caacheck-state", 1, "checks", 7);
    assert_stands(root, options, 1, false);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_for_its_ttl_or_eight_hours),
        cmocka_unit_test(stands_for_no_other_request),
        cmocka_unit_test(keeps_what_counts_of_other_requests),
        cmocka_unit_test(holds_only_so_many),
        cmocka_unit_test(keeps_no_text_that_is_not_utf_8),
        cmocka_unit_test(reads_nothing_but_its_own),
        cmocka_unit_test(a_check_that_is_not_whole_stands_for_none),
    };

    return cmocka_run_group_tests_name("checker.state_text", tests, NULL, NULL);
}
