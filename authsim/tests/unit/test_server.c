/* SPDX-License-Identifier: BSD-2-Clause */
#include "rrtype.h"
#include "testing.h"
#include "trial.h"

#include <authsim/sandbox.h>

#include <errno.h>
#include <netinet/in.h>
#include <sys/wait.h>
#include <unistd.h>

static int asks_over_tcp(const struct sim_address *server,
                         const struct sim_address *server6)
{
    const struct sim_address *servers[] = { server, server6 };

    for (int i = 0; i < 2; i++) {
        static uint8_t reply[TRIAL_REPLY_MAX];
        int fd = trial_dial(servers[i], SOCK_STREAM);
        if (!trial_send(fd, trial_big) || !trial_send(fd, trial_www)) {
            return 1 + i;
        }
        if (trial_read(fd, reply) == 0 || trial_answers(reply) != TRIAL_BIG ||
            trial_read(fd, reply) == 0 || trial_answers(reply) != 1) {
            return 11 + i;
        }
        (void)close(fd);
    }
    return 0;
}

static void answers_from_the_address_that_was_asked(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = trial_asks_over_udp });
}

static void answers_pipelined_queries_over_tcp(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = asks_over_tcp });
}

/* Ends its side at once; the reply comes all the same. */
static int shuts_down_early(const struct sim_address *server,
                            const struct sim_address *server6)
{
    uint8_t reply[TRIAL_REPLY_MAX];
    int fd = trial_dial(server, SOCK_STREAM);

    (void)server6;
    if (!trial_send(fd, trial_www) || shutdown(fd, SHUT_WR) != 0) {
        return 1;
    }
    if (trial_read(fd, reply) == 0 || trial_answers(reply) != 1) {
        return 2;
    }
    return recv(fd, reply, 1, 0) == 0 ? 0 : 3;
}

static void a_closed_half_still_gets_its_reply(void **state)
{
    struct trial trial = { .client = shuts_down_early };

    (void)state;
    trial_run(&trial);
    trial.fault =
        (struct scn_fault){ .enabled = true,
                            .action = { .rcode = -1, .delay_ms = 20 } };
    trial_run(&trial);
}

static int sends_rubbish(const struct sim_address *server,
                         const struct sim_address *server6)
{
    static const uint8_t rubbish[600] = { 0x80, 1, 2 };
    static const char frames[] = "\0\0\0\1x\0\2ab\0\015"
                                 "no DNS at all";
    int udp = trial_dial(server, SOCK_DGRAM);
    int tcp = trial_dial(server, SOCK_STREAM);
    uint8_t reply[TRIAL_REPLY_MAX];

    for (size_t len = 0; len < sizeof(rubbish); len += 7) {
        (void)send(udp, rubbish, len, 0);
    }
    (void)send(tcp, frames, sizeof(frames) - 1, MSG_NOSIGNAL);
    if (!trial_send(tcp, trial_www) || trial_read(tcp, reply) == 0) {
        return 1;
    }
    (void)close(udp);
    return trial_asks_over_udp(server, server6);
}

static void rubbish_does_not_stop_it(void **state)
{
    (void)state;
    trial_run(&(struct trial){ .client = sends_rubbish });
}

/* --- faults on the wire --- */

static struct trial with_pacing(trial_client_fn *client,
                                enum scn_tcp_pacing pacing)
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

    while ((n = recv(fd, buf + len, TRIAL_REPLY_MAX - len, 0)) > 0) {
        len += (size_t)n;
    }
    *error_out = n < 0 ? errno : 0;
    return len;
}

static int is_reset_without_an_octet(const struct sim_address *server,
                                     const struct sim_address *server6)
{
    uint8_t reply[TRIAL_REPLY_MAX];
    int error = 0;
    int fd = trial_dial(server, SOCK_STREAM);

    (void)server6;
    return trial_send(fd, trial_www) && read_all(fd, reply, &error) == 0 &&
                   error == ECONNRESET
               ? 0
               : 1;
}

static int is_reset_in_the_middle(const struct sim_address *server,
                                  const struct sim_address *server6)
{
    uint8_t reply[TRIAL_REPLY_MAX];
    int error = 0;
    int fd = trial_dial(server, SOCK_STREAM);

    (void)server6;
    (void)trial_send(fd, trial_www);
    (void)read_all(fd, reply, &error);
    return error == ECONNRESET ? 0 : 1;
}

static int gets_a_length_only(const struct sim_address *server,
                              const struct sim_address *server6)
{
    uint8_t reply[TRIAL_REPLY_MAX];
    int error = 0;
    int fd = trial_dial(server, SOCK_STREAM);

    (void)server6;
    return trial_send(fd, trial_www) && read_all(fd, reply, &error) == 2 &&
                   error == 0
               ? 0
               : 1;
}

/* The length told is not the length sent. */
static int gets_a_wrong_length(const struct sim_address *server,
                               const struct sim_address *server6)
{
    uint8_t reply[TRIAL_REPLY_MAX];
    int error = 0;
    int fd = trial_dial(server, SOCK_STREAM);

    (void)server6;
    (void)trial_send(fd, trial_www);
    const size_t len = read_all(fd, reply, &error);
    const size_t told = (size_t)reply[0] << 8 | reply[1];
    return len > 20 && error == 0 && told != len - 2 ? 0 : 1;
}

