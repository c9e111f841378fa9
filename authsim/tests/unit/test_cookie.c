/* SPDX-License-Identifier: BSD-2-Clause */
#include "cookie.h"
#include "testing.h"

#include <string.h>

/* RFC 9018 appendix A.1 and A.2. */
static const uint8_t secret[SIM_COOKIE_SECRET] = { 0xe5, 0xe9, 0x73, 0xe5,
                                                   0xa6, 0xb2, 0xa4, 0x3f,
                                                   0x48, 0xe7, 0xdc, 0x84,
                                                   0x9e, 0x37, 0xbf, 0xcf };
static const uint8_t cookie[SIM_COOKIE_SIZE] = {
    0x24, 0x64, 0xc4, 0xab, 0xcf, 0x10, 0xc9, 0x57, 0x01, 0x00, 0x00, 0x00,
    0x5c, 0xf7, 0x9f, 0x11, 0x1f, 0x81, 0x30, 0xc3, 0xee, 0xe2, 0x94, 0x80
};
static const struct sim_address client = { .family = 4,
                                           .octets = { 198, 51, 100, 100 } };

enum { MADE_S = 1559731985 };

static struct sim_cookie_context at(uint32_t now_s)
{
    return (struct sim_cookie_context){ .secret = secret,
                                        .client = &client,
                                        .now_s = now_s };
}

static void makes_what_the_rfc_has(void **state)
{
    const struct sim_cookie_context context = at(MADE_S);
    uint8_t made[SIM_COOKIE_SIZE];

    (void)state;
    assert_true(sim_cookie_make(&context, cookie, made));
    assert_memory_equal(made, cookie, SIM_COOKIE_SIZE);
}

static bool is_valid_at(uint32_t now_s)
{
    const struct sim_cookie_context context = at(now_s);

    return sim_cookie_is_valid(&context, cookie, SIM_COOKIE_SIZE);
}

static void is_valid_for_an_hour(void **state)
{
    (void)state;
    assert_true(is_valid_at(MADE_S));
    assert_true(is_valid_at(MADE_S + 3600));
    assert_false(is_valid_at(MADE_S + 3601));
    /* clocks of several servers */
    assert_true(is_valid_at(MADE_S - 300));
    assert_false(is_valid_at(MADE_S - 400));
}

static void every_octet_counts(void **state)
{
    const struct sim_cookie_context context = at(MADE_S);

    (void)state;
    for (size_t i = 0; i < SIM_COOKIE_SIZE; i++) {
        uint8_t other[SIM_COOKIE_SIZE];
        memcpy(other, cookie, sizeof(other));
        other[i] ^= 1;
        assert_false(sim_cookie_is_valid(&context, other, sizeof(other)));
    }
    assert_false(sim_cookie_is_valid(&context, cookie, SIM_COOKIE_CLIENT));
    assert_false(sim_cookie_is_valid(&context, cookie, SIM_COOKIE_SIZE - 1));
}

static void is_of_one_client_alone(void **state)
{
    const struct sim_address other = { .family = 4,
                                       .octets = { 198, 51, 100, 101 } };
    const struct sim_address v6 = { .family = 6, .octets = { 0x20, 1 } };
    struct sim_cookie_context context = at(MADE_S);
    uint8_t made[SIM_COOKIE_SIZE];

    (void)state;
    context.client = &other;
    assert_false(sim_cookie_is_valid(&context, cookie, SIM_COOKIE_SIZE));
    context.client = &v6;
    assert_false(sim_cookie_is_valid(&context, cookie, SIM_COOKIE_SIZE));
    assert_true(sim_cookie_make(&context, cookie, made));
    assert_true(sim_cookie_is_valid(&context, made, SIM_COOKIE_SIZE));
}

static void is_found_among_other_options(void **state)
{
    static const uint8_t opt[] = { 0,  0, 41, 4, 208, 0, 0, 0,  0, 0,
                                   17, 0, 12, 0, 1,   9, 0, 10, 0, 8,
                                   1,  2, 3,  4, 5,   6, 7, 8 };
    size_t len = 0;

    (void)state;
    assert_ptr_equal(sim_cookie_find(opt, sizeof(opt), &len), opt + 20);
    assert_int_equal(len, 8);
    assert_null(sim_cookie_find(opt, 16, &len));
    assert_null(sim_cookie_find(opt, 11, &len));
    assert_null(sim_cookie_find(NULL, 0, &len));
}

static void has_possible_lengths(void **state)
{
    (void)state;
    for (size_t len = 0; len < 50; len++) {
        assert_int_equal(sim_cookie_is_well_formed(len),
                         len == 8 || (len >= 16 && len <= 40));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_what_the_rfc_has),
        cmocka_unit_test(is_valid_for_an_hour),
        cmocka_unit_test(every_octet_counts),
        cmocka_unit_test(is_of_one_client_alone),
        cmocka_unit_test(is_found_among_other_options),
        cmocka_unit_test(has_possible_lengths),
    };

    return cmocka_run_group_tests_name("authsim.cookie", tests, NULL, NULL);
}
