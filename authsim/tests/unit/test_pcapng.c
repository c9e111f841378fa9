/* SPDX-License-Identifier: BSD-2-Clause */
#include "pcapng.h"
#include "testing.h"

static void a_file_begins_with_section_and_interface(void **state)
{
    static const uint8_t wanted[SIM_PCAPNG_HEADER] = {
        /* section header block, 44 octets */
        0x0a, 0x0d, 0x0d, 0x0a, 44, 0, 0, 0,
        /* byte order, version 1.0, length of the section not told */
        0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff,
        /* shb_userappl, opt_endofopt, the length again */
        4, 0, 7, 0, 'a', 'u', 't', 'h', 's', 'i', 'm', 0, 0, 0, 0, 0, 44, 0, 0,
        0,
        /* interface description block, 40 octets: LINKTYPE_RAW, no snap length
         */
        1, 0, 0, 0, 40, 0, 0, 0, 101, 0, 0, 0, 0, 0, 0, 0,
        /* if_name, if_tsresol, opt_endofopt, the length again */
        2, 0, 3, 0, 'l', 'a', 'b', 0, 9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0, 40, 0,
        0, 0
    };
    uint8_t header[SIM_PCAPNG_HEADER];

    (void)state;
    sim_pcapng_header(header);
    assert_memory_equal(header, wanted, sizeof(wanted));
}

static void a_packet_is_padded_and_timed(void **state)
{
    static const uint8_t packet[] = { 0x45, 1, 2, 3, 4 };
    static const uint8_t wanted[] = {
        6, 0, 0, 0, 52, 0, 0, 0, 0, 0, 0, 0,
        /* time, high and low half */
        0x04, 0x03, 0x02, 0x01, 0x08, 0x07, 0x06, 0x05,
        /* captured and original length */
        5, 0, 0, 0, 5, 0, 0, 0, 0x45, 1, 2, 3, 4, 0, 0, 0,
        /* epb_flags: outbound; opt_endofopt, the length again */
        2, 0, 4, 0, 2, 0, 0, 0, 0, 0, 0, 0, 52, 0, 0, 0
    };
    uint8_t block[sizeof(wanted) + SIM_PCAPNG_PADDING];

    (void)state;
    assert_int_equal(sim_pcapng_packet(0x0102030405060708, true, packet,
                                       sizeof(packet), block),
                     sizeof(wanted));
    assert_memory_equal(block, wanted, sizeof(wanted));
}

static void what_was_received_is_inbound(void **state)
{
    static const uint8_t packet[] = { 1, 2, 3, 4 };
    uint8_t block[SIM_PCAPNG_AROUND + sizeof(packet) + SIM_PCAPNG_PADDING];

    (void)state;
    assert_int_equal(sim_pcapng_packet(0, false, packet, sizeof(packet), block),
                     SIM_PCAPNG_AROUND + sizeof(packet));
    assert_int_equal(block[36], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_begins_with_section_and_interface),
        cmocka_unit_test(a_packet_is_padded_and_timed),
        cmocka_unit_test(what_was_received_is_inbound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
