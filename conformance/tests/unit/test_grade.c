/* SPDX-License-Identifier: BSD-2-Clause */
#include "grade.h"
#include "made.h"
#include "testing.h"

static struct cfm_policy policy_at(enum scn_profile profile, uint32_t date)
{
    return (struct cfm_policy){ profile, date, ~0U };
}

static const struct cfm_observed permits = { .ending = CFM_ENDED,
                                             .permitted = true };
static const struct cfm_observed refuses = { .ending = CFM_ENDED,
                                             .permitted = false,
                                             .exit_code = 1 };

/* --- the vectors of FORMAT section 9 --- */

static void on_nothing(struct sim_journal *journal)
{
    (void)journal;
}

static void on_one_dropped(struct sim_journal *journal)
{
    made_dropped(journal, 1);
}

static void on_five_dropped_with_proof(struct sim_journal *journal)
{
    made_dropped(journal, 5);
    made_ds_proof(journal);
}

static void on_two_dropped_without_proof(struct sim_journal *journal)
{
    made_dropped(journal, 2);
}

static void on_alias_met_first(struct sim_journal *journal)
{
    made_alias_met_by_type_a(journal);
    made_answered_at_target(journal);
}

static void on_dropped_then_through_the_alias(struct sim_journal *journal)
{
    made_dropped(journal, 1);
    on_alias_met_first(journal);
}

/* What a permit and a refusal get, and by which kind of row. */
struct cell {
    enum cfm_outcome permitted;
    enum cfm_outcome refused;
    enum scn_verdict verdict;
};

#define NOTHING_SEEN                                \
    {                                               \
        CFM_NO_EVIDENCE, CFM_OVERSTRICT, SCN_PERMIT \
    }
#define PERMIT                               \
    {                                        \
        CFM_PASS, CFM_OVERSTRICT, SCN_PERMIT \
    }
#define EITHER                         \
    {                                  \
        CFM_PASS, CFM_PASS, SCN_EITHER \
    }
#define REFUSE                           \
    {                                    \
        CFM_UNSAFE, CFM_PASS, SCN_REFUSE \
    }

static const struct {
    void (*on_the_wire)(struct sim_journal *journal);
    struct cell cells[3]; /* rfc8659, tls-br 2025-06-01, tls-br 2026-11-01 */
} vectors[] = {
    { on_nothing, { NOTHING_SEEN, NOTHING_SEEN, NOTHING_SEEN } },
    { on_alias_met_first, { PERMIT, PERMIT, PERMIT } },
    { on_one_dropped, { EITHER, REFUSE, REFUSE } },
    { on_five_dropped_with_proof, { EITHER, EITHER, EITHER } },
    { on_two_dropped_without_proof, { EITHER, EITHER, REFUSE } },
    { on_dropped_then_through_the_alias, { EITHER, EITHER, EITHER } },
};

static void grades_every_cell_of_the_vectors(void **state)
{
    const struct cfm_policy policies[3] = {
        policy_at(SCN_RFC8659, 20261101),
        policy_at(SCN_TLS_BR, 20250601),
        policy_at(SCN_TLS_BR, 20261101),
    };

    (void)state;
    for (size_t v = 0; v < COUNT_OF(vectors); v++) {
        struct sim_journal *journal = made_journal();
        vectors[v].on_the_wire(journal);
        for (size_t p = 0; p < COUNT_OF(policies); p++) {
            const struct cell *cell = &vectors[v].cells[p];
            struct cfm_graded graded = cfm_grade(
                &made_check, &policies[p], &made_looking, journal, &permits);
            assert_int_equal(graded.outcome, cell->permitted);
            assert_int_equal(made_rows[graded.row].verdict, cell->verdict);
            graded = cfm_grade(&made_check, &policies[p], &made_looking,
                               journal, &refuses);
            assert_int_equal(graded.outcome, cell->refused);
        }
        sim_journal_free(journal);
    }
}

