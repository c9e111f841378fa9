/* SPDX-License-Identifier: BSD-2-Clause */
#include "compare.h"
#include "deviation.h"
#include "fake_lookup.h"
#include "options.h"
#include "program.h"
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct fake_line lines[] = {
    { .name = "www.shop.test", .caa = { "0 issue ca.test" }, .secure = true },
    { .name = "shop.test", .caa = { "128 tbs x" }, .secure = true },
    { .name = "low.test", .secure = true },
    { .name = "test", .secure = true },
    { .name = "odd.test", .caa = { "0 issue \xff" }, .secure = true },
    { .name = "forged.test", .caa = { "0 issue ca.test" }, .bogus = true },
    { .name = "flaky.test", .secure = true, .attempts = 2 },
    { .name = "down.test", .outcome = CAA_OUTCOME_TIMEOUT },
    { .name = NULL },
};

enum { NOW_S = 1700000000, HOUR_S = 3600 };

struct bench {
    struct fake_lookup fake;
    struct options options;
    struct perspectives perspectives;
    char *argv[8];
};

static void bench_init(struct bench *bench, char *name)
{
    static char words[][24] = { "caacheck-deviant", "--json",    "--issuer",
                                "ca.test",          "--profile", "rfc8659" };
    size_t count = 0;

    for (; count < sizeof(words) / sizeof(words[0]); count++) {
        bench->argv[count] = words[count];
    }
    bench->argv[count++] = name;
    fake_init(&bench->fake, lines);
    assert_int_equal(options_parse((int)count, bench->argv, &bench->options),
                     CAA_OK);
    bench->perspectives = (struct perspectives){
        .lookups = calloc(1, sizeof(struct caa_lookup)),
        .results = calloc(1, sizeof(struct caa_result)),
        .finished = calloc(1, sizeof(bool)),
        .count = 1,
        .subject_count = 1,
    };
    assert_non_null(bench->perspectives.lookups);
    bench->perspectives.lookups[0] = bench->fake.lookup;
}

static void check(struct bench *bench)
{
    struct caa_result *results = perspectives_results(&bench->perspectives, 0);
    enum caa_status st = CAA_PENDING;
    int64_t checked_s = 0;

    if (state_recall(&bench->options, &checked_s)) {
        program_reuse(&bench->options, checked_s, results);
        return;
    }
    while (st == CAA_PENDING) {
        st = program_evaluate(&bench->options, &bench->perspectives);
    }
    assert_int_equal(st, CAA_OK);
}

/* Runs the check, then what is told of the candidates; [owned]. */
static char *told_of(struct bench *bench, const char *candidates, bool asking)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    compare_set(candidates, asking);
    assert_int_equal(compare_keep(&bench->options, &bench->perspectives),
                     CAA_OK);
    check(bench);
    assert_int_equal(compare_tell(out, &bench->options, &bench->perspectives),
                     CAA_OK);
    assert_int_equal(fclose(out), 0);
    compare_set(NULL, false);
    return text;
}

static void bench_fini(struct bench *bench)
{
    perspectives_fini(&bench->perspectives);
    options_fini(&bench->options);
    fake_fini(&bench->fake);
}

static void expect(char *name, const char *candidates, const char *wanted)
{
    struct bench bench;

    bench_init(&bench, name);
    char *text = told_of(&bench, candidates, false);
    assert_string_equal(text, wanted);
    free(text);
    bench_fini(&bench);
}

/* The same, while what was not asked may be asked: it arrives at once. */
static void expect_asking(char *name, const char *candidates,
                          const char *wanted)
{
    static const char *const names[] = { "shop.test", "test" };
    struct bench bench;

    bench_init(&bench, name);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct caa_name beyond = fake_name(names[i]);
        (void)fake_ask(&bench.fake, &beyond, CAA_TYPE_CAA);
    }
    char *text = told_of(&bench, candidates, true);
    assert_string_equal(text, wanted);
    free(text);
    bench_fini(&bench);
}

static void tells_what_asks_and_says_the_same(void **state)
{
    (void)state;
    /* Nothing here has a tag in capitals, and the set is found at once. */
    expect((char[]){ "www.shop.test" }, "C1:tag-case=exact A11:climb=none",
           "alike: 11\n");
    expect((char[]){ "www.shop.test" }, "", "alike: \n");
}

static void another_verdict_is_not_alike(void **state)
{
    (void)state;
    expect((char[]){ "shop.test" },
           "C2:critical-unknown=ignore C1:tag-case=exact", "alike: 01\n");
    expect((char[]){ "www.shop.test" }, "X1 X2 J3", "alike: 001\n");
}

/* It asks for less, or for more: what that shows on the wire is not known. */
static void other_questions_are_not_alike(void **state)
{
    (void)state;
    expect((char[]){ "low.test" }, "A11:climb=none B3:servfail=empty",
           "alike: 01\n");
    expect((char[]){ "www.shop.test" }, "B3:servfail=empty", "alike: 0\n");
    /* Silence and SERVFAIL are told apart by asking the servers. */
    expect((char[]){ "down.test" }, "B3:servfail=permit", "alike: 0\n");
}

/* The farthest set names a critical tag that is unknown; the nearest decides
 * in spite of it, and of a failure that is not there. */
