/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <scenario/blind.h>

#include <stdlib.h>
#include <string.h>

static void leaves_out_whatever_tells_the_verdict(void **state)
{
    static const char *const hidden[] = { "SECRET",   "verdict", "reason",
                                          "evidence", "except",  "catches" };
    static const char text[] =
        "title: Who does what # SECRET\n"
        "story: SECRET\n"
        "notes: SECRET\n"
        "catches: [SECRET]\n"
        "twin: SECRET\n"
        "requirements: [R101]\n"
        "zones: [{name: bad, faults: [{when: {type: CAA}, do: {drop: "
        "true}}]}]\n"
        "checks:\n"
        "  - {id: one, names: [a], verdict: refuse, reason: SECRET,\n"
        "     because: SECRET, found-at: SECRET, refused-names: [SECRET],\n"
        "     evidence: [SECRET], apply: [{rule: SECRET}],\n"
        "     except: [{verdict: SECRET}]}\n"
        "steps:\n"
        "  - query: {name: b, type: TXT}\n"
        "  - check: {id: two, verdict: SECRET}\n";
    static const char *const kept[] = { "Who does what", "R101", "drop",
                                        "one",           "TXT",  "two" };
    char *blind = NULL;

    (void)state;
    assert_int_equal(scn_blind(text, strlen(text), &blind), SCN_OK);
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        assert_null(strstr(blind, hidden[i]));
    }
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        assert_non_null(strstr(blind, kept[i]));
    }
    free(blind);
}

static void refuses_what_is_no_scenario(void **state)
{
    static const char *const texts[] = { "", "{", "- a\n", "word\n" };
    char *blind = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_int_equal(scn_blind(texts[i], strlen(texts[i]), &blind),
                         SCN_EINPUT);
        assert_null(blind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_out_whatever_tells_the_verdict),
        cmocka_unit_test(refuses_what_is_no_scenario),
    };

    return cmocka_run_group_tests_name("scenarios.blind", tests, NULL, NULL);
}
