/* SPDX-License-Identifier: BSD-2-Clause */
/* What clients of TCP can make the server hold. */
#include "rrtype.h"
#include "testing.h"
#include "trial.h"

#include <authsim/clock.h>

enum { NS_PER_MS = 1000000 };

/* More connections than the server has descriptors for. */
static int holds_connections(const struct sim_address *server,
                             const struct sim_address *server6)
{
    enum { HELD = 100 };
    int fds[HELD];
    uint8_t reply[TRIAL_REPLY_MAX];

    (void)server6;
    for (int i = 0; i < HELD; i++) {
        fds[i] = trial_dial(server, SOCK_STREAM);
    }
    const int last = fds[HELD - 1];
    if (!trial_send(last, trial_www) || trial_read(last, reply) == 0) {
        return 1;
    }
    return trial_answers(reply) == 1 ? 0 : 2;
}

static void the_idle_make_room_when_descriptors_run_out(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = holds_connections, .files = 40 });
}

/* Nothing to give up: it accepts again when there are descriptors, and turns
 * its loop no more than it must. */
static int is_accepted_later(const struct sim_address *server,
                             const struct sim_address *server6)
{
    uint8_t reply[TRIAL_REPLY_MAX];
    int fd = trial_dial(server, SOCK_STREAM);

    if (trial_asks_over_udp(server, server6) != 0 ||
        !trial_send(fd, trial_www)) {
        return 1;
    }
    return trial_read(fd, reply) > 0 && trial_answers(reply) == 1 ? 0 : 2;
}

static void without_descriptors_it_stops_accepting_for_a_moment(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = is_accepted_later, .no_files = true });
}

/* The first of three asks again; of the other two the older one goes. */
static int opens_one_too_many(const struct sim_address *server,
                              const struct sim_address *server6)
{
    int fds[4];

    (void)server6;
    for (int i = 0; i < 3; i++) {
        fds[i] = trial_dial(server, SOCK_STREAM);
        if (!trial_is_answered(fds[i])) {
            return 1;
        }
    }
    if (!trial_is_answered(fds[0])) {
        return 2;
    }
    fds[3] = trial_dial(server, SOCK_STREAM);
    if (!trial_is_answered(fds[3]) || !trial_is_closed(fds[1])) {
        return 3;
    }
    return trial_is_answered(fds[0]) && trial_is_answered(fds[2]) ? 0 : 4;
}

static struct sim_tcp_limits make_limits(unsigned connections, unsigned idle_ms,
                                         size_t output)
{
    struct sim_tcp_limits limits;

    sim_tcp_limits_default(&limits);
    limits.connections = connections > 0 ? connections : limits.connections;
    limits.idle_ms = idle_ms > 0 ? idle_ms : limits.idle_ms;
    limits.output = output > 0 ? output : limits.output;
    return limits;
}

static void of_too_many_connections_the_oldest_idle_goes(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = opens_one_too_many,
                               .limits = make_limits(3, 0, 0) });
}

static int says_nothing(const struct sim_address *server,
                        const struct sim_address *server6)
{
    (void)server6;
    return trial_is_closed(trial_dial(server, SOCK_STREAM)) ? 0 : 1;
}

static void an_idle_connection_ends(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = says_nothing,
                               .limits = make_limits(0, 50, 0) });
}

/* Asks and asks, and never reads: it is not listened to any more, and then has
 * been idle. Who listens on would take all of it. */
static int never_reads(const struct sim_address *server,
                       const struct sim_address *server6)
{
    enum { QUERIES = 400000 };
    int fd = trial_dial(server, SOCK_STREAM);
    bool sent = true;

    for (int i = 0; i < QUERIES && sent; i++) {
        sent = trial_send(fd, trial_big);
    }
    return sent ? 1 : trial_asks_over_udp(server, server6);
}

static void a_slow_reader_is_not_listened_to(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = never_reads,
                               .limits = make_limits(0, 200, 0) });
}

/* Each of three replies waits for its time before the next query is read. */
static int gets_one_after_another(const struct sim_address *server,
                                  const struct sim_address *server6)
{
    enum { DELAY_MS = 20, QUERIES = 3, LEAST_MS = QUERIES * (DELAY_MS - 1) };
    const int64_t start_ns = sim_clock_monotonic_ns();
    uint8_t reply[TRIAL_REPLY_MAX];
    int fd = trial_dial(server, SOCK_STREAM);

    (void)server6;
    for (int i = 0; i < QUERIES; i++) {
        (void)trial_send(fd, trial_www);
    }
    for (int i = 0; i < QUERIES; i++) {
        if (trial_read(fd, reply) == 0) {
            return 1;
        }
    }
    return (sim_clock_monotonic_ns() - start_ns) / NS_PER_MS >= LEAST_MS ? 0
                                                                         : 2;
}

static void the_octets_under_way_are_bounded(void **state)
{
    (void)state;
    trial_run(&(struct trial){
        .client = gets_one_after_another,
        .fault = { .enabled = true, .action = { .rcode = -1, .delay_ms = 20 } },
        .limits = make_limits(0, 0, 1) });
}

/* As long as TCP's length can say: an OPT with one option fills it. */
static int asks_with_65535_octets(const struct sim_address *server,
                                  const struct sim_address *server6)
{
    static uint8_t framed[2 + 65535] = { 0xff, 0xff };
    static uint8_t reply[TRIAL_REPLY_MAX];
    struct packet p;
    int fd = trial_dial(server, SOCK_STREAM);

    packet_query(&p, trial_www, SIM_TYPE_CAA, 0);
    packet_opt(&p, 512, 0, 0);
    const unsigned options = 65535 - (unsigned)p.len;
    p.len -= 2;
    packet_u16(&p, options);
    packet_u16(&p, 12); /* padding (RFC 7830) */
    packet_u16(&p, options - 4);
    memcpy(framed + 2, p.octets, p.len);
    for (size_t sent = 0; sent < sizeof(framed);) {
        ssize_t n =
            send(fd, framed + sent, sizeof(framed) - sent, MSG_NOSIGNAL);
        if (n <= 0) {
            return 1;
        }
        sent += (size_t)n;
    }
    if (trial_read(fd, reply) == 0 || trial_answers(reply) != 1) {
        return 2;
    }
    return trial_is_answered(fd) ? trial_asks_over_udp(server, server6) : 3;
}

static void answers_a_query_of_65535_octets(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = asks_with_65535_octets });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_idle_make_room_when_descriptors_run_out),
        cmocka_unit_test(without_descriptors_it_stops_accepting_for_a_moment),
        cmocka_unit_test(of_too_many_connections_the_oldest_idle_goes),
        cmocka_unit_test(an_idle_connection_ends),
        cmocka_unit_test(a_slow_reader_is_not_listened_to),
        cmocka_unit_test(the_octets_under_way_are_bounded),
        cmocka_unit_test(answers_a_query_of_65535_octets),
    };

    return cmocka_run_group_tests_name("authsim.tcp", tests, NULL, NULL);
}
