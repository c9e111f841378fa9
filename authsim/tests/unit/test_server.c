/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Real sockets in a sandbox: the server runs as its first process, each test's
 * client in a process beside it.
 */
#include "models.h"
#include "packet.h"
#include "rrtype.h"
#include "testing.h"

#include <authsim/clock.h>
#include <authsim/sandbox.h>
#include <authsim/server.h>

#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    WHY = 512,
    PORT = 53,
    REPLY_MAX = 70000,
    PATIENCE_S = 10, /* far beyond anything these tests wait for */
    BIG = 26,
    FILES = 200,
    RELIEF_US = 200000,
    NS_PER_MS = 1000000,
    TURNS_MAX = 100
};

static const uint8_t www[] = "\3www\1t";
static const uint8_t big[] = "\3big\1t";

/* A client's view: where to send, and what it finds wrong (0: nothing). */
typedef int client_fn(const struct sim_address *server,
                      const struct sim_address *server6);

struct trial {
    client_fn *client;
    struct scn_fault fault;
    rlim_t files;  /* 0: no limit */
    bool no_files; /* none but those that are open, for a while */
    struct sim_tcp_limits limits; /* all zero: the default */
};

/* --- the server's side --- */

struct loop {
    struct event_base *base;
    pid_t client;
    int status;
    bool done;
    unsigned turns;
};

static void on_child(evutil_socket_t number, short what, void *arg)
{
    struct loop *loop = arg;
    int status = 0;

    (void)number;
    (void)what;
    if (waitpid(loop->client, &status, WNOHANG) == loop->client) {
        loop->status = WIFEXITED(status) ? WEXITSTATUS(status) : 200;
        loop->done = true;
    }
}

static struct test_model *make_model(const struct trial *trial)
{
    struct test_model *model = test_model_new("t", "t.");
    struct scn_zone *zone = test_zone(model, "t.", "top");

    test_caa(model, "www.t.", "ca.test");
    for (char value[] = "a-rather-long-value"; value[0] <= 'z'; value[0]++) {
        test_caa(model, "big.t.", value);
    }
    zone->faults = &trial->fault;
    zone->fault_count = 1;
    return model;
}

static void set_files(rlim_t files)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = files;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* Descriptors are to be had again. */
static void on_relief(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    (void)arg;
    set_files(FILES);
}

/* Turns of the loop until the client has ended. */
static void turn(const struct trial *trial, struct loop *loop)
{
    const struct timeval relief = { .tv_usec = RELIEF_US };
    struct event *timer = evtimer_new(loop->base, on_relief, NULL);

    if (trial->no_files) {
        set_files(1); /* which takes nothing away that is open */
        (void)evtimer_add(timer, &relief);
    } else if (trial->files > 0) {
        set_files(trial->files);
    }
    while (!loop->done && event_base_loop(loop->base, EVLOOP_ONCE) == 0) {
        loop->turns++;
    }
    event_free(timer);
    if (trial->no_files && loop->turns > TURNS_MAX) {
        loop->status = 204; /* a loop that is busy with nothing */
    }
}

static int serve(const struct trial *trial, struct loop *loop,
                 struct sim_instance *instance)
{
    const struct sim_address v4 = sim_instance_server(instance, "top", 4);
    const struct sim_address v6 = sim_instance_server(instance, "top", 6);
    struct event *child = evsignal_new(loop->base, SIGCHLD, on_child, loop);

    if (child == NULL || event_add(child, NULL) != 0) {
        return 201;
    }
    loop->client = fork();
    if (loop->client == 0) {
        _exit(trial->client(&v4, &v6));
    }
    turn(trial, loop);
    event_free(child);
    return loop->status;
}

static int run_trial(void *ctx)
{
    const struct trial *trial = ctx;
    const struct sim_options options = test_options();
    struct loop loop = { .base = event_base_new() };
    struct test_model *model = make_model(trial);
    struct sim_instance *instance = NULL;
    struct sim_world *world = test_world(model, &options, &instance);
    struct sim_server *server = NULL;
    char why[WHY] = "";
    int status = 202;

    if (sim_server_new(loop.base, world, PORT, why, sizeof(why), &server) ==
        SIM_OK) {
        if (trial->limits.connections > 0) {
            sim_server_limit(server, &trial->limits);
        }
        status =
            sim_server_has_ipv6(server) ? serve(trial, &loop, instance) : 203;
    }
    sim_server_free(server);
    sim_world_free(world);
    test_model_free(model);
    event_base_free(loop.base);
    return status;
}

