/* SPDX-License-Identifier: BSD-2-Clause */
/* The lists of values are those of RFC 8659 section 4.2 and the traps around
 * it: every one is told apart by octets, never by C strings. */
#include "issue_value.h"
#include "testing.h"

#include <string.h>

#define TEXT(literal)                                   \
    {                                                   \
        (const uint8_t *)(literal), sizeof(literal) - 1 \
    }

static const struct caa_octets without_issuer[] = {
    TEXT(""),      TEXT("   "), TEXT("\t"),
    TEXT(";"),     TEXT(" ; "), TEXT("; accounturi=https://ca.test/1"),
    TEXT("; a=b"), TEXT(";a="), TEXT(" \t;\t "),
};

static const struct caa_octets with_issuer[] = {
    TEXT("ca.test"),
    TEXT("   ca.test"),
    TEXT("ca.test\t"),
    TEXT("CA.Test"),
    TEXT("ca"),
    TEXT("c--a.test"),
    TEXT("xn--ca-fka.test"),
    TEXT("192.0.2.1"),
    TEXT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    TEXT("ca.test;"),
    TEXT("ca.test ; "),
    TEXT("ca.test; a=b"),
    TEXT("ca.test;a=b;c=d"),
    TEXT("ca.test; a = b "),
    TEXT("ca.test; a="),
    TEXT("ca.test; a-b=c"),
    TEXT("ca.test; a=b=c"),
    TEXT("ca.test; a=\"b\""),
    TEXT("ca.test; a=b;a=c"),
    TEXT("ca.test; validationmethods="),
    TEXT("ca.test; a=b ; c=d"),
    TEXT("ca.test; a=;c=d"),
};

static const struct caa_octets malformed[] = {
    TEXT(";;"),
    TEXT("; ;"),
    TEXT("ca;;"),
    TEXT("ca; a=b;"),
    TEXT("ca; a=b; "),
    TEXT("ca; a=b; ;c=d"),
    TEXT("ca.test."),
    TEXT(".ca"),
    TEXT("."),
    TEXT("ca..x"),
    TEXT("-ca"),
    TEXT("ca-.x"),
    TEXT("ca-"),
    TEXT("ca.-x"),
    TEXT("_ca"),
    TEXT("ca_1"),
    TEXT("ca example"),
    TEXT("ca,ca2"),
    TEXT("*.ca"),
    TEXT("https://ca"),
    TEXT("%%%%%"),
    TEXT("ca; =b"),
    TEXT("ca; a"),
    TEXT("ca; a=b c"),
    TEXT("ca; a=b c=d"),
    TEXT("ca a=b"),
    TEXT("ca; -a=c"),
    TEXT("ca; a-=c"),
    TEXT("ca; a_b=c"),
    TEXT("ca; a=\"b c\""),
    TEXT("ca; accounturi=https://ca.test/a;b"),
    TEXT("ca; validationmethods=dns-01, http-01"),
    TEXT("ca\x80"),
    TEXT("ca; a=\xFF"),
    TEXT("c\xC3\xA1.test"),
    TEXT("ca\n"),
    TEXT("ca\r\n"),
    TEXT("\nca"),
    TEXT("ca\0"),
    TEXT("ca\0.test"),
    TEXT("\0"),
    TEXT("\x0B"
         "ca"),
    TEXT("ca; a=b\n"),
    TEXT("ca; a=b\0"),
    TEXT("ca; a=b\x7F"),
    TEXT(";\n"),
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct caa_issue_value parse(struct caa_octets value)
{
    static const struct caa_rules rfc8659 = { .text = CAA_TEXT_8659 };

    return caa_issue_value_parse(value, &rfc8659);
}

static bool conforms_6844(const char *value)
{
    static const struct caa_rules rfc6844 = { .grammar = CAA_GRAMMAR_6844 };
    struct caa_octets octets = { (const uint8_t *)value, strlen(value) };

    return caa_issue_value_parse(octets, &rfc6844).conforms;
}

static void values_without_an_issuer_conform(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(without_issuer); i++) {
        struct caa_issue_value value = parse(without_issuer[i]);
        assert_true(value.conforms);
        assert_int_equal(value.issuer.length, 0);
    }
}

static void values_with_an_issuer_conform(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(with_issuer); i++) {
        struct caa_issue_value value = parse(with_issuer[i]);
        assert_true(value.conforms);
        assert_true(value.issuer.length > 0);
    }
}

/* The index of the first malformed value that conforms, or their number. */
static size_t first_conforming(void)
{
    size_t i = 0;

    while (i < COUNT(malformed) && !parse(malformed[i]).conforms) {
        i++;
    }
    return i;
}

static void malformed_values_do_not_conform(void **state)
{
    (void)state;
    assert_int_equal(first_conforming(), COUNT(malformed));
}

static void every_single_octet_is_judged_as_the_grammar_says(void **state)
{
    (void)state;
    for (unsigned octet = 0; octet < 256; octet++) {
        uint8_t byte = (uint8_t)octet;
        struct caa_octets value = { &byte, 1 };
        bool alnum = (octet >= '0' && octet <= '9') ||
                     (octet >= 'A' && octet <= 'Z') ||
                     (octet >= 'a' && octet <= 'z');
        bool blank = octet == ' ' || octet == '\t' || octet == ';';
        assert_int_equal(parse(value).conforms, alnum || blank);
    }
}

