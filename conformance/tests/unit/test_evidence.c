/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence.h"
#include "made.h"
#include "testing.h"

#include <stdlib.h>

static int make(void **state)
{
    *state = made_journal();
    return 0;
}

static int drop(void **state)
{
    sim_journal_free(*state);
    return 0;
}

static bool holds(const struct scn_predicate *predicate,
                  const struct sim_journal *journal)
{
    return cfm_predicate_holds(predicate, &made_looking, journal);
}

static bool holds_of(enum scn_predicate_kind kind, const uint8_t *name,
                     const struct sim_journal *journal)
{
    const struct scn_predicate predicate = MADE_PREDICATE(kind, name);

    return holds(&predicate, journal);
}

static void says_nothing_of_an_empty_journal(void **state)
{
    assert_false(holds(made_looked, *state));
    assert_false(holds_of(SCN_ASKED, made_www_agency, *state));
    assert_true(holds_of(SCN_NEVER_ASKED, made_www_agency, *state));
    assert_false(holds_of(SCN_ANSWERED, made_www_agency, *state));
    assert_false(holds_of(SCN_FAILED, made_www_agency, *state));
    assert_false(holds_of(SCN_RETRIED, made_www_agency, *state));
    assert_false(holds(&made_failed_retried_insecure[2], *state));
    assert_true(holds_of(SCN_NEVER_ASKED, made_www_agency, NULL));
    assert_false(holds(made_looked, NULL));
}

static void takes_a_dropped_query_for_asked_and_failed(void **state)
{
    made_dropped(*state, 1);
    assert_true(holds_of(SCN_ASKED, made_www_agency, *state));
    assert_false(holds_of(SCN_NEVER_ASKED, made_www_agency, *state));
    assert_true(holds_of(SCN_FAILED, made_www_agency, *state));
    assert_false(holds_of(SCN_ANSWERED, made_www_agency, *state));
    assert_false(holds_of(SCN_RETRIED, made_www_agency, *state));
    assert_true(holds(made_looked, *state));
    assert_false(holds_of(SCN_ASKED, made_www_search, *state));
}

static void counts_to_at_least(void **state)
{
    struct scn_predicate predicate = MADE_PREDICATE(SCN_ASKED, made_www_agency);

    predicate.at_least = 3;
    made_dropped(*state, 2);
    assert_false(holds(&predicate, *state));
    made_dropped(*state, 1);
    assert_true(holds(&predicate, *state));
}

static void takes_an_unusable_reply_for_a_failure(void **state)
{
    struct sim_exchange x = made_exchange(made_www_agency);

    x.usable = false;
    x.rcode = 2;
    made_append(*state, &x);
    assert_true(holds_of(SCN_FAILED, made_www_agency, *state));
    x.usable = true;
    made_append(*state, &x);
    assert_false(holds_of(SCN_FAILED, made_www_agency, *state));
    assert_true(holds_of(SCN_ANSWERED, made_www_agency, *state));
}

static void takes_a_name_in_an_alias_chain_for_answered_not_for_asked(
    void **state)
{
    static const uint8_t *const aliases[] = { made_www_search };
    struct sim_exchange x = made_exchange(made_www_agency);

    x.aliases = aliases;
    x.alias_count = 1;
    made_append(*state, &x);
    assert_true(holds_of(SCN_ANSWERED, made_www_search, *state));
    assert_false(holds_of(SCN_ASKED, made_www_search, *state));
    assert_false(holds_of(SCN_FAILED, made_www_search, *state));
}

static void counts_an_alias_chain_only_of_the_type_that_is_wanted(void **state)
{
    struct scn_predicate any = MADE_PREDICATE(SCN_ANSWERED, made_www_search);

    made_alias_met_by_type_a(*state);
    assert_false(holds_of(SCN_ANSWERED, made_www_search, *state));
    any.filter.type = SCN_TYPE_ANY;
    assert_true(holds(&any, *state));
    any.filter.server = "search";
    assert_false(holds(&any, *state));
    any.filter.server = "agency";
    assert_true(holds(&any, *state));
}

