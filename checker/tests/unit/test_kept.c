/* SPDX-License-Identifier: BSD-2-Clause */
#include "fake_lookup.h"
#include "kept.h"

#include <stdio.h>

static const struct fake_line lines[] = {
    { .name = "a.test", .secure = true },
    { .name = "twice.test", .attempts = 2 },
    { .name = "forged.test", .bogus = true },
    { .name = "down.test", .outcome = CAA_OUTCOME_TIMEOUT },
    { .name = NULL },
};

struct bench {
    struct fake_lookup fake;
    struct kept kept;
};

static void begin(struct bench *bench, bool asking)
{
    fake_init(&bench->fake, lines);
    bench->kept =
        (struct kept){ .under = bench->fake.lookup, .asking = asking };
}

static void end(struct bench *bench)
{
    kept_fini(&bench->kept);
    fake_fini(&bench->fake);
}

static const struct caa_answer *ask(const struct caa_lookup lookup,
                                    const char *name)
{
    struct caa_name owner = fake_name(name);

    return lookup.ask(lookup.context, &owner, CAA_TYPE_CAA);
}

/* The first answer of the fake comes late. */
static const struct caa_answer *record(struct bench *bench, const char *name)
{
    struct caa_lookup lookup = kept_recorder(&bench->kept);

    (void)ask(lookup, name);
    return ask(lookup, name);
}

static void plays_what_was_recorded(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, false);
    const struct caa_answer *answer = record(&bench, "a.test");
    assert_non_null(answer);
    kept_rewind(&bench.kept);
    assert_false(kept_was_asked(&bench.kept));
    assert_ptr_equal(ask(kept_player(&bench.kept), "a.test"), answer);
    assert_true(kept_was_asked(&bench.kept));
    assert_null(ask(kept_player(&bench.kept), "b.test"));
    assert_false(kept_was_asked(&bench.kept));
    kept_rewind(&bench.kept);
    (void)ask(kept_player(&bench.kept), "a.test");
    assert_true(kept_was_asked(&bench.kept));
    end(&bench);
}

/* What still was on its way when the verdict was there was not kept. */
static void an_answer_that_never_came_is_not_there(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, false);
    assert_null(ask(kept_recorder(&bench.kept), "a.test"));
    assert_null(ask(kept_player(&bench.kept), "a.test"));
    assert_false(kept_was_asked(&bench.kept));
    assert_false(kept_is_flawless(&bench.kept));
    end(&bench);
}

static void asks_beyond_when_it_may(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, true);
    (void)record(&bench, "a.test");
    struct caa_lookup player = kept_player(&bench.kept);
    assert_null(ask(player, "b.test"));
    assert_non_null(ask(player, "b.test"));
    assert_false(kept_was_asked(&bench.kept)); /* a.test was not */
    assert_non_null(ask(player, "a.test"));
    assert_true(kept_was_asked(&bench.kept));
    end(&bench);
}

static void passes_a_diagnosis_on_when_it_may(void **state)
{
    static const struct caa_diagnosis silent = { .behaviour =
                                                     CAA_BEHAVIOUR_SILENT };
    struct caa_name name = fake_name("a.test");
    struct bench bench;

    (void)state;
    for (int asking = 0; asking < 2; asking++) {
        begin(&bench, asking == 1);
        bench.fake.diagnosis = &silent;
        struct caa_lookup recorder = kept_recorder(&bench.kept);
        struct caa_lookup player = kept_player(&bench.kept);
        assert_ptr_equal(recorder.diagnose(recorder.context, &name), &silent);
        assert_ptr_equal(player.diagnose(player.context, &name),
                         asking == 1 ? &silent : NULL);
        assert_int_equal(kept_was_asked(&bench.kept), asking == 1);
        end(&bench);
    }
}

static void who_has_no_diagnosis_gets_none(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, true);
    bench.kept.under.diagnose = NULL;
    assert_null(kept_recorder(&bench.kept).diagnose);
    assert_null(kept_player(&bench.kept).diagnose);
    end(&bench);
}

static void one_flaw_is_enough(void **state)
{
    static const char *const flawed[] = { "twice.test", "forged.test",
                                          "down.test" };
    struct bench bench;

    (void)state;
    begin(&bench, false);
    assert_true(kept_is_flawless(&bench.kept));
    (void)record(&bench, "a.test");
    assert_true(kept_is_flawless(&bench.kept));
    end(&bench);
    for (size_t i = 0; i < sizeof(flawed) / sizeof(flawed[0]); i++) {
        begin(&bench, false);
        (void)record(&bench, "a.test");
        (void)record(&bench, flawed[i]);
        assert_false(kept_is_flawless(&bench.kept));
        end(&bench);
    }
}

static void keeps_many(void **state)
{
    struct bench bench;
    char name[32];

    (void)state;
    begin(&bench, false);
    for (unsigned i = 0; i < 100; i++) {
        (void)snprintf(name, sizeof(name), "n%u.test", i);
        (void)record(&bench, name);
    }
    assert_int_equal(bench.kept.count, 100);
    assert_non_null(ask(kept_player(&bench.kept), "n42.test"));
    end(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plays_what_was_recorded),
        cmocka_unit_test(an_answer_that_never_came_is_not_there),
        cmocka_unit_test(asks_beyond_when_it_may),
        cmocka_unit_test(passes_a_diagnosis_on_when_it_may),
        cmocka_unit_test(who_has_no_diagnosis_gets_none),
        cmocka_unit_test(one_flaw_is_enough),
        cmocka_unit_test(keeps_many),
    };
    return cmocka_run_group_tests_name("checker.kept", tests, NULL, NULL);
}
