/* SPDX-License-Identifier: BSD-2-Clause */
#include "check_trial.h"

static const struct fake_line climbing[] = {
    { .name = "t", .caa = REFUSES },
    { .name = "good.t", .caa = PERMITS },
    { .name = "iodef.good.t", .caa = { "0 iodef mailto:a@b" } },
    { .name = "iodef.t", .caa = { "0 iodef mailto:a@b" } },
    { .name = "own.t", .caa = PERMITS },
    { .name = "gone.good.t", .rcode = NXDOMAIN },
    { .name = "critical.good.t", .caa = { "128 foo", "0 issue ca.test" } },
    { .name = "wild.good.t", .caa = { "0 issue ca.test", "0 issuewild o" } },
    { NULL },
};

static void climbs_to_the_nearest_set_and_no_further(void **state)
{
    (void)state;
    assert_told(climbing, "rfc8659", NULL, "a.b.good.t", "permit@good.t");
    assert_told(climbing, "rfc8659", NULL, "own.t", "permit@own.t");
    assert_told(climbing, "rfc8659", NULL, "a.t", "refuse:not-authorised@t");
    assert_told(climbing, "rfc8659", NULL, "t", "refuse:not-authorised@t");
    assert_told(climbing, "rfc8659", NULL, "gone.good.t", "permit@good.t");
    assert_told(climbing, "rfc8659", NULL, "critical.good.t",
                "refuse:critical-unknown@critical.good.t");
}

static void nothing_up_to_the_tld_permits_and_the_root_is_not_asked(
    void **state)
{
    static const struct fake_line lines[] = {
        { .name = ".", .caa = REFUSES },
        { NULL },
    };
    struct trial trial;

    (void)state;
    trial_init(&trial, lines, "rfc8659");
    trial_run(&trial, "a.b.c");
    assert_int_equal(trial.result.verdict, CAA_PERMIT);
    assert_false(trial.result.found);
    assert_int_equal(trial.fake.asked, 3);
    trial_fini(&trial);
}

static void a_set_that_restricts_nothing_stops_the_climb(void **state)
{
    (void)state;
    assert_told(climbing, "rfc8659", NULL, "iodef.t", "permit@iodef.t");
    assert_told(climbing, "rfc8659", "unrestricted-set=climb", "iodef.t",
                "refuse:not-authorised@t");
    assert_told(climbing, "rfc8659", "unrestricted-set=refuse", "iodef.good.t",
                "refuse:not-authorised@iodef.good.t");
}

static void a_wildcard_starts_at_its_base(void **state)
{
    static const struct fake_line lines[] = {
        { .name = "x.t", .caa = REFUSES },
        { .name = "*.x.t", .caa = PERMITS },
        { NULL },
    };

    (void)state;
    assert_told(lines, "rfc8659", NULL, "*.x.t", "refuse:not-authorised@x.t");
    assert_told(climbing, "rfc8659", NULL, "*.wild.good.t",
                "refuse:not-authorised@wild.good.t");
    assert_told(climbing, "rfc8659", NULL, "wild.good.t", "permit@wild.good.t");
}

static void the_literal_wildcard_is_asked_only_by_rule(void **state)
{
    struct caa_name literal = { .length = 7, .wire = "\001*\001x\001t" };
    struct trial trial;
    static const struct fake_line lines[] = {
        { .name = "x.t", .caa = REFUSES },
        { NULL },
    };

    (void)state;
    trial_init(&trial, lines, "rfc8659");
    trial_rule(&trial, "wildcard-name=literal");
    trial_run(&trial, "*.x.t");
    assert_true(caa_name_equal(&trial.result.steps[0].name, &literal));
    assert_int_equal(trial.result.verdict, CAA_REFUSE);
    trial_fini(&trial);
}

static void deviations_cut_the_climb(void **state)
{
    (void)state;
    assert_told(climbing, "rfc8659", "climb=skip-tld", "a.t", "permit");
    assert_told(climbing, "rfc8659", "climb=skip-tld", "t", "permit");
    assert_told(climbing, "rfc8659", "climb=none", "a.t", "permit");
    assert_told(climbing, "rfc8659", "depth=16",
                "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.t", "permit");
    assert_told(climbing, "rfc8659", "depth=16",
                "b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.t", "refuse:not-authorised@t");
}

static void trees_that_never_end_are_a_failure(void **state)
{
    static const struct fake_line endless[] = {
        { .name = "a.x", .aliases = { "k.b.y" } },
        { .name = "b.y", .aliases = { "k.a.x" } },
        { NULL },
    };

    (void)state;
    assert_told(endless, "rfc6844", NULL, "a.x", "refuse:lookup-failed");
    assert_told(endless, "rfc8659", NULL, "a.x", "permit");
}

