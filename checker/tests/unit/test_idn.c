/* SPDX-License-Identifier: BSD-2-Clause */
#include "idn.h"
#include "testing.h"

#include <string.h>

static const char *ascii_of(const char *domain)
{
    static char text[CAA_NAME_TEXT_MAX];

    assert_int_equal(caa_idn_to_ascii(domain, text), CAA_OK);
    return text;
}

static void assert_refused(const char *domain)
{
    char text[CAA_NAME_TEXT_MAX];

    if (caa_idn_to_ascii(domain, text) != CAA_EFORMAT) {
        fail_msg("%s became %s", domain, text);
    }
}

static void u_labels_become_a_labels(void **state)
{
    (void)state;
    assert_string_equal(ascii_of("b\xC3\xBC"
                                 "cher.example"),
                        "xn--bcher-kva.example");
    assert_string_equal(ascii_of("www.m\xC3\xBCnchen.b\xC3\xBC"
                                 "cher."),
                        "www.xn--mnchen-3ya.xn--bcher-kva.");
    /* U+00DF is a letter of its own since IDNA2008. */
    assert_string_equal(ascii_of("fa\xC3\x9F.de"), "xn--fa-hia.de");
    assert_string_equal(ascii_of("\xE4\xBE\x8B.\xE6\xB5\x8B\xE8\xAF\x95"),
                        "xn--fsq.xn--0zwm56d");
}

static void ascii_is_left_as_it_is(void **state)
{
    static const char *const names[] = { "",    "example.test",  "A_b.-.*",
                                         "..",  "xn--bcher-kva", ".a",
                                         "a@b", "xn--a-" };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_string_equal(ascii_of(names[i]), names[i]);
    }
}

static void what_is_no_u_label_is_refused(void **state)
{
    char text[4 * CAA_LABEL_MAX + 8] = "";

    (void)state;
    assert_refused("B\xC3\x9C"
                   "cher.example"); /* a capital is no U-label */
    assert_refused("bu\xCC\x88"
                   "cher");          /* not composed */
    assert_refused("a\xE2\x98\x83"); /* a snowman is a symbol */
    assert_refused("b\xC3");
    assert_refused("a\xE3\x80\x82"
                   "b"); /* a full stop of another script */
    assert_refused("b\xC3\xBC@a");
    memset(text, 'a', 70);
    memcpy(text + 70, "\xC3\xBC", 3);
    assert_refused(text);
    memset(text, 'a', sizeof(text) - 1);
    memcpy(text + sizeof(text) - 3, "\xC3\xBC", 3);
    assert_refused(text);
}

static void what_does_not_fit_is_refused(void **state)
{
    char domain[CAA_NAME_TEXT_MAX + 8];

    (void)state;
    memset(domain, 'a', sizeof(domain));
    domain[CAA_NAME_TEXT_MAX] = '\0';
    assert_refused(domain);
    domain[CAA_NAME_TEXT_MAX - 1] = '\0';
    assert_string_equal(ascii_of(domain), domain);
    memcpy(domain + CAA_NAME_TEXT_MAX - 5, ".\xC3\xBC", 4);
    assert_refused(domain);
    memcpy(domain + CAA_NAME_TEXT_MAX - 5, "aaaa.", 6);
    assert_refused(domain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(u_labels_become_a_labels),
        cmocka_unit_test(ascii_is_left_as_it_is),
        cmocka_unit_test(what_is_no_u_label_is_refused),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };

    return cmocka_run_group_tests_name("checker.idn", tests, NULL, NULL);
}
