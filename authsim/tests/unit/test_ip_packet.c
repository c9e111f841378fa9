/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole packets were worked out by another program; tshark checks more. */
#include "ip_packet.h"
#include "testing.h"

#include <string.h>

static struct sim_address address(const char *text)
{
    struct sim_address a = { 0 };

    assert_true(sim_address_from_text(text, &a));
    return a;
}

static uint8_t packet[SIM_PACKET_MAX];
static uint8_t payload[65535];

static void ipv4_carries_udp(void **state)
{
    static const uint8_t wanted[] = { 0x45, 0x00, 0x00, 0x1f, 0x00, 0x00, 0x40,
                                      0x00, 0x40, 0x11, 0xab, 0xa1, 0xc6, 0x12,
                                      0x00, 0x01, 0xc6, 0x12, 0x03, 0x07, 0x9c,
                                      0x40, 0x00, 0x35, 0x00, 0x0b, 0x0f, 0xd3,
                                      0x61, 0x62, 0x63 };
    const struct sim_datagram d = { .from = address("198.18.0.1@40000"),
                                    .to = address("198.18.3.7"),
                                    .octets = (const uint8_t *)"abc",
                                    .len = 3 };

    (void)state;
    assert_int_equal(sim_packet_udp(&d, packet), sizeof(wanted));
    assert_memory_equal(packet, wanted, sizeof(wanted));
}

static void ipv6_carries_udp(void **state)
{
    static const uint8_t wanted[] = {
        0x60, 0x00, 0x00, 0x00, 0x00, 0x0c, 0x11, 0x40, 0x20, 0x01, 0x00,
        0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x01, 0x20, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x09, 0x9c, 0x40, 0x00, 0x35,
        0x00, 0x0c, 0x5e, 0x8a, 0x61, 0x62, 0x63, 0x64
    };
    const struct sim_datagram d = { .from = address("2001:2::1@40000"),
                                    .to = address("2001:2::9"),
                                    .octets = (const uint8_t *)"abcd",
                                    .len = 4 };

    (void)state;
    assert_int_equal(sim_packet_udp(&d, packet), sizeof(wanted));
    assert_memory_equal(packet, wanted, sizeof(wanted));
}

static void tcp_has_its_numbers(void **state)
{
    static const uint8_t wanted[] = {
        0x45, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x40, 0x00, 0x40, 0x06, 0xab,
        0xa0, 0xc6, 0x12, 0x00, 0x01, 0xc6, 0x12, 0x03, 0x07, 0x00, 0x35,
        0x9c, 0x40, 0x01, 0x02, 0x03, 0x04, 0xff, 0xfe, 0xfd, 0xfc, 0x50,
        0x18, 0xff, 0xff, 0x8f, 0xab, 0x00, 0x00, 0x78, 0x79, 0x7a
    };
    const struct sim_segment s = { .from = address("198.18.0.1"),
                                   .to = address("198.18.3.7@40000"),
                                   .sequence = 0x01020304,
                                   .acknowledged = 0xfffefdfc,
                                   .flags = SIM_TCP_PSH | SIM_TCP_ACK,
                                   .octets = (const uint8_t *)"xyz",
                                   .len = 3 };

    (void)state;
    assert_int_equal(sim_packet_tcp(&s, packet), sizeof(wanted));
    assert_memory_equal(packet, wanted, sizeof(wanted));
}

/* RFC 768: 0 would mean that there is none. */
static void a_checksum_of_zero_is_written_as_ones(void **state)
{
    static const uint8_t octets[] = { 0xd4, 0x37 };
    const struct sim_datagram d = { .from = address("198.18.0.1@40000"),
                                    .to = address("198.18.3.7"),
                                    .octets = octets,
                                    .len = sizeof(octets) };

    (void)state;
    assert_int_equal(sim_packet_udp(&d, packet), 30);
    assert_int_equal(packet[26], 0xff);
    assert_int_equal(packet[27], 0xff);
}

static void an_empty_datagram_is_one(void **state)
{
    const struct sim_datagram d = { .from = address("198.18.0.1@40000"),
                                    .to = address("198.18.3.7") };

    (void)state;
    assert_int_equal(sim_packet_udp(&d, packet), 28);
}

static void the_longest_datagrams_fit(void **state)
{
    struct sim_datagram d = { .from = address("198.18.0.1@40000"),
                              .to = address("198.18.3.7"),
                              .octets = payload,
                              .len = 65507 };

    (void)state;
    assert_int_equal(sim_packet_udp(&d, packet), 65535);
    d.len++;
    assert_int_equal(sim_packet_udp(&d, packet), 0);
    d.from = address("2001:2::1@40000");
    d.to = address("2001:2::9");
    d.len = 65527;
    assert_int_equal(sim_packet_udp(&d, packet), SIM_PACKET_MAX);
    d.len++;
    assert_int_equal(sim_packet_udp(&d, packet), 0);
}

