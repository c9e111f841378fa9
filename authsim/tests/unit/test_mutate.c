/* SPDX-License-Identifier: BSD-2-Clause */
#include "arena_state.h"
#include "mutate.h"
#include "testing.h"

#include <string.h>

static const uint8_t www[] = "\3www\4path";
static const uint8_t root[] = "";
static const uint8_t rdata[] = "\1\1"; /* an RRSIG of CAA begins like this */
static const uint8_t over_soa[] = "\0\6";
static const uint8_t over_nsec[] = "\0\57";

static bool signing_fails;
static bool signed_with_do;

/* Instead of a zone: the records as they are, plus an RRSIG when asked to. */
enum sim_status __wrap_sim_zone_sign_records(struct sim_zone *zone,
                                             const struct scn_record *records,
                                             size_t count, bool dnssec_ok,
                                             struct sim_arena *arena,
                                             struct sim_rr_list *list);
enum sim_status __wrap_sim_zone_sign_records(struct sim_zone *zone,
                                             const struct scn_record *records,
                                             size_t count, bool dnssec_ok,
                                             struct sim_arena *arena,
                                             struct sim_rr_list *list)
{
    (void)zone;
    signed_with_do = dnssec_ok;
    if (signing_fails) {
        return SIM_ECRYPTO;
    }
    list->rrs = sim_arena_alloc(arena, (count + 1) * sizeof(*list->rrs));
    assert_non_null(list->rrs);
    for (size_t i = 0; i < count; i++) {
        list->rrs[i] = (struct sim_rr){ .owner = records[i].owner,
                                        .type = records[i].type,
                                        .rdata = records[i].rdata,
                                        .rdata_len = records[i].rdata_len };
    }
    list->count = list->capacity = count;
    return SIM_OK;
}

static const struct scn_action nothing = { .rcode = -1 };
static const struct scn_record forged[] = { { .owner = www, .type = 257 } };
static const struct scn_record foreign_soa[] = { { .owner = root, .type = 6 } };

/* A signed answer with its denial, as a wildcard has. */
static void make_draft(struct sim_draft *d, struct sim_arena *arena,
                       const struct scn_action *action)
{
    static const struct sim_rr example[] = {
        { .owner = www, .type = 257 },
        { .owner = www, .type = 46, .rdata = rdata, .rdata_len = 2 },
        { .owner = www, .type = 47 },
        { .owner = www, .type = 46, .rdata = over_nsec, .rdata_len = 2 },
        { .owner = www, .type = 50 },
        { .owner = www, .type = 6 },
        { .owner = www, .type = 46, .rdata = over_soa, .rdata_len = 2 },
    };
    const size_t count = sizeof(example) / sizeof(example[0]);

    *d = (struct sim_draft){ .action = action, .arena = arena };
    d->message = (struct sim_message){ .id = 0x1234,
                                       .flags = SCN_QR | SCN_AA,
                                       .rcode = 3,
                                       .question = true,
                                       .name = www,
                                       .type = 257,
                                       .class = 1,
                                       .opt = true,
                                       .dnssec_ok = true };
    d->message.answer.rrs = sim_arena_copy(arena, example, sizeof(example));
    assert_non_null(d->message.answer.rrs);
    d->message.answer.count = count;
    d->message.answer.capacity = count;
}

static void mutate(struct sim_draft *d, struct sim_arena *arena,
                   const struct scn_action *action)
{
    make_draft(d, arena, action);
    assert_int_equal(sim_mutate(d), SIM_OK);
}

static void nothing_asked_changes_nothing(void **state)
{
    struct sim_draft before;
    struct sim_draft d;

    make_draft(&before, *state, &nothing);
    mutate(&d, *state, &nothing);
    assert_int_equal(d.dropped, SCN_DROP_NOTHING);
    assert_null(d.decoy);
    assert_int_equal(d.delay_ms, 0);
    assert_int_equal(d.pacing, SCN_TCP_NORMAL);
    assert_int_equal(d.message.rcode, before.message.rcode);
    assert_int_equal(d.message.flags, before.message.flags);
    assert_int_equal(d.message.answer.count, before.message.answer.count);
}

