/* SPDX-License-Identifier: BSD-2-Clause */
#include "socket.h"
#include "testing.h"

#include <errno.h>
#include <unistd.h>

static enum sim_status open_port(uint16_t port, evutil_socket_t *fd_out)
{
    const struct sim_socket_options options = { .family = 4,
                                                .kind = SIM_SOCKET_UDP,
                                                .port = port };
    const char *step = NULL;

    return sim_socket_open(&options, fd_out, &step);
}

/* Whoever names it is refused. */
static void a_port_of_the_kernels_choice_is_shared_by_nobody(void **state)
{
    evutil_socket_t chosen = -1;
    evutil_socket_t named = -1;

    (void)state;
    assert_int_equal(open_port(0, &chosen), SIM_OK);
    assert_true(sim_socket_port(chosen) > 0);
    assert_int_equal(open_port(sim_socket_port(chosen), &named), SIM_ESYSTEM);
    assert_int_equal(errno, EADDRINUSE);
    (void)close(chosen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_port_of_the_kernels_choice_is_shared_by_nobody),
    };

    return cmocka_run_group_tests_name("authsim.socket", tests, NULL, NULL);
}
