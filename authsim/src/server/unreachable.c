/* SPDX-License-Identifier: BSD-2-Clause */
/* unreachable.c - an ICMP error quotes the head of the datagram it is about. */
#include "unreachable.h"

#include "octets.h"
#include "socket.h"

#include <netinet/in.h>
#include <string.h>

enum {
    ICMP_HEAD = 8, /* type, code, checksum, four octets unused */
    IPV4_HEAD = 20,
    IPV6_HEAD = 40,
    UDP_HEAD = 8,
    UNREACHABLE_4 = 3,
    PORT_4 = 3,
    UNREACHABLE_6 = 1,
    PORT_6 = 4,
    HOPS = 64
};

/* RFC 1071: the ones' complement of the ones' complement sum. */
static uint16_t checksum(const uint8_t *octets, size_t len)
{
    uint32_t sum = 0;

    for (size_t i = 0; i + 1 < len; i += 2) {
        sum += (uint32_t)octets[i] << 8 | octets[i + 1];
    }
    while (sum > 0xffff) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return (uint16_t)~sum;
}

/* RFC 791 section 3.1 */
static uint8_t *put_ipv4(uint8_t *at, const struct sim_address *from,
                         const struct sim_address *to, size_t len)
{
    uint8_t *head = at;

    memset(head, 0, IPV4_HEAD);
    head[0] = 0x45; /* version 4, five words */
    (void)sim_put_u16(head + 2, (uint16_t)(IPV4_HEAD + len));
    head[8] = HOPS;
    head[9] = IPPROTO_UDP;
    memcpy(head + 12, from->octets, 4);
    memcpy(head + 16, to->octets, 4);
    (void)sim_put_u16(head + 10, checksum(head, IPV4_HEAD));
    return head + IPV4_HEAD;
}

/* RFC 8200 section 3 */
static uint8_t *put_ipv6(uint8_t *at, const struct sim_address *from,
                         const struct sim_address *to, size_t len)
{
    uint8_t *head = at;

    memset(head, 0, IPV6_HEAD);
    head[0] = 0x60;
    (void)sim_put_u16(head + 4, (uint16_t)len);
    head[6] = IPPROTO_UDP;
    head[7] = HOPS;
    memcpy(head + 8, from->octets, 16);
    memcpy(head + 24, to->octets, 16);
    return head + IPV6_HEAD;
}

size_t sim_unreachable_make(const struct sim_address *server,
                            const struct sim_address *client, size_t query_len,
                            uint8_t *buf)
{
    const bool v4 = server->family == 4;
    const size_t len = UDP_HEAD + query_len;
    uint8_t *at = buf + ICMP_HEAD;

    memset(buf, 0, ICMP_HEAD);
    buf[0] = v4 ? UNREACHABLE_4 : UNREACHABLE_6;
    buf[1] = v4 ? PORT_4 : PORT_6;
    at = v4 ? put_ipv4(at, client, server, len)
            : put_ipv6(at, client, server, len);
    at = sim_put_u16(at, client->port);
    at = sim_put_u16(at, server->port);
    at = sim_put_u16(at, (uint16_t)len);
    at = sim_put_u16(at, 0); /* its checksum: nobody looks */
    if (v4) {
        (void)sim_put_u16(buf + 2, checksum(buf, (size_t)(at - buf)));
    }
    return (size_t)(at - buf);
}

enum sim_status sim_unreachable_open(int family, evutil_socket_t *fd_out)
{
    const int fd =
        family == 4 ? socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC,
                             IPPROTO_ICMP)
                    : socket(AF_INET6, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC,
                             IPPROTO_ICMPV6);

    if (fd < 0) {
        return SIM_ESYSTEM;
    }
    *fd_out = fd;
    return SIM_OK;
}

void sim_unreachable_send(evutil_socket_t fd, const struct sim_address *server,
                          const struct sim_address *client, size_t query_len)
{
    uint8_t message[SIM_UNREACHABLE_MAX];
    struct sim_address to = *client;

    to.port = 0; /* ICMP has none */
    (void)sim_socket_send(
        fd, message, sim_unreachable_make(server, client, query_len, message),
        server, &to);
}