static void takes_two_attempts_at_either_place_for_a_retry(void **state)
{
    struct sim_exchange x = made_exchange(made_www_agency);
    struct scn_predicate at_front =
        MADE_PREDICATE(SCN_RETRIED, made_www_agency);

    at_front.at = SCN_AT_FRONT;
    made_dropped(*state, 1);
    x.at = SCN_AT_FRONT;
    x.server = NULL;
    x.zone = NULL;
    made_append(*state, &x);
    assert_false(holds_of(SCN_RETRIED, made_www_agency, *state));
    made_append(*state, &x);
    assert_true(holds_of(SCN_RETRIED, made_www_agency, *state));
    assert_true(holds(&at_front, *state));
}

static void tells_a_retry_of_the_resolver_from_one_of_the_implementation(
    void **state)
{
    struct scn_predicate at_front =
        MADE_PREDICATE(SCN_RETRIED, made_www_agency);

    at_front.at = SCN_AT_FRONT;
    made_dropped(*state, 2);
    assert_true(holds_of(SCN_RETRIED, made_www_agency, *state));
    assert_false(holds(&at_front, *state));
}

static void takes_a_referral_neither_for_an_answer_nor_for_an_attempt(
    void **state)
{
    struct sim_exchange x = made_exchange(made_www_agency);

    x.flags = 0x8000; /* without AA */
    x.zone = made_apex;
    x.server = "top";
    made_append(*state, &x);
    assert_true(cfm_is_referral(&x));
    made_dropped(*state, 1);
    assert_true(holds_of(SCN_ASKED, made_www_agency, *state));
    assert_true(holds_of(SCN_FAILED, made_www_agency, *state));
    assert_false(holds_of(SCN_ANSWERED, made_www_agency, *state));
    assert_false(holds_of(SCN_RETRIED, made_www_agency, *state));
    made_dropped(*state, 1);
    assert_true(holds_of(SCN_RETRIED, made_www_agency, *state));
}

static void looks_at_the_front_where_the_predicate_says_so(void **state)
{
    struct scn_predicate asked = MADE_PREDICATE(SCN_ASKED, made_www_agency);
    struct scn_predicate answered =
        MADE_PREDICATE(SCN_ANSWERED, made_www_agency);
    struct sim_exchange x = made_exchange(made_www_agency);

    asked.at = SCN_AT_FRONT;
    answered.at = SCN_AT_FRONT;
    made_append(*state, &x);
    assert_false(holds(&asked, *state));
    x.at = SCN_AT_FRONT;
    x.usable = false; /* the lab cannot know that of a resolver's reply */
    x.rcode = 2;
    made_append(*state, &x);
    assert_true(holds(&asked, *state));
    assert_false(holds(&answered, *state));
    x.rcode = 3;
    made_append(*state, &x);
    assert_true(holds(&answered, *state));
}

static void takes_a_truncated_reply_at_the_front_for_none(void **state)
{
    struct scn_predicate answered =
        MADE_PREDICATE(SCN_ANSWERED, made_www_agency);
    struct scn_predicate failed = MADE_PREDICATE(SCN_FAILED, made_www_agency);
    struct sim_exchange x = made_exchange(made_www_agency);

    answered.at = SCN_AT_FRONT;
    failed.at = SCN_AT_FRONT;
    x.at = SCN_AT_FRONT;
    x.flags |= SCN_TC;
    made_append(*state, &x);
    assert_false(holds(&answered, *state));
    assert_true(holds(&failed, *state));
    x.transport = SCN_TCP;
    x.flags &= (uint16_t)~SCN_TC;
    made_append(*state, &x);
    assert_true(holds(&answered, *state));
    assert_false(holds(&failed, *state));
}

