/* SPDX-License-Identifier: BSD-2-Clause */
/* control_address.h - where the control interface listens. */
#pragma once

#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

struct control_address {
    union {
        struct sockaddr any;
        struct sockaddr_storage storage; /* room for IPv4 and IPv6 */
        struct sockaddr_un local;
    } to;
    socklen_t len;
};

/* Reads ADDRESS:PORT, [ADDRESS]:PORT or unix:PATH; false when text is none of
 * these: names and port 0 are not. */
bool control_address_from_text(const char *text,
                               struct control_address *address_out);

/* True when only this host can reach it: 127.0.0.0/8, ::1, a Unix socket. */
bool control_address_is_local(const struct control_address *address);
