/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <caacheck/rules.h>

#include <stdio.h>
#include <string.h>

static void every_value_of_every_rule_can_be_applied(void **state)
{
    size_t count = 0;
    const struct caa_rule_info *table = caa_rule_table(&count);

    (void)state;
    assert_true(count > 40);
    for (size_t i = 0; i < count; i++) {
        uint8_t value = 0;
        for (; value < CAA_RULE_VALUES_MAX && table[i].values[value]; value++) {
            struct caa_rules rules = { .text = CAA_TEXT_8659 };
            char text[128];
            (void)snprintf(text, sizeof(text), "%s=%s", table[i].key,
                           table[i].values[value]);
            assert_int_equal(caa_rules_apply(&rules, text), CAA_OK);
            uint8_t octets[sizeof(rules)];
            memcpy(octets, &rules, sizeof(rules));
            assert_int_equal(octets[table[i].offset], value);
        }
        assert_true(value >= 2);
        assert_true(strlen(table[i].help) > 0);
        assert_true(strlen(table[i].section) > 0);
    }
}

static void no_two_rules_share_a_key_or_a_field(void **state)
{
    size_t count = 0;
    const struct caa_rule_info *table = caa_rule_table(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(table[i].key, table[j].key);
            assert_int_not_equal(table[i].offset, table[j].offset);
        }
    }
}

static void rejects_what_is_not_in_the_table(void **state)
{
    static const char *const bad[] = {
        "",        "climb",     "climb=",      "climb=yes",
        "=to-tld", "clim=none", "climbs=none", "CLIMB=none"
    };
    struct caa_rules rules = { .climb = CAA_CLIMB_SKIP_TLD };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(caa_rules_apply(&rules, bad[i]), CAA_EFORMAT);
    }
    assert_int_equal(rules.climb, CAA_CLIMB_SKIP_TLD);
}

static void reads_days_that_exist(void **state)
{
    static const char *const bad[] = {
        "",           "2026-1-01",  "2026-13-01", "2026-00-10",  "2026-02-29",
        "2026-04-31", "20260401",   "2026/04/01", "2026-04-01 ", "2100-02-29",
        "2026-04-00", "0000-01-01", "202a-01-01"
    };
    caa_date date = 0;

    (void)state;
    assert_int_equal(caa_date_parse("2026-03-15", &date), CAA_OK);
    assert_int_equal(date, 20260315);
    assert_int_equal(caa_date_parse("2024-02-29", &date), CAA_OK);
    assert_int_equal(caa_date_parse("2000-02-29", &date), CAA_OK);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(caa_date_parse(bad[i], &date), CAA_EFORMAT);
    }
    assert_int_equal(date, 20000229);
}

static struct caa_rules rules_for(const char *name, caa_date date,
                                  enum caa_kind kind)
{
    struct caa_rules rules;

    assert_int_equal(caa_profile_rules(name, date, kind, &rules), CAA_OK);
    return rules;
}

static struct caa_rules profile(const char *name, caa_date date)
{
    return rules_for(name, date, CAA_KIND_TLS);
}

static void rfc8659_is_all_zero(void **state)
{
    static const struct caa_rules zero;
    struct caa_rules rules = profile("rfc8659", 20261101);

    (void)state;
    assert_memory_equal(&rules, &zero, sizeof(rules));
}

static void profiles_differ_where_the_texts_do(void **state)
{
    struct caa_rules first = profile("rfc6844", 20261101);
    struct caa_rules erratum = profile("rfc6844-e5065", 20261101);

    (void)state;
    assert_int_equal(first.alias, CAA_ALIAS_TREE);
    assert_int_equal(first.dname_owner, CAA_DNAME_OWNER_TARGET);
    assert_int_equal(first.grammar, CAA_GRAMMAR_6844);
    assert_int_equal(erratum.alias, CAA_ALIAS_TARGET);
    assert_int_equal(erratum.dname_owner, CAA_DNAME_OWNER_TARGET);
    assert_int_equal(
        caa_profile_rules("rfc9999", 20261101, CAA_KIND_TLS, &first),
        CAA_EFORMAT);
}

