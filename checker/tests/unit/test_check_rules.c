/* SPDX-License-Identifier: BSD-2-Clause */
/* Each rule takes one wrong turn, where it applies and nowhere else. */
#include "check_trial.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_takes_one_wrong_turn),
        cmocka_unit_test(a_wrong_turn_is_taken_only_where_it_applies),
    };

    return cmocka_run_group_tests_name("checker.check_rules", tests, NULL,
                                       NULL);
}