static const struct fake_line missing_tld[] = {
    { .name = "a.nope", .rcode = NXDOMAIN, .secure = true },
    { .name = "nope", .rcode = NXDOMAIN, .secure = true },
    { .name = "unsure", .rcode = NXDOMAIN },
    { .name = "alias.t",
      .aliases = { "nope" },
      .rcode = NXDOMAIN,
      .secure = true },
    { NULL },
};

static void a_tld_that_does_not_exist_is_for_the_baseline_to_refuse(
    void **state)
{
    (void)state;
    assert_told(missing_tld, "tls-br", NULL, "nope", "refuse:internal-name");
    assert_told(missing_tld, "tls-br", NULL, "a.nope", "refuse:internal-name");
    assert_told(missing_tld, "rfc8659", NULL, "a.nope", "permit");
    assert_told(missing_tld, "tls-br", "internal-name=empty", "nope", "permit");
    assert_told(missing_tld, "tls-br", NULL, "unsure", "permit");
    assert_told(missing_tld, "tls-br", NULL, "alias.t", "permit");
}

static void addresses_and_onions_are_never_looked_up(void **state)
{
    static const char *const names[] = { "192.0.2.1", "2001:db8::1", "a.onion",
                                         "*.a.onion" };

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct trial trial;
        trial_init(&trial, climbing, "tls-br");
        trial_run(&trial, names[i]);
        assert_int_equal(trial.result.verdict, CAA_PERMIT);
        assert_int_equal(trial.fake.asked, 0);
        trial_fini(&trial);
    }
}

static void the_baseline_refuses_an_underscore(void **state)
{
    (void)state;
    assert_told(climbing, "tls-br", NULL, "_a.own.t", "refuse:invalid-name");
    assert_told(climbing, "rfc8659", NULL, "_a.own.t", "permit@own.t");
}

static const struct fake_line failing[] = {
    { .name = "servfail.open", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 },
    { .name = "silent.open", .outcome = CAA_OUTCOME_TIMEOUT, .attempts = 2 },
    { .name = "once.open", .outcome = CAA_OUTCOME_TIMEOUT, .attempts = 1 },
    { .name = "strange.open", .outcome = CAA_OUTCOME_UNREADABLE },
    { .name = "overflow.open", .rcode = 6 },
    { .name = "bogus.open", .bogus = true, .caa = PERMITS },
    { .name = "bogus-denial.open", .bogus = true, .rcode = NXDOMAIN },
    { .name = "above.failing", .caa = PERMITS },
    { .name = "failing", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 },
    { .name = "open", .caa = PERMITS },
    { NULL },
};

static void a_failed_lookup_is_never_climbed_past(void **state)
{
    static const char *const names[] = { "servfail.open",  "silent.open",
                                         "strange.open",   "overflow.open",
                                         "bogus.open",     "bogus-denial.open",
                                         "x.servfail.open" };
    static const char *const profiles[] = { "rfc8659", "tls-br", "rfc6844",
                                            "rfc6844-e5065" };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        for (size_t j = 0; j < 4; j++) {
            assert_told(failing, profiles[j], NULL, names[i],
                        "refuse:lookup-failed");
        }
    }
}

static void a_failure_above_a_set_does_not_matter(void **state)
{
    (void)state;
    assert_told(failing, "rfc8659", NULL, "a.above.failing",
                "permit@above.failing");
}

static void rules_misread_failures(void **state)
{
    (void)state;
    assert_told(failing, "rfc8659", "bogus=accept", "bogus.open",
                "permit@bogus.open");
    assert_told(failing, "rfc8659", "bogus=accept-denial", "bogus.open",
                "refuse:lookup-failed");
    assert_told(failing, "rfc8659", "bogus=accept-denial", "bogus-denial.open",
                "permit@open");
    assert_told(climbing, "rfc8659", "nxdomain=failure", "gone.good.t",
                "refuse:lookup-failed");
    assert_told(climbing, "rfc8659", "insecure=refuse", "own.t",
                "refuse:lookup-failed");
    assert_told(climbing, "rfc8659", "insecure=refuse-denial", "x.own.t",
                "refuse:lookup-failed");
    assert_told(climbing, "rfc8659", "insecure=refuse-denial", "own.t",
                "permit@own.t");
}

/* Runs servfail.open with a diagnosis and one rule; says whether it climbed. */
static bool reads_as_empty(enum caa_behaviour behaviour, const char *rule)
{
    struct caa_diagnosis diagnosis = { .behaviour = behaviour };
    struct trial trial;

    trial_init(&trial, failing, "rfc8659");
    trial.fake.diagnosis = &diagnosis;
    trial_rule(&trial, rule);
    trial_run(&trial, "servfail.open");
    bool permitted = trial.result.verdict == CAA_PERMIT;
    assert_ptr_equal(trial.result.steps[0].diagnosis, &diagnosis);
    trial_fini(&trial);
    return permitted;
}

