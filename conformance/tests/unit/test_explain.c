/* SPDX-License-Identifier: BSD-2-Clause */
#include "explain.h"
#include "made.h"
#include "testing.h"

#include <stdlib.h>

/* One trial with everything in it, taken apart by drop(). */
struct bench {
    struct cfm_settings settings;
    struct cfm_observed observed;
    struct cfm_graded graded;
    struct scn_row row;
    struct scn_check check;
    struct sim_journal *journal;
};

static int make(void **state)
{
    struct bench *bench = calloc(1, sizeof(*bench));

    assert_non_null(bench);
    bench->settings.profile = SCN_TLS_BR;
    bench->settings.policy_date = 20261101;
    bench->settings.features = ~0U;
    bench->settings.time_limit_ms = 30000;
    bench->observed.ending = CFM_ENDED;
    bench->observed.duration_ns = 12345678;
    bench->row = made_rows[0];
    bench->check = made_check;
    bench->journal = made_journal();
    *state = bench;
    return 0;
}

static int drop(void **state)
{
    struct bench *bench = *state;

    sim_journal_free(bench->journal);
    free(bench);
    return 0;
}

static struct cfm_trial trial_of(struct bench *bench)
{
    return (struct cfm_trial){ &made_instance,   &bench->check,
                               &bench->settings, &bench->observed,
                               &bench->graded,   bench->journal };
}

/* Uses bench->row as the only row. */
static void use_row(struct bench *bench)
{
    bench->check.rows = &bench->row;
    bench->check.row_count = 1;
}

static void grade(struct bench *bench)
{
    const struct cfm_policy policy = cfm_policy_of(&bench->settings);

    bench->graded = cfm_grade(&bench->check, &policy, &made_looking,
                              bench->journal, &bench->observed);
}

static void expect(struct bench *bench, const char *wanted)
{
    const struct cfm_trial trial = trial_of(bench);

    grade(bench);
    char *got = cfm_explain(&trial);
    assert_string_equal(got, wanted);
    free(got);
}

static void says_that_a_verdict_is_as_expected(void **state)
{
    struct bench *bench = *state;

    made_answered_at_target(bench->journal);
    bench->observed.permitted = true;
    expect(bench, "permitted, as expected");
}

static void says_which_way_an_either_row_went(void **state)
{
    struct bench *bench = *state;

    made_dropped(bench->journal, 1);
    bench->settings.profile = SCN_RFC8659;
    expect(bench, "refused, and either will do: left to the CA");
    bench->observed.permitted = true;
    expect(bench, "permitted, and either will do: left to the CA");
}

static void says_what_is_wrong_with_a_verdict(void **state)
{
    struct bench *bench = *state;

    expect(bench, "refused what must be permitted");
    made_dropped(bench->journal, 1);
    bench->observed.permitted = true;
    expect(bench, "permitted what must be refused");
}

static void says_what_was_not_seen(void **state)
{
    struct bench *bench = *state;

    bench->observed.permitted = true;
    expect(bench, "permitted as expected, but this was not seen on the wire: "
                  "answered: CAA www.search.top (0 queries, 0 usable replies)");
    bench->settings.reproducible = true;
    expect(bench, "permitted as expected, but this was not seen on the wire: "
                  "answered: CAA www.search.top");
}

static void says_what_was_told_and_what_is_right(void **state)
{
    static const char *const names[] = { "a.top", "b.top" };
    char c[] = "c.top";
    char *told[] = { c, c, c, c, c, c, c };
    struct bench *bench = *state;

    bench->row.verdict = SCN_REFUSE;
    bench->row.evidence_count = 0;
    bench->row.reason = SCN_CRITICAL_UNKNOWN;
    use_row(bench);
    bench->observed.told_lookup_failure = true;
    expect(bench, "refused as expected, but it says lookup-failed; the reason "
                  "is critical-unknown");
    bench->row.reason = SCN_REASON_NONE;
    bench->observed.told_found_at = c;
    expect(bench, "refused as expected, but it says found at c.top; the "
                  "records that count are at www.search.top");
    bench->observed.told_found_at = NULL;
    bench->row.refused_names = names;
    bench->row.refused_name_count = 2;
    bench->observed.told_refused_names = told;
    bench->observed.told_refused_name_count = COUNT_OF(told);
    expect(bench,
           "refused as expected, but it says that the refused names are "
           "c.top, c.top, c.top, c.top, c.top and 2 more; they are a.top, "
           "b.top");
}

