/* SPDX-License-Identifier: BSD-2-Clause */
/* control_address.c - addresses are literal: nothing is looked up. */
#include "control_address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HOST_MAX = 64 };

static bool read_port(const char *text, uint16_t *port_out)
{
    char *end = NULL;

    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    errno = 0;
    const unsigned long port = strtoul(text, &end, 10);
    if (errno != 0 || *end != '\0' || port == 0 || port > UINT16_MAX) {
        return false;
    }
    *port_out = htons((uint16_t)port);
    return true;
}

static bool read_unix(const char *path, struct control_address *address)
{
    const size_t len = strlen(path);

    if (len == 0 || len >= sizeof(address->to.local.sun_path)) {
        return false;
    }
    address->to.local.sun_family = AF_UNIX;
    memcpy(address->to.local.sun_path, path, len + 1);
    address->len = sizeof(address->to.local);
    return true;
}

/* host has no brackets any more. */
static bool read_ip(const char *host, bool bracketed, uint16_t port,
                    struct control_address *address)
{
    struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = port };
    struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = port };

    if (bracketed && inet_pton(AF_INET6, host, &in6.sin6_addr) == 1) {
        memcpy(&address->to, &in6, sizeof(in6));
        address->len = sizeof(in6);
        return true;
    }
    if (!bracketed && inet_pton(AF_INET, host, &in.sin_addr) == 1) {
        memcpy(&address->to, &in, sizeof(in));
        address->len = sizeof(in);
        return true;
    }
    return false;
}

bool control_address_from_text(const char *text,
                               struct control_address *address_out)
{
    struct control_address address = { .len = 0 };
    char host[HOST_MAX];
    const char *colon = strrchr(text, ':');
    uint16_t port = 0;

    if (strncmp(text, "unix:", 5) == 0) {
        if (!read_unix(text + 5, &address)) {
            return false;
        }
        *address_out = address;
        return true;
    }
    if (colon == NULL || !read_port(colon + 1, &port)) {
        return false;
    }
    const bool bracketed = text[0] == '[' && colon[-1] == ']';
    const char *from = bracketed ? text + 1 : text;
    const size_t len = (size_t)(colon - from) - (bracketed ? 1 : 0);
    if (len >= sizeof(host)) {
        return false;
    }
    memcpy(host, from, len);
    host[len] = '\0';
    if (!read_ip(host, bracketed, port, &address)) {
        return false;
    }
    *address_out = address;
    return true;
}

bool control_address_is_local(const struct control_address *address)
{
    struct sockaddr_in in;
    struct sockaddr_in6 in6;

    switch (address->to.any.sa_family) {
    case AF_UNIX:
        return true;
    case AF_INET:
        memcpy(&in, &address->to, sizeof(in));
        return ntohl(in.sin_addr.s_addr) >> 24 == 127;
    case AF_INET6:
        memcpy(&in6, &address->to, sizeof(in6));
        return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
    default: /* sa_family_t is the system's */
        return false;
    }
}
