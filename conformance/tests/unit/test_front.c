/* SPDX-License-Identifier: BSD-2-Clause */
/* test_front.c - the front between clients and a resolver, on real sockets. */
#include "boxed.h"
#include "front.h"
#include "front_message.h"
#include "nxdomain_resolver.h"
#include "testing.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { FRONT_PORT = 53 };
enum { PATIENCE = 500, POLL_MS = 10 };

static const uint8_t mine[] = { 4, 'm', 'i', 'n', 'e', 0 };
static const uint8_t other[] = { 5, 'o', 't', 'h', 'e', 'r', 0 };

struct box {
    struct event_base *base;
    struct cfm_front *front;
    struct sim_journal *journal;
    struct nxdomain_resolver resolver;
};

/* --- the world, as far as the front asks it --- */

static struct sim_journal *journal_of_mine;
static uint64_t last_number;
static char instance_of_mine;

struct sim_instance *__wrap_sim_world_find(const struct sim_world *world,
                                           const uint8_t *name);
struct sim_journal *__wrap_sim_instance_journal(
    const struct sim_instance *instance);
uint64_t __wrap_sim_server_number(struct sim_server *server);

struct sim_instance *__wrap_sim_world_find(const struct sim_world *world,
                                           const uint8_t *name)
{
    (void)world;
    bool found = name[0] == mine[0];
    return found ? (struct sim_instance *)(void *)&instance_of_mine : NULL;
}

struct sim_journal *__wrap_sim_instance_journal(
    const struct sim_instance *instance)
{
    assert_ptr_equal(instance, &instance_of_mine);
    return journal_of_mine;
}

uint64_t __wrap_sim_server_number(struct sim_server *server)
{
    (void)server;
    return ++last_number;
}

/* --- */

static int set_up(void **state)
{
    static struct box box;
    box = (struct box){ .base = event_base_new() };
    last_number = 0;
    assert_int_equal(sim_journal_new(&box.journal), SIM_OK);
    journal_of_mine = box.journal;
    box.resolver.base = box.base;
    open_resolver(&box.resolver);
    const struct cfm_front_config config = {
        .perspective = "primary",
        .base = box.base,
        .listen = { .family = 4, .octets = { 127, 0, 0, 1 }, .port = 53 },
        .upstream = { .family = 4,
                      .octets = { 127, 0, 0, 1 },
                      .port = RESOLVER_PORT },
    };
    assert_int_equal(cfm_front_new(&config, &box.front), 0);
    *state = &box;
    return 0;
}

static int tear_down(void **state)
{
    struct box *box = *state;
    cfm_front_free(box->front);
    close_resolver(&box->resolver);
    event_base_free(box->base);
    sim_journal_free(box->journal);
    return 0;
}

static int open_client(int type)
{
    struct sockaddr_in address = local(FRONT_PORT);
    int fd = socket(AF_INET, type, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address),
                     0);
    return fd;
}

/* Lets everybody do their part until octets arrive; 0 at the end of a stream,
 * -1 when nothing comes. */
static ssize_t receive(struct box *box, int fd, uint8_t *octets, size_t len)
{
    for (int i = 0; i < PATIENCE; i++) {
        struct pollfd readable = { .fd = fd, .events = POLLIN };
        event_base_loop(box->base, EVLOOP_NONBLOCK);
        ssize_t got = recv(fd, octets, len, MSG_DONTWAIT);
        if (got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) {
            return got >= 0 ? got : 0;
        }
        (void)poll(&readable, 1, POLL_MS);
    }
    return -1;
}

static void ask(int fd, uint16_t id, const uint8_t *name)
{
    uint8_t octets[MESSAGE_MAX];
    size_t len = cfm_message_write_query(id, name, 257, octets, sizeof octets);
    assert_int_equal(send(fd, octets, len, 0), (int)len);
}

static void ask_stream(int fd, uint16_t id, const uint8_t *name)
{
    uint8_t octets[2 + MESSAGE_MAX];
    size_t len =
        cfm_message_write_query(id, name, 257, octets + 2, MESSAGE_MAX);
    octets[0] = (uint8_t)(len >> 8);
    octets[1] = (uint8_t)len;
    assert_int_equal(send(fd, octets, len + 2, 0), (int)(len + 2));
}

