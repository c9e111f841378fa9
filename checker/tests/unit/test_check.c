/* SPDX-License-Identifier: BSD-2-Clause */
#include "fake_lookup.h"

#include <caacheck/check.h>

#include <stdio.h>

/* One check of one name over a table. */
struct trial {
    struct fake_lookup fake;
    struct caa_rules rules;
    struct caa_result result;
    char place[CAA_NAME_TEXT_MAX]; /* found-at, or "" */
};

static const char *const issuers[] = { "ca.test" };

static void trial_init(struct trial *trial, const struct fake_line *lines,
                       const char *profile)
{
    static const struct caa_diagnosis unknown = { .behaviour =
                                                      CAA_BEHAVIOUR_UNKNOWN };

    fake_init(&trial->fake, lines);
    trial->fake.diagnosis = &unknown;
    assert_int_equal(
        caa_profile_rules(profile, 20261101, CAA_KIND_TLS, &trial->rules),
        CAA_OK);
    caa_result_init(&trial->result);
}

static void trial_rule(struct trial *trial, const char *rule)
{
    assert_int_equal(caa_rules_apply(&trial->rules, rule), CAA_OK);
}

/* Runs to the end, restarting as often as something was on its way. */
static void trial_run(struct trial *trial, const char *name)
{
    const char *problem = NULL;
    struct caa_subject subject;
    struct caa_request request = { .issuers = issuers, .issuer_count = 1 };
    struct caa_check check = { .request = &request,
                               .rules = &trial->rules,
                               .lookup = &trial->fake.lookup };
    enum caa_status st = CAA_PENDING;

    assert_int_equal(caa_subject_parse(name, CAA_KIND_TLS, &subject, &problem),
                     CAA_OK);
    while (st == CAA_PENDING) {
        st = caa_check_subject(&check, &subject, &trial->result);
    }
    assert_int_equal(st, CAA_OK);
    trial->place[0] = '\0';
    if (trial->result.found) {
        caa_name_to_text(&trial->result.found_at, trial->place);
    }
}

static void trial_fini(struct trial *trial)
{
    caa_result_fini(&trial->result);
    fake_fini(&trial->fake);
}

/* "permit@place" or "refuse:reason@place". rule may be NULL. */
static void assert_told(const struct fake_line *lines, const char *profile,
                        const char *rule, const char *name,
                        const char *expected)
{
    struct trial trial;
    char told[CAA_NAME_TEXT_MAX + 64];

    trial_init(&trial, lines, profile);
    if (rule != NULL) {
        trial_rule(&trial, rule);
    }
    trial_run(&trial, name);
    (void)snprintf(told, sizeof(told), "%s%s%s%s%s",
                   trial.result.verdict == CAA_PERMIT ? "permit" : "refuse",
                   trial.result.reason != CAA_REASON_NONE ? ":" : "",
                   caa_reason_id(trial.result.reason),
                   trial.result.found ? "@" : "", trial.place);
    trial_fini(&trial);
    assert_string_equal(told, expected);
}

#define PERMITS           \
    {                     \
        "0 issue ca.test" \
    }
#define REFUSES     \
    {               \
        "0 issue ;" \
    }
#define NXDOMAIN 3

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

/* The table of aliases in RFC 8659 section 3 and RFC 6844 section 4. */
static const struct fake_line aliases[] = {
    { .name = "to-refusing.t", .aliases = { "b.z" }, .caa = REFUSES },
    { .name = "chain.t", .aliases = { "c1.z", "c2.z" }, .caa = REFUSES },
    { .name = "empty-target.t", .aliases = { "none.shut" } },
    { .name = "open-target.shut", .aliases = { "none.open" } },
    { .name = "permits.shut", .aliases = { "p.open" }, .caa = PERMITS },
    { .name = "dangling.shut", .aliases = { "gone.z" }, .rcode = NXDOMAIN },
    { .name = "loop.t", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 },
    { .name = "shut", .caa = REFUSES },
    { .name = "open", .caa = PERMITS },
    { NULL },
};