static void try_client(const struct trial *trial)
{
    struct trial copy = *trial;
    char why[WHY] = "";
    pid_t pid = -1;
    int status = 0;

    if (sim_sandbox_spawn(SIM_NETWORK_SANDBOX, run_trial, &copy, &pid, why,
                          sizeof(why)) != SIM_OK) {
        fail_msg("%s", why);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- the client's side --- */

static socklen_t to_sockaddr(const struct sim_address *address,
                             struct sockaddr_storage *to)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(PORT) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
                               .sin6_port = htons(PORT) };

    if (address->family == 4) {
        memcpy(&v4.sin_addr, address->octets, 4);
        memcpy(to, &v4, sizeof(v4));
        return sizeof(v4);
    }
    memcpy(&v6.sin6_addr, address->octets, 16);
    memcpy(to, &v6, sizeof(v6));
    return sizeof(v6);
}

/* A socket that is connected: it takes nothing from other sources. */
static int dial(const struct sim_address *server, int type)
{
    const struct timeval patience = { .tv_sec = PATIENCE_S };
    struct sockaddr_storage to;
    const socklen_t len = to_sockaddr(server, &to);
    int fd = socket(server->family == 4 ? AF_INET : AF_INET6, type, 0);

    if (fd < 0 || connect(fd, (struct sockaddr *)&to, len) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) !=
            0) {
        return -1;
    }
    return fd;
}

static void make_query(struct packet *p, const uint8_t *name)
{
    packet_query(p, name, SIM_TYPE_CAA, 0);
    packet_opt(p, 512, 0, 0);
}

/* The same behind its length, as TCP has it. */
static bool send_framed(int fd, const uint8_t *name)
{
    struct packet p;
    uint8_t framed[PACKET_MAX + 2];

    make_query(&p, name);
    framed[0] = (uint8_t)(p.len >> 8);
    framed[1] = (uint8_t)p.len;
    memcpy(framed + 2, p.octets, p.len);
    return send(fd, framed, p.len + 2, MSG_NOSIGNAL) == (ssize_t)p.len + 2;
}

static bool read_exactly(int fd, uint8_t *buf, size_t len)
{
    while (len > 0) {
        ssize_t n = recv(fd, buf, len, 0);
        if (n <= 0) {
            return false;
        }
        buf += n;
        len -= (size_t)n;
    }
    return true;
}

/* One message; its length, 0 when there is none. */
static size_t read_framed(int fd, uint8_t *buf)
{
    uint8_t prefix[2];

    if (!read_exactly(fd, prefix, 2)) {
        return 0;
    }
    const size_t len = (size_t)prefix[0] << 8 | prefix[1];
    return read_exactly(fd, buf, len) ? len : 0;
}

static unsigned answers_in(const uint8_t *message)
{
    return (unsigned)message[6] << 8 | message[7];
}

/* --- trials --- */

static int asks_over_udp(const struct sim_address *server,
                         const struct sim_address *server6)
{
    const struct sim_address *servers[] = { server, server6 };

    for (int i = 0; i < 2; i++) {
        struct packet p;
        uint8_t reply[REPLY_MAX];
        int fd = dial(servers[i], SOCK_DGRAM);
        make_query(&p, www);
        if (send(fd, p.octets, p.len, 0) != (ssize_t)p.len ||
            recv(fd, reply, sizeof(reply), 0) < PACKET_HEADER ||
            memcmp(reply, p.octets, 2) != 0 || answers_in(reply) != 1) {
            return 1 + i;
        }
        (void)close(fd);
    }
    return 0;
}

static int asks_over_tcp(const struct sim_address *server,
                         const struct sim_address *server6)
{
    const struct sim_address *servers[] = { server, server6 };

    for (int i = 0; i < 2; i++) {
        static uint8_t reply[REPLY_MAX];
        int fd = dial(servers[i], SOCK_STREAM);
        if (!send_framed(fd, big) || !send_framed(fd, www)) {
            return 1 + i;
        }
        if (read_framed(fd, reply) == 0 || answers_in(reply) != BIG ||
            read_framed(fd, reply) == 0 || answers_in(reply) != 1) {
            return 11 + i;
        }
        (void)close(fd);
    }
    return 0;
}