static void assert_reply(struct box *box, int fd, uint16_t id)
{
    uint8_t octets[MESSAGE_MAX];
    struct cfm_message reply;
    ssize_t got = receive(box, fd, octets, sizeof octets);
    assert_true(got > 0);
    assert_true(cfm_message_read(octets, (size_t)got, &reply));
    assert_int_equal(reply.id, id);
    assert_int_equal(reply.flags & 0x800f, 0x8003);
}

static void assert_stream_reply(struct box *box, int fd, uint16_t id)
{
    uint8_t octets[2 + MESSAGE_MAX];
    size_t have = 0;
    size_t want = 2;
    struct cfm_message reply;
    while (have < want) {
        ssize_t got = receive(box, fd, octets + have, want - have);
        assert_true(got > 0);
        have += (size_t)got;
        if (have == 2) {
            want = 2 + ((size_t)octets[0] << 8 | octets[1]);
        }
    }
    assert_true(cfm_message_read(octets + 2, have - 2, &reply));
    assert_int_equal(reply.id, id);
}

static void relays_a_datagram_and_journals_both_ways(void **state)
{
    struct box *box = *state;
    int fd = open_client(SOCK_DGRAM);
    ask(fd, 0x1234, mine);
    assert_reply(box, fd, 0x1234);
    assert_int_equal(sim_journal_count(box->journal), 1);
    const struct sim_exchange *x = sim_journal_at(box->journal, 0);
    assert_int_equal(x->at, SCN_AT_FRONT);
    assert_int_equal(x->number, 1);
    assert_memory_equal(x->name, mine, sizeof mine);
    assert_int_equal(x->type, 257);
    assert_int_equal(x->transport, SCN_UDP);
    assert_true(x->edns);
    assert_false(x->dnssec_ok);
    assert_true(x->replied);
    assert_int_equal(x->rcode, 3);
    assert_true(x->replied_ns >= x->received_ns);
    assert_int_equal(x->client.octets[0], 127);
    assert_int_equal(x->local.port, 53);
    (void)close(fd);
}

static void gives_each_client_its_own_reply(void **state)
{
    struct box *box = *state;
    int first = open_client(SOCK_DGRAM);
    int second = open_client(SOCK_DGRAM);
    ask(first, 7, mine);
    ask(second, 7, other);
    ask(first, 8, other);
    assert_reply(box, second, 7);
    assert_reply(box, first, 7);
    assert_reply(box, first, 8);
    (void)close(first);
    (void)close(second);
}

static void relays_names_that_nobody_owns_without_a_journal(void **state)
{
    struct box *box = *state;
    int fd = open_client(SOCK_DGRAM);
    ask(fd, 1, other);
    assert_reply(box, fd, 1);
    assert_int_equal(sim_journal_count(box->journal), 0);
    (void)close(fd);
}

static void journals_a_query_that_is_never_answered(void **state)
{
    struct box *box = *state;
    int fd = open_client(SOCK_DGRAM);
    box->resolver.silent = true;
    ask(fd, 1, mine);
    while (box->resolver.queries == 0) {
        event_base_loop(box->base, EVLOOP_ONCE);
    }
    assert_int_equal(sim_journal_count(box->journal), 1);
    assert_false(sim_journal_at(box->journal, 0)->replied);
    (void)close(fd);
}