static void aliases_are_read_as_rfc8659_says(void **state)
{
    (void)state;
    assert_told(aliases, "rfc8659", NULL, "to-refusing.t",
                "refuse:not-authorised@b.z");
    assert_told(aliases, "rfc8659", NULL, "chain.t",
                "refuse:not-authorised@c2.z");
    assert_told(aliases, "rfc8659", NULL, "x.to-refusing.t",
                "refuse:not-authorised@b.z");
    assert_told(aliases, "rfc8659", NULL, "empty-target.t", "permit");
    assert_told(aliases, "rfc8659", NULL, "open-target.shut",
                "refuse:not-authorised@shut");
    assert_told(aliases, "rfc8659", NULL, "permits.shut", "permit@p.open");
    assert_told(aliases, "rfc8659", NULL, "dangling.shut",
                "refuse:not-authorised@shut");
    assert_told(aliases, "rfc8659", NULL, "loop.t", "refuse:lookup-failed");
}

static void rfc6844_climbs_the_tree_of_the_target(void **state)
{
    (void)state;
    assert_told(aliases, "rfc6844", NULL, "empty-target.t",
                "refuse:not-authorised@shut");
    assert_told(aliases, "rfc6844", NULL, "open-target.shut", "permit@open");
    assert_told(aliases, "rfc6844-e5065", NULL, "empty-target.t", "permit");
    assert_told(aliases, "rfc8659", "alias=target-tree", "empty-target.t",
                "refuse:not-authorised@shut");
}

static void deviations_misread_aliases(void **state)
{
    static const struct fake_line six[] = {
        { .name = "x.t",
          .aliases = { "a", "b", "c", "d", "e" },
          .caa = PERMITS },
        { .name = "d.shut", .dname = true, .aliases = { "p" }, .caa = PERMITS },
        { .name = "shut", .caa = REFUSES },
        { NULL },
    };

    (void)state;
    assert_told(aliases, "rfc8659", "alias=ignore", "to-refusing.t", "permit");
    assert_told(aliases, "rfc8659", "alias=first-only", "chain.t", "permit");
    assert_told(aliases, "rfc8659", "alias=first-only", "to-refusing.t",
                "refuse:not-authorised@b.z");
    assert_told(aliases, "rfc8659", "alias-empty=found", "open-target.shut",
                "permit");
    assert_told(aliases, "rfc8659", "alias-nxdomain=failure", "dangling.shut",
                "refuse:lookup-failed");
    assert_told(six, "rfc8659", NULL, "x.t", "permit@e");
    assert_told(six, "rfc8659", "alias-limit=4", "x.t", "refuse:lookup-failed");
    assert_told(six, "rfc8659", NULL, "d.shut", "permit@p");
    assert_told(six, "rfc8659", "dname=ignore", "d.shut",
                "refuse:not-authorised@shut");
}

static const struct fake_line dname_owner[] = {
    { .name = "d.open", .type = CAA_TYPE_DNAME, .dname_target = "shut.z" },
    { .name = "shut.z", .caa = REFUSES },
    { .name = "e.open", .type = CAA_TYPE_DNAME, .dname_target = "none.shut" },
    { .name = "f.open",
      .type = CAA_TYPE_DNAME,
      .outcome = CAA_OUTCOME_SERVFAIL,
      .attempts = 2 },
    { .name = "open", .caa = PERMITS },
    { .name = "shut", .caa = REFUSES },
    { NULL },
};