static void answers_from_the_address_that_was_asked(void **state)
{
    (void)state;
    try_client(&(struct trial){ .client = asks_over_udp });
}

static void answers_pipelined_queries_over_tcp(void **state)
{
    (void)state;
    try_client(&(struct trial){ .client = asks_over_tcp });
}

/* Ends its side at once; the reply comes all the same. */
static int shuts_down_early(const struct sim_address *server,
                            const struct sim_address *server6)
{
    uint8_t reply[REPLY_MAX];
    int fd = dial(server, SOCK_STREAM);

    (void)server6;
    if (!send_framed(fd, www) || shutdown(fd, SHUT_WR) != 0) {
        return 1;
    }
    if (read_framed(fd, reply) == 0 || answers_in(reply) != 1) {
        return 2;
    }
    return recv(fd, reply, 1, 0) == 0 ? 0 : 3;
}

static void a_closed_half_still_gets_its_reply(void **state)
{
    struct trial trial = { .client = shuts_down_early };

    (void)state;
    try_client(&trial);
    trial.fault =
        (struct scn_fault){ .enabled = true,
                            .action = { .rcode = -1, .delay_ms = 20 } };
    try_client(&trial);
}

static int sends_rubbish(const struct sim_address *server,
                         const struct sim_address *server6)
{
    static const uint8_t rubbish[600] = { 0x80, 1, 2 };
    static const char frames[] = "\0\0\0\1x\0\2ab\0\015"
                                 "no DNS at all";
    int udp = dial(server, SOCK_DGRAM);
    int tcp = dial(server, SOCK_STREAM);
    uint8_t reply[REPLY_MAX];

    for (size_t len = 0; len < sizeof(rubbish); len += 7) {
        (void)send(udp, rubbish, len, 0);
    }
    (void)send(tcp, frames, sizeof(frames) - 1, MSG_NOSIGNAL);
    if (!send_framed(tcp, www) || read_framed(tcp, reply) == 0) {
        return 1;
    }
    (void)close(udp);
    return asks_over_udp(server, server6);
}

static void rubbish_does_not_stop_it(void **state)
{
    (void)state;
    try_client(&(struct trial){ .client = sends_rubbish });
}

/* More connections than the server has descriptors for. */
static int holds_connections(const struct sim_address *server,
                             const struct sim_address *server6)
{
    enum { HELD = 100 };
    int fds[HELD];
    uint8_t reply[REPLY_MAX];

    (void)server6;
    for (int i = 0; i < HELD; i++) {
        fds[i] = dial(server, SOCK_STREAM);
    }
    const int last = fds[HELD - 1];
    if (!send_framed(last, www) || read_framed(last, reply) == 0) {
        return 1;
    }
    return answers_in(reply) == 1 ? 0 : 2;
}

static void the_idle_make_room_when_descriptors_run_out(void **state)
{
    (void)state;
    try_client(&(struct trial){ .client = holds_connections, .files = 40 });
}

/* Nothing to give up: it accepts again when there are descriptors, and turns
 * its loop no more than it must. */
static int is_accepted_later(const struct sim_address *server,
                             const struct sim_address *server6)
{
    uint8_t reply[REPLY_MAX];
    int fd = dial(server, SOCK_STREAM);

    if (asks_over_udp(server, server6) != 0 || !send_framed(fd, www)) {
        return 1;
    }
    return read_framed(fd, reply) > 0 && answers_in(reply) == 1 ? 0 : 2;
}

static void without_descriptors_it_stops_accepting_for_a_moment(void **state)
{
    (void)state;
    try_client(
        &(struct trial){ .client = is_accepted_later, .no_files = true });
}

static bool is_answered(int fd)
{
    uint8_t reply[REPLY_MAX];

    return send_framed(fd, www) && read_framed(fd, reply) > 0 &&
           answers_in(reply) == 1;
}

static bool is_closed(int fd)
{
    uint8_t octet = 0;

    return recv(fd, &octet, 1, 0) == 0;
}

/* The first of three asks again; of the other two the older one goes. */
static int opens_one_too_many(const struct sim_address *server,
                              const struct sim_address *server6)
{
    int fds[4];

    (void)server6;
    for (int i = 0; i < 3; i++) {
        fds[i] = dial(server, SOCK_STREAM);
        if (!is_answered(fds[i])) {
            return 1;
        }
    }
    if (!is_answered(fds[0])) {
        return 2;
    }
    fds[3] = dial(server, SOCK_STREAM);
    if (!is_answered(fds[3]) || !is_closed(fds[1])) {
        return 3;
    }
    return is_answered(fds[0]) && is_answered(fds[2]) ? 0 : 4;
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
    try_client(&(struct trial){ .client = opens_one_too_many,
                                .limits = make_limits(3, 0, 0) });
}

