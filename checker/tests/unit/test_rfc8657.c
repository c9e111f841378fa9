/* SPDX-License-Identifier: BSD-2-Clause */
#include "rfc8657.h"
#include "testing.h"

#include <string.h>

static const char own[] = "https://ca.test/acct/1";

static enum caa_8657 judge_with(const char *rule, const char *parameters,
                                const char *account, const char *method)
{
    struct caa_rules rules = { .text = CAA_TEXT_8659 };
    struct caa_octets octets = { (const uint8_t *)parameters,
                                 strlen(parameters) };

    if (rule != NULL) {
        assert_int_equal(caa_rules_apply(&rules, rule), CAA_OK);
    }
    return caa_8657_judge(octets, &rules, account, method);
}

static enum caa_8657 judge(const char *parameters)
{
    return judge_with(NULL, parameters, own, "dns-01");
}

static void no_parameter_restricts_nothing(void **state)
{
    (void)state;
    assert_int_equal(judge(""), CAA_8657_SATISFIED);
    assert_int_equal(judge(" policy=ev; a=b"), CAA_8657_SATISFIED);
    assert_int_equal(judge_with(NULL, "", NULL, NULL), CAA_8657_SATISFIED);
}

static void the_account_must_be_the_one_that_asks(void **state)
{
    (void)state;
    assert_int_equal(judge(" accounturi=https://ca.test/acct/1"),
                     CAA_8657_SATISFIED);
    assert_int_equal(judge(" AccountURI=https://ca.test/acct/1"),
                     CAA_8657_SATISFIED);
    assert_int_equal(judge(" accounturi=https://ca.test/acct/2"),
                     CAA_8657_ACCOUNT);
    assert_int_equal(judge(" accounturi=https://ca.test/acct/11"),
                     CAA_8657_ACCOUNT);
    assert_int_equal(judge(" accounturi=https://CA.test/acct/1"),
                     CAA_8657_ACCOUNT);
    assert_int_equal(judge_with(NULL, "accounturi=x", NULL, NULL),
                     CAA_8657_ACCOUNT);
}

static void an_empty_account_is_nobodys(void **state)
{
    (void)state;
    assert_int_equal(judge(" accounturi="), CAA_8657_ACCOUNT);
    assert_int_equal(judge_with(NULL, "accounturi=", "", NULL),
                     CAA_8657_ACCOUNT);
}

static void two_accounts_are_never_satisfied(void **state)
{
    const char *twice =
        "accounturi=https://ca.test/acct/1;accounturi=https://ca.test/acct/1";
    const char *thrice = "accounturi=https://ca.test/acct/1;"
                         "accounturi=x;accounturi=https://ca.test/acct/1";

    (void)state;
    assert_int_equal(judge(twice), CAA_8657_ACCOUNT);
    assert_int_equal(judge(thrice), CAA_8657_ACCOUNT);
    assert_int_equal(judge_with("accounturi=last-wins", thrice, own, NULL),
                     CAA_8657_SATISFIED);
}

static void the_method_must_be_in_the_list(void **state)
{
    (void)state;
    assert_int_equal(judge("validationmethods=dns-01"), CAA_8657_SATISFIED);
    assert_int_equal(judge("validationmethods=http-01,dns-01"),
                     CAA_8657_SATISFIED);
    assert_int_equal(judge("validationmethods=dns-01,ca-x,unheard-of"),
                     CAA_8657_SATISFIED);
    assert_int_equal(judge("validationmethods=http-01"), CAA_8657_METHOD);
    assert_int_equal(judge("validationmethods=dns-011"), CAA_8657_METHOD);
    assert_int_equal(judge("validationmethods=dns-0"), CAA_8657_METHOD);
    assert_int_equal(judge_with(NULL, "validationmethods=dns-01", own, NULL),
                     CAA_8657_METHOD);
}

static void a_list_that_is_empty_or_has_a_gap_holds_nothing(void **state)
{
    (void)state;
    assert_int_equal(judge("validationmethods="), CAA_8657_METHOD);
    assert_int_equal(judge("validationmethods=,"), CAA_8657_METHOD);
    assert_int_equal(judge("validationmethods=dns-01,"), CAA_8657_METHOD);
    assert_int_equal(judge("validationmethods=,dns-01"), CAA_8657_METHOD);
    assert_int_equal(judge("validationmethods=http-01,,dns-01"),
                     CAA_8657_METHOD);
}

static void both_must_hold_in_one_record(void **state)
{
    (void)state;
    assert_int_equal(judge("accounturi=https://ca.test/acct/1;"
                           "validationmethods=dns-01"),
                     CAA_8657_SATISFIED);
    assert_int_equal(judge("validationmethods=http-01;"
                           "accounturi=https://ca.test/acct/1"),
                     CAA_8657_METHOD);
    assert_int_equal(judge("accounturi=x;validationmethods=dns-01"),
                     CAA_8657_ACCOUNT);
}

static void rules_misread_each_parameter(void **state)
{
    (void)state;
    assert_int_equal(judge_with("accounturi=ignore", "accounturi=x", own, NULL),
                     CAA_8657_SATISFIED);
    assert_int_equal(judge_with("validationmethods=ignore",
                                "validationmethods=x", own, "dns-01"),
                     CAA_8657_SATISFIED);
    assert_int_equal(judge_with("empty-parameter=ignore",
                                "accounturi=;validationmethods=", own,
                                "dns-01"),
                     CAA_8657_SATISFIED);
    assert_int_equal(judge_with("method-list=trimmed",
                                "validationmethods=http-01 , dns-01 ", own,
                                "dns-01"),
                     CAA_8657_SATISFIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_parameter_restricts_nothing),
        cmocka_unit_test(the_account_must_be_the_one_that_asks),
        cmocka_unit_test(an_empty_account_is_nobodys),
        cmocka_unit_test(two_accounts_are_never_satisfied),
        cmocka_unit_test(the_method_must_be_in_the_list),
        cmocka_unit_test(a_list_that_is_empty_or_has_a_gap_holds_nothing),
        cmocka_unit_test(both_must_hold_in_one_record),
        cmocka_unit_test(rules_misread_each_parameter),
    };

    return cmocka_run_group_tests_name("checker.rfc8657", tests, NULL, NULL);
}
