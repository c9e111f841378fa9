/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <caacheck/subject.h>

#include <string.h>

static struct caa_subject parse(const char *text)
{
    struct caa_subject subject;
    const char *problem = NULL;

    assert_int_equal(caa_subject_parse(text, &subject, &problem), CAA_OK);
    return subject;
}

static void names_are_folded_and_lose_their_last_dot(void **state)
{
    struct caa_subject subject = parse("WWW.Example.");

    (void)state;
    assert_int_equal(subject.kind, CAA_SUBJECT_DNS);
    assert_false(subject.wildcard);
    assert_string_equal(subject.text, "www.example");
    assert_memory_equal(subject.name.wire, "\003www\007example", 13);
}

static void a_wildcard_is_told_apart_from_its_name(void **state)
{
    struct caa_subject subject = parse("*.Example");

    (void)state;
    assert_true(subject.wildcard);
    assert_string_equal(subject.text, "*.example");
    assert_memory_equal(subject.name.wire, "\007example", 9);
}

static void addresses_and_onions_are_kinds_of_their_own(void **state)
{
    (void)state;
    assert_int_equal(parse("192.0.2.1").kind, CAA_SUBJECT_IP);
    assert_int_equal(parse("2001:db8::1").kind, CAA_SUBJECT_IP);
    assert_int_equal(parse("a.b.ONION.").kind, CAA_SUBJECT_ONION);
    assert_int_equal(parse("onion").kind, CAA_SUBJECT_ONION);
    assert_int_equal(parse("onion.example").kind, CAA_SUBJECT_DNS);
    assert_int_equal(parse("xonion").kind, CAA_SUBJECT_DNS);
}

static void an_underscore_is_noted(void **state)
{
    (void)state;
    assert_true(parse("_a.example").underscore);
    assert_true(parse("a_b.example").underscore);
    assert_false(parse("a-b.example").underscore);
}

static void rejects_what_is_no_name_and_says_why(void **state)
{
    static const char *const bad[] = {
        "",         ".",     "a..b", ".a",    "a b",          "*",
        "*.",       "a.*.b", "a*.b", "*.*.a", "b\xC3\xBC.de", "a@b",
        "http://a", "a/b",   "*..a"
    };
    char long_label[80] = "";
    struct caa_subject subject = { .wildcard = true };
    const char *problem = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        problem = NULL;
        assert_int_equal(caa_subject_parse(bad[i], &subject, &problem),
                         CAA_EFORMAT);
        assert_non_null(problem);
    }
    assert_int_equal(caa_subject_parse("b\xC3\xBC.de", &subject, &problem),
                     CAA_EFORMAT);
    assert_non_null(strstr(problem, "A-labels"));
    memset(long_label, 'a', 64);
    assert_int_equal(caa_subject_parse(long_label, &subject, &problem),
                     CAA_EFORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_folded_and_lose_their_last_dot),
        cmocka_unit_test(a_wildcard_is_told_apart_from_its_name),
        cmocka_unit_test(addresses_and_onions_are_kinds_of_their_own),
        cmocka_unit_test(an_underscore_is_noted),
        cmocka_unit_test(rejects_what_is_no_name_and_says_why),
    };

    return cmocka_run_group_tests_name("checker.subject", tests, NULL, NULL);
}