static int says_nothing(const struct sim_address *server,
                        const struct sim_address *server6)
{
    (void)server6;
    return is_closed(dial(server, SOCK_STREAM)) ? 0 : 1;
}

static void an_idle_connection_ends(void **state)
{
    (void)state;
    try_client(&(struct trial){ .client = says_nothing,
                                .limits = make_limits(0, 50, 0) });
}

/* Asks and asks, and never reads: it is not listened to any more, and then has
 * been idle. Who listens on would take all of it. */
static int never_reads(const struct sim_address *server,
                       const struct sim_address *server6)
{
    enum { QUERIES = 400000 };
    int fd = dial(server, SOCK_STREAM);
    bool sent = true;

    for (int i = 0; i < QUERIES && sent; i++) {
        sent = send_framed(fd, big);
    }
    return sent ? 1 : asks_over_udp(server, server6);
}

static void a_slow_reader_is_not_listened_to(void **state)
{
    (void)state;
    try_client(&(struct trial){ .client = never_reads,
                                .limits = make_limits(0, 200, 0) });
}

/* Each of three replies waits for its time before the next query is read. */
static int gets_one_after_another(const struct sim_address *server,
                                  const struct sim_address *server6)
{
    enum { DELAY_MS = 20, QUERIES = 3, LEAST_MS = QUERIES * (DELAY_MS - 1) };
    const int64_t start_ns = sim_clock_monotonic_ns();
    uint8_t reply[REPLY_MAX];
    int fd = dial(server, SOCK_STREAM);

    (void)server6;
    for (int i = 0; i < QUERIES; i++) {
        (void)send_framed(fd, www);
    }
    for (int i = 0; i < QUERIES; i++) {
        if (read_framed(fd, reply) == 0) {
            return 1;
        }
    }
    return (sim_clock_monotonic_ns() - start_ns) / NS_PER_MS >= LEAST_MS ? 0
                                                                         : 2;
}

static void the_octets_under_way_are_bounded(void **state)
{
    (void)state;
    try_client(&(struct trial){
        .client = gets_one_after_another,
        .fault = { .enabled = true, .action = { .rcode = -1, .delay_ms = 20 } },
        .limits = make_limits(0, 0, 1) });
}

/* As long as TCP's length can say: an OPT with one option fills it. */
static int asks_with_65535_octets(const struct sim_address *server,
                                  const struct sim_address *server6)
{
    static uint8_t framed[2 + 65535] = { 0xff, 0xff };
    static uint8_t reply[REPLY_MAX];
    struct packet p;
    int fd = dial(server, SOCK_STREAM);

    packet_query(&p, www, SIM_TYPE_CAA, 0);
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
    if (read_framed(fd, reply) == 0 || answers_in(reply) != 1) {
        return 2;
    }
    return is_answered(fd) ? asks_over_udp(server, server6) : 3;
}

static void answers_a_query_of_65535_octets(void **state)
{
    (void)state;
    try_client(&(struct trial){ .client = asks_with_65535_octets });
}

/* --- faults on the wire --- */

static struct trial with_pacing(client_fn *client, enum scn_tcp_pacing pacing)
{
    return (struct trial){
        .client = client,
        .fault = { .enabled = true,
                   .when = { .transport = SCN_TCP },
                   .action = { .rcode = -1, .tcp = pacing } },
    };
}

/* Octets until the end; *error_out is how it ended, 0: properly. */
static size_t read_all(int fd, uint8_t *buf, int *error_out)
{
    size_t len = 0;
    ssize_t n = 0;

    while ((n = recv(fd, buf + len, REPLY_MAX - len, 0)) > 0) {
        len += (size_t)n;
    }
    *error_out = n < 0 ? errno : 0;
    return len;
}

static int is_reset_without_an_octet(const struct sim_address *server,
                                     const struct sim_address *server6)
{
    uint8_t reply[REPLY_MAX];
    int error = 0;
    int fd = dial(server, SOCK_STREAM);

    (void)server6;
    return send_framed(fd, www) && read_all(fd, reply, &error) == 0 &&
                   error == ECONNRESET
               ? 0
               : 1;
}