static void names_the_row_and_the_evidence_that_is_missing(void **state)
{
    const struct cfm_policy policy = policy_at(SCN_TLS_BR, 20261101);
    struct sim_journal *journal = made_journal();
    struct cfm_graded graded =
        cfm_grade(&made_check, &policy, &made_looking, journal, &permits);

    (void)state;
    assert_int_equal(graded.row, 0);
    assert_int_equal(graded.missing_evidence, 0);
    on_five_dropped_with_proof(journal);
    graded = cfm_grade(&made_check, &policy, &made_looking, journal, &permits);
    assert_string_equal(made_rows[graded.row].label, "lookup-failure 4");
    assert_int_equal(graded.missing_evidence,
                     made_rows[graded.row].evidence_count);
    sim_journal_free(journal);
}

static void lets_the_last_row_that_holds_count(void **state)
{
    const struct cfm_policy policy = policy_at(SCN_TLS_BR, 20261101);
    struct sim_journal *journal = made_journal();

    (void)state;
    on_five_dropped_with_proof(journal);
    made_answered_at_target(journal);
    assert_int_equal(
        cfm_row_that_counts(&made_check, &policy, &made_looking, journal), 5);
    sim_journal_free(journal);
}

/* --- profiles and dates --- */

static void includes_the_rfc_that_was_in_force(void **state)
{
    const unsigned tls = 1U << SCN_TLS_BR;

    (void)state;
    assert_int_equal(cfm_profiles_included(SCN_RFC6844, 20261101),
                     1U << SCN_RFC6844);
    assert_int_equal(cfm_profiles_included(SCN_RFC6844_E5065, 20261101),
                     1U << SCN_RFC6844_E5065);
    assert_int_equal(cfm_profiles_included(SCN_RFC8659, 20170101),
                     1U << SCN_RFC8659);
    assert_int_equal(cfm_profiles_included(SCN_TLS_BR, 20171026),
                     tls | 1U << SCN_RFC6844);
    assert_int_equal(cfm_profiles_included(SCN_TLS_BR, 20171027),
                     tls | 1U << SCN_RFC6844_E5065);
    assert_int_equal(cfm_profiles_included(SCN_TLS_BR, 20201018),
                     tls | 1U << SCN_RFC6844_E5065);
    assert_int_equal(cfm_profiles_included(SCN_TLS_BR, 20201019),
                     tls | 1U << SCN_RFC8659);
    assert_int_equal(cfm_profiles_included(SCN_SMIME_BR, 20240101),
                     1U << SCN_SMIME_BR | 1U << SCN_RFC8659);
}

static void holds_a_row_from_its_first_day_to_the_day_before_until(void **state)
{
    const struct scn_row row = { .profiles = 1U << SCN_TLS_BR,
                                 .from = 20250315,
                                 .until = 20250721 };
    struct cfm_policy policy = policy_at(SCN_TLS_BR, 20250314);

    (void)state;
    assert_false(cfm_row_in_force(&row, &policy));
    policy.date = 20250315;
    assert_true(cfm_row_in_force(&row, &policy));
    policy.date = 20250720;
    assert_true(cfm_row_in_force(&row, &policy));
    policy.date = 20250721;
    assert_false(cfm_row_in_force(&row, &policy));
    policy = policy_at(SCN_RFC8659, 20250401);
    assert_false(cfm_row_in_force(&row, &policy));
}

static void matches_a_row_for_rfc8659_under_tls_br(void **state)
{
    const struct scn_row row = { .profiles = 1U << SCN_RFC8659 };
    struct cfm_policy policy = policy_at(SCN_TLS_BR, 20201019);

    (void)state;
    assert_true(cfm_row_in_force(&row, &policy));
    policy.date = 20201018;
    assert_false(cfm_row_in_force(&row, &policy));
}

/* --- features --- */

/* A check that owes no query, so that only what is tested decides. */
static struct scn_check check_of(const struct scn_row *row, unsigned features)
{
    struct scn_check check = made_check;

    check.rows = row;
    check.row_count = 1;
    check.features = features;
    return check;
}