static void a_segment_that_is_too_long_is_none(void **state)
{
    struct sim_segment s = { .from = address("198.18.0.1"),
                             .to = address("198.18.3.7@40000"),
                             .octets = payload,
                             .len = 65495 };

    (void)state;
    assert_int_equal(sim_packet_tcp(&s, packet), 65535);
    s.len++;
    assert_int_equal(sim_packet_tcp(&s, packet), 0);
}

static void icmp_quotes_what_is_refused(void **state)
{
    static const uint8_t wanted[] = {
        0x45, 0x00, 0x00, 0x3b, 0x00, 0x00, 0x40, 0x00, 0x40, 0x01, 0xab, 0x95,
        0xc6, 0x12, 0x03, 0x07, 0xc6, 0x12, 0x00, 0x01, 0x03, 0x03, 0x8c, 0x46,
        0x00, 0x00, 0x00, 0x00, 0x45, 0x00, 0x00, 0x1f, 0x00, 0x00, 0x40, 0x00,
        0x40, 0x11, 0xab, 0xa1, 0xc6, 0x12, 0x00, 0x01, 0xc6, 0x12, 0x03, 0x07,
        0x9c, 0x40, 0x00, 0x35, 0x00, 0x0b, 0x0f, 0xd3, 0x61, 0x62, 0x63
    };
    const struct sim_datagram d = { .from = address("198.18.0.1@40000"),
                                    .to = address("198.18.3.7"),
                                    .octets = (const uint8_t *)"abc",
                                    .len = 3 };

    (void)state;
    assert_int_equal(sim_packet_unreachable(&d, packet), sizeof(wanted));
    assert_memory_equal(packet, wanted, sizeof(wanted));
}

static void icmpv6_counts_addresses_in_its_checksum(void **state)
{
    static const uint8_t wanted[] = {
        0x60, 0x00, 0x00, 0x00, 0x00, 0x3c, 0x3a, 0x40, 0x20, 0x01, 0x00, 0x02,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x09,
        0x20, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x01, 0x01, 0x04, 0x4d, 0x46, 0x00, 0x00, 0x00, 0x00,
        0x60, 0x00, 0x00, 0x00, 0x00, 0x0c, 0x11, 0x40, 0x20, 0x01, 0x00, 0x02,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01,
        0x20, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x09, 0x9c, 0x40, 0x00, 0x35, 0x00, 0x0c, 0x5e, 0x8a,
        0x61, 0x62, 0x63, 0x64
    };
    const struct sim_datagram d = { .from = address("2001:2::1@40000"),
                                    .to = address("2001:2::9"),
                                    .octets = (const uint8_t *)"abcd",
                                    .len = 4 };

    (void)state;
    assert_int_equal(sim_packet_unreachable(&d, packet), sizeof(wanted));
    assert_memory_equal(packet, wanted, sizeof(wanted));
}

/* RFC 1812 section 4.3.2.3, RFC 4443 section 2.4 (c): the least that every
 * path carries. The quoted header still says how long the datagram was. */
static void icmp_quotes_no_more_than_every_path_carries(void **state)
{
    struct sim_datagram d = { .from = address("198.18.0.1@40000"),
                              .to = address("198.18.3.7"),
                              .octets = payload,
                              .len = 65507 };

    (void)state;
    assert_int_equal(sim_packet_unreachable(&d, packet), 576);
    assert_memory_equal(packet + 20 + 8 + 2, "\xff\xff", 2);
    d.len++;
    assert_int_equal(sim_packet_unreachable(&d, packet), 0);
    d.from = address("2001:2::1@40000");
    d.to = address("2001:2::9");
    d.len = 65527;
    assert_int_equal(sim_packet_unreachable(&d, packet), 1280);
    d.len++;
    assert_int_equal(sim_packet_unreachable(&d, packet), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ipv4_carries_udp),
        cmocka_unit_test(ipv6_carries_udp),
        cmocka_unit_test(tcp_has_its_numbers),
        cmocka_unit_test(a_checksum_of_zero_is_written_as_ones),
        cmocka_unit_test(an_empty_datagram_is_one),
        cmocka_unit_test(the_longest_datagrams_fit),
        cmocka_unit_test(a_segment_that_is_too_long_is_none),
        cmocka_unit_test(icmp_quotes_what_is_refused),
        cmocka_unit_test(icmpv6_counts_addresses_in_its_checksum),
        cmocka_unit_test(icmp_quotes_no_more_than_every_path_carries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
