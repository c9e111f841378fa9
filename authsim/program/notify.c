/* SPDX-License-Identifier: BSD-2-Clause */
/* notify.c - four words over one socket. */
#include "notify.h"

#include <authsim/clock.h>

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { MESSAGE_MAX = 64, NS_PER_US = 1000 };

/* False: a name that is none. A leading '@' stands for the octet 0 of a name
 * outside the file system, unix(7). */
static bool read_address(const char *name, struct sockaddr_un *address_out,
                         socklen_t *len_out)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const size_t len = strlen(name);

    if ((name[0] != '/' && name[0] != '@') || len < 2 ||
        len >= sizeof(address.sun_path)) {
        return false;
    }
    memcpy(address.sun_path, name, len);
    if (name[0] == '@') {
        address.sun_path[0] = '\0';
    }
    *address_out = address;
    *len_out = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len +
                           (name[0] == '@' ? 0 : 1));
    return true;
}

static int connect_to(const char *name)
{
    struct sockaddr_un address;
    socklen_t len = 0;

    if (!read_address(name, &address, &len)) {
        errno = EINVAL;
        return -1;
    }
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, len) != 0) {
        const int error = errno;
        (void)close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

int notify_open(void)
{
    const char *name = getenv("NOTIFY_SOCKET");
    int fd = -1;

    if (name == NULL) {
        return -1;
    }
    fd = connect_to(name);
    if (fd < 0) {
        (void)fprintf(stderr, "authsim: NOTIFY_SOCKET %s: %s\n", name,
                      strerror(errno));
    }
    (void)unsetenv("NOTIFY_SOCKET");
    return fd;
}

static void tell(int fd, const char *message)
{
    if (fd >= 0) {
        (void)send(fd, message, strlen(message), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
}

void notify_ready(int fd)
{
    tell(fd, "READY=1");
}

/* The time tells the manager which READY=1 is the one that follows. */
void notify_reloading(int fd)
{
    char message[MESSAGE_MAX];

    (void)snprintf(message, sizeof(message),
                   "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
                   sim_clock_monotonic_ns() / NS_PER_US);
    tell(fd, message);
}

void notify_stopping(int fd)
{
    tell(fd, "STOPPING=1");
}