static int is_reset_in_the_middle(const struct sim_address *server,
                                  const struct sim_address *server6)
{
    uint8_t reply[REPLY_MAX];
    int error = 0;
    int fd = dial(server, SOCK_STREAM);

    (void)server6;
    (void)send_framed(fd, www);
    (void)read_all(fd, reply, &error);
    return error == ECONNRESET ? 0 : 1;
}

static int gets_a_length_only(const struct sim_address *server,
                              const struct sim_address *server6)
{
    uint8_t reply[REPLY_MAX];
    int error = 0;
    int fd = dial(server, SOCK_STREAM);

    (void)server6;
    return send_framed(fd, www) && read_all(fd, reply, &error) == 2 &&
                   error == 0
               ? 0
               : 1;
}

/* The length told is not the length sent. */
static int gets_a_wrong_length(const struct sim_address *server,
                               const struct sim_address *server6)
{
    uint8_t reply[REPLY_MAX];
    int error = 0;
    int fd = dial(server, SOCK_STREAM);

    (void)server6;
    (void)send_framed(fd, www);
    const size_t len = read_all(fd, reply, &error);
    const size_t told = (size_t)reply[0] << 8 | reply[1];
    return len > 20 && error == 0 && told != len - 2 ? 0 : 1;
}

static int gets_it_whole_in_the_end(const struct sim_address *server,
                                    const struct sim_address *server6)
{
    uint8_t reply[REPLY_MAX];
    int fd = dial(server, SOCK_STREAM);

    (void)server6;
    if (!send_framed(fd, www) || read_framed(fd, reply) == 0 ||
        answers_in(reply) != 1) {
        return 1;
    }
    /* Two messages: the second; one octet: the next query's. */
    if (!send_framed(fd, www) || read_framed(fd, reply) == 0) {
        return 2;
    }
    return answers_in(reply) == 1 ? 0 : 3;
}

/* Nothing comes, while another connection is served. */
static int is_kept_waiting(const struct sim_address *server,
                           const struct sim_address *server6)
{
    uint8_t reply[REPLY_MAX];
    int silent = dial(server, SOCK_STREAM);

    (void)send_framed(silent, www);
    if (asks_over_udp(server, server6) != 0) {
        return 1;
    }
    return recv(silent, reply, 1, MSG_DONTWAIT) == -1 && errno == EAGAIN ? 0
                                                                         : 2;
}

static void every_tcp_pacing_is_seen_by_the_client(void **state)
{
    struct trial trial = with_pacing(is_reset_without_an_octet, SCN_TCP_REFUSE);

    (void)state;
    try_client(&trial);
    trial = with_pacing(is_reset_in_the_middle, SCN_TCP_RESET);
    try_client(&trial);
    trial = with_pacing(gets_a_length_only, SCN_TCP_CLOSE_AFTER_LENGTH);
    try_client(&trial);
    trial = with_pacing(gets_a_wrong_length, SCN_TCP_LENGTH_LONG);
    try_client(&trial);
    trial = with_pacing(gets_a_wrong_length, SCN_TCP_LENGTH_SHORT);
    try_client(&trial);
    trial = with_pacing(gets_it_whole_in_the_end, SCN_TCP_ONE_OCTET);
    try_client(&trial);
    trial = with_pacing(gets_it_whole_in_the_end, SCN_TCP_TWO_MESSAGES);
    try_client(&trial);
    trial = with_pacing(is_kept_waiting, SCN_TCP_SILENT);
    try_client(&trial);
}

/* An unconnected socket takes the decoy too, and sees where it is from. */
static int gets_a_decoy(const struct sim_address *server, bool other_port)
{
    struct sockaddr_storage to;
    struct sockaddr_in from[2];
    const socklen_t len = to_sockaddr(server, &to);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct packet p;
    uint8_t reply[REPLY_MAX];

    make_query(&p, www);
    (void)sendto(fd, p.octets, p.len, 0, (struct sockaddr *)&to, len);
    for (int i = 0; i < 2; i++) {
        socklen_t from_len = sizeof(from[i]);
        if (recvfrom(fd, reply, sizeof(reply), 0, (struct sockaddr *)&from[i],
                     &from_len) < PACKET_HEADER) {
            return 1 + i;
        }
    }
    if (memcmp(&from[1].sin_addr, server->octets, 4) != 0 ||
        ntohs(from[1].sin_port) != PORT) {
        return 3;
    }
    const bool same_host = memcmp(&from[0].sin_addr, server->octets, 4) == 0;
    const bool same_port = ntohs(from[0].sin_port) == PORT;
    return same_host == other_port && same_port != other_port ? 0 : 4;
}

