/* SPDX-License-Identifier: BSD-2-Clause */
#include "guard.h"
#include "packet.h"
#include "testing.h"

#include <string.h>

enum { NOW_S = 1793491200, NS_PER_S = 1000000000 };

static const uint8_t secret[SIM_COOKIE_SECRET] = { 1, 2, 3 };
static const uint8_t www[] = "\3www\1t";

static struct sim_guard *make_guard(void)
{
    struct sim_guard *guard = NULL;

    assert_int_equal(sim_guard_new(secret, &guard), SIM_OK);
    return guard;
}

/* Appends OPT with a COOKIE of so many octets. */
static void put_cookie(struct packet *p, const uint8_t *cookie, unsigned len)
{
    packet_opt(p, 1232, 0, 0);
    p->len -= 2;
    packet_u16(p, 4 + len);
    packet_u16(p, 10);
    packet_u16(p, len);
    for (unsigned i = 0; i < len; i++) {
        packet_u8(p, cookie[i]);
    }
}

static struct sim_incoming from(const struct packet *p, uint8_t host,
                                int64_t now_ns)
{
    return (struct sim_incoming){
        .octets = p->octets,
        .len = p->len,
        .client = { .family = 4, .octets = { 192, 0, host, 1 } },
        .transport = SCN_UDP,
        .now_ns = now_ns,
    };
}

static void without_a_guard_all_are_let_in(void **state)
{
    const struct packet p = { .len = 0 };
    struct sim_incoming in = from(&p, 0, 0);

    (void)state;
    assert_true(sim_guard_let_in(NULL, NOW_S, &in));
    assert_int_equal(in.terms.limit, 0);
}

static void who_has_no_cookie_gets_three_times_the_query(void **state)
{
    struct sim_guard *guard = make_guard();
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0);
    struct sim_incoming in = from(&p, 0, 0);
    assert_true(sim_guard_let_in(guard, NOW_S, &in));
    assert_int_equal(in.terms.limit, 3 * p.len);
    assert_false(in.terms.has_cookie);
    sim_guard_free(guard);
}

/* The cookie of the first reply makes the second whole, for this client. */
static void who_brings_the_cookie_back_gets_everything(void **state)
{
    static const uint8_t mine[SIM_COOKIE_CLIENT] = { 9, 8, 7 };
    struct sim_guard *guard = make_guard();
    struct packet p;
    struct packet again;

    (void)state;
    packet_query(&p, www, 1, 0);
    put_cookie(&p, mine, sizeof(mine));
    struct sim_incoming in = from(&p, 0, 0);
    assert_true(sim_guard_let_in(guard, NOW_S, &in));
    assert_int_equal(in.terms.limit, 3 * p.len);
    assert_true(in.terms.has_cookie);
    assert_memory_equal(in.terms.cookie, mine, sizeof(mine));
    packet_query(&again, www, 1, 0);
    put_cookie(&again, in.terms.cookie, SIM_COOKIE_SIZE);
    struct sim_incoming back = from(&again, 0, 0);
    assert_true(sim_guard_let_in(guard, NOW_S + 60, &back));
    assert_int_equal(back.terms.limit, 0);
    assert_true(back.terms.has_cookie);
    back = from(&again, 1, 0);
    assert_true(sim_guard_let_in(guard, NOW_S + 60, &back));
    assert_int_equal(back.terms.limit, 3 * again.len);
    sim_guard_free(guard);
}

static void a_cookie_of_impossible_length_is_malformed(void **state)
{
    static const uint8_t octets[9] = { 1 };
    struct sim_guard *guard = make_guard();
    struct packet p;

    (void)state;
    packet_query(&p, www, 1, 0);
    put_cookie(&p, octets, sizeof(octets));
    struct sim_incoming in = from(&p, 0, 0);
    assert_true(sim_guard_let_in(guard, NOW_S, &in));
    assert_true(in.terms.malformed);
    assert_false(in.terms.has_cookie);
    sim_guard_free(guard);
}

/* Twenty at once, then every second of those beyond, and no more than the query
 * has; a network beside it, and TCP, are not concerned. */
static void a_network_has_so_many_replies_a_second(void **state)
{
    struct sim_guard *guard = make_guard();
    struct packet p;
    unsigned slipped = 0;

    (void)state;
    packet_query(&p, www, 1, 0);
    for (int i = 0; i < SIM_GUARD_RATE; i++) {
        struct sim_incoming in = from(&p, 0, 5);
        assert_true(sim_guard_let_in(guard, NOW_S, &in));
        assert_int_equal(in.terms.limit, 3 * p.len);
    }
    for (int i = 0; i < 10; i++) {
        struct sim_incoming in = from(&p, 0, 5);
        if (sim_guard_let_in(guard, NOW_S, &in)) {
            slipped++;
            assert_int_equal(in.terms.limit, p.len);
        }
    }
    assert_int_equal(slipped, 10 / SIM_GUARD_SLIP);
    struct sim_incoming in = from(&p, 1, 5);
    assert_true(sim_guard_let_in(guard, NOW_S, &in));
    assert_int_equal(in.terms.limit, 3 * p.len);
    in = from(&p, 0, 5);
    in.transport = SCN_TCP;
    assert_true(sim_guard_let_in(guard, NOW_S, &in));
    assert_int_equal(in.terms.limit, 0);
    /* After a twentieth of a second there is one more. */
    in = from(&p, 0, 5 + NS_PER_S / SIM_GUARD_RATE);
    assert_true(sim_guard_let_in(guard, NOW_S, &in));
    assert_int_equal(in.terms.limit, 3 * p.len);
    in = from(&p, 0, 5 + NS_PER_S / SIM_GUARD_RATE);
    assert_false(sim_guard_let_in(guard, NOW_S, &in));
    sim_guard_free(guard);
}

static void what_is_no_query_gets_nothing(void **state)
{
    struct sim_guard *guard = NULL;
    struct packet p;

    (void)state;
    assert_int_equal(sim_guard_new(NULL, &guard), SIM_OK);
    packet_query(&p, www, 1, 0x8000);
    struct sim_incoming in = from(&p, 0, 0);
    assert_false(sim_guard_let_in(guard, NOW_S, &in));
    in.client.family = 6;
    p.octets[2] = 0;
    assert_true(sim_guard_let_in(guard, NOW_S, &in));
    sim_guard_free(guard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_guard_all_are_let_in),
        cmocka_unit_test(who_has_no_cookie_gets_three_times_the_query),
        cmocka_unit_test(who_brings_the_cookie_back_gets_everything),
        cmocka_unit_test(a_cookie_of_impossible_length_is_malformed),
        cmocka_unit_test(a_network_has_so_many_replies_a_second),
        cmocka_unit_test(what_is_no_query_gets_nothing),
    };

    return cmocka_run_group_tests_name("authsim.guard", tests, NULL, NULL);
}
