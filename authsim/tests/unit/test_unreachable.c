/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "unreachable.h"

#include <string.h>

enum { QUERY_LEN = 29, UDP_LEN = 8 + QUERY_LEN };

static const struct sim_address server4 = { .family = 4,
                                            .port = 53,
                                            .octets = { 198, 18, 0, 1 } };
static const struct sim_address client4 = { .family = 4,
                                            .port = 0x1234,
                                            .octets = { 198, 18, 0, 9 } };
static const struct sim_address server6 = {
    .family = 6, .port = 53, .octets = { 0x20, 1, 0, 2, [15] = 1 }
};
static const struct sim_address client6 = {
    .family = 6, .port = 0x1234, .octets = { 0x20, 1, 0, 2, [15] = 9 }
};

/* RFC 1071 section 1: with its checksum in place the sum is all ones. */
static uint16_t sum_of(const uint8_t *octets, size_t len)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < len; i += 2) {
        sum += (uint32_t)octets[i] << 8 | octets[i + 1];
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return (uint16_t)sum;
}

static void quotes_the_datagram_over_ipv4(void **state)
{
    uint8_t buf[SIM_UNREACHABLE_MAX];
    const size_t len = sim_unreachable_make(&server4, &client4, QUERY_LEN, buf);
    const uint8_t udp[] = { 0x12, 0x34, 0, 53, 0, UDP_LEN, 0, 0 };

    (void)state;
    assert_int_equal(len, 8 + 20 + 8);
    assert_memory_equal(buf, "\3\3", 2);
    assert_int_equal(sum_of(buf, len), 0xffff);
    assert_int_equal(sum_of(buf + 8, 20), 0xffff);
    assert_int_equal(buf[8], 0x45);
    assert_int_equal(buf[8 + 3], 20 + UDP_LEN);
    assert_int_equal(buf[8 + 9], 17);
    assert_memory_equal(buf + 8 + 12, client4.octets, 4);
    assert_memory_equal(buf + 8 + 16, server4.octets, 4);
    assert_memory_equal(buf + 28, udp, sizeof(udp));
}

static void quotes_the_datagram_over_ipv6(void **state)
{
    uint8_t buf[SIM_UNREACHABLE_MAX];
    const size_t len = sim_unreachable_make(&server6, &client6, QUERY_LEN, buf);
    const uint8_t udp[] = { 0x12, 0x34, 0, 53, 0, UDP_LEN, 0, 0 };

    (void)state;
    assert_int_equal(len, SIM_UNREACHABLE_MAX);
    assert_memory_equal(buf, "\1\4\0\0", 4);
    assert_int_equal(buf[8], 0x60);
    assert_int_equal(buf[8 + 5], UDP_LEN);
    assert_int_equal(buf[8 + 6], 17);
    assert_memory_equal(buf + 8 + 8, client6.octets, 16);
    assert_memory_equal(buf + 8 + 24, server6.octets, 16);
    assert_memory_equal(buf + 48, udp, sizeof(udp));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_the_datagram_over_ipv4),
        cmocka_unit_test(quotes_the_datagram_over_ipv6),
    };

    return cmocka_run_group_tests_name("authsim.unreachable", tests, NULL,
                                       NULL);
}
