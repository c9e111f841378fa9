/* SPDX-License-Identifier: BSD-2-Clause */
#include "arguments.h"
#include "testing.h"

static void an_issuer_is_a_domain_name_and_nothing_else(void **state)
{
    (void)state;
    assert_true(argument_is_issuer("letsencrypt.org"));
    assert_true(argument_is_issuer("CA.Test"));
    assert_true(argument_is_issuer("ca"));
    assert_true(argument_is_issuer("xn--c--a.192"));
    assert_false(argument_is_issuer(""));
    assert_false(argument_is_issuer(" ca.test"));
    assert_false(argument_is_issuer("ca.test "));
    assert_false(argument_is_issuer("ca.test."));
    assert_false(argument_is_issuer("ca.test; a=b"));
    assert_false(argument_is_issuer("ca.test;"));
    assert_false(argument_is_issuer("*.ca.test"));
    assert_false(argument_is_issuer("-ca.test"));
    assert_false(argument_is_issuer("c\xC3\xA4.test"));
}

static void a_resolver_is_an_address_and_perhaps_a_port(void **state)
{
    (void)state;
    assert_true(argument_is_resolver("127.0.0.1"));
    assert_true(argument_is_resolver("127.0.0.1@5353"));
    assert_true(argument_is_resolver("::1"));
    assert_true(argument_is_resolver("2001:db8::53@65535"));
    assert_false(argument_is_resolver(""));
    assert_false(argument_is_resolver("@53"));
    assert_false(argument_is_resolver("127.0.0.1@"));
    assert_false(argument_is_resolver("127.0.0.1@0"));
    assert_false(argument_is_resolver("127.0.0.1@65536"));
    assert_false(argument_is_resolver("127.0.0.1@53@53"));
    assert_false(argument_is_resolver("127.0.0.1:53"));
    assert_false(argument_is_resolver("resolver.example"));
    assert_false(argument_is_resolver(
        "00000000000000000000000000000000000000000000000000000000000000000"));
}

static void a_number_has_only_digits_and_a_limit(void **state)
{
    unsigned number = 7;

    (void)state;
    assert_false(argument_is_number("", 100, &number));
    assert_false(argument_is_number("0", 100, &number));
    assert_false(argument_is_number("101", 100, &number));
    assert_false(argument_is_number("-1", 100, &number));
    assert_false(argument_is_number("+1", 100, &number));
    assert_false(argument_is_number(" 1", 100, &number));
    assert_false(argument_is_number("1s", 100, &number));
    assert_false(argument_is_number("4294967297", 100, &number));
    assert_int_equal(number, 7);
    assert_true(argument_is_number("100", 100, &number));
    assert_int_equal(number, 100);
    assert_true(argument_is_number("1", 100, &number));
    assert_int_equal(number, 1);
}

static void a_time_has_only_digits_and_an_end(void **state)
{
    int64_t time_s = 7;

    (void)state;
    assert_false(argument_is_time("", &time_s));
    assert_false(argument_is_time("-1", &time_s));
    assert_false(argument_is_time("+1", &time_s));
    assert_false(argument_is_time(" 1", &time_s));
    assert_false(argument_is_time("1.5", &time_s));
    assert_false(argument_is_time("1s", &time_s));
    assert_false(argument_is_time("1000000000000", &time_s));
    assert_int_equal(time_s, 7);
    assert_true(argument_is_time("0", &time_s));
    assert_int_equal(time_s, 0);
    assert_true(argument_is_time("1700000000", &time_s));
    assert_int_equal(time_s, 1700000000);
    assert_true(argument_is_time("999999999999", &time_s));
    assert_int_equal(time_s, 999999999999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_issuer_is_a_domain_name_and_nothing_else),
        cmocka_unit_test(a_resolver_is_an_address_and_perhaps_a_port),
        cmocka_unit_test(a_number_has_only_digits_and_a_limit),
        cmocka_unit_test(a_time_has_only_digits_and_an_end),
    };

    return cmocka_run_group_tests_name("checker.arguments", tests, NULL, NULL);
}
