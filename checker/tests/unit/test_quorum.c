/* SPDX-License-Identifier: BSD-2-Clause */
#include "quorum.h"
#include "testing.h"

#include <string.h>

static void counts_as_the_requirements_do(void **state)
{
    static const struct {
        enum caa_rule_quorum quorum;
        size_t remotes;
        size_t allowed;
    } cases[] = {
        { CAA_QUORUM_NONE, 5, 5 },     { CAA_QUORUM_BASELINE, 1, 0 },
        { CAA_QUORUM_BASELINE, 2, 1 }, { CAA_QUORUM_BASELINE, 5, 1 },
        { CAA_QUORUM_BASELINE, 6, 2 }, { CAA_QUORUM_BASELINE, 32, 2 },
        { CAA_QUORUM_MAJORITY, 0, 0 }, { CAA_QUORUM_MAJORITY, 2, 0 },
        { CAA_QUORUM_MAJORITY, 5, 2 }, { CAA_QUORUM_MAJORITY, 7, 3 },
        { CAA_QUORUM_ALL, 7, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct caa_rules rules = { .quorum = (uint8_t)cases[i].quorum };
        assert_int_equal(caa_quorum_allows(&rules, cases[i].remotes),
                         cases[i].allowed);
    }
}

/* Two of the first three remotes refuse, all others permit. */
static struct caa_result judged(enum caa_verdict primary, size_t remotes,
                                const char *profile, struct caa_remote *room)
{
    struct caa_rules rules;
    struct caa_result result = { .verdict = primary,
                                 .remotes = room,
                                 .remote_count = remotes,
                                 .section = "own" };

    assert_int_equal(caa_profile_rules(profile, 20260601, CAA_KIND_TLS, &rules),
                     CAA_OK);
    for (size_t i = 0; i < remotes; i++) {
        room[i] =
            (struct caa_remote){ .verdict = i < 2 ? CAA_REFUSE : CAA_PERMIT };
    }
    caa_quorum_judge(&rules, &result);
    return result;
}

static void refuses_what_too_few_corroborate(void **state)
{
    struct caa_remote room[7];
    struct caa_result five = judged(CAA_PERMIT, 5, "tls-br", room);

    (void)state;
    assert_int_equal(five.verdict, CAA_REFUSE);
    assert_int_equal(five.reason, CAA_REASON_NOT_CORROBORATED);
    assert_string_equal(five.section, "TLS-BR section 3.2.2.9");
    struct caa_result mail = judged(CAA_PERMIT, 5, "smime-br", room);
    assert_string_equal(mail.section,
                        "SMIME-BR section 4.2.2.2 (multi-perspective)");
    struct caa_result six = judged(CAA_PERMIT, 6, "tls-br", room);
    assert_int_equal(six.verdict, CAA_PERMIT);
    assert_string_equal(six.section, "own");
    assert_int_equal(judged(CAA_PERMIT, 5, "rfc8659", room).verdict,
                     CAA_PERMIT);
}

static void never_outvotes_the_primary(void **state)
{
    struct caa_remote room[7];

    (void)state;
    struct caa_result refused = judged(CAA_REFUSE, 7, "tls-br", room);
    assert_int_equal(refused.verdict, CAA_REFUSE);
    assert_string_equal(refused.section, "own");
    assert_int_equal(judged(CAA_PERMIT, 0, "tls-br", room).verdict, CAA_PERMIT);
}

static void begins_on_its_days(void **state)
{
    static const struct {
        const char *profile;
        caa_date date;
        enum caa_rule_quorum quorum;
    } days[] = {
        { "tls-br", 20250914, CAA_QUORUM_NONE },
        { "tls-br", 20250915, CAA_QUORUM_BASELINE },
        { "smime-br", 20250914, CAA_QUORUM_NONE },
        { "smime-br", 20250915, CAA_QUORUM_BASELINE },
        { "rfc8659", 20270101, CAA_QUORUM_NONE },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        struct caa_rules rules;
        assert_int_equal(caa_profile_rules(days[i].profile, days[i].date,
                                           CAA_KIND_TLS, &rules),
                         CAA_OK);
        assert_int_equal(rules.quorum, days[i].quorum);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_as_the_requirements_do),
        cmocka_unit_test(refuses_what_too_few_corroborate),
        cmocka_unit_test(never_outvotes_the_primary),
        cmocka_unit_test(begins_on_its_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