static void says_how_it_ended_without_a_verdict(void **state)
{
    struct bench *bench = *state;
    char trouble[] = "cannot fork";

    bench->observed.ending = CFM_HANG;
    expect(bench, "no verdict within 30000 ms");
    bench->observed.ending = CFM_CRASH;
    bench->observed.exit_code = 139;
    expect(bench, "exit code 139 is no verdict (0 permit, 1 refuse, 2 look-up "
                  "failed, 3 unsupported)");
    bench->observed.exit_code = -1;
    bench->observed.signal = 11;
    expect(bench, "ended by SIGSEGV");
    bench->observed.ending = CFM_LAB_TROUBLE;
    expect(bench, "the lab could not run it");
    bench->observed.trouble = trouble;
    expect(bench, "cannot fork");
}

static void says_which_feature_is_missing_and_who_demands_it(void **state)
{
    struct bench *bench = *state;

    bench->check.features = (unsigned)SCN_F_SMIME | (unsigned)SCN_F_CLOCK;
    bench->settings.features = 0;
    expect(bench, "needs smime, clock, which the implementation does not "
                  "declare");
    bench->check.features = SCN_F_VALIDATION;
    expect(bench,
           "needs validation, which the implementation does not declare; "
           "validation is mandatory since 2026-03-15 (TLS-BR section 3.2.2.8.1 "
           "(2.3.x: 4.2.2.2))");
    bench->observed.ending = CFM_UNSUPPORTED_BY_ITSELF;
    expect(bench,
           "it says that it does not support this (exit 3); "
           "validation is mandatory since 2026-03-15 (TLS-BR section 3.2.2.8.1 "
           "(2.3.x: 4.2.2.2))");
    bench->check.features =
        (unsigned)SCN_F_VALIDATION | (unsigned)SCN_F_ACCOUNT_PER_REQUEST;
    expect(bench, "it says that it does not support this (exit 3)");
    bench->check.features = 0;
    expect(bench, "it says that it does not support this (exit 3)");
}

static void reports_a_flood(void **state)
{
    struct bench *bench = *state;

    bench->observed.ending = CFM_HANG;
    bench->observed.flood_octets = 77;
    expect(bench, "no verdict within 30000 ms; it flooded its output: 77 "
                  "octets were thrown away");
    bench->settings.reproducible = true;
    expect(bench, "no verdict within 30000 ms; it flooded its output");
}

static void expect_lines(json_t *lines, const char *const *wanted, size_t count)
{
    assert_int_equal(json_array_size(lines), count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(json_string_value(json_array_get(lines, i)),
                            wanted[i]);
    }
    json_decref(lines);
}

static void lists_the_evidence_that_held(void **state)
{
    static const char *const counted[] = {
        "failed: CAA www.agency.top (5 queries, 0 usable replies)",
        "retried: CAA www.agency.top (0 at the front, 5 at the servers)",
        ("shown-insecure: agency.top (no DS at agency.top, proved by the "
         "server "
         "of top)"),
        "looked: a query for the start name or its ancestors (6 queries)",
    };
    static const char *const plain[] = {
        "failed: CAA www.agency.top",
        "retried: CAA www.agency.top",
        "shown-insecure: agency.top",
        "looked: a query for the start name or its ancestors",
    };
    struct bench *bench = *state;
    const struct cfm_trial trial = trial_of(bench);

    made_dropped(bench->journal, 5);
    made_ds_proof(bench->journal);
    grade(bench);
    expect_lines(cfm_evidence_held(&trial), counted, COUNT_OF(counted));
    bench->settings.reproducible = true;
    expect_lines(cfm_evidence_held(&trial), plain, COUNT_OF(plain));
}

