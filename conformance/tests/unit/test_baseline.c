/* SPDX-License-Identifier: BSD-2-Clause */
#include "baseline.h"
#include "made_results.h"

#include <stdio.h>
#include <unistd.h>

/* Writes a file that vanishes with remove_file(). */
static void write_file(char path[64], const char *text)
{
    (void)snprintf(path, 64, "/tmp/test-baseline-XXXXXX");
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(close(fd), 0);
}

static struct cfm_baseline *load(const char *text, char *why)
{
    char path[64];

    write_file(path, text);
    struct cfm_baseline *baseline = cfm_baseline_load(path, why, 512);
    /* The name is random: keep what stands behind it. */
    if (baseline == NULL) {
        size_t len = strlen(path);
        assert_memory_equal(why, path, len);
        memmove(why, why + len, strlen(why + len) + 1);
    }
    assert_int_equal(unlink(path), 0);
    return baseline;
}

static const char known[] =
    "{\"schema\": 1, \"known\": [\n"
    " {\"address\": \"a\", \"outcome\": \"unsafe\", \"reason\": \"ticket "
    "7\"},\n"
    " {\"address\": \"b\", \"outcome\": \"hang\", \"reason\": \"slow\"},\n"
    " {\"address\": \"c\", \"outcome\": \"unsafe\", \"reason\": \"old\"},\n"
    " {\"address\": \"e\", \"outcome\": \"unsafe\", \"reason\": \"old\"},\n"
    " {\"address\": \"g\", \"outcome\": \"missing\", \"reason\": \"no "
    "mail\"},\n"
    " {\"address\": \"z\", \"outcome\": \"crash\", \"reason\": \"not run\"}]}";

static struct cfm_results made(void)
{
    static const struct made_line lines[] = {
        { "a", CFM_UNSAFE, "permit", "so" },
        { "b", CFM_UNSAFE, "permit", "so" },
        { "c", CFM_PASS, "refuse", "so" },
        { "d", CFM_OVERSTRICT, "refuse", "so" },
        { "e", CFM_UNSUPPORTED, NULL, "so" },
        { "f", CFM_PASS, "refuse", "so" },
        { "g", CFM_MISSING, NULL, "so" },
    };
    struct cfm_results results = { 0 };

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        made_add(&results, &lines[i]);
    }
    return results;
}

static void tells_known_new_changed_and_unexpected(void **state)
{
    static const enum cfm_standing wanted[] = {
        CFM_KNOWN, CFM_CHANGED, CFM_UNEXPECTED_PASS, CFM_BAD,
        CFM_GOOD,  CFM_GOOD,    CFM_KNOWN,
    };
    char why[512];
    struct cfm_baseline *baseline = load(known, why);
    struct cfm_results results = made();

    (void)state;
    assert_non_null(baseline);
    for (int twice = 0; twice < 2; twice++) {
        assert_int_equal(cfm_baseline_apply(baseline, &results), 0);
        for (size_t i = 0; i < results.count; i++) {
            assert_int_equal(results.items[i].standing, wanted[i]);
        }
    }
    assert_string_equal(results.items[0].known_reason, "ticket 7");
    assert_null(results.items[3].known_reason);
    assert_int_equal(cfm_results_exit(&results), 1);
    cfm_results_fini(&results);
    cfm_baseline_free(baseline);
}

static void does_not_fail_a_run_of_known_failures(void **state)
{
    static const struct made_line line = { "a", CFM_UNSAFE, "permit", "so" };
    char why[512];
    struct cfm_baseline *baseline = load(known, why);
    struct cfm_results results = { 0 };

    (void)state;
    made_add(&results, &line);
    assert_int_equal(cfm_baseline_apply(NULL, &results), 0);
    assert_int_equal(cfm_results_exit(&results), 1);
    assert_int_equal(cfm_baseline_apply(baseline, &results), 0);
    assert_int_equal(cfm_results_exit(&results), 0);
    cfm_results_fini(&results);
    cfm_baseline_free(baseline);
}

static void writes_what_it_can_read(void **state)
{
    char why[512];
    struct cfm_baseline *earlier = load(known, why);
    struct cfm_results results = made();
    char *text = cfm_baseline_text(&results, earlier, 20261101);
    struct cfm_baseline *again = load(text, why);

    (void)state;
    assert_non_null(again);
    assert_non_null(strstr(text, "ticket 7"));
    assert_null(strstr(text, "slow")); /* fails in another way now */
    assert_non_null(strstr(text, "accepted by --write-baseline on 2026-11-01"));
    assert_null(strstr(text, "not run"));
    assert_int_equal(cfm_baseline_apply(again, &results), 0);
    assert_int_equal(cfm_results_exit(&results), 0);
    assert_int_equal(cfm_results_standing(&results, CFM_KNOWN), 4);
    free(text);
    cfm_results_fini(&results);
    cfm_baseline_free(earlier);
    cfm_baseline_free(again);
}

static void says_where_a_file_is_wrong(void **state)
{
#define ENTRY(address, outcome, rest) \
    "{\"schema\": 1, \"known\": [{" address outcome rest "}]}"
#define A "\"address\": \"a\""
#define O ", \"outcome\": \"unsafe\""
#define R ", \"reason\": \"r\""
    static const struct {
        const char *text;
        const char *why;
    } rows[] = {
        { "{\n  oops\n}", ":2:6: " },
        { "[]", ":1:1: not a baseline" },
        { "{\"schema\": 2, \"known\": []}", ":1:1: not a baseline" },
        { "{\"schema\": 1}", ":1:1: not a baseline" },
        { ENTRY("\"x\": 1", O, R),
          ":1:1: entry 1 of \"known\" has no address" },
        { ENTRY(A, "", R), ":1:1: entry 1 of \"known\" has no outcome" },
        { ENTRY(A, ", \"outcome\": \"pass\"", R),
          ":1:1: entry 1 of \"known\" has no outcome" },
        { ENTRY(A, O, ""), ":1:1: entry 1 of \"known\" has no reason" },
        { ENTRY(A, O, R "}, {" A O R),
          ":1:1: entry 2 of \"known\" is there twice" },
    };
    char why[512];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_null(load(rows[i].text, why));
        assert_memory_equal(why, rows[i].why, strlen(rows[i].why));
    }
    assert_null(cfm_baseline_load("/nonexistent/file", why, sizeof(why)));
    assert_non_null(strstr(why, "/nonexistent/file"));
    cfm_baseline_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_known_new_changed_and_unexpected),
        cmocka_unit_test(does_not_fail_a_run_of_known_failures),
        cmocka_unit_test(writes_what_it_can_read),
        cmocka_unit_test(says_where_a_file_is_wrong),
    };

    return cmocka_run_group_tests_name("conformance.baseline", tests, NULL,
                                       NULL);
}
