/* SPDX-License-Identifier: BSD-2-Clause */
#include "record_set.h"

#include <stdio.h>

static void issue_names_who_may(void **state)
{
    (void)state;
    assert_string_equal(PLAIN(SET("0 issue ca.test")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issue CA.TEST")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issue second.test")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issue other.test")), REFUSE);
    assert_string_equal(PLAIN(SET("0 issue ca.test.x")), REFUSE);
    assert_string_equal(PLAIN(SET("0 issue ca.tes")), REFUSE);
    assert_string_equal(PLAIN(SET("0 issue ;")), REFUSE);
    assert_string_equal(PLAIN(SET("0 issue")), REFUSE);
    assert_string_equal(PLAIN(SET("0 issue %%%%%")), REFUSE);
}

static void several_issue_properties_are_alternatives(void **state)
{
    (void)state;
    assert_string_equal(PLAIN(SET("0 issue o", "0 issue ca.test")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issue ;", "0 issue ca.test")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issue o", "0 issue ;")), REFUSE);
    assert_string_equal(PLAIN(SET("0 issue o", "0 issue o")), REFUSE);
}

static void tags_are_compared_without_case(void **state)
{
    (void)state;
    assert_string_equal(PLAIN(SET("0 ISSUE o")), REFUSE);
    assert_string_equal(PLAIN(SET("128 IsSuE ca.test")), PERMIT);
    assert_string_equal(WILDCARD(SET("0 IssueWild ;", "0 issue ca.test")),
                        REFUSE);
    assert_string_equal(PLAIN(SET("128 IODEF x")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issues o")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issu o")), PERMIT);
}

static void only_bit_0_is_critical(void **state)
{
    static const unsigned critical[] = { 128, 129, 130, 192, 255 };
    static const unsigned plain[] = { 0, 1, 2, 64, 127 };
    char record[32];

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        (void)snprintf(record, sizeof(record), "%u foo x", critical[i]);
        assert_string_equal(PLAIN(SET("0 issue ca.test", record)), CRITICAL);
        assert_string_equal(PLAIN(SET(record, "0 issue ca.test")), CRITICAL);
        (void)snprintf(record, sizeof(record), "%u foo x", plain[i]);
        assert_string_equal(PLAIN(SET("0 issue ca.test", record)), PERMIT);
    }
}

static void critical_and_known_is_no_reason_to_refuse(void **state)
{
    (void)state;
    assert_string_equal(PLAIN(SET("128 issue ca.test")), PERMIT);
    assert_string_equal(PLAIN(SET("128 issuewild o", "0 issue ca.test")),
                        PERMIT);
    assert_string_equal(PLAIN(SET("128 iodef foo:x")), PERMIT);
    assert_string_equal(PLAIN(SET("128 foo")), CRITICAL);
    assert_string_equal(PLAIN(SET("128 issue-x o")), CRITICAL);
}

static void a_set_without_restriction_permits(void **state)
{
    (void)state;
    assert_string_equal(PLAIN(SET("0 iodef mailto:a@b")), PERMIT);
    assert_string_equal(WILDCARD(SET("0 iodef mailto:a@b")), PERMIT);
    assert_string_equal(PLAIN(SET("0 foo x")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issuemail ;")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issuewild ;")), PERMIT);
}

static void issuewild_is_for_wildcards_and_hides_issue(void **state)
{
    (void)state;
    assert_string_equal(PLAIN(SET("0 issue ca.test", "0 issuewild o")), PERMIT);
    assert_string_equal(WILDCARD(SET("0 issue ca.test", "0 issuewild o")),
                        REFUSE);
    assert_string_equal(WILDCARD(SET("0 issue ca.test", "0 issuewild ;")),
                        REFUSE);
    assert_string_equal(WILDCARD(SET("0 issue ca.test", "0 issuewild %%")),
                        REFUSE);
    assert_string_equal(WILDCARD(SET("0 issue o", "0 issuewild ca.test")),
                        PERMIT);
    assert_string_equal(PLAIN(SET("0 issue o", "0 issuewild ca.test")), REFUSE);
    assert_string_equal(WILDCARD(SET("0 issue ca.test")), PERMIT);
    assert_string_equal(WILDCARD(SET("0 issue ;")), REFUSE);
    assert_string_equal(WILDCARD(SET("0 issuewild o", "0 issuewild ca.test")),
                        PERMIT);
}

