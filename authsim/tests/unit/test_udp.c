/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "trial.h"

#include <string.h>
#include <unistd.h>

enum { BURST = 3 };

void __wrap_sim_recorder_datagram(struct sim_recorder *recorder,
                                  const struct sim_recorded *datagram);

/* Who sent the datagrams that were recorded: 'q' or 'r' each. */
static char recorded[2 * BURST + 2];

void __wrap_sim_recorder_datagram(struct sim_recorder *recorder,
                                  const struct sim_recorded *datagram)
{
    const size_t len = strlen(recorded);

    if (recorder != NULL && len < sizeof(recorded) - 1) {
        recorded[len] = datagram->by == SIM_CLIENT ? 'q' : 'r';
    }
}

static int waits_with_three_queries(const struct trial_server *at)
{
    const int fd = trial_dial(&at->address, SOCK_DGRAM);

    sim_server_record(at->server, (struct sim_recorder *)(void *)recorded);
    for (int i = 0; i < BURST; i++) {
        struct packet p;
        trial_query(&p, trial_www);
        if (send(fd, p.octets, p.len, 0) != (ssize_t)p.len) {
            return 1;
        }
    }
    while (strlen(recorded) < sizeof(recorded) - 2) {
        (void)event_base_loop(at->base, EVLOOP_ONCE);
    }
    (void)close(fd);
    return strcmp(recorded, "qrqrqr") == 0 ? 0 : 2;
}

/* However many are taken at once: captures of the same queries are the same. */
static void each_reply_is_recorded_behind_its_query(void **state)
{
    (void)state;
    trial_serve(waits_with_three_queries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reply_is_recorded_behind_its_query),
    };

    return cmocka_run_group_tests_name("authsim.udp", tests, NULL, NULL);
}