static enum cfm_outcome outcome_of(const struct scn_check *check,
                                   const struct cfm_policy *policy,
                                   const struct cfm_observed *observed)
{
    return cfm_grade(check, policy, &made_looking, NULL, observed).outcome;
}

static const struct scn_row refusing = { .verdict = SCN_REFUSE,
                                         .label = "check" };
static const struct scn_row permitting = { .verdict = SCN_PERMIT,
                                           .label = "check" };

static void calls_a_feature_unsupported_until_it_is_mandatory(void **state)
{
    static const struct {
        enum scn_profile profile;
        enum scn_feature feature;
        uint32_t date;
        enum cfm_outcome outcome;
    } rows[] = {
        { SCN_TLS_BR, SCN_F_RFC8657, 20270314, CFM_UNSUPPORTED },
        { SCN_TLS_BR, SCN_F_RFC8657, 20270315, CFM_MISSING },
        { SCN_RFC8659, SCN_F_RFC8657, 20270315, CFM_UNSUPPORTED },
        { SCN_TLS_BR, SCN_F_VALIDATION, 20260314, CFM_UNSUPPORTED },
        { SCN_TLS_BR, SCN_F_VALIDATION, 20260315, CFM_MISSING },
        { SCN_SMIME_BR, SCN_F_VALIDATION, 20260315, CFM_MISSING },
        { SCN_SMIME_BR, SCN_F_SMIME, 20250314, CFM_UNSUPPORTED },
        { SCN_SMIME_BR, SCN_F_SMIME, 20250315, CFM_MISSING },
        { SCN_TLS_BR, SCN_F_SMIME, 20280101, CFM_UNSUPPORTED },
        { SCN_TLS_BR, SCN_F_PERSPECTIVES, 20280101, CFM_UNSUPPORTED },
        { SCN_TLS_BR, SCN_F_CLOCK, 20280101, CFM_UNSUPPORTED },
        { SCN_TLS_BR, SCN_F_WILDCARD, 20280101, CFM_UNSUPPORTED },
        { SCN_TLS_BR, SCN_F_ISSUER_PER_REQUEST, 20280101, CFM_UNSUPPORTED },
        { SCN_TLS_BR, SCN_F_ACCOUNT_PER_REQUEST, 20280101, CFM_UNSUPPORTED },
        { SCN_TLS_BR, SCN_F_METHOD_PER_REQUEST, 20280101, CFM_UNSUPPORTED },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct scn_check check =
            check_of(&refusing, (unsigned)rows[i].feature);
        struct cfm_policy policy = policy_at(rows[i].profile, rows[i].date);
        assert_int_equal(outcome_of(&check, &policy, NULL), CFM_PASS);
        policy.features = ~(unsigned)rows[i].feature;
        assert_int_equal(outcome_of(&check, &policy, NULL), rows[i].outcome);
        assert_int_equal(outcome_of(&check, &policy, &refuses),
                         rows[i].outcome);
        assert_int_equal(outcome_of(&check, &policy, &permits),
                         rows[i].outcome);
    }
}

static void believes_an_implementation_that_says_it_does_not_support(
    void **state)
{
    const struct cfm_observed observed = { .ending = CFM_UNSUPPORTED_BY_ITSELF,
                                           .exit_code = 3 };
    const struct cfm_policy policy = policy_at(SCN_TLS_BR, 20261101);
    struct scn_check check = check_of(&refusing, 0);

    (void)state;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_UNSUPPORTED);
    check.features = SCN_F_WILDCARD;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_UNSUPPORTED);
    check.features = SCN_F_VALIDATION;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_MISSING);
}