static void drops_the_query(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.drop = SCN_DROP_QUERY;
    mutate(&d, *state, &action);
    assert_int_equal(d.dropped, SCN_DROP_QUERY);
}

static void replaces_the_answer_by_records_or_nothing(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.has_answer = true;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.answer.count, 0);
    action.answer = forged;
    action.answer_count = 1;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.answer.count, 1);
    assert_true(signed_with_do);
    assert_int_equal(d.message.rcode, 3);
}

static void adds_records_to_other_sections(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.authority = forged;
    action.authority_count = 1;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.authority.count, 1);
    assert_int_equal(d.message.additional.count, 0);
    action = nothing;
    action.additional = forged;
    action.additional_count = 1;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.authority.count, 0);
    assert_int_equal(d.message.additional.count, 1);
    assert_true(d.message.answer.count > 0);
}

static void echoes_in_small_letters(void **state)
{
    static const uint8_t mixed[] = "\3wWw\4PatH";
    struct scn_action action = nothing;
    struct sim_draft d;

    action.echo = SCN_ECHO_LOWER;
    make_draft(&d, *state, &action);
    d.message.name = mixed;
    assert_int_equal(sim_mutate(&d), SIM_OK);
    assert_memory_equal(d.message.name, www, sizeof(www));
    assert_int_equal(mixed[2], 'W');
    action.echo = SCN_ECHO_RIGHT;
    make_draft(&d, *state, &action);
    d.message.name = mixed;
    assert_int_equal(sim_mutate(&d), SIM_OK);
    assert_ptr_equal(d.message.name, mixed);
}

static void echoes_another_question(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.echo = SCN_ECHO_OTHER_NAME;
    mutate(&d, *state, &action);
    assert_memory_equal(d.message.name, "\3wwx\4path", sizeof(www));
    action.echo = SCN_ECHO_OTHER_TYPE;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.type, 256);
    action.echo = SCN_ECHO_OTHER_CLASS;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.class, 3);
    assert_int_equal(d.message.question, 1);
    action.echo = SCN_ECHO_TWICE;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.question, 2);
    assert_ptr_equal(d.message.name, www);
}

static void an_endless_alias_replaces_the_reply(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.alias = SCN_ALIAS_ENDLESS;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.rcode, 0);
    assert_int_equal(d.message.answer.count, 1);
    assert_int_equal(d.message.answer.rrs[0].type, 5);
    assert_ptr_equal(d.message.answer.rrs[0].owner, www);
    assert_memory_equal(d.message.answer.rrs[0].rdata, "\2c1\3www\4path", 13);
    assert_true(signed_with_do);
}

static void rearranges_the_sets(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.rrsets = SCN_RRSETS_TWICE;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.answer.count, 14);
}

static void rotation_follows_the_match_number(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    make_draft(&d, *state, &action);
    d.message.answer.rrs[1] = d.message.answer.rrs[0];
    d.message.answer.rrs[1].ttl = 7;
    d.match_number = 2;
    sim_mutate_honestly(&d);
    assert_int_equal(d.message.answer.rrs[0].ttl, 0);
    action.rrsets = SCN_RRSETS_ROTATE;
    sim_mutate_honestly(&d);
    assert_int_equal(d.message.answer.rrs[0].ttl, 7);
    assert_int_equal(d.message.answer.rrs[1].ttl, 0);
}

/* The delay of that match, with up to 1,000 ms of jitter. */
static unsigned jittered(struct sim_arena *arena, uint64_t seed,
                         unsigned match_number)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.delay_ms = 50;
    action.jitter_ms = 1000;
    make_draft(&d, arena, &action);
    d.seed = seed;
    d.match_number = match_number;
    assert_int_equal(sim_mutate(&d), SIM_OK);
    assert_in_range(d.delay_ms, 50, 1050);
    return d.delay_ms;
}

