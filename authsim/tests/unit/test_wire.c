/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "wire.h"

#include <scenario/model.h>

#include <string.h>

enum {
    CAP = 128,
    QUESTION = 12,
    FIRST = 19,  /* the first record, its owner a pointer */
    SECOND = 34, /* the second */
    END = 47
};

/* Question a. CAA; two answers: RDATA of three octets, and of one. */
static const uint8_t reply[END] = {
    0x12, 0x34, 0x84, 0x00, 0, 1, 0, 2, 0, 0,  0, 0,            /* header */
    1,    'a',  0,    1,    1, 0, 1,                            /* question */
    0xc0, 12,   1,    1,    0, 1, 0, 0, 0, 60, 0, 3, 0, 1, 'x', /* 15 octets */
    0xc0, 12,   1,    1,    0, 1, 0, 0, 0, 60, 0, 1, 7
};
/* The same question, without an answer. */
static const uint8_t empty[FIRST] = { 0x12, 0x34, 0x84, 0x00, 0, 1, 0, 0, 0, 0,
                                      0,    0,    1,    'a',  0, 1, 1, 0, 1 };

struct message {
    uint8_t buf[CAP];
    size_t len;
};

static struct message damaged(unsigned words)
{
    struct message m = { .len = 0 };

    memcpy(m.buf, reply, END);
    m.len = sim_wire_damage(words, m.buf, END, CAP);
    return m;
}

/* The octet at `at`, and no other, has become `value`. */
static void expect_octet(unsigned word, size_t at, uint8_t value)
{
    const struct message m = damaged(word);
    uint8_t expected[END];

    memcpy(expected, reply, END);
    assert_int_not_equal(expected[at], value);
    expected[at] = value;
    assert_int_equal(m.len, END);
    assert_memory_equal(m.buf, expected, END);
}

static void no_word_changes_nothing(void **state)
{
    (void)state;
    const struct message m = damaged(0);

    assert_int_equal(m.len, END);
    assert_memory_equal(m.buf, reply, END);
}

static void one_octet_tells_of_each_lie(void **state)
{
    (void)state;
    expect_octet(SCN_WIRE_OPCODE, 2, 0x94); /* QR, 2, AA */
    expect_octet(SCN_WIRE_RDLENGTH_LONG, FIRST + 11, 4);
    expect_octet(SCN_WIRE_RDLENGTH_SHORT, FIRST + 11, 2);
    expect_octet(SCN_WIRE_RDLENGTH_ZERO, FIRST + 11, 0);
    expect_octet(SCN_WIRE_POINTER_LOOP, FIRST + 1, FIRST);
    expect_octet(SCN_WIRE_POINTER_FORWARD, FIRST + 1, SECOND);
    expect_octet(SCN_WIRE_COUNT_HIGH, 7, 3);
    expect_octet(SCN_WIRE_COUNT_LOW, 7, 1);
}

static void all_answers_are_of_class_ch(void **state)
{
    (void)state;
    const struct message m = damaged(SCN_WIRE_CLASS_CH);

    assert_int_equal(m.buf[FIRST + 5], 3);
    assert_int_equal(m.buf[SECOND + 5], 3);
    assert_int_equal(m.buf[QUESTION + 6], 1);
}

static void octets_trail(void **state)
{
    (void)state;
    const struct message m = damaged(SCN_WIRE_TRAILING);

    assert_int_equal(m.len, END + 4);
    assert_memory_equal(m.buf, reply, END);
    assert_memory_equal(m.buf + END, "\xde\xad\xbe\xef", 4);
}

static void a_written_owner_makes_room_for_a_pointer(void **state)
{
    struct message m = { .len = 0 };
    const size_t longer = 3; /* "a" and the root in the place of a pointer */
    const size_t len = END + longer - 2;

    (void)state;
    memcpy(m.buf, reply, FIRST);
    memcpy(m.buf + FIRST, "\1a", longer);
    memcpy(m.buf + FIRST + longer, reply + FIRST + 2, END - FIRST - 2);
    m.len = sim_wire_damage(SCN_WIRE_POINTER_FORWARD, m.buf, len, CAP);
    assert_int_equal(m.len, END);
    assert_int_equal(m.buf[FIRST], 0xc0);
    assert_int_equal(m.buf[FIRST + 1], SECOND);
    assert_memory_equal(m.buf + FIRST + 2, reply + FIRST + 2, END - FIRST - 2);
}

