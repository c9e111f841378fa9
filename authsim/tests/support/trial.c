/* SPDX-License-Identifier: BSD-2-Clause */
/* trial.c - what is wrong with the server's side has a status of its own. */
#include "trial.h"

#include "rrtype.h"
#include "testing.h"

#include <authsim/sandbox.h>

#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PATIENCE_S = 10, /* far beyond anything these tests wait for */
    FILES = 200,
    RELIEF_US = 200000,
    TURNS_MAX = 100
};

const uint8_t trial_www[] = "\3www\1t";
const uint8_t trial_big[] = "\3big\1t";

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

struct test_model *trial_model(const struct trial *trial)
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

/* As many exchanges as wanted, whose numbers are in order and lack none. */
static bool has_journal(const struct trial *trial,
                        const struct sim_instance *instance)
{
    const struct sim_journal *journal = sim_instance_journal(instance);
    const size_t count = sim_journal_count(journal);

    for (size_t i = 0; trial->exchanges > 0 && i < count; i++) {
        if (sim_journal_at(journal, i)->number != i + 1) {
            return false;
        }
    }
    return trial->exchanges == 0 || count == trial->exchanges;
}

static int serve(const struct trial *trial, struct loop *loop,
                 struct sim_server *server, struct sim_instance *instance)
{
    int gate[2]; /* the client waits for its end */
    char why[TRIAL_WHY] = "";
    const struct sim_address v4 = sim_instance_server(instance, "top", 4);
    const struct sim_address v6 = sim_instance_server(instance, "top", 6);
    struct event *child = evsignal_new(loop->base, SIGCHLD, on_child, loop);

    if (child == NULL || event_add(child, NULL) != 0) {
        return 201;
    }
    if (pipe(gate) != 0) {
        return 207;
    }
    loop->client = fork();
    if (loop->client == 0) {
        (void)close(gate[1]);
        _exit(read(gate[0], why, 1) == 0 ? trial->client(&v4, &v6) : 208);
    }
    (void)close(gate[0]);
    /* Threads are not copied by a fork: they start after it, and before any
     * datagram, which would all be for the loop. */
    const enum sim_status st =
        sim_server_spread(server, trial->threads, why, sizeof(why));
    (void)close(gate[1]);
    if (st != SIM_OK) {
        return 205;
    }
    turn(trial, loop);
    sim_server_gather(server);
    event_free(child);
    return loop->status == 0 && !has_journal(trial, instance) ? 206
                                                              : loop->status;
}

static int run_trial(void *ctx)
{
    const struct trial *trial = ctx;
    const struct sim_options options = test_options();
    struct loop loop = { .base = event_base_new() };
    struct test_model *model = trial_model(trial);
    struct sim_instance *instance = NULL;
    struct sim_world *world = test_world(model, &options, &instance);
    struct sim_server *server = NULL;
    char why[TRIAL_WHY] = "";
    int status = 202;

    if (sim_server_new(loop.base, world, TRIAL_PORT, why, sizeof(why),
                       &server) == SIM_OK) {
        if (trial->limits.connections > 0) {
            sim_server_limit(server, &trial->limits);
        }
        status = sim_server_has_ipv6(server)
                     ? serve(trial, &loop, server, instance)
                     : 203;
    }
    sim_server_free(server);
    sim_world_free(world);
    test_model_free(model);
    event_base_free(loop.base);
    return status;
}

/* ctx is for the one who runs in the sandbox. */
static void run_inside(int (*run)(void *ctx), void *ctx)
{
    char why[TRIAL_WHY] = "";
    pid_t pid = -1;
    int status = 0;

    if (sim_sandbox_spawn(SIM_NETWORK_SANDBOX, run, ctx, &pid, why,
                          sizeof(why)) != SIM_OK) {
        fail_msg("%s", why);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

void trial_run(const struct trial *trial)
{
    struct trial copy = *trial;

    run_inside(run_trial, &copy);
}

static int run_server(void *ctx)
{
    const struct sim_options options = test_options();
    const struct trial none = { .client = NULL };
    struct trial_server at = { .base = event_base_new() };
    struct test_model *model = trial_model(&none);
    struct sim_instance *instance = NULL;
    struct sim_world *world = test_world(model, &options, &instance);
    char why[TRIAL_WHY] = "";
    int status = 202;

    at.address = sim_instance_server(instance, "top", 4);
    if (sim_server_new(at.base, world, TRIAL_PORT, why, sizeof(why),
                       &at.server) == SIM_OK) {
        status = (*(trial_server_fn *const *)ctx)(&at);
    }
    sim_server_free(at.server); /* which ends its threads */
    sim_world_free(world);
    test_model_free(model);
    event_base_free(at.base);
    return status;
}

void trial_serve(trial_server_fn *fn)
{
    run_inside(run_server, &fn);
}

/* --- the client's side --- */

socklen_t trial_sockaddr(const struct sim_address *address,
                         struct sockaddr_storage *to)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET,
                              .sin_port = htons(TRIAL_PORT) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
                               .sin6_port = htons(TRIAL_PORT) };

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
int trial_dial(const struct sim_address *server, int type)
{
    const struct timeval patience = { .tv_sec = PATIENCE_S };
    struct sockaddr_storage to;
    const socklen_t len = trial_sockaddr(server, &to);
    int fd = socket(server->family == 4 ? AF_INET : AF_INET6, type, 0);

    if (fd < 0 || connect(fd, (struct sockaddr *)&to, len) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) !=
            0) {
        return -1;
    }
    return fd;
}

void trial_query(struct packet *p, const uint8_t *name)
{
    packet_query(p, name, SIM_TYPE_CAA, 0);
    packet_opt(p, 512, 0, 0);
}

/* The same behind its length, as TCP has it. */
bool trial_send(int fd, const uint8_t *name)
{
    struct packet p;
    uint8_t framed[PACKET_MAX + 2];

    trial_query(&p, name);
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
size_t trial_read(int fd, uint8_t *buf)
{
    uint8_t prefix[2];

    if (!read_exactly(fd, prefix, 2)) {
        return 0;
    }
    const size_t len = (size_t)prefix[0] << 8 | prefix[1];
    return read_exactly(fd, buf, len) ? len : 0;
}

unsigned trial_answers(const uint8_t *message)
{
    return (unsigned)message[6] << 8 | message[7];
}

bool trial_is_answered(int fd)
{
    uint8_t reply[TRIAL_REPLY_MAX];

    return trial_send(fd, trial_www) && trial_read(fd, reply) > 0 &&
           trial_answers(reply) == 1;
}

bool trial_is_closed(int fd)
{
    uint8_t octet = 0;

    return recv(fd, &octet, 1, 0) == 0;
}

int trial_asks_over_udp(const struct sim_address *server,
                        const struct sim_address *server6)
{
    const struct sim_address *servers[] = { server, server6 };

    for (int i = 0; i < 2; i++) {
        struct packet p;
        uint8_t reply[TRIAL_REPLY_MAX];
        int fd = trial_dial(servers[i], SOCK_DGRAM);
        trial_query(&p, trial_www);
        if (send(fd, p.octets, p.len, 0) != (ssize_t)p.len ||
            recv(fd, reply, sizeof(reply), 0) < PACKET_HEADER ||
            memcmp(reply, p.octets, 2) != 0 || trial_answers(reply) != 1) {
            return 1 + i;
        }
        (void)close(fd);
    }
    return 0;
}
