/* SPDX-License-Identifier: BSD-2-Clause */
#include "desk.h"
#include "packet.h"
#include "respond.h"
#include "testing.h"

#include <string.h>

#define P "desk/permits"
#define R "desk/refuses"

enum { KEEP = 50, MORE = KEEP / 25 + 3 /* journals of checks */ };

/* The root, for a name of nobody. */
static void ask_for_nobody(struct test_desk *d)
{
    struct packet query;
    struct sim_reaction reaction;

    packet_query(&query, (const uint8_t *)"\6nobody", SCN_TYPE_CAA, 0);
    const struct sim_incoming in = {
        .octets = query.octets,
        .len = query.len,
        .local = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0),
        .transport = SCN_UDP,
    };
    assert_int_equal(sim_respond(d->responder, &in, &reaction), SIM_OK);
}

/* They take turns. */
static void ask(struct test_desk *d, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        switch (sim_world_newest(d->lab.world) % 3) {
        case 0:
            ask_for_nobody(d);
            break;
        case 1:
            (void)test_desk_query(d, P, "www.zone.desk-permits", SCN_TYPE_CAA);
            break;
        default:
            (void)test_desk_query(d, R, "www.zone.desk-refuses", SCN_TYPE_CAA);
            break;
        }
    }
}

static size_t held(const struct lab *lab, uint64_t *lowest_out)
{
    const struct sim_journal *journals[] = {
        sim_world_journal(lab->world),
        sim_instance_journal(lab->instances[0]),
        sim_instance_journal(lab->instances[1]),
        sim_instance_journal(lab->instances[2]),
    };
    size_t sum = 0;

    assert_int_equal(lab->count, 3);
    *lowest_out = UINT64_MAX;
    for (size_t i = 0; i < sizeof(journals) / sizeof(journals[0]); i++) {
        const size_t first = sim_journal_first(journals[i]);
        const size_t count = sim_journal_count(journals[i]);
        if (count > first) {
            const uint64_t lowest = sim_journal_at(journals[i], first)->number;
            *lowest_out = lowest < *lowest_out ? lowest : *lowest_out;
        }
        sum += count - first;
    }
    return sum;
}

static void the_last_are_held_and_a_few_more(void **state)
{
    struct test_desk *d = *state;
    uint64_t lowest = 0;

    assert_int_equal(d->lab.keep, LAB_KEEP);
    d->lab.keep = KEEP;
    assert_false(lab_forget_old(&d->lab));
    ask(d, KEEP + MORE - 1);
    assert_false(lab_forget_old(&d->lab));
    for (unsigned i = 0; i < 3 * KEEP; i++) {
        ask(d, 1);
        if (lab_forget_old(&d->lab)) {
            lab_give_up_old(&d->lab);
            assert_int_equal(held(&d->lab, &lowest), KEEP);
            assert_int_equal(lowest + KEEP, KEEP + MORE + i + 1);
        }
        assert_in_range(held(&d->lab, &lowest), KEEP, KEEP + MORE);
    }
}

static void a_reload_numbers_on(void **state)
{
    struct test_desk *d = *state;
    uint64_t lowest = 0;

    d->lab.keep = KEEP;
    for (unsigned i = 0; i < 10 * KEEP; i++) {
        (void)sim_responder_number(d->responder);
    }
    ask(d, KEEP);
    (void)lab_forget_old(&d->lab);
    lab_give_up_old(&d->lab);
    assert_int_equal(held(&d->lab, &lowest), KEEP);
    assert_int_equal(lowest, 10 * KEEP + 1);
}

/* Whatever is given up has been counted. */
static void counters_never_go_back(void **state)
{
    static const char all[] =
        "authsim_queries_total{transport=\"udp\",type=\"CAA\"} 170\n";
    struct test_desk *d = *state;
    uint64_t lowest = 0;

    d->lab.keep = KEEP;
    ask(d, 3 * KEEP);
    control_desk_turn(&d->desk, 0);
    assert_int_equal(held(&d->lab, &lowest), KEEP);
    ask(d, 20);
    control_desk_turn(&d->desk, 0);
    assert_int_equal(held(&d->lab, &lowest), KEEP);
    assert_int_equal(test_desk_get(d, "/metrics"), 200);
    assert_non_null(strstr(d->answer.body, all));
}

int main(void)
{
#define ALONE(test) \
    cmocka_unit_test_setup_teardown(test, test_desk_setup, test_desk_teardown)
    const struct CMUnitTest tests[] = {
        ALONE(the_last_are_held_and_a_few_more),
        ALONE(a_reload_numbers_on),
        ALONE(counters_never_go_back),
    };
#undef ALONE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
