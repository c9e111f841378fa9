/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "words.h"

#include <signal.h>
#include <string.h>

static void names_types_and_rcodes(void **state)
{
    char buf[CFM_WORD_MAX];

    (void)state;
    assert_string_equal(cfm_type_text(257, buf), "CAA");
    assert_string_equal(cfm_type_text(43, buf), "DS");
    assert_string_equal(cfm_type_text(SCN_TYPE_ANY, buf), "any type");
    assert_string_equal(cfm_type_text(65300, buf), "TYPE65300");
    assert_string_equal(cfm_rcode_text(2, buf), "SERVFAIL");
    assert_string_equal(cfm_rcode_text(11, buf), "RCODE11");
    assert_string_equal(cfm_transport_text(SCN_TCP), "TCP");
    assert_string_equal(cfm_transport_text(SCN_UDP), "UDP");
    assert_string_equal(cfm_transport_text(SCN_ANY_TRANSPORT), "any");
    assert_string_equal(cfm_signal_text(SIGSEGV, buf), "SIGSEGV");
    assert_string_equal(cfm_signal_text(62, buf), "signal 62");
}

static void turns_dates_to_seconds_and_back(void **state)
{
    static const struct {
        uint32_t date;
        int64_t start_s;
    } rows[] = {
        { 19700101, 0 },          { 20000229, 951782400 },
        { 20000301, 951868800 },  { 20240229, 1709164800 },
        { 20261101, 1793491200 }, { 20371231, 2145830400 },
    };
    char buf[CFM_WORD_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(cfm_date_start_s(rows[i].date), rows[i].start_s);
        assert_int_equal(cfm_date_of(rows[i].start_s), rows[i].date);
        assert_int_equal(cfm_date_of(rows[i].start_s + 86399), rows[i].date);
    }
    assert_int_equal(cfm_date_of(-1), 19691231);
    assert_string_equal(cfm_date_text(20260105, buf), "2026-01-05");
}

static void agrees_with_itself_on_every_day_of_a_century(void **state)
{
    uint32_t last = 0;

    (void)state;
    for (int64_t s = 0; s < INT64_C(100) * 366 * 86400; s += 86400) {
        uint32_t date = cfm_date_of(s);
        assert_true(date > last);
        assert_int_equal(cfm_date_start_s(date), s);
        last = date;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_types_and_rcodes),
        cmocka_unit_test(turns_dates_to_seconds_and_back),
        cmocka_unit_test(agrees_with_itself_on_every_day_of_a_century),
    };

    return cmocka_run_group_tests_name("conformance.words", tests, NULL, NULL);
}