static void blames_nobody_for_a_request_that_it_cannot_express(void **state)
{
    static const enum scn_feature rows[] = { SCN_F_ISSUER_PER_REQUEST,
                                             SCN_F_ACCOUNT_PER_REQUEST,
                                             SCN_F_METHOD_PER_REQUEST };
    const struct cfm_observed observed = { .ending = CFM_UNSUPPORTED_BY_ITSELF,
                                           .exit_code = 3 };
    struct cfm_policy policy = policy_at(SCN_TLS_BR, 20270315);
    struct scn_check check = check_of(&permitting, SCN_F_RFC8657);

    (void)state;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_MISSING);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check.features = (unsigned)SCN_F_RFC8657 | (unsigned)rows[i];
        policy.features = ~0U;
        assert_int_equal(outcome_of(&check, &policy, &observed),
                         CFM_UNSUPPORTED);
        policy.features = ~(unsigned)rows[i];
        assert_int_equal(outcome_of(&check, &policy, NULL), CFM_UNSUPPORTED);
        policy.features = ~(unsigned)SCN_F_RFC8657;
        assert_int_equal(outcome_of(&check, &policy, NULL), CFM_MISSING);
    }
}

static void puts_trouble_crash_and_hang_before_everything(void **state)
{
    static const struct {
        enum cfm_ending ending;
        enum cfm_outcome outcome;
    } rows[] = {
        { CFM_LAB_TROUBLE, CFM_LAB_ERROR },
        { CFM_CRASH, CFM_CRASHED },
        { CFM_HANG, CFM_HUNG },
    };
    const struct cfm_policy policy = { SCN_TLS_BR, 20261101, 0 };
    const struct scn_check check = check_of(&refusing, SCN_F_SMIME);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct cfm_observed observed = { .ending = rows[i].ending,
                                               .permitted = true };
        assert_int_equal(outcome_of(&check, &policy, &observed),
                         rows[i].outcome);
    }
}

/* --- verdict before evidence before what is told --- */

static void puts_the_verdict_before_the_evidence(void **state)
{
    const struct cfm_policy policy = policy_at(SCN_TLS_BR, 20261101);
    struct scn_row row = refusing;
    const struct scn_check check = check_of(&row, 0);

    (void)state;
    row.evidence = made_looked;
    row.evidence_count = 1;
    row.reason = SCN_CRITICAL_UNKNOWN;
    assert_int_equal(outcome_of(&check, &policy, &permits), CFM_UNSAFE);
    struct cfm_observed observed = { .ending = CFM_ENDED,
                                     .told_reason = SCN_ACCOUNT };
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_NO_EVIDENCE);
    row.evidence_count = 0;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_WRONG_REASON);
}

static void compares_a_reason_only_when_it_is_told(void **state)
{
    const struct cfm_policy policy = policy_at(SCN_TLS_BR, 20261101);
    struct scn_row row = refusing;
    const struct scn_check check = check_of(&row, 0);
    struct cfm_observed observed = { .ending = CFM_ENDED };

    (void)state;
    row.reason = SCN_CRITICAL_UNKNOWN;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_PASS);
    observed.told_lookup_failure = true; /* exit 2 tells, too */
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_WRONG_REASON);
    observed.told_reason = SCN_CRITICAL_UNKNOWN; /* the JSON line wins */
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_PASS);
    observed.told_lookup_failure = false;
    observed.told_reason = SCN_NOT_AUTHORISED;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_WRONG_REASON);
    row.reason = SCN_REASON_NONE;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_PASS);
}

static void owes_no_reason_for_a_permit(void **state)
{
    const struct cfm_policy policy = policy_at(SCN_TLS_BR, 20261101);
    struct scn_row row = refusing;
    const struct scn_check check = check_of(&row, 0);
    struct cfm_observed observed = { .ending = CFM_ENDED,
                                     .permitted = true,
                                     .told_reason = SCN_ACCOUNT };

    (void)state;
    row.verdict = SCN_EITHER;
    row.reason = SCN_LOOKUP_FAILED;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_PASS);
    observed.permitted = false;
    assert_int_equal(outcome_of(&check, &policy, &observed), CFM_WRONG_REASON);
}

static enum cfm_outcome outcome_with_place(char *told)
{
    const struct cfm_policy policy = policy_at(SCN_TLS_BR, 20261101);
    struct scn_row row = permitting;
    const struct scn_check check = check_of(&row, 0);
    const struct cfm_observed observed = { .ending = CFM_ENDED,
                                           .permitted = true,
                                           .told_found_at = told };