static void issuemail_alone_restricts_mail(void **state)
{
    (void)state;
    assert_string_equal(MAIL(SET("0 issuemail ca.test")), PERMIT);
    assert_string_equal(MAIL(SET("0 IssueMail CA.TEST")), PERMIT);
    assert_string_equal(MAIL(SET("0 issuemail o")), REFUSE);
    assert_string_equal(MAIL(SET("0 issuemail ;")), REFUSE);
    assert_string_equal(MAIL(SET("0 issuemail")), REFUSE);
    assert_string_equal(MAIL(SET("0 issuemail %%%%%")), REFUSE);
    assert_string_equal(MAIL(SET("0 issuemail ;", "0 issuemail ca.test")),
                        PERMIT);
    assert_string_equal(MAIL(SET("0 issuemail %%", "0 issuemail ca.test")),
                        PERMIT);
    assert_string_equal(MAIL(SET("0 issue ;")), PERMIT);
    assert_string_equal(MAIL(SET("0 issue o", "0 issuewild ;")), PERMIT);
    assert_string_equal(MAIL(SET("0 issue ;", "0 issuemail ca.test")), PERMIT);
    assert_string_equal(MAIL(SET("0 issue ca.test", "0 issuemail o")), REFUSE);
    assert_string_equal(MAIL(SET("0 iodef mailto:a@b")), PERMIT);
    assert_string_equal(MAIL(SET("0 issuemail ca.test;accounturi=x")),
                        "account");
    assert_string_equal(MAIL(SET("0 issuemail ca.test;accounturi=acct")),
                        PERMIT);
}

static void issuemail_does_not_restrict_names(void **state)
{
    (void)state;
    assert_string_equal(PLAIN(SET("0 issuemail ;")), PERMIT);
    assert_string_equal(WILDCARD(SET("0 issuemail o")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issuemail ;", "0 issue ca.test")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issuemail ca.test", "0 issue o")), REFUSE);
}

static void a_critical_property_blocks_whatever_it_is_for(void **state)
{
    (void)state;
    assert_string_equal(MAIL(SET("128 issuemail ca.test")), PERMIT);
    assert_string_equal(MAIL(SET("128 issue ;")), PERMIT);
    assert_string_equal(PLAIN(SET("128 issuemail ;")), PERMIT);
    assert_string_equal(MAIL(SET("0 issuemail ca.test", "128 foo")), CRITICAL);
    assert_string_equal(MAIL(SET("128 foo")), CRITICAL);
    assert_string_equal(PLAIN(SET("0 issue ca.test", "128 issuevmc ca.test")),
                        CRITICAL);
}