static void a_dname_owner_is_redirected_only_before_rfc8659(void **state)
{
    (void)state;
    assert_told(dname_owner, "rfc8659", NULL, "d.open", "permit@open");
    assert_told(dname_owner, "rfc6844-e5065", NULL, "d.open",
                "refuse:not-authorised@shut.z");
    assert_told(dname_owner, "rfc6844", NULL, "d.open",
                "refuse:not-authorised@shut.z");
    assert_told(dname_owner, "rfc6844-e5065", NULL, "e.open", "permit@open");
    assert_told(dname_owner, "rfc6844", NULL, "e.open",
                "refuse:not-authorised@shut");
    assert_told(dname_owner, "rfc6844", NULL, "f.open", "refuse:lookup-failed");
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

/* What the rules that read a climb otherwise make of these. */
static const struct fake_line crooked[] = {
    { .name = ".", .caa = REFUSES },
    { .name = "shut", .caa = REFUSES },
    { .name = "open", .caa = PERMITS },
    { .name = "co.shut", .caa = REFUSES },
    { .name = "d.open", .caa = REFUSES },
    { .name = "p.shut", .caa = PERMITS },
    { .name = "www.site.open", .caa = REFUSES },
    { .name = "other.open", .caa = { "0 issue o" } },
    { .name = "critical", .caa = { "128 foo" } },
    { .name = "p.critical", .caa = PERMITS },
    { .name = "wild", .caa = { "0 issuewild o" } },
    { .name = "p.wild", .caa = PERMITS },
    { .name = "gone.shut", .rcode = NXDOMAIN },
    { .name = "gone.open", .rcode = NXDOMAIN },
    { .name = "alias.none", .aliases = { "p.shut" }, .caa = PERMITS },
    { .name = "to-o.x", .aliases = { "o.z" }, .caa = REFUSES },
    { .name = "to-none.shut", .aliases = { "k.none" } },
    { .name = "to-gone.shut", .aliases = { "k" }, .rcode = NXDOMAIN },
    { .name = "parent.x", .aliases = { "o.z" }, .caa = REFUSES },
    { .name = "five.x",
      .aliases = { "1", "2", "3", "4", "5" },
      .caa = REFUSES },
    { .name = "nine.x",
      .aliases = { "1", "2", "3", "4", "5", "6", "7", "8", "9" },
      .caa = PERMITS },
    { .name = "below.dname",
      .dname = true,
      .aliases = { "p" },
      .caa = PERMITS },
    { .name = "bad.open", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 },
    { .name = "bad.none", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 },
    { .name = "failing", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 },
    { .name = "p.failing", .caa = PERMITS },
    { .name = "long.shut", .rcode = 6 },
    { .name = "garbage.open", .outcome = CAA_OUTCOME_UNREADABLE },
    { .name = "refused.open", .rcode = 5 },
    { .name = "notimp.open", .rcode = 4 },
    { .name = "formerr.open", .rcode = 1 },
    { .name = "bogus.none", .bogus = true, .caa = PERMITS },
    { .name = "bogus-nodata.none", .bogus = true },
    { .name = "bogus-nxdomain.none", .bogus = true, .rcode = NXDOMAIN },
    { .name = "bogus-both.none", .bogus = true, .caa = PERMITS },
    { .name = "bogus-both.none", .bogus = true, .type = CAA_TYPE_A },
    { .name = "loop.none", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 },
    { .name = "loop.none",
      .type = CAA_TYPE_CNAME,
      .dname_target = "loop.none" },
    { NULL },
};

#define NO     "refuse:not-authorised"
#define FAILED "refuse:lookup-failed"

static const struct {
    const char *rule;
    const char *name;
    const char *expected;
} turns[] = {
    { "climb=to-root", "a.none", NO "@." },
    { "climb=skip-single", "shut", "permit" },
    { "climb=public-suffix", "a.co.shut", "permit" },
    { "climb=public-suffix", "a.shut", "permit" },
    { "climb=with-www", "a.b.d.open", "permit" },
    { "climb=with-www", "www.b.d.open", "permit" },
    { "climb=registered", "www.site.open", "permit" },
    { "start=without-www", "www.site.open", "permit@open" },
    { "alias=lone", "to-o.x", "permit" },
    { "alias=instead", "to-none.shut", "permit" },
    { "alias=at-start", "a.parent.x", "permit" },
    { "alias-nxdomain=permit", "to-gone.shut", "permit" },
    { "alias-limit=8", "nine.x", FAILED },
    { "alias-limit=4-empty", "five.x", "permit" },
    { "alias-failure=empty", "loop.none", "permit" },
    { "dname=failure", "below.dname", FAILED },
    { "depth=5", "a.b.c.d.e.shut", "permit" },
    { "wildcard-name=parent", "*.d.open", "permit@open" },
    { "wildcard-name=no-climb", "*.a.shut", "permit" },
    { "nodata=permit", "a.shut", "permit" },
    { "nxdomain=permit", "gone.shut", "permit" },
    { "sets=united", "other.open", "permit@other.open" },
    { "sets=farthest", "p.shut", NO "@p.shut" },
    { "sets=per-tag", "*.p.wild", NO "@p.wild" },
    { "sets=critical-above", "p.critical",
      "refuse:critical-unknown@p.critical" },
    { "sets=failure-above", "p.failing", FAILED },
    { "sets=failure-above", "bad.open", FAILED },
    { "near-failure=unless-found", "bad.open", "permit@open" },
    { "servfail=permit", "bad.open", "permit" },
    { "unreadable=empty", "garbage.open", "permit@open" },
    { "yxdomain=permit", "long.shut", "permit" },
    { "error-rcode=permit", "refused.open", "permit" },
    { "error-rcode=empty", "refused.open", "permit@open" },
    { "error-rcode=refused-empty", "refused.open", "permit@open" },
    { "error-rcode=notimp-empty", "notimp.open", "permit@open" },
    { "error-rcode=formerr-empty", "formerr.open", "permit@open" },
    { "bogus=accept-nxdomain", "bogus-nxdomain.none", "permit" },
    { "bogus=accept-nodata", "bogus-nodata.none", "permit" },
    { "bogus=accept-records", "bogus.none", "permit@bogus.none" },
    { "bogus=by-address", "bogus.none", "permit@bogus.none" },
    { "insecure=refuse-nxdomain", "gone.open", FAILED },
    { "insecure=refuse-nodata", "a.open", FAILED },
    { "insecure=refuse-alias", "alias.none", FAILED },
};

/* Each changes one verdict, and that one is not what RFC 8659 has. */
static void each_rule_takes_one_wrong_turn(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++) {
        struct trial trial;
        assert_told(crooked, "rfc8659", turns[i].rule, turns[i].name,
                    turns[i].expected);
        trial_init(&trial, crooked, "rfc8659");
        trial_run(&trial, turns[i].name);
        bool permitted = trial.result.verdict == CAA_PERMIT;
        trial_fini(&trial);
        bool told_permit = strncmp(turns[i].expected, "permit", 6) == 0;
        bool same_turn = strcmp(turns[i].name, "bad.open") == 0;
        assert_true(permitted != told_permit || same_turn);
    }
}