static void jitter_is_the_same_for_the_same_seed(void **state)
{
    assert_int_equal(jittered(*state, 1, 1), jittered(*state, 1, 1));
    assert_int_not_equal(jittered(*state, 1, 1), jittered(*state, 1, 2));
    assert_int_not_equal(jittered(*state, 1, 1), jittered(*state, 2, 1));
}

static void copies_are_handed_on(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.copies = 3;
    mutate(&d, *state, &action);
    assert_int_equal(d.copies, 3);
}

static void says_when_it_cannot_sign(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.has_answer = true;
    make_draft(&d, *state, &action);
    signing_fails = true;
    enum sim_status st = sim_mutate(&d);
    signing_fails = false;
    assert_int_equal(st, SIM_ECRYPTO);
}

static void expect_left(struct sim_arena *arena, unsigned strip, size_t left)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.strip = strip;
    mutate(&d, arena, &action);
    assert_int_equal(d.message.answer.count, left);
}

static void strips_records_with_their_signatures(void **state)
{
    expect_left(*state, SCN_STRIP_RRSIG, 4);
    expect_left(*state, SCN_STRIP_NSEC, 5);
    expect_left(*state, SCN_STRIP_NSEC3, 6);
    expect_left(*state, SCN_STRIP_SOA, 5);
    expect_left(*state, SCN_STRIP_CNAME, 7);
    expect_left(*state, SCN_STRIP_RRSIG | SCN_STRIP_NSEC | SCN_STRIP_NSEC3, 2);
}

static void strips_opt_and_question(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.strip = SCN_STRIP_OPT;
    mutate(&d, *state, &action);
    assert_false(d.message.opt);
    assert_true(d.message.question);
    action.strip = SCN_STRIP_QUESTION;
    mutate(&d, *state, &action);
    assert_true(d.message.opt);
    assert_false(d.message.question);
}

static void sets_rcode_and_flags(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.rcode = 0;
    action.set = SCN_TC | SCN_AD;
    action.clear = SCN_AA;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.rcode, 0);
    assert_int_equal(d.message.flags, SCN_QR | SCN_TC | SCN_AD);
}

static void what_is_added_is_not_stripped(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.strip = SCN_STRIP_SOA;
    action.authority = foreign_soa;
    action.authority_count = 1;
    make_draft(&d, *state, &action);
    d.message.authority = d.message.answer;
    assert_int_equal(sim_mutate(&d), SIM_OK);
    assert_int_equal(d.message.authority.count, 1);
    assert_ptr_equal(d.message.authority.rrs[0].owner, foreign_soa[0].owner);
}

static void spoils_signatures_and_nothing_else(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.spoil_signatures = true;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.answer.count, 7);
    assert_int_equal(d.message.answer.rrs[1].rdata_len, 2);
    assert_memory_equal(d.message.answer.rrs[1].rdata, rdata, 1);
    assert_int_not_equal(d.message.answer.rrs[1].rdata[1], rdata[1]);
    assert_null(d.message.answer.rrs[2].rdata);
    assert_int_equal(rdata[1], 1);
}

static void owners_of_the_answer_come_in_capitals(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.owners_upper = true;
    mutate(&d, *state, &action);
    assert_memory_equal(d.message.answer.rrs[0].owner, "\3WWW\4PATH",
                        sizeof(www));
    assert_true(d.message.answer.rrs[0].owner_as_is);
    assert_ptr_equal(d.message.name, www);
    assert_int_equal(www[1], 'w');
}

static void opt_and_size_are_handed_on(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.opt = SCN_OPT_ECHO;
    action.udp_limit = 9000;
    mutate(&d, *state, &action);
    assert_int_equal(d.message.opt_form, SCN_OPT_ECHO);
    assert_int_equal(d.udp_limit, 9000);
}

