/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <caacheck/subject.h>

#include <string.h>

static struct caa_subject parse(const char *text)
{
    struct caa_subject subject;
    const char *problem = NULL;

    assert_int_equal(caa_subject_parse(text, CAA_KIND_TLS, &subject, &problem),
                     CAA_OK);
    return subject;
}

static struct caa_subject parse_mailbox(const char *text)
{
    struct caa_subject subject;
    const char *problem = NULL;

    assert_int_equal(
        caa_subject_parse(text, CAA_KIND_SMIME, &subject, &problem), CAA_OK);
    return subject;
}

/* The mailbox is told as it was given; its domain is asked for. */
static void assert_asks(const char *mailbox, const char *domain)
{
    struct caa_subject subject = parse_mailbox(mailbox);
    char name[CAA_NAME_TEXT_MAX];

    caa_name_to_text(&subject.name, name);
    assert_string_equal(name, domain);
    assert_string_equal(subject.text, mailbox);
    assert_false(subject.wildcard);
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
        assert_int_equal(
            caa_subject_parse(bad[i], CAA_KIND_TLS, &subject, &problem),
            CAA_EFORMAT);
        assert_non_null(problem);
    }
    assert_int_equal(
        caa_subject_parse("b\xC3\xBC.de", CAA_KIND_TLS, &subject, &problem),
        CAA_EFORMAT);
    assert_non_null(strstr(problem, "A-labels"));
    memset(long_label, 'a', 64);
    assert_int_equal(
        caa_subject_parse(long_label, CAA_KIND_TLS, &subject, &problem),
        CAA_EFORMAT);
}

static void the_domain_of_a_mailbox_is_asked_for(void **state)
{
    (void)state;
    assert_asks("Alice@Mail.Example.", "mail.example");
    assert_asks("\"a@b\"@mail.example", "mail.example");
    assert_asks("alice@b\xC3\xBC"
                "cher.example",
                "xn--bcher-kva.example");
    assert_asks("alice@xn--bcher-kva.example", "xn--bcher-kva.example");
    assert_asks("mail.example", "mail.example");
    assert_true(parse_mailbox("a@_b.example").underscore);
    assert_int_equal(parse_mailbox("a@b.onion").kind, CAA_SUBJECT_ONION);
}

static void a_mailbox_needs_a_domain(void **state)
{
    static const struct {
        const char *text;
        const char *problem;
    } bad[] = {
        { "a@", "is empty" },
        { "", "is empty" },
        { "a@.", "is empty" },
        { "a@b..c", "has an empty label" },
        { "a@b@c", "has an @ that belongs to no mailbox here" },
        { "\"a@b", "has a quoted local part that does not end" },
        { "*.b", "has no domain that e-mail could be sent to" },
        { "a@*.b", "has no domain that e-mail could be sent to" },
        { "a@192.0.2.1", "has no domain that e-mail could be sent to" },
        { "2001:db8::1", "has no domain that e-mail could be sent to" },
        { "a@b c", "has a character that no DNS name of a certificate has" },
        { "a@B\xC3\x9C.de",
          "has a domain that IDNA2008 cannot write in A-labels" },
    };
    struct caa_subject subject = { .wildcard = true };
    char text[CAA_SUBJECT_TEXT_MAX + 8] = "a@";

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const char *problem = NULL;
        assert_int_equal(
            caa_subject_parse(bad[i].text, CAA_KIND_SMIME, &subject, &problem),
            CAA_EFORMAT);
        assert_string_equal(problem, bad[i].problem);
    }
    memset(text + 2, 'a', sizeof(text) - 3);
    const char *problem = NULL;
    assert_int_equal(
        caa_subject_parse(text, CAA_KIND_SMIME, &subject, &problem),
        CAA_EFORMAT);
    assert_string_equal(problem, "is too long");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_folded_and_lose_their_last_dot),
        cmocka_unit_test(a_wildcard_is_told_apart_from_its_name),
        cmocka_unit_test(addresses_and_onions_are_kinds_of_their_own),
        cmocka_unit_test(an_underscore_is_noted),
        cmocka_unit_test(rejects_what_is_no_name_and_says_why),
        cmocka_unit_test(the_domain_of_a_mailbox_is_asked_for),
        cmocka_unit_test(a_mailbox_needs_a_domain),
    };

    return cmocka_run_group_tests_name("checker.subject", tests, NULL, NULL);
}
