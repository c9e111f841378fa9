/* SPDX-License-Identifier: BSD-2-Clause */
#include "control_address.h"
#include "testing.h"

#include <netinet/in.h>
#include <string.h>

static void reads_ipv4(void **state)
{
    struct control_address address;
    struct sockaddr_in in;

    (void)state;
    assert_true(control_address_from_text("127.0.0.1:8055", &address));
    assert_int_equal(address.len, sizeof(in));
    memcpy(&in, &address.to, sizeof(in));
    assert_int_equal(in.sin_family, AF_INET);
    assert_int_equal(ntohs(in.sin_port), 8055);
    assert_int_equal(ntohl(in.sin_addr.s_addr), 0x7f000001);
    assert_true(control_address_is_local(&address));
}

static void reads_ipv6(void **state)
{
    struct control_address address;
    struct sockaddr_in6 in6;

    (void)state;
    assert_true(control_address_from_text("[::1]:1", &address));
    assert_int_equal(address.len, sizeof(in6));
    memcpy(&in6, &address.to, sizeof(in6));
    assert_int_equal(in6.sin6_family, AF_INET6);
    assert_int_equal(ntohs(in6.sin6_port), 1);
    assert_true(control_address_is_local(&address));
}

static void reads_a_path(void **state)
{
    struct control_address address;

    (void)state;
    assert_true(control_address_from_text("unix:/run/a:b", &address));
    assert_int_equal(address.to.any.sa_family, AF_UNIX);
    assert_string_equal(address.to.local.sun_path, "/run/a:b");
    assert_true(control_address_is_local(&address));
}

static void knows_what_others_can_reach(void **state)
{
    static const char *const texts[] = {
        "0.0.0.0:80",           "192.0.2.1:80", "126.255.255.255:80",
        "128.0.0.1:80",         "[::]:80",      "[2001:db8::1]:80",
        "[::ffff:127.0.0.1]:80"
    };
    struct control_address address;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_true(control_address_from_text(texts[i], &address));
        assert_false(control_address_is_local(&address));
    }
    assert_true(control_address_from_text("127.255.255.255:80", &address));
    assert_true(control_address_is_local(&address));
}

static void refuses_the_rest(void **state)
{
    static const char *const texts[] = {
        "",
        "8055",
        ":8055",
        "localhost:8055",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "127.0.0.1:+1",
        "127.0.0.1:1x",
        "127.0.0.1.1:1",
        "127.1:1",
        "::1:8055",
        "[::1]",
        "[::1]8055",
        "[127.0.0.1]:80",
        "[]:80",
        "[:80",
        "]:80",
        "unix:",
        "0000000000000000000000000000000000000000000000000000000000000001:80"
    };
    struct control_address address = { .len = 7 };
    char path[200] = "unix:";

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_false(control_address_from_text(texts[i], &address));
    }
    memset(path + 5, 'a', 108);
    assert_false(control_address_from_text(path, &address));
    assert_int_equal(address.len, 7);
    path[5 + 107] = '\0';
    assert_true(control_address_from_text(path, &address));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_ipv4),
        cmocka_unit_test(reads_ipv6),
        cmocka_unit_test(reads_a_path),
        cmocka_unit_test(knows_what_others_can_reach),
        cmocka_unit_test(refuses_the_rest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