    row.found_at = made_www_search;
    return outcome_of(&check, &policy, &observed);
}

static void compares_a_place_without_case_and_trailing_dot(void **state)
{
    char same[] = "www.search.top";
    char odd[] = "WWW.Search.TOP.";
    char other[] = "www.agency.top";
    char garbage[] = "www..top";

    (void)state;
    assert_int_equal(outcome_with_place(NULL), CFM_PASS);
    assert_int_equal(outcome_with_place(same), CFM_PASS);
    assert_int_equal(outcome_with_place(odd), CFM_PASS);
    assert_int_equal(outcome_with_place(other), CFM_WRONG_REASON);
    assert_int_equal(outcome_with_place(garbage), CFM_WRONG_REASON);
}

static enum cfm_outcome outcome_with_names(char **told, size_t count)
{
    static const char *const names[] = { "n79.bad.top", "n80.bad.top" };
    const struct cfm_policy policy = policy_at(SCN_TLS_BR, 20261101);
    struct scn_row row = refusing;
    const struct scn_check check = check_of(&row, 0);
    const struct cfm_observed observed = { .ending = CFM_ENDED,
                                           .told_refused_names = told,
                                           .told_refused_name_count = count };

    row.refused_names = names;
    row.refused_name_count = COUNT_OF(names);
    return outcome_of(&check, &policy, &observed);
}

static void compares_refused_names_as_sets(void **state)
{
    char first[] = "N79.bad.top";
    char second[] = "n80.BAD.top.";
    char third[] = "n1.good.top";
    char *turned[] = { second, first, second };
    char *too_few[] = { first };
    char *too_many[] = { first, second, third };

    (void)state;
    assert_int_equal(outcome_with_names(NULL, 0), CFM_PASS);
    assert_int_equal(outcome_with_names(turned, 3), CFM_PASS);
    assert_int_equal(outcome_with_names(too_few, 1), CFM_WRONG_REASON);
    assert_int_equal(outcome_with_names(too_many, 3), CFM_WRONG_REASON);
    assert_int_equal(outcome_with_names(too_few, 0), CFM_WRONG_REASON);
}

static void spells_every_outcome_once(void **state)
{
    (void)state;
    for (int i = 0; i < CFM_OUTCOME_COUNT; i++) {
        const char *text = cfm_outcome_text((enum cfm_outcome)i);
        assert_true(strlen(text) > 3);
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(text,
                                    cfm_outcome_text((enum cfm_outcome)k));
        }
    }
    assert_string_equal(cfm_outcome_text(CFM_HUNG), "hang");
    assert_string_equal(cfm_outcome_text(CFM_CRASHED), "crash");
    assert_string_equal(cfm_outcome_text(CFM_NO_EVIDENCE), "no-evidence");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grades_every_cell_of_the_vectors),
        cmocka_unit_test(names_the_row_and_the_evidence_that_is_missing),
        cmocka_unit_test(lets_the_last_row_that_holds_count),
        cmocka_unit_test(includes_the_rfc_that_was_in_force),
        cmocka_unit_test(
            holds_a_row_from_its_first_day_to_the_day_before_until),
        cmocka_unit_test(matches_a_row_for_rfc8659_under_tls_br),
        cmocka_unit_test(calls_a_feature_unsupported_until_it_is_mandatory),
        cmocka_unit_test(
            believes_an_implementation_that_says_it_does_not_support),
        cmocka_unit_test(blames_nobody_for_a_request_that_it_cannot_express),
        cmocka_unit_test(puts_trouble_crash_and_hang_before_everything),
        cmocka_unit_test(puts_the_verdict_before_the_evidence),
        cmocka_unit_test(compares_a_reason_only_when_it_is_told),
        cmocka_unit_test(owes_no_reason_for_a_permit),
        cmocka_unit_test(compares_a_place_without_case_and_trailing_dot),
        cmocka_unit_test(compares_refused_names_as_sets),
        cmocka_unit_test(spells_every_outcome_once),
    };

    return cmocka_run_group_tests_name("conformance.grade", tests, NULL, NULL);
}
