/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan.h"
#include "testing.h"

#include <arpa/inet.h>
#include <string.h>

static void check_text(struct sim_address address, const char *expected)
{
    char text[SIM_ADDRESS_TEXT_MAX];

    sim_address_text(&address, text);
    assert_string_equal(text, expected);
    assert_int_equal(address.port, 53);
}

static void places_are_in_the_labs_own_part(void **state)
{
    (void)state;
    check_text(sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0),
               "198.18.0.1");
    check_text(sim_network_place(SIM_NETWORK_LOOPBACK, SIM_PLACE_ROOT, 0),
               "127.18.0.1");
    check_text(sim_network_place6(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0),
               "2001:2::1");
    check_text(sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_FRONT, 3),
               "198.18.4.4");
    check_text(sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT, 511),
               "198.18.14.0");
}

static void loopback_has_no_ipv6(void **state)
{
    const uint8_t hash[8] = { 1 };

    (void)state;
    assert_int_equal(
        sim_network_place6(SIM_NETWORK_LOOPBACK, SIM_PLACE_ROOT, 0).family, 0);
    assert_int_equal(sim_plan_shared6(SIM_NETWORK_LOOPBACK, hash).family, 0);
}

static void servers_keep_to_their_parts(void **state)
{
    const uint8_t hash[8] = { 0xff, 0xff, 0, 0, 0, 0, 0, 1 };

    (void)state;
    check_text(sim_plan_shared4(SIM_NETWORK_SANDBOX, 0), "198.18.16.0");
    check_text(sim_plan_shared4(SIM_NETWORK_SANDBOX, 0xefff), "198.18.255.255");
    check_text(sim_plan_shared4(SIM_NETWORK_SANDBOX, 0xf000), "198.18.16.0");
    check_text(sim_plan_private4(SIM_NETWORK_SANDBOX, 0), "198.19.0.1");
    check_text(sim_plan_private4(SIM_NETWORK_LOOPBACK, 0xfffd),
               "127.19.255.254");
    check_text(sim_plan_shared6(SIM_NETWORK_SANDBOX, hash),
               "2001:2:0:1:ffff::1");
    check_text(sim_plan_private6(SIM_NETWORK_SANDBOX, hash),
               "2001:2:0:2:ffff::1");
}

static void reads_addresses_with_and_without_port(void **state)
{
    struct sim_address address;

    (void)state;
    assert_true(sim_address_from_text("192.0.2.1", &address));
    check_text(address, "192.0.2.1");
    assert_true(sim_address_from_text("2001:db8::1@5353", &address));
    assert_int_equal(address.family, 6);
    assert_int_equal(address.port, 5353);
}

static void refuses_malformed_addresses(void **state)
{
    static const char *const wrong[] = {
        "",           "192.0.2",      "192.0.2.1@",      "192.0.2.1@0",
        "a@53",       "192.0.2.1@x",  "192.0.2.1@65536", "192.0.2.1@123456",
        "192.0.2.1 ", "2001:db8::1%",
    };
    char longest[100];
    struct sim_address address = { .family = 9 };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_false(sim_address_from_text(wrong[i], &address));
    }
    memset(longest, '1', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    assert_false(sim_address_from_text(longest, &address));
    assert_int_equal(address.family, 9);
}

/* POSIX says of inet_ntop() what the text of an address is. */
static void every_octet_is_written_without_leading_zero(void **state)
{
    char text[SIM_ADDRESS_TEXT_MAX];
    char expected[SIM_ADDRESS_TEXT_MAX];

    (void)state;
    for (unsigned i = 0; i < 256; i++) {
        const uint8_t octet = (uint8_t)i;
        const struct sim_address address = {
            .family = 4, .octets = { octet, 0, (uint8_t)(255 - i), octet }
        };
        sim_address_text(&address, text);
        assert_non_null(
            inet_ntop(AF_INET, address.octets, expected, sizeof(expected)));
        assert_string_equal(text, expected);
    }
}

static void compares_hosts_without_port(void **state)
{
    struct sim_address a = sim_plan_shared4(SIM_NETWORK_SANDBOX, 1);
    struct sim_address b = a;
    struct sim_address absent = { 0 };
    char text[SIM_ADDRESS_TEXT_MAX];

    (void)state;
    b.port = 1;
    assert_true(sim_address_same_host(&a, &b));
    b.octets[3] ^= 1;
    assert_false(sim_address_same_host(&a, &b));
    assert_false(sim_address_same_host(&a, &absent));
    sim_address_text(&absent, text);
    assert_string_equal(text, "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_in_the_labs_own_part),
        cmocka_unit_test(loopback_has_no_ipv6),
        cmocka_unit_test(servers_keep_to_their_parts),
        cmocka_unit_test(reads_addresses_with_and_without_port),
        cmocka_unit_test(refuses_malformed_addresses),
        cmocka_unit_test(every_octet_is_written_without_leading_zero),
        cmocka_unit_test(compares_hosts_without_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
