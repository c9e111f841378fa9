/* SPDX-License-Identifier: BSD-2-Clause */
#include "sending.h"
#include "testing.h"

static const uint8_t www[] = "\3www\4path";

struct fixture {
    struct sim_incoming in;
    struct sim_sending sending;
    struct sim_draft draft;
    struct scn_action action;
    struct sim_message decoy;
    struct sim_reaction reaction;
    uint8_t reply[SIM_MESSAGE_MAX];
    uint8_t forged[SIM_MESSAGE_MAX];
};

/* A reply without records, over UDP. */
static void init(struct fixture *f)
{
    f->in = (struct sim_incoming){
        .octets = www,
        .len = sizeof(www),
        .local = { .family = 4, .port = 53, .octets = { 198, 18, 0, 1 } },
        .transport = SCN_UDP,
    };
    f->sending = (struct sim_sending){
        .in = &f->in, .limit = 512, .reply = f->reply, .decoy = f->forged
    };
    f->action = (struct scn_action){ .rcode = -1 };
    f->draft = (struct sim_draft){ .action = &f->action };
    f->draft.message = (struct sim_message){
        .id = 0x1234, .question = 1, .name = www, .type = 257, .class = 1
    };
    f->decoy = f->draft.message;
    f->decoy.id = 0x4321;
    f->reaction = (struct sim_reaction){ .count = 0 };
}

static size_t send_reply(struct fixture *f)
{
    return sim_sending_reply(&f->sending, &f->draft, &f->reaction);
}

static void a_reply_leaves_from_where_it_was_asked(void **state)
{
    static struct fixture f;

    (void)state;
    init(&f);
    f.draft.pacing = SCN_TCP_ONE_OCTET;
    const size_t len = send_reply(&f);
    assert_int_equal(f.reaction.count, 1);
    assert_ptr_equal(f.reaction.messages[0].octets, f.reply);
    assert_int_equal(f.reaction.messages[0].len, len);
    assert_int_equal(f.reaction.messages[0].source.octets[3], 1);
    assert_int_equal(f.reaction.messages[0].delay_ns, 0);
    assert_int_equal(f.reaction.messages[0].pacing, SCN_TCP_NORMAL);
}

static void pacing_is_of_tcp(void **state)
{
    static struct fixture f;

    (void)state;
    init(&f);
    f.in.transport = SCN_TCP;
    f.draft.pacing = SCN_TCP_ONE_OCTET;
    (void)send_reply(&f);
    assert_int_equal(f.reaction.messages[0].pacing, SCN_TCP_ONE_OCTET);
}

static void without_a_fault_nothing_is_damaged(void **state)
{
    static struct fixture f;

    (void)state;
    init(&f);
    f.action.wire = SCN_WIRE_TRAILING;
    const size_t damaged = send_reply(&f);
    init(&f);
    f.draft.action = NULL;
    assert_int_equal(send_reply(&f) + 4, damaged);
}

static void a_decoy_comes_first_from_where_it_says(void **state)
{
    static struct fixture f;

    (void)state;
    init(&f);
    f.draft.decoy = &f.decoy;
    f.draft.decoy_wrong = SCN_DECOY_PORT;
    (void)send_reply(&f);
    assert_int_equal(f.reaction.count, 2);
    assert_ptr_equal(f.reaction.messages[0].octets, f.forged);
    assert_true(f.reaction.messages[0].other_port);
    assert_false(f.reaction.messages[1].other_port);
    f.draft.decoy_wrong = SCN_DECOY_ADDRESS;
    f.reaction.count = 0;
    (void)send_reply(&f);
    assert_int_equal(f.reaction.messages[0].source.octets[3], 0);
    assert_int_equal(f.reaction.messages[1].source.octets[3], 1);
    f.in.transport = SCN_TCP;
    f.reaction.count = 0;
    (void)send_reply(&f);
    assert_int_equal(f.reaction.count, 1);
    f.draft.decoy_wrong = SCN_DECOY_ID;
    f.reaction.count = 0;
    (void)send_reply(&f);
    assert_int_equal(f.reaction.count, 2);
}

static void copies_and_delay_are_of_the_reply(void **state)
{
    static struct fixture f;

    (void)state;
    init(&f);
    f.draft.decoy = &f.decoy;
    f.draft.copies = SCN_COPIES_MAX;
    f.draft.delay_ms = 7;
    (void)send_reply(&f);
    assert_int_equal(f.reaction.count, SIM_REACTION_MAX);
    assert_int_equal(f.reaction.messages[0].delay_ns, 0);
    assert_int_equal(f.reaction.messages[SCN_COPIES_MAX].delay_ns, 7000000);
}

/* What a client may have that can forge its address. */
static void all_is_within_the_terms(void **state)
{
    static struct fixture f;

    (void)state;
    init(&f);
    const size_t alone = send_reply(&f);
    init(&f);
    f.in.terms.limit = 2 * alone + 1;
    f.sending.limit = alone;
    f.draft.copies = 4;
    f.draft.decoy = &f.decoy;
    f.action.wire = SCN_WIRE_TRAILING; /* for which there is no room */
    assert_int_equal(send_reply(&f), alone);
    assert_int_equal(f.reaction.count, 2);
    assert_ptr_equal(f.reaction.messages[0].octets, f.reply);
    assert_int_equal(f.reaction.messages[1].len, alone);
}

static void a_refusal_is_about_the_query(void **state)
{
    static struct fixture f;

    (void)state;
    init(&f);
    sim_sending_refusal(&f.in, &f.reaction);
    assert_int_equal(f.reaction.count, 1);
    assert_ptr_equal(f.reaction.messages[0].octets, www);
    assert_int_equal(f.reaction.messages[0].len, sizeof(www));
    assert_true(f.reaction.messages[0].unreachable);
    assert_int_equal(f.reaction.messages[0].pacing, SCN_TCP_REFUSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_leaves_from_where_it_was_asked),
        cmocka_unit_test(pacing_is_of_tcp),
        cmocka_unit_test(without_a_fault_nothing_is_damaged),
        cmocka_unit_test(a_decoy_comes_first_from_where_it_says),
        cmocka_unit_test(copies_and_delay_are_of_the_reply),
        cmocka_unit_test(all_is_within_the_terms),
        cmocka_unit_test(a_refusal_is_about_the_query),
    };

    return cmocka_run_group_tests_name("authsim.sending", tests, NULL, NULL);
}