static void survives_malformed_datagrams(void **state)
{
    struct box *box = *state;
    static const uint8_t shorter[] = { 1, 2, 3, 4, 5 };
    static const uint8_t no_question[] = { 0, 9, 1, 0, 0, 1,    0,
                                           0, 0, 0, 0, 0, 0xc0, 0xff };
    static const uint8_t reply[] = { 0, 9, 0x81, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
    int fd = open_client(SOCK_DGRAM);
    assert_int_equal(send(fd, "", 0, 0), 0);
    assert_true(send(fd, shorter, sizeof shorter, 0) > 0);
    assert_true(send(fd, reply, sizeof reply, 0) > 0);
    assert_true(send(fd, no_question, sizeof no_question, 0) > 0);
    ask(fd, 3, mine);
    assert_reply(box, fd, 9); /* what has an id is the resolver's to judge */
    assert_reply(box, fd, 3);
    assert_int_equal(box->resolver.queries, 2);
    assert_int_equal(sim_journal_count(box->journal), 1);
    (void)close(fd);
}

static void relays_streams_with_several_queries(void **state)
{
    struct box *box = *state;
    int fd = open_client(SOCK_STREAM);
    ask_stream(fd, 1, mine);
    ask_stream(fd, 2, other);
    ask_stream(fd, 3, mine);
    assert_stream_reply(box, fd, 1);
    assert_stream_reply(box, fd, 2);
    assert_stream_reply(box, fd, 3);
    assert_int_equal(sim_journal_count(box->journal), 2);
    assert_int_equal(sim_journal_at(box->journal, 1)->transport, SCN_TCP);
    assert_true(sim_journal_at(box->journal, 0)->replied);
    assert_true(sim_journal_at(box->journal, 1)->replied);
    (void)close(fd);
}

static void answers_a_client_that_has_shut_its_side(void **state)
{
    struct box *box = *state;
    uint8_t octet = 0;
    int fd = open_client(SOCK_STREAM);
    ask_stream(fd, 1, mine);
    assert_int_equal(shutdown(fd, SHUT_WR), 0);
    assert_stream_reply(box, fd, 1);
    assert_int_equal(receive(box, fd, &octet, 1), 0);
    (void)close(fd);
}

static void closes_a_stream_whose_message_is_too_short(void **state)
{
    struct box *box = *state;
    static const uint8_t octets[] = { 0, 3, 'a', 'b', 'c' };
    uint8_t octet = 0;
    int bad = open_client(SOCK_STREAM);
    int good = open_client(SOCK_STREAM);
    assert_true(send(bad, octets, sizeof octets, 0) > 0);
    assert_int_equal(receive(box, bad, &octet, 1), 0);
    ask_stream(good, 1, mine);
    assert_stream_reply(box, good, 1);
    (void)close(bad);
    (void)close(good);
}

static void closes_a_stream_that_the_resolver_closed(void **state)
{
    struct box *box = *state;
    uint8_t octet = 0;
    int fd = open_client(SOCK_STREAM);
    box->resolver.closes = true;
    ask_stream(fd, 1, mine);
    assert_int_equal(receive(box, fd, &octet, 1), 0);
    assert_false(sim_journal_at(box->journal, 0)->replied);
    (void)close(fd);
}

static void drops_clients_that_are_still_there_at_its_end(void **state)
{
    struct box *box = *state;
    int fd = open_client(SOCK_STREAM);
    ask_stream(fd, 1, mine);
    assert_stream_reply(box, fd, 1); /* and tear_down() ends the front */
    (void)fd;
}

static void says_that_the_address_is_taken(void **state)
{
    struct box *box = *state;
    struct cfm_front *second = NULL;
    const struct cfm_front_config config = {
        .perspective = "primary",
        .base = box->base,
        .listen = { .family = 4, .octets = { 192, 0, 2, 1 }, .port = 53 },
        .upstream = { .family = 4,
                      .octets = { 127, 0, 0, 1 },
                      .port = RESOLVER_PORT },
    };
    assert_int_equal(cfm_front_new(&config, &second), EADDRNOTAVAIL);
    assert_null(second);
}

#define BOXED_TEST(test) \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static int all_tests(void *ctx)
{
    (void)ctx;
    const struct CMUnitTest tests[] = {
        BOXED_TEST(relays_a_datagram_and_journals_both_ways),
        BOXED_TEST(gives_each_client_its_own_reply),
        BOXED_TEST(relays_names_that_nobody_owns_without_a_journal),
        BOXED_TEST(journals_a_query_that_is_never_answered),
        BOXED_TEST(survives_malformed_datagrams),
        BOXED_TEST(relays_streams_with_several_queries),
        BOXED_TEST(answers_a_client_that_has_shut_its_side),
        BOXED_TEST(closes_a_stream_whose_message_is_too_short),
        BOXED_TEST(closes_a_stream_that_the_resolver_closed),
        BOXED_TEST(drops_clients_that_are_still_there_at_its_end),
        BOXED_TEST(says_that_the_address_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
    return run_boxed(all_tests);
}
