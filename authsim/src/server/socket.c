/* SPDX-License-Identifier: BSD-2-Clause */
/* socket.c - all that is particular to Linux about addresses of sockets. */
#include "socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

enum { LISTEN_BACKLOG = 1024, RECEIVE_BUFFER = 4 * 1024 * 1024 };

/* One setsockopt() of an int. */
struct flag {
    int level;
    int name;
    const char *what;
};

static bool set_flag(int fd, const struct flag *flag, const char **step_out)
{
    const int on = 1;

    *step_out = flag->what;
    return setsockopt(fd, flag->level, flag->name, &on, sizeof(on)) == 0;
}

static bool set_flags(int fd, const struct sim_socket_options *options,
                      const char **step_out)
{
    static const struct flag reuse_address = { SOL_SOCKET, SO_REUSEADDR,
                                               "set SO_REUSEADDR" };
    static const struct flag reuse_port = { SOL_SOCKET, SO_REUSEPORT,
                                            "set SO_REUSEPORT" };
    static const struct flag info4 = { IPPROTO_IP, IP_PKTINFO,
                                       "set IP_PKTINFO" };
    static const struct flag info6 = { IPPROTO_IPV6, IPV6_RECVPKTINFO,
                                       "set IPV6_RECVPKTINFO" };
    static const struct flag only6 = { IPPROTO_IPV6, IPV6_V6ONLY,
                                       "set IPV6_V6ONLY" };
    static const struct flag free6 = { IPPROTO_IPV6, IPV6_FREEBIND,
                                       "set IPV6_FREEBIND" };
    const bool udp = options->kind == SIM_SOCKET_UDP;

    /* With these the kernel could choose a port that is served. */
    if (options->port != 0 && (!set_flag(fd, &reuse_address, step_out) ||
                               !set_flag(fd, &reuse_port, step_out))) {
        return false;
    }
    if (options->family == 4) {
        return !udp || set_flag(fd, &info4, step_out);
    }
    /* Replies leave from addresses that are routed here, not assigned. */
    return set_flag(fd, &only6, step_out) && set_flag(fd, &free6, step_out) &&
           (!udp || set_flag(fd, &info6, step_out));
}

static bool bind_wildcard(int fd, const struct sim_socket_options *options,
                          const char **step_out)
{
    const struct sim_address any = { .family = (uint8_t)options->family,
                                     .port = options->port };
    struct sockaddr_storage to;
    const socklen_t len = sim_address_to_socket(&any, &to);

    *step_out = "bind to the device lo";
    if (options->only_lo &&
        setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) != 0) {
        return false;
    }
    *step_out = "bind";
    return bind(fd, (const struct sockaddr *)&to, len) == 0;
}

enum sim_status sim_socket_open(const struct sim_socket_options *options,
                                evutil_socket_t *fd_out, const char **step_out)
{
    const bool udp = options->kind == SIM_SOCKET_UDP;
    const int type =
        (udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK | SOCK_CLOEXEC;
    const int room = RECEIVE_BUFFER;
    int fd = socket(options->family == 4 ? AF_INET : AF_INET6, type, 0);

    *step_out = "make a socket";
    if (fd < 0 || !set_flags(fd, options, step_out) ||
        !bind_wildcard(fd, options, step_out)) {
        goto failed;
    }
    if (udp) {
        /* As much as the system allows: a burst of a whole catalogue. */
        (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
    } else {
        *step_out = "listen";
        if (listen(fd, LISTEN_BACKLOG) != 0) {
            goto failed;
        }
    }
    *fd_out = fd;
    return SIM_OK;
failed:
    if (fd >= 0) {
        int error = errno;
        (void)close(fd);
        errno = error;
    }
    return SIM_ESYSTEM;
}

enum sim_status sim_socket_hold_port(uint16_t port, evutil_socket_t *fd_out)
{
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    /* From a leading NUL on the name is abstract (unix(7)). */
    const int len = snprintf(name.sun_path + 1, sizeof(name.sun_path) - 1,
                             "caa-testbed/authsim/%u", port);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0) {
        return SIM_ESYSTEM;
    }
    if (bind(fd, (const struct sockaddr *)&name,
             (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
                         (size_t)len)) != 0) {
        const int error = errno;
        (void)close(fd);
        errno = error;
        return SIM_ESYSTEM;
    }
    *fd_out = fd;
    return SIM_OK;
}

struct sim_address sim_address_from_socket(const struct sockaddr_storage *from)
{
    struct sim_address address = { 0 };

    if (from->ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)from;
        address.family = 4;
        address.port = ntohs(v4->sin_port);
        memcpy(address.octets, &v4->sin_addr, 4);
    } else if (from->ss_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const void *)from;
        address.family = 6;
        address.port = ntohs(v6->sin6_port);
        memcpy(address.octets, &v6->sin6_addr, 16);
    }
    return address;
}

uint16_t sim_socket_port(evutil_socket_t fd)
{
    struct sockaddr_storage name = { 0 };
    socklen_t len = sizeof(name);

    (void)getsockname(fd, (struct sockaddr *)&name, &len);
    return sim_address_from_socket(&name).port;
}

socklen_t sim_address_to_socket(const struct sim_address *address,
                                struct sockaddr_storage *to)
{
    memset(to, 0, sizeof(*to));
    if (address->family == 4) {
        struct sockaddr_in *v4 = (void *)to;
        v4->sin_family = AF_INET;
        v4->sin_port = htons(address->port);
        memcpy(&v4->sin_addr, address->octets, 4);
        return sizeof(*v4);
    }
    struct sockaddr_in6 *v6 = (void *)to;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(address->port);
    memcpy(&v6->sin6_addr, address->octets, 16);
    return sizeof(*v6);
}