static void the_baseline_changes_on_its_days(void **state)
{
    (void)state;
    assert_int_equal(profile("tls-br", 20171026).text, CAA_TEXT_6844);
    assert_int_equal(profile("tls-br", 20171027).text, CAA_TEXT_5065);
    assert_int_equal(profile("tls-br", 20201018).text, CAA_TEXT_5065);
    assert_int_equal(profile("tls-br", 20201019).text, CAA_TEXT_8659);
    assert_int_equal(profile("tls-br", 20250720).proof, CAA_PROOF_NO_CHAIN);
    assert_int_equal(profile("tls-br", 20250721).proof, CAA_PROOF_CONFIRMED);
    assert_int_equal(profile("tls-br", 20261101).internal, CAA_INTERNAL_REFUSE);
    assert_int_equal(profile("tls-br", 20261101).failure, CAA_FAILURE_REFUSE);
    assert_int_equal(profile("tls-br", 20190430).underscore,
                     CAA_UNDERSCORE_ACCEPT);
    assert_int_equal(profile("tls-br", 20190501).underscore,
                     CAA_UNDERSCORE_REFUSE);
}

static void the_baseline_of_smime_has_days_of_its_own(void **state)
{
    struct caa_rules rules = profile("smime-br", 20260401);

    (void)state;
    assert_int_equal(profile("smime-br", 20171001).text, CAA_TEXT_8659);
    assert_int_equal(profile("smime-br", 20251012).proof, CAA_PROOF_NO_CHAIN);
    assert_int_equal(profile("smime-br", 20251013).proof, CAA_PROOF_CONFIRMED);
    assert_int_equal(rules.failure, CAA_FAILURE_REFUSE);
    assert_int_equal(rules.bogus, CAA_BOGUS_FAILURE);
    assert_int_equal(rules.internal, CAA_INTERNAL_EMPTY);
    assert_int_equal(rules.underscore, CAA_UNDERSCORE_ACCEPT);
    assert_string_equal(caa_section(&rules, CAA_TOPIC_FAILURE),
                        "SMIME-BR section 4.2.2.1");
    assert_string_equal(caa_section(&rules, CAA_TOPIC_ALLOWED_FAILURE),
                        "SMIME-BR section 4.2.2.1");
    assert_string_equal(caa_section(&rules, CAA_TOPIC_ISSUEMAIL),
                        "RFC 9495 section 4");
}

static void mailboxes_are_read_by_rfc8659_in_every_profile(void **state)
{
    static const char *const names[] = { "rfc6844", "rfc6844-e5065",
                                         "rfc8659" };
    struct caa_rules rules = rules_for("tls-br", 20171001, CAA_KIND_SMIME);

    (void)state;
    assert_int_equal(rules.text, CAA_TEXT_8659);
    assert_int_equal(rules.alias, CAA_ALIAS_TARGET);
    assert_int_equal(rules.grammar, CAA_GRAMMAR_8659);
    assert_int_equal(rules.baseline, CAA_BASELINE_TLS);
    rules = rules_for("tls-br", 20260401, CAA_KIND_SMIME);
    assert_int_equal(rules.internal, CAA_INTERNAL_EMPTY);
    assert_int_equal(rules.underscore, CAA_UNDERSCORE_ACCEPT);
    assert_int_equal(rules.proof, CAA_PROOF_CONFIRMED);
    for (size_t i = 0; i < 3; i++) {
        struct caa_rules tls = profile("rfc8659", 20260401);
        rules = rules_for(names[i], 20260401, CAA_KIND_SMIME);
        assert_memory_equal(&rules, &tls, sizeof(rules));
    }
}

static void every_topic_has_a_section_in_every_profile(void **state)
{
    static const char *const names[] = { "rfc6844", "rfc6844-e5065", "rfc8659",
                                         "tls-br", "smime-br" };

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        struct caa_rules rules = profile(names[i], 20261101);
        for (int topic = CAA_TOPIC_CLIMB; topic <= CAA_TOPIC_METHOD; topic++) {
            const char *section = caa_section(&rules, (enum caa_topic)topic);
            assert_true(strlen(section) > 0);
        }
    }
    struct caa_rules erratum = profile("rfc6844-e5065", 20261101);
    assert_string_equal(caa_section(&erratum, CAA_TOPIC_CLIMB),
                        "RFC 6844 erratum 5065");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_of_every_rule_can_be_applied),
        cmocka_unit_test(no_two_rules_share_a_key_or_a_field),
        cmocka_unit_test(rejects_what_is_not_in_the_table),
        cmocka_unit_test(reads_days_that_exist),
        cmocka_unit_test(rfc8659_is_all_zero),
        cmocka_unit_test(profiles_differ_where_the_texts_do),
        cmocka_unit_test(the_baseline_changes_on_its_days),
        cmocka_unit_test(the_baseline_of_smime_has_days_of_its_own),
        cmocka_unit_test(mailboxes_are_read_by_rfc8659_in_every_profile),
        cmocka_unit_test(every_topic_has_a_section_in_every_profile),
    };

    return cmocka_run_group_tests_name("checker.rules", tests, NULL, NULL);
}
