/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "words.h"

#include <scenario/catalogue.h>

#include <string.h>

static void every_word_of_the_interface_reads_back(void **state)
{
    (void)state;
    for (int i = 0; i < SCN_PROFILE_COUNT; i++) {
        enum scn_profile profile = SCN_RFC6844;
        const char *text = scn_profile_text((enum scn_profile)i);
        assert_true(scn_profile_from_text(text, &profile));
        assert_int_equal(profile, i);
    }
    for (int i = SCN_NOT_AUTHORISED; i <= SCN_INTERNAL_NAME; i++) {
        enum scn_reason reason = SCN_REASON_NONE;
        const char *text = scn_reason_text((enum scn_reason)i);
        assert_true(scn_reason_from_text(text, &reason));
        assert_int_equal(reason, i);
    }
    for (int bit = SCN_F_WILDCARD; bit <= SCN_F_VALIDATION; bit <<= 1) {
        enum scn_feature feature = SCN_F_WILDCARD;
        const char *text = scn_feature_text((enum scn_feature)bit);
        assert_true(scn_feature_from_text(text, &feature));
        assert_int_equal(feature, bit);
    }
}

static void other_words_are_refused(void **state)
{
    enum scn_profile profile = SCN_TLS_BR;
    enum scn_reason reason = SCN_ACCOUNT;
    enum scn_feature feature = SCN_F_CLOCK;

    (void)state;
    assert_false(scn_profile_from_text("rfc1035", &profile));
    assert_false(scn_reason_from_text("", &reason));
    assert_false(scn_feature_from_text("CLOCK", &feature));
    assert_int_equal(profile, SCN_TLS_BR);
    assert_int_equal(reason, SCN_ACCOUNT);
    assert_int_equal(feature, SCN_F_CLOCK);
}

static void texts_are_never_null(void **state)
{
    (void)state;
    assert_string_equal(scn_verdict_text(SCN_EITHER), "either");
    assert_string_equal(scn_reason_text(SCN_REASON_NONE), "");
    assert_string_equal(scn_predicate_kind_text(SCN_LOOKED), "looked");
    assert_string_equal(scn_predicate_kind_text(SCN_SHOWN_INSECURE),
                        "shown-insecure");
    assert_string_equal(scn_profile_text(SCN_PROFILE_COUNT), "");
}

static void the_first_word_is_what_nothing_said_means(void **state)
{
    const struct scn_word *const lists[] = {
        scn_words_kind,   scn_words_universe, scn_words_apex,
        scn_words_qmin,   scn_words_anchor,   scn_words_family,
        scn_words_dnssec, scn_words_keys,     scn_words_denial,
        scn_words_ns,     scn_words_digest,   scn_words_count_by,
        scn_words_place,
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        assert_int_equal(lists[i][0].value, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_of_the_interface_reads_back),
        cmocka_unit_test(other_words_are_refused),
        cmocka_unit_test(texts_are_never_null),
        cmocka_unit_test(the_first_word_is_what_nothing_said_means),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
