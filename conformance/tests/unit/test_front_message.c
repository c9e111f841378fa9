/* SPDX-License-Identifier: BSD-2-Clause */
#include "front_message.h"
#include "testing.h"

#include <string.h>

static const uint8_t plain[] = {
    0x12, 0x34, 0x01, 0x00, 0, 1,   0, 0, 0, 0, 0, 0, /* header */
    3,    'w',  'W',  'w',  1, 'x', 0, 1, 1, 0, 1,    /* CAA IN */
};

static const uint8_t with_opt[] = {
    0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0,    0, 0, 0, 1, /* header */
    1,    'x',  0,    1,    1, 0, 1,                   /* CAA IN */
    0,    0,    41,   4,    0, 0, 0, 0x80, 0, 0, 0,    /* OPT, DO */
};

static void reads_header_and_question_in_the_case_received(void **state)
{
    (void)state;
    struct cfm_message message;
    assert_true(cfm_message_read(plain, sizeof plain, &message));
    assert_int_equal(message.id, 0x1234);
    assert_int_equal(message.flags, 0x0100);
    assert_true(message.has_question);
    assert_memory_equal(message.name, "\3wWw\1x", 7);
    assert_int_equal(message.type, 257);
    assert_int_equal(message.class, 1);
    assert_false(message.edns);
}

static void sees_edns_and_the_do_bit(void **state)
{
    (void)state;
    struct cfm_message message;
    uint8_t clear[sizeof with_opt];
    assert_true(cfm_message_read(with_opt, sizeof with_opt, &message));
    assert_true(message.edns);
    assert_true(message.dnssec_ok);
    memcpy(clear, with_opt, sizeof clear);
    clear[26] = 0;
    assert_true(cfm_message_read(clear, sizeof clear, &message));
    assert_true(message.edns);
    assert_false(message.dnssec_ok);
}

static void finds_opt_behind_records_with_compressed_owners(void **state)
{
    (void)state;
    static const uint8_t octets[] = {
        0,    1,   0x81, 0x80, 0, 1,  0, 1, 0, 0,  0, 1, /* header */
        1,    'x', 0,    0,    1, 0,  1,                 /* A IN */
        0xc0, 12,  0,    1,    0, 1,  0, 0, 0, 60, 0, 4, 1, 2, 3, 4, /* A */
        1,    'y', 0xc0, 12,   0, 41, 4, 0, 0, 0,  0, 0, 0, 0,       /* OPT */
    };
    struct cfm_message message;
    assert_true(cfm_message_read(octets, sizeof octets, &message));
    assert_int_equal(message.answer_count, 1);
    assert_true(message.edns);
    assert_false(message.dnssec_ok);
}

static void rejects_what_is_shorter_than_a_header(void **state)
{
    (void)state;
    struct cfm_message message;
    for (size_t len = 0; len < CFM_DNS_HEADER; len++) {
        assert_false(cfm_message_read(plain, len, &message));
    }
}

static void finds_no_question_in_a_message_cut_anywhere(void **state)
{
    (void)state;
    struct cfm_message message;
    for (size_t len = CFM_DNS_HEADER; len < sizeof plain; len++) {
        assert_true(cfm_message_read(plain, len, &message));
        assert_false(message.has_question);
        assert_int_equal(message.type, 0);
        assert_int_equal(cfm_message_question_hash(&message), 0);
    }
}

static void finds_no_edns_in_an_additional_section_cut_anywhere(void **state)
{
    (void)state;
    struct cfm_message message;
    for (size_t len = 19; len < sizeof with_opt; len++) {
        assert_true(cfm_message_read(with_opt, len, &message));
        assert_true(message.has_question);
        assert_false(message.edns);
    }
}

static void rejects_a_pointer_and_a_long_name_in_the_question(void **state)
{
    (void)state;
    struct cfm_message message;
    uint8_t octets[400];
    memcpy(octets, plain, sizeof plain);
    octets[CFM_DNS_HEADER] = 0xc0;
    assert_true(cfm_message_read(octets, sizeof plain, &message));
    assert_false(message.has_question);
    memset(octets + CFM_DNS_HEADER, 1, sizeof octets - CFM_DNS_HEADER);
    assert_true(cfm_message_read(octets, sizeof octets, &message));
    assert_false(message.has_question);
}

static void hashes_equal_questions_equally_whatever_the_case(void **state)
{
    (void)state;
    struct cfm_message one;
    struct cfm_message other;
    uint8_t octets[sizeof plain];
    assert_true(cfm_message_read(plain, sizeof plain, &one));
    memcpy(octets, plain, sizeof octets);
    octets[CFM_DNS_HEADER + 1] = 'W';
    assert_true(cfm_message_read(octets, sizeof octets, &other));
    assert_true(cfm_message_question_hash(&one) ==
                cfm_message_question_hash(&other));
    octets[sizeof octets - 3] = 2; /* another type */
    assert_true(cfm_message_read(octets, sizeof octets, &other));
    assert_false(cfm_message_question_hash(&one) ==
                 cfm_message_question_hash(&other));
}

static void writes_a_query_that_it_can_read(void **state)
{
    (void)state;
    static const uint8_t name[] = { 3, 'w', 'w', 'w', 1, 'x', 0 };
    struct cfm_message message;
    uint8_t octets[64];
    size_t len =
        cfm_message_write_query(0xbeef, name, 257, octets, sizeof octets);
    assert_true(cfm_message_read(octets, len, &message));
    assert_int_equal(message.id, 0xbeef);
    assert_true(message.has_question);
    assert_memory_equal(message.name, name, sizeof name);
    assert_int_equal(message.type, 257);
    assert_true(message.edns);
    assert_false(message.dnssec_ok);
    assert_int_equal(cfm_message_write_query(1, name, 1, octets, len - 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_header_and_question_in_the_case_received),
        cmocka_unit_test(sees_edns_and_the_do_bit),
        cmocka_unit_test(finds_opt_behind_records_with_compressed_owners),
        cmocka_unit_test(rejects_what_is_shorter_than_a_header),
        cmocka_unit_test(finds_no_question_in_a_message_cut_anywhere),
        cmocka_unit_test(finds_no_edns_in_an_additional_section_cut_anywhere),
        cmocka_unit_test(rejects_a_pointer_and_a_long_name_in_the_question),
        cmocka_unit_test(hashes_equal_questions_equally_whatever_the_case),
        cmocka_unit_test(writes_a_query_that_it_can_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