static void takes_a_proof_at_the_cut_or_above_it_for_shown_insecure(
    void **state)
{
    static const uint8_t below[] = "\3sub\6agency" AT_APEX;
    struct scn_predicate predicate = { .kind = SCN_SHOWN_INSECURE,
                                       .zone = below };

    assert_false(holds(&predicate, *state));
    made_ds_proof(*state);
    assert_true(holds(&predicate, *state));
    predicate.zone = made_agency;
    assert_true(holds(&predicate, *state));
    predicate.zone = made_search;
    assert_false(holds(&predicate, *state));
    predicate.zone = made_apex;
    assert_false(holds(&predicate, *state));
}

static void does_not_trust_a_proof_that_a_fault_spoilt(void **state)
{
    static const uint8_t *const cuts[] = { made_agency };
    struct sim_exchange x = made_exchange(made_agency);

    x.no_ds = cuts;
    x.no_ds_count = 1;
    x.usable = false;
    made_append(*state, &x);
    assert_false(holds(&made_failed_retried_insecure[2], *state));
}

static void forgets_all_but_the_proof(void **state)
{
    made_ds_proof(*state);
    made_dropped(*state, 2);
    sim_journal_forget(*state);
    assert_false(holds_of(SCN_ASKED, made_www_agency, *state));
    assert_false(holds(made_looked, *state));
    assert_true(holds(&made_failed_retried_insecure[2], *state));
    made_dropped(*state, 1);
    assert_true(holds_of(SCN_ASKED, made_www_agency, *state));
}

static void never_counts_what_the_lab_asked_itself(void **state)
{
    sim_journal_set_lab_own(*state, true);
    made_dropped(*state, 2);
    made_ds_proof(*state);
    assert_false(holds_of(SCN_ASKED, made_www_agency, *state));
    assert_false(holds_of(SCN_RETRIED, made_www_agency, *state));
    assert_false(holds(made_looked, *state));
    assert_false(holds(&made_failed_retried_insecure[2], *state));
}

static bool looked_when_asked_for(struct sim_journal *journal,
                                  const uint8_t *name, const uint8_t *apex)
{
    const struct cfm_looked looking = { made_www_agency, apex };
    struct sim_exchange x = made_exchange(name);

    x.type = 2;
    made_append(journal, &x);
    bool looked = cfm_predicate_holds(made_looked, &looking, journal);
    sim_journal_forget(journal);
    return looked;
}

static void looks_from_the_start_name_up_to_the_apex(void **state)
{
    static const uint8_t root[] = "";
    static const uint8_t below[] = "\1x\3www\6agency" AT_APEX;
    static const uint8_t upper[] = "\3WWW\6AGENCY\3TOP";

    assert_true(looked_when_asked_for(*state, made_www_agency, made_apex));
    assert_true(looked_when_asked_for(*state, made_agency, made_apex));
    assert_true(looked_when_asked_for(*state, made_apex, made_apex));
    assert_true(looked_when_asked_for(*state, upper, made_apex));
    assert_false(looked_when_asked_for(*state, made_search, made_apex));
    assert_false(looked_when_asked_for(*state, below, made_apex));
    assert_false(looked_when_asked_for(*state, root, made_apex));
    /* A private universe: resolvers ask for the root unbidden. */
    assert_true(looked_when_asked_for(*state, made_apex, root));
    assert_false(looked_when_asked_for(*state, root, root));
}

static void owes_no_look_for_an_address(void **state)
{
    const struct cfm_looked nowhere = { NULL, made_apex };

    assert_true(cfm_predicate_holds(made_looked, &nowhere, *state));
}

/* One exchange over TCP without EDNS, in mixed case, from remote-1. */
static void append_peculiar(struct sim_journal *journal)
{
    static const uint8_t mixed[] = "\3wWw\6agency" AT_APEX;
    struct sim_exchange x = made_exchange(mixed);

    x.transport = SCN_TCP;
    x.edns = false;
    x.edns_newer = true;
    x.edns_options = true;
    x.dnssec_ok = false;
    x.perspective = "remote-1";
    made_append(journal, &x);
}