/* What a rule leaves as it is. */
static void a_wrong_turn_is_taken_only_where_it_applies(void **state)
{
    (void)state;
    assert_told(crooked, "rfc8659", "climb=to-root", "p.shut", "permit@p.shut");
    assert_told(crooked, "rfc8659", "climb=with-www", "www.d.open",
                NO "@d.open");
    assert_told(crooked, "rfc8659", "climb=skip-single", "a.shut", NO "@shut");
    assert_told(crooked, "rfc8659", "alias=at-start", "parent.x", NO "@o.z");
    assert_told(crooked, "rfc8659", "alias-limit=8", "five.x", NO "@5");
    assert_told(crooked, "rfc8659", "alias-failure=empty", "bad.none", FAILED);
    assert_told(crooked, "rfc8659", "near-failure=unless-found", "bad.none",
                FAILED);
    assert_told(crooked, "rfc8659", "sets=united", "a.none", "permit");
    assert_told(crooked, "rfc8659", "sets=farthest", "a.d.open",
                "permit@d.open");
    assert_told(crooked, "rfc8659", "sets=per-tag", "p.wild", "permit@p.wild");
    assert_told(crooked, "rfc8659", "sets=failure-above", "p.shut",
                "permit@p.shut");
    assert_told(crooked, "rfc8659", "sets=united", "p.failing",
                "permit@p.failing");
    assert_told(crooked, "rfc8659", "error-rcode=refused-empty", "notimp.open",
                FAILED);
    assert_told(crooked, "rfc8659", "bogus=accept-nxdomain",
                "bogus-nodata.none", FAILED);
    assert_told(crooked, "rfc8659", "bogus=accept-nodata",
                "bogus-nxdomain.none", FAILED);
    assert_told(crooked, "rfc8659", "bogus=accept-records", "bogus-nodata.none",
                FAILED);
    assert_told(crooked, "rfc8659", "bogus=by-address", "bogus-both.none",
                FAILED);
    assert_told(crooked, "rfc8659", "insecure=refuse-nodata", "p.shut",
                "permit@p.shut");
    assert_told(crooked, "rfc8659", "insecure=refuse-opt-out", "p.shut",
                "permit@p.shut");
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
        cmocka_unit_test(aliases_are_read_as_rfc8659_says),
        cmocka_unit_test(rfc6844_climbs_the_tree_of_the_target),
        cmocka_unit_test(deviations_misread_aliases),
        cmocka_unit_test(a_dname_owner_is_redirected_only_before_rfc8659),
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
        cmocka_unit_test(each_rule_takes_one_wrong_turn),
        cmocka_unit_test(a_wrong_turn_is_taken_only_where_it_applies),
        cmocka_unit_test(freeing_nothing_is_allowed),
    };

    return cmocka_run_group_tests_name("checker.check", tests, NULL, NULL);
}
