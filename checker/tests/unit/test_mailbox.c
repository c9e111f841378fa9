/* SPDX-License-Identifier: BSD-2-Clause */
#include "mailbox.h"
#include "testing.h"

#include <string.h>

static const char *domain_of(const char *text)
{
    const char *domain = NULL;
    const char *problem = NULL;

    assert_int_equal(caa_mailbox_domain(text, &domain, &problem), CAA_OK);
    return domain;
}

static void assert_refused(const char *text, const char *expected)
{
    const char *domain = NULL;
    const char *problem = NULL;

    assert_int_equal(caa_mailbox_domain(text, &domain, &problem), CAA_EFORMAT);
    assert_string_equal(problem, expected);
    assert_null(domain);
}

static void the_domain_is_behind_the_local_part(void **state)
{
    (void)state;
    assert_string_equal(domain_of("alice@example.test"), "example.test");
    assert_string_equal(domain_of("a.b+c/d=e@x"), "x");
    assert_string_equal(domain_of("a..b@x"), "x"); /* some exist */
    assert_string_equal(domain_of("example.test"), "example.test");
    assert_string_equal(domain_of(""), "");
    assert_string_equal(domain_of("a@"), "");
    assert_string_equal(domain_of("b\xC3\xBC@x"), "x");
    assert_string_equal(domain_of("\xF0\x9F\x93\xAE@x"), "x");
    assert_string_equal(domain_of("\xE2\x82\xAC@x"), "x");
}

static void a_quoted_local_part_may_hold_an_at(void **state)
{
    (void)state;
    assert_string_equal(domain_of("\"a@b\"@x"), "x");
    assert_string_equal(domain_of("\"a@b@c\"@x"), "x");
    assert_string_equal(domain_of("\"a\\\"@b\"@x"), "x");
    assert_string_equal(domain_of("\"a\\\\\"@x"), "x");
    assert_string_equal(domain_of("\" (,:;<>) \"@x"), "x");
    assert_string_equal(domain_of("\"\"@x"), "x");
}

/* The rest is for the reader of domains, which knows no @ in a name. */
static void a_second_at_is_left_in_the_domain(void **state)
{
    (void)state;
    assert_string_equal(domain_of("a@b@x"), "b@x");
    assert_string_equal(domain_of("\"a\"@b@x"), "b@x");
}

static void what_is_no_mailbox_is_told(void **state)
{
    char text[80];

    (void)state;
    assert_refused("@x", "has nothing before its @");
    assert_refused("\"a@x", "has a quoted local part that does not end");
    assert_refused("\"a\\", "has a quoted local part that does not end");
    assert_refused("\"a\\\"@x", "has a quoted local part that does not end");
    assert_refused("\"a\"b@x", "has no @ behind its quoted local part");
    assert_refused("\"a\"", "has no @ behind its quoted local part");
    assert_refused("a b@x", "has a local part that must be quoted");
    assert_refused("a\"@\"b@x", "has a local part that must be quoted");
    assert_refused("<a@x>", "has a local part that must be quoted");
    assert_refused("a@[192.0.2.1]",
                   "has an address for a domain, and CAA is for names");
    memset(text, 'a', 65);
    memcpy(text + 65, "@x", 3);
    assert_refused(text, "has a local part over 64 octets");
    assert_string_equal(domain_of(text + 1), "x");
}

static void a_local_part_is_text_without_control_characters(void **state)
{
    static const char *const bad[] = {
        "a\nb@x",     "\"a\nb\"@x",     "\"\x7F\"@x",         "\x80@x",
        "\xC2@x",     "\xC0\x80@x",     "\xE0\x80\x80@x",     "\xED\xA0\x80@x",
        "\xE2\x82@x", "\xF5\x80\x80@x", "\xF0\x80\x80\x80@x", "\xC2\x85@x",
        "\xFF@x",     "\xC3\"@x",       "\xF4\x90\x80\x80@x"
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const char *domain = NULL;
        const char *problem = NULL;
        assert_int_equal(caa_mailbox_domain(bad[i], &domain, &problem),
                         CAA_EFORMAT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_domain_is_behind_the_local_part),
        cmocka_unit_test(a_quoted_local_part_may_hold_an_at),
        cmocka_unit_test(a_second_at_is_left_in_the_domain),
        cmocka_unit_test(what_is_no_mailbox_is_told),
        cmocka_unit_test(a_local_part_is_text_without_control_characters),
    };

    return cmocka_run_group_tests_name("checker.mailbox", tests, NULL, NULL);
}
