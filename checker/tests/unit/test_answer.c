/* SPDX-License-Identifier: BSD-2-Clause */
#include "answer.h"
#include "message.h"
#include "packet.h"

static const uint8_t issue[] = { 0, 5, 'i', 's', 's', 'u', 'e', ';' };
static const uint8_t iodef[] = { 0, 5, 'i', 'o', 'd', 'e', 'f' };

static enum caa_status read_as(const struct packet *packet, const char *name,
                               struct caa_answer *answer_out)
{
    struct caa_name question;

    assert_int_equal(caa_name_from_text(name, &question), CAA_OK);
    return caa_answer_read(packet->octets, packet->length, &question,
                           CAA_TYPE_CAA, answer_out);
}

static void assert_owner(const struct caa_answer *answer, const char *expected)
{
    char text[CAA_NAME_TEXT_MAX];

    caa_name_to_text(&answer->owner, text);
    assert_string_equal(text, expected);
}

static void collects_the_records_in_an_order_of_its_own(void **state)
{
    struct packet packet;
    struct caa_answer answer;

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 0, "A.T", CAA_TYPE_CAA, issue, sizeof(issue));
    packet_record(&packet, 0, "a.t", CAA_TYPE_CAA, iodef, sizeof(iodef));
    packet_record(&packet, 0, "a.t", CAA_TYPE_CAA, iodef, 3);
    packet_record(&packet, 0, "b.t", CAA_TYPE_CAA, issue, sizeof(issue));
    packet_record(&packet, 0, "a.t", 46, issue, sizeof(issue));
    packet_record(&packet, 1, "a.t", CAA_TYPE_CAA, issue, sizeof(issue));
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_OK);
    assert_int_equal(answer.rcode, CAA_RCODE_NOERROR);
    assert_int_equal(answer.record_count, 3);
    assert_int_equal(answer.records[0].length, 3);
    assert_memory_equal(answer.records[1].data, iodef, sizeof(iodef));
    assert_memory_equal(answer.records[2].data, issue, sizeof(issue));
    assert_int_equal(answer.alias_count, 0);
    assert_owner(&answer, "a.t");
    caa_answer_fini(&answer);
}

static void follows_aliases_in_any_order(void **state)
{
    struct packet packet;
    struct caa_answer answer;

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 0, "c.t", CAA_TYPE_CAA, issue, sizeof(issue));
    packet_alias(&packet, "b.t", "C.t");
    packet_alias(&packet, "a.t", "b.t");
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_OK);
    assert_int_equal(answer.alias_count, 2);
    assert_int_equal(answer.record_count, 1);
    assert_owner(&answer, "c.t");
    assert_false(answer.dname);
    caa_answer_fini(&answer);
}

static void an_alias_into_nothing_is_an_empty_answer(void **state)
{
    static const uint8_t target[] = { 1, 'n', 0 };
    struct packet packet;
    struct caa_answer answer;

    (void)state;
    packet_begin(&packet, CAA_RCODE_NXDOMAIN, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 0, "t", CAA_TYPE_DNAME, target, sizeof(target));
    packet_alias(&packet, "a.t", "a.n");
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_OK);
    assert_int_equal(answer.rcode, CAA_RCODE_NXDOMAIN);
    assert_int_equal(answer.record_count, 0);
    assert_owner(&answer, "a.n");
    assert_true(answer.dname);
    caa_answer_fini(&answer);
}

static void records_beside_an_alias_come_first(void **state)
{
    struct packet packet;
    struct caa_answer answer;

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_alias(&packet, "a.t", "b.t");
    packet_record(&packet, 0, "a.t", CAA_TYPE_CAA, issue, sizeof(issue));
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_OK);
    assert_int_equal(answer.alias_count, 0);
    assert_int_equal(answer.record_count, 1);
    caa_answer_fini(&answer);
}

static void loops_of_aliases_are_no_answer(void **state)
{
    struct packet packet;
    struct caa_answer answer = { .attempts = 7 };

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_alias(&packet, "a.t", "b.t");
    packet_alias(&packet, "b.t", "a.t");
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_EFORMAT);
    assert_int_equal(answer.attempts, 7);
}