static void parameters_of_rfc8657_are_obeyed(void **state)
{
    (void)state;
    assert_string_equal(PLAIN(SET("0 issue ca.test;accounturi=acct")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issue ca.test;accounturi=x")), "account");
    assert_string_equal(PLAIN(SET("0 issue ca.test;validationmethods=x")),
                        "method");
    assert_string_equal(PLAIN(SET("0 issue ca.test;accounturi=x",
                                  "0 issue ca.test;accounturi=acct")),
                        PERMIT);
    assert_string_equal(
        PLAIN(SET("0 issue ca.test;accounturi=x", "0 issue ca.test")), PERMIT);
    assert_string_equal(PLAIN(SET("0 issue o;accounturi=acct")), REFUSE);
    assert_string_equal(
        PLAIN(SET("0 issue ca.test;accounturi=x;validationmethods=dns-01",
                  "0 issue ca.test;accounturi=acct;validationmethods=x")),
        "method");
    assert_string_equal(WILDCARD(SET("0 issuewild ca.test;accounturi=x")),
                        "account");
}

static enum caa_reason judge_raw(const uint8_t *rdata, size_t length,
                                 const char *beside, const char *rule)
{
    uint8_t octets[FAKE_RDATA_MAX];
    struct caa_rules rules = { .text = CAA_TEXT_8659 };
    struct caa_rdata records[] = { { rdata, length },
                                   { octets, fake_rdata(beside, octets) } };

    if (rule != NULL) {
        assert_int_equal(caa_rules_apply(&rules, rule), CAA_OK);
    }
    return caa_decide(records, 2, &request, false, &rules).reason;
}

static void what_cannot_be_parsed_refuses(void **state)
{
    static const uint8_t past_end[] = { 0, 5, 'a' };
    static const uint8_t critical_past_end[] = { 128, 5, 'a' };
    static const uint8_t empty_tag[] = { 0, 0 };
    static const uint8_t critical_empty_tag[] = { 128, 0 };

    (void)state;
    assert_int_equal(judge_raw(past_end, 3, "0 issue ca.test", NULL),
                     CAA_REASON_LOOKUP_FAILED);
    assert_int_equal(judge_raw(past_end, 1, "0 issue ca.test", NULL),
                     CAA_REASON_LOOKUP_FAILED);
    assert_int_equal(judge_raw(past_end, 0, "0 issue ca.test", NULL),
                     CAA_REASON_LOOKUP_FAILED);
    assert_int_equal(judge_raw(critical_past_end, 3, "0 issue ca.test", NULL),
                     CAA_REASON_LOOKUP_FAILED);
    assert_int_equal(judge_raw(empty_tag, 2, "0 issue ca.test", NULL),
                     CAA_REASON_NONE);
    assert_int_equal(judge_raw(critical_empty_tag, 2, "0 issue ca.test", NULL),
                     CAA_REASON_CRITICAL_UNKNOWN);
    assert_int_equal(
        judge_raw(past_end, 3, "0 issue ca.test", "unparsable=skip"),
        CAA_REASON_NONE);
    assert_int_equal(judge_raw(past_end, 3, "0 issue o", "unparsable=skip"),
                     CAA_REASON_NOT_AUTHORISED);
    assert_int_equal(judge_raw(past_end, 3, "0 issue o", "unparsable=drop-set"),
                     CAA_REASON_NONE);
}

static void nul_does_not_end_a_tag(void **state)
{
    static const uint8_t rdata[] = { 0, 7, 'i', 's', 's', 'u', 'e', 0, 'x' };

    (void)state;
    assert_int_equal(judge_raw(rdata, sizeof(rdata), "0 iodef x", NULL),
                     CAA_REASON_NONE);
    assert_int_equal(judge_raw(rdata, sizeof(rdata), "0 issue ;", NULL),
                     CAA_REASON_NOT_AUTHORISED);
}

static void nul_ends_nothing_unless_a_rule_has_it_so(void **state)
{
    static const uint8_t tag[] = { 0,   7,   'i', 's', 's', 'u', 'e', 0,
                                   'x', 'c', 'a', '.', 't', 'e', 's', 't' };
    static const uint8_t value[] = { 0,   5,   'i', 's', 's', 'u', 'e', 'c',
                                     'a', '.', 't', 'e', 's', 't', 0,   'x' };

    (void)state;
    assert_int_equal(judge_raw(tag, sizeof(tag), "0 issue ;", NULL),
                     CAA_REASON_NOT_AUTHORISED);
    assert_int_equal(
        judge_raw(tag, sizeof(tag), "0 issue ;", "tag-match=to-nul"),
        CAA_REASON_NONE);
    assert_int_equal(judge_raw(value, sizeof(value), "0 issue ;", NULL),
                     CAA_REASON_NOT_AUTHORISED);
    assert_int_equal(
        judge_raw(value, sizeof(value), "0 issue ;", "value-end=to-nul"),
        CAA_REASON_NONE);
}

static void a_value_may_be_longer_than_255_octets(void **state)
{
    static const uint8_t own[] = { 'c', 'a', '.', 't', 'e',
                                   's', 't', ';', 'a', '=' };
    static const uint8_t account[] = { ';', 'a', 'c', 'c', 'o', 'u',
                                       'n', 't', 'u', 'r', 'i', '=' };
    uint8_t rdata[310] = { 0, 5, 'i', 's', 's', 'u', 'e', 'o', ';', 'a', '=' };

    (void)state;
    memset(rdata + 11, 'x', sizeof(rdata) - 11);
    assert_int_equal(judge_raw(rdata, sizeof(rdata), "0 iodef x", NULL),
                     CAA_REASON_NOT_AUTHORISED);
    assert_int_equal(
        judge_raw(rdata, sizeof(rdata), "0 iodef x", "value-end=dropped-255"),
        CAA_REASON_NONE);
    memcpy(rdata + 7, own, sizeof(own));
    memcpy(rdata + 290, account, sizeof(account));
    assert_int_equal(judge_raw(rdata, sizeof(rdata), "0 iodef x", NULL),
                     CAA_REASON_ACCOUNT);
    assert_int_equal(
        judge_raw(rdata, sizeof(rdata), "0 iodef x", "value-end=cut-255"),
        CAA_REASON_NONE);
}

static void the_record_that_refuses_may_be_the_last_of_1001(void **state)
{
    static const uint8_t plain[] = { 0, 3, 'f', 'o', 'o' };
    static const uint8_t critical[] = { 128, 3, 't', 'b', 's' };
    struct caa_rdata records[1001];
    struct caa_rules rules = { .text = CAA_TEXT_8659 };

    (void)state;
    for (size_t i = 0; i < 1001; i++) {
        records[i].data = i == 1000 ? critical : plain;
        records[i].length = sizeof(plain);
    }
    assert_int_equal(caa_decide(records, 1001, &request, false, &rules).reason,
                     CAA_REASON_CRITICAL_UNKNOWN);
    assert_int_equal(caa_rules_apply(&rules, "record-limit=100"), CAA_OK);
    assert_int_equal(caa_decide(records, 1001, &request, false, &rules).reason,
                     CAA_REASON_NONE);
}

static void a_request_without_issuer_gets_unrestricted_names_only(void **state)
{
    static const uint8_t issue[] = { 0, 5, 'i', 's', 's', 'u', 'e', 'a' };
    static const uint8_t iodef[] = { 0, 5, 'i', 'o', 'd', 'e', 'f' };
    struct caa_rules rules = { .text = CAA_TEXT_8659 };
    struct caa_request nobody = { .issuer_count = 0 };
    struct caa_rdata record = { issue, sizeof(issue) };

    (void)state;
    assert_int_equal(caa_decide(&record, 1, &nobody, false, &rules).verdict,
                     CAA_REFUSE);
    record.data = iodef;
    record.length = sizeof(iodef);
    assert_int_equal(caa_decide(&record, 1, &nobody, false, &rules).verdict,
                     CAA_PERMIT);
}

static void the_section_that_decided_is_told(void **state)
{
    struct caa_rules rules = { .text = CAA_TEXT_8659 };
    struct set wild = SET("0 issuewild ;");
    struct set critical = SET("128 foo");
    struct set account = SET("0 issue ca.test;accounturi=x");

    (void)state;
    assert_string_equal(decide(&wild, true, &rules).section,
                        "RFC 8659 section 4.3");
    assert_string_equal(decide(&critical, false, &rules).section,
                        "RFC 8659 section 4.1");
    assert_string_equal(decide(&account, false, &rules).section,
                        "RFC 8657 section 3");
    struct set mail = SET("0 issuemail ;");
    struct set free_mail = SET("0 issue ;");
    assert_string_equal(decide_for(&mail, &mail_request, false, &rules).section,
                        "RFC 9495 section 4");
    struct caa_decision free_decision =
        decide_for(&free_mail, &mail_request, false, &rules);
    assert_string_equal(free_decision.section, "RFC 9495 section 4");
    assert_false(free_decision.restricted);
    rules.text = CAA_TEXT_6844;
    assert_string_equal(decide(&wild, true, &rules).section,
                        "RFC 6844 section 5.3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(issue_names_who_may),
        cmocka_unit_test(several_issue_properties_are_alternatives),
        cmocka_unit_test(tags_are_compared_without_case),
        cmocka_unit_test(only_bit_0_is_critical),
        cmocka_unit_test(critical_and_known_is_no_reason_to_refuse),
        cmocka_unit_test(a_set_without_restriction_permits),
        cmocka_unit_test(issuewild_is_for_wildcards_and_hides_issue),
        cmocka_unit_test(issuemail_alone_restricts_mail),
        cmocka_unit_test(issuemail_does_not_restrict_names),
        cmocka_unit_test(a_critical_property_blocks_whatever_it_is_for),
        cmocka_unit_test(parameters_of_rfc8657_are_obeyed),
        cmocka_unit_test(what_cannot_be_parsed_refuses),
        cmocka_unit_test(nul_does_not_end_a_tag),
        cmocka_unit_test(nul_ends_nothing_unless_a_rule_has_it_so),
        cmocka_unit_test(a_value_may_be_longer_than_255_octets),
        cmocka_unit_test(the_record_that_refuses_may_be_the_last_of_1001),
        cmocka_unit_test(a_request_without_issuer_gets_unrestricted_names_only),
        cmocka_unit_test(the_section_that_decided_is_told),
    };

    return cmocka_run_group_tests_name("checker.decide", tests, NULL, NULL);
}
