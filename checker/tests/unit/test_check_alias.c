/* SPDX-License-Identifier: BSD-2-Clause */
/* Aliases on the way up. */
#include "check_trial.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aliases_are_read_as_rfc8659_says),
        cmocka_unit_test(rfc6844_climbs_the_tree_of_the_target),
        cmocka_unit_test(deviations_misread_aliases),
        cmocka_unit_test(a_dname_owner_is_redirected_only_before_rfc8659),
    };

    return cmocka_run_group_tests_name("checker.check_alias", tests, NULL,
                                       NULL);
}