static void a_decoy_is_an_unsigned_answer_of_its_own(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.decoy = forged;
    action.decoy_count = 1;
    action.decoy_wrong = SCN_DECOY_PORT;
    action.strip = SCN_STRIP_OPT;
    mutate(&d, *state, &action);
    assert_non_null(d.decoy);
    assert_int_equal(d.decoy->answer.count, 1);
    assert_false(signed_with_do);
    assert_int_equal(d.decoy->rcode, 0);
    assert_int_equal(d.decoy->id, 0x1234);
    assert_ptr_equal(d.decoy->name, www);
    assert_int_equal(d.message.answer.count, 7);
    assert_int_equal(d.message.rcode, 3);
}

static void a_decoy_is_spoilt_in_its_id_or_question(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.decoy = forged;
    action.decoy_count = 1;
    action.decoy_wrong = SCN_DECOY_ID;
    mutate(&d, *state, &action);
    assert_int_not_equal(d.decoy->id, d.message.id);
    action.decoy_wrong = SCN_DECOY_QUESTION;
    mutate(&d, *state, &action);
    assert_int_equal(d.decoy->id, d.message.id);
    assert_memory_equal(d.decoy->name, "\3wwx\4path", sizeof(www));
    assert_memory_equal(d.message.name, "\3www\4path", sizeof(www));
}

static void even_a_question_for_the_root_is_spoilt(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.decoy = forged;
    action.decoy_count = 1;
    action.decoy_wrong = SCN_DECOY_QUESTION;
    make_draft(&d, *state, &action);
    d.message.name = root;
    assert_int_equal(sim_mutate(&d), SIM_OK);
    assert_int_not_equal(d.decoy->type, d.message.type);
}

static void delay_and_pacing_are_handed_on(void **state)
{
    struct scn_action action = nothing;
    struct sim_draft d;

    action.delay_ms = 250;
    action.tcp = SCN_TCP_ONE_OCTET;
    mutate(&d, *state, &action);
    assert_int_equal(d.delay_ms, 250);
    assert_int_equal(d.pacing, SCN_TCP_ONE_OCTET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_asked_changes_nothing),
        cmocka_unit_test(drops_the_query),
        cmocka_unit_test(replaces_the_answer_by_records_or_nothing),
        cmocka_unit_test(adds_records_to_other_sections),
        cmocka_unit_test(echoes_in_small_letters),
        cmocka_unit_test(echoes_another_question),
        cmocka_unit_test(an_endless_alias_replaces_the_reply),
        cmocka_unit_test(rearranges_the_sets),
        cmocka_unit_test(rotation_follows_the_match_number),
        cmocka_unit_test(jitter_is_the_same_for_the_same_seed),
        cmocka_unit_test(copies_are_handed_on),
        cmocka_unit_test(says_when_it_cannot_sign),
        cmocka_unit_test(strips_records_with_their_signatures),
        cmocka_unit_test(strips_opt_and_question),
        cmocka_unit_test(sets_rcode_and_flags),
        cmocka_unit_test(what_is_added_is_not_stripped),
        cmocka_unit_test(spoils_signatures_and_nothing_else),
        cmocka_unit_test(owners_of_the_answer_come_in_capitals),
        cmocka_unit_test(opt_and_size_are_handed_on),
        cmocka_unit_test(a_decoy_is_an_unsigned_answer_of_its_own),
        cmocka_unit_test(a_decoy_is_spoilt_in_its_id_or_question),
        cmocka_unit_test(even_a_question_for_the_root_is_spoilt),
        cmocka_unit_test(delay_and_pacing_are_handed_on),
    };

    return cmocka_run_group_tests_name("authsim.mutate", tests, arena_set_up,
                                       arena_tear_down);
}