static void tells_every_row_and_which_one_counted(void **state)
{
    static const char *const wanted[] = {
        "Verdict: permit (exit code 0, after 12.3 ms); found at "
        "www.\xEF\xBF\xBDtop",
        "Rows under tls-br on 2026-11-01; the last that holds counts:",
        "   check: permit, found at www.search.top "
        "(catalogue/alias-timeout.yaml:24)",
        "   lookup-failure 1: either, because left to the CA "
        "(rules.yaml:5)",
        "    holds: failed: CAA www.agency.top (1 query, 0 usable replies)",
        "-> lookup-failure 2: refuse, reason lookup-failed "
        "(rules.yaml:8)",
        "    holds: for tls-br",
        "    holds: failed: CAA www.agency.top (1 query, 0 usable replies)",
        "    shown: looked: a query for the start name or its ancestors (1 "
        "query)",
        "   lookup-failure 3: either, because retried, no chain "
        "(rules.yaml:12)",
        "    does not hold: for tls-br until 2025-07-21",
        "    holds: failed: CAA www.agency.top (1 query, 0 usable replies)",
        "    does not hold: retried: CAA www.agency.top (0 at the front, 1 at "
        "the servers)",
        "   lookup-failure 4: either, because retried, Insecure "
        "(rules.yaml:17)",
        "    holds: for tls-br from 2025-07-21",
        "    holds: failed: CAA www.agency.top (1 query, 0 usable replies)",
        "    does not hold: retried: CAA www.agency.top (0 at the front, 1 at "
        "the servers)",
        "    does not hold: shown-insecure: agency.top (no proof of a missing "
        "DS was sent)",
        "   except 1: either, because failed at the alias owner, succeeded "
        "through the alias (catalogue/alias-timeout.yaml:31)",
        "    holds: failed: CAA www.agency.top (1 query, 0 usable replies)",
        "    does not hold: answered: CAA www.search.top (0 queries, 0 usable "
        "replies)",
        "Outcome: unsafe: permitted what must be refused",
    };
    struct bench *bench = *state;
    const struct cfm_trial trial = trial_of(bench);
    char odd[] = "www.\x1Btop";

    made_dropped(bench->journal, 1);
    bench->observed.permitted = true;
    bench->observed.told_found_at = odd;
    grade(bench);
    expect_lines(cfm_grounds(&trial), wanted, COUNT_OF(wanted));
}

static void puts_every_key_of_a_filter_into_words(void **state)
{
    const struct scn_predicate predicate = {
        .kind = SCN_ASKED,
        .at = SCN_AT_FRONT,
        .filter = { .server = "far",
                    .under = made_agency,
                    .transport = SCN_TCP,
                    .edns = SCN_EDNS_ABSENT,
                    .dnssec_ok = SCN_DO_CLEAR,
                    .name_case = SCN_CASE_MIXED,
                    .perspective = "remote-1" },
        .at_least = 3,
    };
    char *text = cfm_predicate_text(&predicate);

    (void)state;
    assert_string_equal(text,
                        "asked: any type at or below agency.top, server far, "
                        "over TCP, without EDNS, DO clear, in mixed case, from "
                        "remote-1, at least 3, at the front");
    free(text);
}

static void puts_every_edns_into_words(void **state)
{
    static const struct {
        enum scn_edns edns;
        const char *wanted;
    } rows[] = {
        { SCN_ANY_EDNS, "asked: CAA" },
        { SCN_EDNS_PRESENT, "asked: CAA, with EDNS" },
        { SCN_EDNS_ABSENT, "asked: CAA, without EDNS" },
        { SCN_EDNS_NEWER, "asked: CAA, with a newer EDNS" },
        { SCN_EDNS_OPTIONS, "asked: CAA, with EDNS options" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct scn_predicate predicate = {
            .kind = SCN_ASKED,
            .filter = { .type = SCN_TYPE_CAA, .edns = rows[i].edns },
            .at_least = 1,
        };
        char *text = cfm_predicate_text(&predicate);
        assert_string_equal(text, rows[i].wanted);
        free(text);
    }
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(says_that_a_verdict_is_as_expected),
        CASE(says_which_way_an_either_row_went),
        CASE(says_what_is_wrong_with_a_verdict),
        CASE(says_what_was_not_seen),
        CASE(says_what_was_told_and_what_is_right),
        CASE(says_how_it_ended_without_a_verdict),
        CASE(says_which_feature_is_missing_and_who_demands_it),
        CASE(reports_a_flood),
        CASE(lists_the_evidence_that_held),
        CASE(tells_every_row_and_which_one_counted),
        cmocka_unit_test(puts_every_key_of_a_filter_into_words),
        cmocka_unit_test(puts_every_edns_into_words),
    };

    return cmocka_run_group_tests_name("conformance.explain", tests, NULL,
                                       NULL);
}