static void other_classes_do_not_count(void **state)
{
    struct packet packet;
    struct caa_answer answer;

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 0, "a.t", CAA_TYPE_CAA, issue, sizeof(issue));
    packet.octets[packet.length - sizeof(issue) - 7] = 3; /* CH */
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_OK);
    assert_int_equal(answer.record_count, 0);
    caa_answer_fini(&answer);
}

static void rejects_what_is_not_a_whole_reply(void **state)
{
    struct packet packet;
    struct caa_answer answer;

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 0, "a.t", CAA_TYPE_CAA, issue, sizeof(issue));
    packet_record(&packet, 1, "t", 6, issue, sizeof(issue));
    size_t whole = packet.length;
    for (packet.length = 0; packet.length < whole; packet.length++) {
        assert_int_equal(read_as(&packet, "a.t", &answer), CAA_EFORMAT);
    }
    packet.octets[2] |= 0x02; /* TC */
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_EFORMAT);
    packet.octets[2] = 0; /* neither TC nor QR */
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_EFORMAT);
}

static void an_alias_must_hold_a_name(void **state)
{
    static const uint8_t cut[] = { 9, 'a' };
    static const uint8_t too_short[] = { 1 };
    struct packet packet;
    struct caa_answer answer;

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 0, "a.t", CAA_TYPE_CNAME, cut, sizeof(cut));
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_EFORMAT);
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_record(&packet, 0, "a.t", CAA_TYPE_CNAME, too_short, 1);
    packet_alias(&packet, "x.t", "y.t");
    assert_int_equal(read_as(&packet, "a.t", &answer), CAA_EFORMAT);
}

static void tells_the_target_of_an_alias(void **state)
{
    struct packet packet;
    struct caa_answer answer;
    struct caa_name name;
    struct caa_answer failed = { .outcome = CAA_OUTCOME_SERVFAIL };

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CNAME);
    packet_alias(&packet, "a.t", "b.t");
    assert_int_equal(caa_name_from_text("a.t", &name), CAA_OK);
    assert_int_equal(caa_answer_read(packet.octets, packet.length, &name,
                                     CAA_TYPE_CNAME, &answer),
                     CAA_OK);
    assert_int_equal(caa_answer_target(&answer, &name), CAA_OK);
    assert_memory_equal(name.wire, "\001b\001t", 5);
    answer.records[0].length = 2;
    assert_int_equal(caa_answer_target(&answer, &name), CAA_EFORMAT);
    caa_answer_fini(&answer);
    assert_int_equal(caa_answer_target(&failed, &name), CAA_EFORMAT);
    caa_answer_fini(NULL);
}

static void walks_past_messages_with_several_questions(void **state)
{
    struct packet packet;
    struct caa_message message;

    (void)state;
    packet_begin(&packet, 0, "a.t", CAA_TYPE_CAA);
    packet_name(&packet, "b.t");
    packet_u16(&packet, 1);
    packet_u16(&packet, 1);
    packet.octets[5] = 2;
    assert_int_equal(caa_message_open(packet.octets, packet.length, &message),
                     CAA_OK);
    assert_false(message.has_question);
    assert_int_equal(message.id, 0x1234);
    assert_false(message.authoritative);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(collects_the_records_in_an_order_of_its_own),
        cmocka_unit_test(follows_aliases_in_any_order),
        cmocka_unit_test(an_alias_into_nothing_is_an_empty_answer),
        cmocka_unit_test(records_beside_an_alias_come_first),
        cmocka_unit_test(loops_of_aliases_are_no_answer),
        cmocka_unit_test(other_classes_do_not_count),
        cmocka_unit_test(rejects_what_is_not_a_whole_reply),
        cmocka_unit_test(an_alias_must_hold_a_name),
        cmocka_unit_test(tells_the_target_of_an_alias),
        cmocka_unit_test(walks_past_messages_with_several_questions),
    };

    return cmocka_run_group_tests_name("checker.answer", tests, NULL, NULL);
}
