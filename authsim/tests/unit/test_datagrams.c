/* SPDX-License-Identifier: BSD-2-Clause */
/* Real sockets on the loopback: 127.0.0.2 is asked, 127.0.0.1 asks. */
#include "datagrams.h"
#include "socket.h"
#include "testing.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_S = 10, MANY = SIM_DATAGRAMS_MAX + 8, HUGE_LEN = 40000 };

struct ends {
    evutil_socket_t server; /* a wildcard socket */
    int client;             /* connected to 127.0.0.2 */
    struct sim_address local;
    struct sim_address peer; /* as the server sees the client */
    struct sim_inbox *inbox;
    struct sim_outbox *outbox;
};

static int connect_client(uint16_t port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
    const struct timeval patience = { .tv_sec = PATIENCE_S };
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    assert_int_equal(inet_pton(AF_INET, "127.0.0.2", &to.sin_addr), 1);
    assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
    assert_int_equal(
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)),
        0);
    return fd;
}

static int open_ends(void **state)
{
    static struct ends ends;
    const struct sim_socket_options options = { .family = 4,
                                                .kind = SIM_SOCKET_UDP };
    const char *step = NULL;

    ends = (struct ends){ 0 };
    assert_int_equal(sim_socket_open(&options, &ends.server, &step), SIM_OK);
    ends.client = connect_client(sim_socket_port(ends.server));
    assert_int_equal(sim_inbox_new(&ends.inbox), SIM_OK);
    assert_int_equal(sim_outbox_new(&ends.outbox), SIM_OK);
    assert_true(sim_address_from_text("127.0.0.2", &ends.local));
    assert_true(sim_address_from_text("127.0.0.1", &ends.peer));
    ends.peer.port = sim_socket_port(ends.client);
    *state = &ends;
    return 0;
}

static int close_ends(void **state)
{
    struct ends *ends = *state;

    sim_inbox_free(ends->inbox);
    sim_outbox_free(ends->outbox);
    (void)close(ends->server);
    (void)close(ends->client);
    return 0;
}

static struct sim_datagram reply_of(const struct ends *ends,
                                    const uint8_t *octets, size_t len)
{
    return (struct sim_datagram){
        .octets = octets, .len = len, .from = ends->local, .to = ends->peer
    };
}

static void takes_no_more_than_it_has_room_for_in_order(void **state)
{
    struct ends *ends = *state;

    for (unsigned i = 0; i < MANY; i++) {
        const uint8_t octet = (uint8_t)i;
        assert_int_equal(send(ends->client, &octet, 1, 0), 1);
    }
    assert_int_equal(sim_inbox_fill(ends->inbox, ends->server),
                     SIM_DATAGRAMS_MAX);
    for (unsigned i = 0; i < SIM_DATAGRAMS_MAX; i++) {
        const struct sim_datagram in = sim_inbox_at(ends->inbox, i);
        assert_int_equal(in.len, 1);
        assert_int_equal(in.octets[0], i);
        assert_true(sim_address_same_host(&in.to, &ends->local));
        assert_true(sim_address_same_host(&in.from, &ends->peer));
        assert_int_equal(in.from.port, ends->peer.port);
    }
    assert_int_equal(sim_inbox_fill(ends->inbox, ends->server),
                     MANY - SIM_DATAGRAMS_MAX);
    assert_int_equal(sim_inbox_at(ends->inbox, 0).octets[0], SIM_DATAGRAMS_MAX);
    assert_int_equal(sim_inbox_fill(ends->inbox, ends->server), 0);
}

static void an_empty_datagram_is_one(void **state)
{
    struct ends *ends = *state;

    assert_int_equal(send(ends->client, "", 0, 0), 0);
    assert_int_equal(sim_inbox_fill(ends->inbox, ends->server), 1);
    assert_int_equal(sim_inbox_at(ends->inbox, 0).len, 0);
}

/* What the outbox said it had sent. */
struct told {
    size_t count;
    uint8_t first[SIM_DATAGRAMS_MAX];
};

static void on_sent(void *ctx, const struct sim_datagram *datagram)
{
    struct told *told = ctx;

    told->first[told->count++] = datagram->octets[0];
}

static void sends_copies_in_order_and_tells(void **state)
{
    struct ends *ends = *state;
    struct told told = { 0 };
    uint8_t octet = 0;

    for (size_t i = 0; i < SIM_DATAGRAMS_MAX; i++, octet++) {
        const struct sim_datagram out = reply_of(ends, &octet, 1);
        assert_true(sim_outbox_put(ends->outbox, &out));
    }
    const struct sim_datagram more = reply_of(ends, &octet, 1);
    assert_false(sim_outbox_put(ends->outbox, &more));
    sim_outbox_send(ends->outbox, ends->server, on_sent, &told);
    assert_int_equal(told.count, SIM_DATAGRAMS_MAX);
    for (unsigned i = 0; i < SIM_DATAGRAMS_MAX; i++) {
        assert_int_equal(recv(ends->client, &octet, 1, 0), 1);
        assert_int_equal(octet, i);
        assert_int_equal(told.first[i], i);
    }
    assert_true(sim_outbox_put(ends->outbox, &more));
}

static void large_ones_wait_for_room(void **state)
{
    static uint8_t large[HUGE_LEN];
    static uint8_t got[HUGE_LEN];
    struct ends *ends = *state;
    const struct sim_datagram out = reply_of(ends, large, sizeof(large));

    memset(large, 0x5a, sizeof(large));
    assert_true(sim_outbox_put(ends->outbox, &out));
    assert_false(sim_outbox_put(ends->outbox, &out));
    sim_outbox_send(ends->outbox, ends->server, NULL, NULL);
    assert_true(sim_outbox_put(ends->outbox, &out));
    assert_int_equal(recv(ends->client, got, sizeof(got), 0), HUGE_LEN);
    assert_memory_equal(got, large, HUGE_LEN);
}

/* Port 0 is nobody's: EINVAL. */
static void one_that_cannot_be_sent_takes_no_other_along(void **state)
{
    struct ends *ends = *state;
    struct told told = { 0 };
    uint8_t octet = 0;

    for (octet = 0; octet < 4; octet++) {
        struct sim_datagram out = reply_of(ends, &octet, 1);
        out.to.port = octet % 2 == 0 ? 0 : out.to.port;
        assert_true(sim_outbox_put(ends->outbox, &out));
    }
    sim_outbox_send(ends->outbox, ends->server, on_sent, &told);
    assert_int_equal(told.count, 2);
    for (unsigned i = 1; i < 4; i += 2) {
        assert_int_equal(recv(ends->client, &octet, 1, 0), 1);
        assert_int_equal(octet, i);
        assert_int_equal(told.first[i / 2], i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            takes_no_more_than_it_has_room_for_in_order, open_ends, close_ends),
        cmocka_unit_test_setup_teardown(an_empty_datagram_is_one, open_ends,
                                        close_ends),
        cmocka_unit_test_setup_teardown(sends_copies_in_order_and_tells,
                                        open_ends, close_ends),
        cmocka_unit_test_setup_teardown(large_ones_wait_for_room, open_ends,
                                        close_ends),
        cmocka_unit_test_setup_teardown(
            one_that_cannot_be_sent_takes_no_other_along, open_ends,
            close_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
