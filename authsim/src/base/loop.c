/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.c - descriptors are opened in vain, and closed for libevent to have. */
#include <authsim/loop.h>

#include <errno.h>
#include <stdbool.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { LOOP_FILES = 3 }; /* an epoll(7) instance, and a pipe for signals */

static bool are_to_be_had(size_t count)
{
    const int fd = count > 0 ? eventfd(0, EFD_CLOEXEC) : -1;

    if (fd < 0) {
        return count == 0;
    }
    const bool had = are_to_be_had(count - 1);
    const int error = errno;
    (void)close(fd);
    errno = error;
    return had;
}

enum sim_status sim_loop_new(struct event_base **base_out)
{
    struct event_base *base = NULL;

    if (!are_to_be_had(LOOP_FILES)) {
        return SIM_ESYSTEM;
    }
    base = event_base_new();
    if (base == NULL) {
        return SIM_ENOMEM;
    }
    *base_out = base;
    return SIM_OK;
}