static int gets_it_whole_in_the_end(const struct sim_address *server,
                                    const struct sim_address *server6)
{
    uint8_t reply[TRIAL_REPLY_MAX];
    int fd = trial_dial(server, SOCK_STREAM);

    (void)server6;
    if (!trial_send(fd, trial_www) || trial_read(fd, reply) == 0 ||
        trial_answers(reply) != 1) {
        return 1;
    }
    /* Two messages: the second; one octet: the next query's. */
    if (!trial_send(fd, trial_www) || trial_read(fd, reply) == 0) {
        return 2;
    }
    return trial_answers(reply) == 1 ? 0 : 3;
}

/* Nothing comes, while another connection is served. */
static int is_kept_waiting(const struct sim_address *server,
                           const struct sim_address *server6)
{
    uint8_t reply[TRIAL_REPLY_MAX];
    int silent = trial_dial(server, SOCK_STREAM);

    (void)trial_send(silent, trial_www);
    if (trial_asks_over_udp(server, server6) != 0) {
        return 1;
    }
    return recv(silent, reply, 1, MSG_DONTWAIT) == -1 && errno == EAGAIN ? 0
                                                                         : 2;
}

static void every_tcp_pacing_is_seen_by_the_client(void **state)
{
    struct trial trial = with_pacing(is_reset_without_an_octet, SCN_TCP_REFUSE);

    (void)state;
    trial_run(&trial);
    trial = with_pacing(is_reset_in_the_middle, SCN_TCP_RESET);
    trial_run(&trial);
    trial = with_pacing(gets_a_length_only, SCN_TCP_CLOSE_AFTER_LENGTH);
    trial_run(&trial);
    trial = with_pacing(gets_a_wrong_length, SCN_TCP_LENGTH_LONG);
    trial_run(&trial);
    trial = with_pacing(gets_a_wrong_length, SCN_TCP_LENGTH_SHORT);
    trial_run(&trial);
    trial = with_pacing(gets_it_whole_in_the_end, SCN_TCP_ONE_OCTET);
    trial_run(&trial);
    trial = with_pacing(gets_it_whole_in_the_end, SCN_TCP_TWO_MESSAGES);
    trial_run(&trial);
    trial = with_pacing(is_kept_waiting, SCN_TCP_SILENT);
    trial_run(&trial);
}

/* An unconnected socket takes the decoy too, and sees where it is from. */
static int gets_a_decoy(const struct sim_address *server, bool other_port)
{
    struct sockaddr_storage to;
    struct sockaddr_in from[2];
    const socklen_t len = trial_sockaddr(server, &to);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct packet p;
    uint8_t reply[TRIAL_REPLY_MAX];

    trial_query(&p, trial_www);
    (void)sendto(fd, p.octets, p.len, 0, (struct sockaddr *)&to, len);
    for (int i = 0; i < 2; i++) {
        socklen_t from_len = sizeof(from[i]);
        if (recvfrom(fd, reply, sizeof(reply), 0, (struct sockaddr *)&from[i],
                     &from_len) < PACKET_HEADER) {
            return 1 + i;
        }
    }
    if (memcmp(&from[1].sin_addr, server->octets, 4) != 0 ||
        ntohs(from[1].sin_port) != TRIAL_PORT) {
        return 3;
    }
    const bool same_host = memcmp(&from[0].sin_addr, server->octets, 4) == 0;
    const bool same_port = ntohs(from[0].sin_port) == TRIAL_PORT;
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
    const struct scn_record forged = { .owner = trial_www,
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
    trial_run(&trial);
    trial.client = gets_a_decoy_from_a_host;
    trial.fault.action.decoy_wrong = SCN_DECOY_ADDRESS;
    trial_run(&trial);
}

static void delayed_replies_still_come(void **state)
{
    struct trial trial = {
        .client = trial_asks_over_udp,
        .fault = { .enabled = true, .action = { .rcode = -1, .delay_ms = 20 } },
    };

    (void)state;
    trial_run(&trial);
    trial.client = asks_over_tcp;
    trial_run(&trial);
}

/* --- beside others --- */

static int takes_the_port_twice(void *ctx)
{
    const struct sim_options options = test_options();
    struct trial none = { .client = NULL };
    struct event_base *base = event_base_new();
    struct test_model *model = trial_model(&none);
    struct sim_instance *instance = NULL;
    struct sim_world *world = test_world(model, &options, &instance);
    struct sim_server *server = NULL;
    struct sockaddr_in any = { .sin_family = AF_INET,
                               .sin_port = htons(TRIAL_PORT) };
    char why[TRIAL_WHY] = "";
    int blocker = socket(AF_INET, SOCK_DGRAM, 0); /* without SO_REUSEADDR */
    int status = 0;

    (void)ctx;
    if (bind(blocker, (struct sockaddr *)&any, sizeof(any)) != 0 ||
        sim_server_new(base, world, TRIAL_PORT, why, sizeof(why), &server) !=
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
    char why[TRIAL_WHY] = "";
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
        cmocka_unit_test(every_tcp_pacing_is_seen_by_the_client),
        cmocka_unit_test(decoys_come_from_another_port_or_address),
        cmocka_unit_test(delayed_replies_still_come),
        cmocka_unit_test(tells_who_holds_the_port),
    };

    return cmocka_run_group_tests_name("authsim.server", tests, NULL, NULL);
}
