/* SPDX-License-Identifier: BSD-2-Clause */
/* A server that is spread over threads: what clients and the journal see. */
#include "rrtype.h"
#include "testing.h"
#include "trial.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    THREADS = 4,
    /* Of each family; what they send is less than a receive buffer holds,
     * should the kernel give all to one thread. */
    SOCKETS = 12,
    BURST = 40, /* more than fits into one inbox */
    FILES_MAX = 100,
    ALL = 2 * SOCKETS * BURST
};

/* The reply to each of a burst, each once. */
static bool reads_burst(int fd)
{
    bool seen[BURST] = { false };

    for (int i = 0; i < BURST; i++) {
        uint8_t reply[TRIAL_REPLY_MAX];
        if (recv(fd, reply, sizeof(reply), 0) < PACKET_HEADER ||
            reply[1] >= BURST || seen[reply[1]] || trial_answers(reply) != 1) {
            return false;
        }
        seen[reply[1]] = true;
    }
    return true;
}

static bool sends_burst(int fd)
{
    for (int i = 0; i < BURST; i++) {
        struct packet p;
        trial_query(&p, trial_www);
        p.octets[1] = (uint8_t)i; /* the ID's low octet */
        if (send(fd, p.octets, p.len, 0) != (ssize_t)p.len) {
            return false;
        }
    }
    return true;
}

/* All ask at once. */
static int asks_from_many_sockets(const struct sim_address *server,
                                  const struct sim_address *server6)
{
    int fds[2 * SOCKETS];

    for (int i = 0; i < 2 * SOCKETS; i++) {
        fds[i] = trial_dial(i % 2 == 0 ? server : server6, SOCK_DGRAM);
        if (!sends_burst(fds[i])) {
            return 1;
        }
    }
    for (int i = 0; i < 2 * SOCKETS; i++) {
        if (!reads_burst(fds[i])) {
            return 2;
        }
        (void)close(fds[i]);
    }
    return 0;
}

static void all_threads_answer_and_write_one_journal(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = asks_from_many_sockets,
                               .threads = THREADS,
                               .exchanges = ALL });
}

static void a_thread_sends_late_replies_too(void **state)
{
    (void)state;
    trial_run(&(struct trial){
        .client = asks_from_many_sockets,
        .threads = THREADS,
        .fault = { .enabled = true, .action = { .rcode = -1, .delay_ms = 5 } },
        .exchanges = ALL });
}

/* Counters are the world's: of all queries the first ten fail. */
static int sees_ten_fail(const struct sim_address *server,
                         const struct sim_address *server6)
{
    int answered = 0;

    (void)server6;
    for (int i = 0; i < SOCKETS; i++) {
        uint8_t reply[TRIAL_REPLY_MAX];
        struct packet p;
        const int fd = trial_dial(server, SOCK_DGRAM);
        trial_query(&p, trial_www);
        if (send(fd, p.octets, p.len, 0) != (ssize_t)p.len ||
            recv(fd, reply, sizeof(reply), 0) < PACKET_HEADER) {
            return 1;
        }
        answered += (reply[3] & 0x0f) == 0 ? 1 : 0;
        (void)close(fd);
    }
    return answered == SOCKETS - 10 ? 0 : 2;
}

static void threads_share_the_counters_of_faults(void **state)
{
    (void)state;
    trial_run(
        &(struct trial){ .client = sees_ten_fail,
                         .threads = THREADS,
                         .fault = { .enabled = true,
                                    .first = 10,
                                    .action = { .rcode = 2 /* SERVFAIL */ } },
                         .exchanges = SOCKETS });
}

/* --- what is refused --- */

static enum sim_status spread(struct sim_server *server, unsigned threads)
{
    char why[TRIAL_WHY] = "";

    return sim_server_spread(server, threads, why, sizeof(why));
}

static int refuses_many_and_twice(const struct trial_server *at)
{
    struct sim_server *server = at->server;
    const enum sim_status many = spread(server, SIM_SERVER_THREADS_MAX + 1);
    const enum sim_status once = spread(server, 2);
    const enum sim_status twice = spread(server, 2);

    sim_server_gather(server);
    return many == SIM_ECONFLICT && once == SIM_OK && twice == SIM_ECONFLICT &&
                   spread(server, 2) == SIM_OK
               ? 0
               : 2;
}

static void neither_too_many_threads_nor_twice(void **state)
{
    (void)state;
    trial_serve(refuses_many_and_twice);
}

/* Each number of files, from none that is free to as many as it takes: refused
 * until then, and nothing is left of an attempt. */
static int is_refused_until_there_are_files(const struct trial_server *at)
{
    struct rlimit limit = { .rlim_cur = 1, .rlim_max = FILES_MAX };
    char why[TRIAL_WHY] = "";
    enum sim_status st = SIM_ESYSTEM;

    while (st == SIM_ESYSTEM && limit.rlim_cur < FILES_MAX) {
        why[0] = '\0';
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
            return 3;
        }
        st = sim_server_spread(at->server, 3, why, sizeof(why));
        if (st == SIM_ESYSTEM && strstr(why, "ulimit -n") == NULL) {
            return 4;
        }
        limit.rlim_cur++;
    }
    return st == SIM_OK ? 0 : 5;
}

static void all_threads_or_none(void **state)
{
    (void)state;
    trial_serve(is_refused_until_there_are_files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_threads_answer_and_write_one_journal),
        cmocka_unit_test(a_thread_sends_late_replies_too),
        cmocka_unit_test(threads_share_the_counters_of_faults),
        cmocka_unit_test(neither_too_many_threads_nor_twice),
        cmocka_unit_test(all_threads_or_none),
    };

    return cmocka_run_group_tests_name("authsim.thread", tests, NULL, NULL);
}