static bool asked_with(const struct scn_filter *filter,
                       const struct sim_journal *journal)
{
    struct scn_predicate predicate = { .kind = SCN_ASKED, .filter = *filter };

    return holds(&predicate, journal);
}

static void compares_every_key_of_a_filter(void **state)
{
    static const struct {
        struct scn_filter filter;
        bool plain;
        bool peculiar;
    } rows[] = {
        { { .name = made_www_agency }, true, true },
        { { .type = SCN_TYPE_CAA }, true, true },
        { { .type = 1 }, false, false },
        { { .under = made_agency }, true, true },
        { { .under = made_search }, false, false },
        { { .server = "agency" }, true, true },
        { { .server = "far" }, false, false },
        { { .transport = SCN_UDP }, true, false },
        { { .transport = SCN_TCP }, false, true },
        { { .edns = SCN_EDNS_PRESENT }, true, false },
        { { .edns = SCN_EDNS_ABSENT }, false, true },
        { { .edns = SCN_EDNS_NEWER }, false, true },
        { { .edns = SCN_EDNS_OPTIONS }, false, true },
        { { .dnssec_ok = SCN_DO_SET }, true, false },
        { { .dnssec_ok = SCN_DO_CLEAR }, false, true },
        { { .name_case = SCN_CASE_LOWER }, true, false },
        { { .name_case = SCN_CASE_MIXED }, false, true },
        { { .perspective = "primary" }, true, false },
        { { .perspective = "remote-1" }, false, true },
        { { .perspective = "remote-2" }, false, false },
    };
    struct sim_exchange plain = made_exchange(made_www_agency);

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        sim_journal_forget(*state);
        made_append(*state, &plain);
        assert_int_equal(asked_with(&rows[i].filter, *state), rows[i].plain);
        sim_journal_forget(*state);
        append_peculiar(*state);
        assert_int_equal(asked_with(&rows[i].filter, *state), rows[i].peculiar);
    }
}

static void asks_all_of_a_list(void **state)
{
    made_dropped(*state, 1);
    assert_false(cfm_all_hold(made_failed_retried, 2, &made_looking, *state));
    made_dropped(*state, 1);
    assert_true(cfm_all_hold(made_failed_retried, 2, &made_looking, *state));
    assert_true(cfm_all_hold(NULL, 0, &made_looking, *state));
}

static void finds_the_start_name_of_a_check(void **state)
{
    const struct cfm_looked looked =
        cfm_looked_for(&made_instance, &made_check);

    (void)state;
    assert_ptr_equal(looked.start, made_www_agency);
    assert_ptr_equal(looked.apex, made_apex);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(says_nothing_of_an_empty_journal),
        CASE(takes_a_dropped_query_for_asked_and_failed),
        CASE(counts_to_at_least),
        CASE(takes_an_unusable_reply_for_a_failure),
        CASE(takes_a_name_in_an_alias_chain_for_answered_not_for_asked),
        CASE(counts_an_alias_chain_only_of_the_type_that_is_wanted),
        CASE(takes_two_attempts_at_either_place_for_a_retry),
        CASE(tells_a_retry_of_the_resolver_from_one_of_the_implementation),
        CASE(takes_a_referral_neither_for_an_answer_nor_for_an_attempt),
        CASE(looks_at_the_front_where_the_predicate_says_so),
        CASE(takes_a_truncated_reply_at_the_front_for_none),
        CASE(takes_a_proof_at_the_cut_or_above_it_for_shown_insecure),
        CASE(does_not_trust_a_proof_that_a_fault_spoilt),
        CASE(forgets_all_but_the_proof),
        CASE(never_counts_what_the_lab_asked_itself),
        CASE(looks_from_the_start_name_up_to_the_apex),
        CASE(owes_no_look_for_an_address),
        CASE(compares_every_key_of_a_filter),
        CASE(asks_all_of_a_list),
        CASE(finds_the_start_name_of_a_check),
    };

    return cmocka_run_group_tests_name("conformance.evidence", tests, NULL,
                                       NULL);
}