static void the_issuer_is_cut_out_of_its_blanks(void **state)
{
    static const struct caa_octets value = TEXT(" \tca.test \t; a=b");
    struct caa_issue_value parsed = parse(value);

    (void)state;
    assert_int_equal(parsed.issuer.length, 7);
    assert_memory_equal(parsed.issuer.data, "ca.test", 7);
}

static void assert_parameter(const struct caa_parameter *parameter,
                             const char *tag, const char *value)
{
    assert_int_equal(parameter->tag.length, strlen(tag));
    assert_memory_equal(parameter->tag.data, tag, strlen(tag));
    assert_int_equal(parameter->value.length, strlen(value));
    assert_memory_equal(parameter->value.data, value, strlen(value));
}

static void parameters_come_one_by_one(void **state)
{
    static const struct caa_octets value = TEXT("ca; a = b=c ;d=;e-f=\"g\"");
    static const struct caa_rules rules = { .text = CAA_TEXT_8659 };
    struct caa_octets parameters = parse(value).parameters;
    struct caa_parameter parameter;

    (void)state;
    assert_true(caa_parameter_next(&parameters, &rules, &parameter));
    assert_parameter(&parameter, "a", "b=c");
    assert_true(caa_parameter_next(&parameters, &rules, &parameter));
    assert_parameter(&parameter, "d", "");
    assert_true(caa_parameter_next(&parameters, &rules, &parameter));
    assert_parameter(&parameter, "e-f", "\"g\"");
    assert_false(caa_parameter_next(&parameters, &rules, &parameter));
}

static void rfc6844_has_a_grammar_of_its_own(void **state)
{
    (void)state;
    assert_true(conforms_6844("ca; a=b;"));
    assert_true(conforms_6844("ca; a=b c=d"));
    assert_true(conforms_6844("ca; a=b;c=d"));
    assert_true(conforms_6844("ca ; a=b"));
    assert_true(conforms_6844(""));
    assert_true(conforms_6844(" ; "));
    assert_false(conforms_6844("ca; a = b"));
    assert_false(conforms_6844("ca; a=b ;c=d"));
    assert_false(conforms_6844("ca; a-b=c"));
    assert_false(conforms_6844("ca; a=b c"));
    assert_false(conforms_6844("ca;;"));
    assert_false(conforms_6844("ca."));
}

static void rfc6844_takes_a_semicolon_into_the_value(void **state)
{
    static const struct caa_rules rules = { .grammar = CAA_GRAMMAR_6844 };
    static const struct caa_octets value = TEXT("ca; a=b;c=d e=f;");
    struct caa_octets parameters =
        caa_issue_value_parse(value, &rules).parameters;
    struct caa_parameter parameter;

    (void)state;
    assert_true(caa_parameter_next(&parameters, &rules, &parameter));
    assert_parameter(&parameter, "a", "b;c=d");
    assert_true(caa_parameter_next(&parameters, &rules, &parameter));
    assert_parameter(&parameter, "e", "f");
    assert_false(caa_parameter_next(&parameters, &rules, &parameter));
}

static bool conforms_with(const char *rule, const char *value)
{
    struct caa_rules rules = { .text = CAA_TEXT_8659 };
    struct caa_octets octets = { (const uint8_t *)value, strlen(value) };

    assert_false(caa_issue_value_parse(octets, &rules).conforms);
    assert_int_equal(caa_rules_apply(&rules, rule), CAA_OK);
    return caa_issue_value_parse(octets, &rules).conforms;
}

static void a_rule_accepts_one_misreading_each(void **state)
{
    (void)state;
    assert_true(conforms_with("empty-parameter-tag=accept", "ca; =x"));
    assert_true(conforms_with("trailing-dot=accept", "ca.test."));
    assert_true(conforms_with("issuer-blanks=accept", "ca .test"));
    assert_true(conforms_with("malformed-parameters=ignore", "ca; a_b=1"));
    assert_false(conforms_with("trailing-dot=accept", "ca..test"));
}

static void a_rule_can_forbid_the_hyphen(void **state)
{
    struct caa_rules rules = { .hyphen = CAA_HYPHEN_MALFORMED };
    static const struct caa_octets value = TEXT("ca; a-b=c");

    (void)state;
    assert_false(caa_issue_value_parse(value, &rules).conforms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_without_an_issuer_conform),
        cmocka_unit_test(values_with_an_issuer_conform),
        cmocka_unit_test(malformed_values_do_not_conform),
        cmocka_unit_test(every_single_octet_is_judged_as_the_grammar_says),
        cmocka_unit_test(the_issuer_is_cut_out_of_its_blanks),
        cmocka_unit_test(parameters_come_one_by_one),
        cmocka_unit_test(rfc6844_has_a_grammar_of_its_own),
        cmocka_unit_test(rfc6844_takes_a_semicolon_into_the_value),
        cmocka_unit_test(a_rule_accepts_one_misreading_each),
        cmocka_unit_test(a_rule_can_forbid_the_hyphen),
    };

    return cmocka_run_group_tests_name("checker.issue_value", tests, NULL,
                                       NULL);
}