static int gets_a_decoy_from_a_port(const struct sim_address *server,
                                    const struct sim_address *server6)
{
    (void)server6;
    return gets_a_decoy(server, true);
}

static int gets_a_decoy_from_a_host(const struct sim_address *server,
                                    const struct sim_address *server6)
{
    (void)server6;
    return gets_a_decoy(server, false);
}

static void decoys_come_from_another_port_or_address(void **state)
{
    static const uint8_t rdata[] = "\0\5issueevil.test";
    const struct scn_record forged = { .owner = www,
                                       .type = SIM_TYPE_CAA,
                                       .rdata = rdata,
                                       .rdata_len = sizeof(rdata) - 1 };
    struct trial trial = {
        .client = gets_a_decoy_from_a_port,
        .fault = { .enabled = true,
                   .action = { .rcode = -1,
                               .decoy = &forged,
                               .decoy_count = 1,
                               .decoy_wrong = SCN_DECOY_PORT } },
    };

    (void)state;
    try_client(&trial);
    trial.client = gets_a_decoy_from_a_host;
    trial.fault.action.decoy_wrong = SCN_DECOY_ADDRESS;
    try_client(&trial);
}

static void delayed_replies_still_come(void **state)
{
    struct trial trial = {
        .client = asks_over_udp,
        .fault = { .enabled = true, .action = { .rcode = -1, .delay_ms = 20 } },
    };

    (void)state;
    try_client(&trial);
    trial.client = asks_over_tcp;
    try_client(&trial);
}

/* --- beside others --- */

static int takes_the_port_twice(void *ctx)
{
    const struct sim_options options = test_options();
    struct trial none = { .client = NULL };
    struct event_base *base = event_base_new();
    struct test_model *model = make_model(&none);
    struct sim_instance *instance = NULL;
    struct sim_world *world = test_world(model, &options, &instance);
    struct sim_server *server = NULL;
    struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(PORT) };
    char why[WHY] = "";
    int blocker = socket(AF_INET, SOCK_DGRAM, 0); /* without SO_REUSEADDR */
    int status = 0;

    (void)ctx;
    if (bind(blocker, (struct sockaddr *)&any, sizeof(any)) != 0 ||
        sim_server_new(base, world, PORT, why, sizeof(why), &server) !=
            SIM_ESYSTEM ||
        strstr(why, "cannot bind UDP port 53 over IPv4") == NULL ||
        strstr(why, "another process") == NULL) {
        status = 1;
    }
    (void)close(blocker);
    sim_world_free(world);
    test_model_free(model);
    event_base_free(base);
    return status;
}

static void tells_who_holds_the_port(void **state)
{
    char why[WHY] = "";
    pid_t pid = -1;
    int status = 0;

    (void)state;
    assert_int_equal(sim_sandbox_spawn(SIM_NETWORK_SANDBOX,
                                       takes_the_port_twice, NULL, &pid, why,
                                       sizeof(why)),
                     SIM_OK);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_from_the_address_that_was_asked),
        cmocka_unit_test(answers_pipelined_queries_over_tcp),
        cmocka_unit_test(a_closed_half_still_gets_its_reply),
        cmocka_unit_test(rubbish_does_not_stop_it),
        cmocka_unit_test(the_idle_make_room_when_descriptors_run_out),
        cmocka_unit_test(without_descriptors_it_stops_accepting_for_a_moment),
        cmocka_unit_test(of_too_many_connections_the_oldest_idle_goes),
        cmocka_unit_test(an_idle_connection_ends),
        cmocka_unit_test(a_slow_reader_is_not_listened_to),
        cmocka_unit_test(the_octets_under_way_are_bounded),
        cmocka_unit_test(answers_a_query_of_65535_octets),
        cmocka_unit_test(every_tcp_pacing_is_seen_by_the_client),
        cmocka_unit_test(decoys_come_from_another_port_or_address),
        cmocka_unit_test(delayed_replies_still_come),
        cmocka_unit_test(tells_who_holds_the_port),
    };

    return cmocka_run_group_tests_name("authsim.server", tests, NULL, NULL);
}