static void more_questions_are_alike_where_it_may_ask(void **state)
{
    (void)state;
    expect_asking((char[]){ "www.shop.test" },
                  "A20:sets=farthest A22:sets=failure-above "
                  "F6:sets=critical-above B3:servfail=empty",
                  "alike: 0101\n");
    expect((char[]){ "www.shop.test" }, "A22:sets=failure-above", "alike: 0\n");
    /* What asks for less is not. */
    expect_asking((char[]){ "low.test" }, "A11:climb=none", "alike: 0\n");
}

static void what_acts_on_look_ups_is_not_alike(void **state)
{
    (void)state;
    expect((char[]){ "www.shop.test" }, "G17 C1:tag-case=exact", "alike: 01\n");
    expect((char[]){ "www.shop.test" }, "Z9 C1:no-such=rule", "alike: 00\n");
}

static void what_acts_on_failures_is_alike_where_nothing_fails(void **state)
{
    (void)state;
    expect((char[]){ "www.shop.test" }, "B16 G15 B9:retry=none G17:retry=none",
           "alike: 1110\n");
    expect((char[]){ "down.test" }, "B16 G15 B9:retry=none", "alike: 000\n");
    expect((char[]){ "forged.test" }, "B16", "alike: 0\n");
    expect((char[]){ "flaky.test" }, "B9:retry=none", "alike: 0\n");
}

/* What would end the process, or hold it up for ever, is noted instead. */
static void a_crash_is_no_end_of_the_comparison(void **state)
{
    (void)state;
    expect((char[]){ "odd.test" }, "C14 C1:tag-case=exact", "alike: 01\n");
    expect((char[]){ "www.shop.test" }, "C14 B7", "alike: 11\n");
    expect((char[]){ "down.test" }, "B7 C14", "alike: 01\n");
}

static void names_are_read_again(void **state)
{
    (void)state;
    expect((char[]){ "WWW.shop.test" }, "E23 E20", "alike: 01\n");
    expect((char[]){ "www.shop.test" }, "E23 E27", "alike: 11\n");
    expect((char[]){ "192.0.2.1" }, "E20", "alike: 0\n");
}

static void says_nothing_when_nothing_is_compared(void **state)
{
    struct bench bench;

    (void)state;
    bench_init(&bench, (char[]){ "shop.test" });
    char *text = told_of(&bench, NULL, false);
    assert_string_equal(text, "");
    free(text);
    bench_fini(&bench);
}

static void leaves_no_deviation_on(void **state)
{
    (void)state;
    expect((char[]){ "www.shop.test" }, "X1", "alike: 0\n");
    assert_false(caa_deviates("X1"));
}

/* So long after a check that permitted; 0: there was none. */
static void expect_after(unsigned hours, const char *candidates,
                         const char *wanted)
{
    char directory[] = "/tmp/test-compare-XXXXXX";
    char path[64];
    struct bench bench;
    struct bench earlier;

    assert_non_null(mkdtemp(directory));
    (void)snprintf(path, sizeof(path), "%s/caacheck-state.json", directory);
    bench_init(&bench, (char[]){ "www.shop.test" });
    bench_init(&earlier, (char[]){ "www.shop.test" });
    bench.options.state_directory = directory;
    bench.options.rules.reuse = CAA_REUSE_LONGER;
    bench.options.now_s = NOW_S;
    if (hours > 0) {
        earlier.options.state_directory = directory;
        earlier.options.rules.reuse = CAA_REUSE_LONGER;
        earlier.options.now_s = NOW_S - (int64_t)hours * HOUR_S;
        check(&earlier);
        state_remember(&earlier.options,
                       perspectives_results(&earlier.perspectives, 0));
    }
    char *text = told_of(&bench, candidates, false);
    assert_string_equal(text, wanted);
    free(text);
    bench_fini(&earlier);
    bench_fini(&bench);
    assert_int_equal(unlink(path), hours > 0 ? 0 : -1);
    assert_int_equal(rmdir(directory), 0);
}

/* Rules of reuse show when there is something to reuse, or to be kept. */
static void an_earlier_check_may_stand_for_the_look_up(void **state)
{
    static const char candidates[] =
        "C1:tag-case=exact E15:reuse=forever E16:reuse=none X2";

    (void)state;
    expect_after(0, candidates, "alike: 1100\n");
    expect_after(1, candidates, "alike: 1101\n");
    expect_after(9, candidates, "alike: 1000\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_asks_and_says_the_same),
        cmocka_unit_test(another_verdict_is_not_alike),
        cmocka_unit_test(other_questions_are_not_alike),
        cmocka_unit_test(more_questions_are_alike_where_it_may_ask),
        cmocka_unit_test(what_acts_on_look_ups_is_not_alike),
        cmocka_unit_test(what_acts_on_failures_is_alike_where_nothing_fails),
        cmocka_unit_test(a_crash_is_no_end_of_the_comparison),
        cmocka_unit_test(names_are_read_again),
        cmocka_unit_test(says_nothing_when_nothing_is_compared),
        cmocka_unit_test(leaves_no_deviation_on),
        cmocka_unit_test(an_earlier_check_may_stand_for_the_look_up),
    };
    return cmocka_run_group_tests_name("checker.compare", tests, NULL, NULL);
}