static void a_root_owner_grows_where_there_is_room(void **state)
{
    uint8_t buf[CAP];
    size_t len = FIRST;

    (void)state;
    memcpy(buf, empty, FIRST);
    buf[11] = 1;
    memcpy(buf + len, "\0\0\51\4\320\0\0\0\0\0", 11); /* OPT */
    len += 11;
    assert_int_equal(sim_wire_damage(SCN_WIRE_POINTER_LOOP, buf, len, len),
                     len);
    assert_int_equal(buf[FIRST], 0);
    assert_int_equal(sim_wire_damage(SCN_WIRE_POINTER_LOOP, buf, len, CAP),
                     len + 1);
    assert_int_equal(buf[FIRST], 0xc0);
    assert_int_equal(buf[FIRST + 1], FIRST);
    assert_int_equal(buf[FIRST + 3], 41);
}

static void what_needs_a_record_does_nothing_without(void **state)
{
    const unsigned all = SCN_WIRE_CLASS_CH | SCN_WIRE_RDLENGTH_LONG |
                         SCN_WIRE_RDLENGTH_SHORT | SCN_WIRE_RDLENGTH_ZERO |
                         SCN_WIRE_POINTER_LOOP | SCN_WIRE_POINTER_FORWARD |
                         SCN_WIRE_COUNT_LOW;
    uint8_t buf[CAP];

    (void)state;
    memcpy(buf, empty, FIRST);
    assert_int_equal(sim_wire_damage(all, buf, FIRST, CAP), FIRST);
    assert_memory_equal(buf, empty, FIRST);
    assert_int_equal(sim_wire_damage(SCN_WIRE_COUNT_HIGH, buf, FIRST, CAP),
                     FIRST);
    assert_int_equal(buf[7], 1);
}

static void an_empty_rdata_gets_no_shorter(void **state)
{
    (void)state;
    const struct message m =
        damaged(SCN_WIRE_RDLENGTH_SHORT | SCN_WIRE_RDLENGTH_ZERO);
    uint8_t buf[CAP];

    memcpy(buf, m.buf, m.len);
    (void)sim_wire_damage(SCN_WIRE_RDLENGTH_SHORT, buf, m.len, CAP);
    assert_int_equal(buf[FIRST + 10], 0);
    assert_int_equal(buf[FIRST + 11], 0);
}

static void a_full_buffer_has_no_trailing_octets(void **state)
{
    uint8_t buf[END];

    (void)state;
    memcpy(buf, reply, END);
    assert_int_equal(sim_wire_damage(SCN_WIRE_TRAILING, buf, END, END), END);
}

static void less_than_a_header_is_left_alone(void **state)
{
    uint8_t buf[4] = { 0 };

    (void)state;
    assert_int_equal(sim_wire_damage(SCN_WIRE_COUNT_HIGH, buf, 4, 4), 4);
}

static void the_last_record_may_be_cut(void **state)
{
    uint8_t buf[CAP];

    (void)state;
    memcpy(buf, reply, END);
    assert_int_equal(sim_wire_damage(SCN_WIRE_CLASS_CH, buf, SECOND + 4, CAP),
                     SECOND + 4);
    assert_int_equal(buf[FIRST + 5], 3);
    assert_int_equal(buf[SECOND + 3], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_word_changes_nothing),
        cmocka_unit_test(one_octet_tells_of_each_lie),
        cmocka_unit_test(all_answers_are_of_class_ch),
        cmocka_unit_test(octets_trail),
        cmocka_unit_test(a_written_owner_makes_room_for_a_pointer),
        cmocka_unit_test(a_root_owner_grows_where_there_is_room),
        cmocka_unit_test(what_needs_a_record_does_nothing_without),
        cmocka_unit_test(an_empty_rdata_gets_no_shorter),
        cmocka_unit_test(a_full_buffer_has_no_trailing_octets),
        cmocka_unit_test(less_than_a_header_is_left_alone),
        cmocka_unit_test(the_last_record_may_be_cut),
    };

    return cmocka_run_group_tests_name("authsim.wire", tests, NULL, NULL);
}