static void a_diagnosis_tells_kinds_of_failure_apart(void **state)
{
    (void)state;
    assert_true(reads_as_empty(CAA_BEHAVIOUR_SILENT, "timeout=empty"));
    assert_true(reads_as_empty(CAA_BEHAVIOUR_SERVFAIL, "servfail=empty"));
    assert_true(reads_as_empty(CAA_BEHAVIOUR_ERROR, "error-rcode=empty"));
    assert_true(reads_as_empty(CAA_BEHAVIOUR_UNKNOWN, "servfail=empty"));
    assert_true(reads_as_empty(CAA_BEHAVIOUR_ANSWERS, "servfail=empty"));
    assert_false(reads_as_empty(CAA_BEHAVIOUR_SERVFAIL, "timeout=empty"));
    assert_false(reads_as_empty(CAA_BEHAVIOUR_SILENT, "error-rcode=empty"));
    assert_false(reads_as_empty(CAA_BEHAVIOUR_ERROR, "servfail=empty"));
    assert_false(reads_as_empty(CAA_BEHAVIOUR_UNREADABLE, "servfail=empty"));
}

static void many_steps_are_kept(void **state)
{
    char name[256] = "";
    struct trial trial;

    (void)state;
    for (size_t i = 0; i < 120; i++) {
        name[2 * i] = 'a';
        name[2 * i + 1] = '.';
        name[2 * i + 2] = '\0';
    }
    memcpy(name + 240, "good.t", 7);
    trial_init(&trial, climbing, "rfc8659");
    trial_run(&trial, name);
    assert_int_equal(trial.result.step_count, 121);
    assert_string_equal(trial.place, "good.t");
    trial_fini(&trial);
}

/* Without a chain from the root "insecure" is Indeterminate (RFC 4035 4.3). */
static void without_a_root_that_validates_insecure_is_a_failure(void **state)
{
    static const struct fake_line insecure[] = {
        { .name = "x.t", .caa = PERMITS },
        { .name = "s.t", .caa = PERMITS, .secure = true },
        { .name = ".", .type = CAA_TYPE_DNSKEY },
        { NULL },
    };
    static const struct fake_line silent[] = {
        { .name = ".",
          .type = CAA_TYPE_DNSKEY,
          .outcome = CAA_OUTCOME_TIMEOUT },
        { .name = "x.t", .secure = true },
        { .name = "t", .secure = true },
        { NULL },
    };

    (void)state;
    assert_told(insecure, "rfc8659", NULL, "x.t", "refuse:lookup-failed");
    assert_told(insecure, "tls-br", "lookup-failure=allow", "x.t",
                "refuse:lookup-failed");
    assert_told(insecure, "rfc8659", NULL, "empty.t", "refuse:lookup-failed");
    assert_told(insecure, "rfc8659", "bogus=accept", "x.t", "permit@x.t");
    assert_told(insecure, "rfc8659", NULL, "s.t", "permit@s.t");
    assert_told(silent, "rfc8659", NULL, "y.t", "refuse:lookup-failed");
    assert_told(silent, "rfc8659", NULL, "x.t", "permit");
    assert_told(silent, "rfc6844", NULL, "x.t", "refuse:lookup-failed");
}

static void freeing_nothing_is_allowed(void **state)
{
    (void)state;
    caa_result_fini(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(climbs_to_the_nearest_set_and_no_further),
        cmocka_unit_test(
            nothing_up_to_the_tld_permits_and_the_root_is_not_asked),
        cmocka_unit_test(a_set_that_restricts_nothing_stops_the_climb),
        cmocka_unit_test(a_wildcard_starts_at_its_base),
        cmocka_unit_test(the_literal_wildcard_is_asked_only_by_rule),
        cmocka_unit_test(deviations_cut_the_climb),
        cmocka_unit_test(trees_that_never_end_are_a_failure),
        cmocka_unit_test(
            a_tld_that_does_not_exist_is_for_the_baseline_to_refuse),
        cmocka_unit_test(addresses_and_onions_are_never_looked_up),
        cmocka_unit_test(the_baseline_refuses_an_underscore),
        cmocka_unit_test(a_failed_lookup_is_never_climbed_past),
        cmocka_unit_test(a_failure_above_a_set_does_not_matter),
        cmocka_unit_test(rules_misread_failures),
        cmocka_unit_test(a_diagnosis_tells_kinds_of_failure_apart),
        cmocka_unit_test(many_steps_are_kept),
        cmocka_unit_test(without_a_root_that_validates_insecure_is_a_failure),
        cmocka_unit_test(freeing_nothing_is_allowed),
    };

    return cmocka_run_group_tests_name("checker.check", tests, NULL, NULL);
}
