/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loopback.c - rtnetlink requests, one at a time, each with its own socket:
 * they are few and happen once (rtnetlink(7)).
 */
#include "loopback.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOPBACK_INDEX = 1, REQUEST_MAX = 256 };

/* A netlink message under construction, aligned for its header. */
struct request {
    struct nlmsghdr header;
    uint8_t body[REQUEST_MAX];
};

static void request_init(struct request *r, uint16_t type, uint16_t flags)
{
    memset(r, 0, sizeof(*r));
    r->header.nlmsg_len = NLMSG_LENGTH(0);
    r->header.nlmsg_type = type;
    r->header.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | NLM_F_ACK | flags);
    r->header.nlmsg_seq = 1;
}

/* Appends len octets, padded to netlink's alignment. */
static void request_put(struct request *r, const void *data, size_t len)
{
    size_t at = r->header.nlmsg_len - NLMSG_LENGTH(0);

    memcpy(r->body + at, data, len);
    r->header.nlmsg_len += (uint32_t)NLMSG_ALIGN(len);
}

static void request_attribute(struct request *r, uint16_t type,
                              const void *data, size_t len)
{
    const struct rtattr attribute = { .rta_len = (uint16_t)RTA_LENGTH(len),
                                      .rta_type = type };

    request_put(r, &attribute, sizeof(attribute));
    request_put(r, data, len);
}

/* The kernel's verdict on one request, as an errno value. */
static int read_verdict(int fd)
{
    struct {
        struct nlmsghdr header;
        struct nlmsgerr error;
        uint8_t echo[REQUEST_MAX];
    } answer;
    ssize_t n = recv(fd, &answer, sizeof(answer), 0);

    if (n < 0) {
        return errno;
    }
    if ((size_t)n < sizeof(answer.header) + sizeof(answer.error) ||
        answer.header.nlmsg_type != NLMSG_ERROR) {
        return EPROTO;
    }
    return -answer.error.error;
}

static enum sim_status request_send(const struct request *r)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

    if (fd < 0) {
        return SIM_ESYSTEM;
    }
    int error =
        send(fd, r, r->header.nlmsg_len, 0) < 0 ? errno : read_verdict(fd);
    (void)close(fd);
    errno = error;
    return error == 0 || error == EEXIST ? SIM_OK : SIM_ESYSTEM;
}

enum sim_status sim_loopback_up(void)
{
    struct ifreq lo = { .ifr_name = "lo" };
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0) {
        return SIM_ESYSTEM;
    }
    lo.ifr_flags = IFF_UP | IFF_RUNNING;
    int rc = ioctl(fd, SIOCSIFFLAGS, &lo);
    int error = errno;
    (void)close(fd);
    errno = error;
    return rc == 0 ? SIM_OK : SIM_ESYSTEM;
}

static uint8_t socket_family(const struct sim_address *address)
{
    return address->family == 4 ? AF_INET : AF_INET6;
}

static size_t octet_count(const struct sim_address *address)
{
    return address->family == 4 ? 4 : 16;
}

enum sim_status sim_loopback_route(const struct sim_address *prefix,
                                   unsigned bits)
{
    const struct rtmsg route = { .rtm_family = socket_family(prefix),
                                 .rtm_dst_len = (uint8_t)bits,
                                 .rtm_table = RT_TABLE_LOCAL,
                                 .rtm_protocol = RTPROT_BOOT,
                                 .rtm_scope = RT_SCOPE_HOST,
                                 .rtm_type = RTN_LOCAL };
    const uint32_t device = LOOPBACK_INDEX;
    struct request r;

    request_init(&r, RTM_NEWROUTE, NLM_F_CREATE);
    request_put(&r, &route, sizeof(route));
    request_attribute(&r, RTA_DST, prefix->octets, octet_count(prefix));
    request_attribute(&r, RTA_OIF, &device, sizeof(device));
    return request_send(&r);
}

enum sim_status sim_loopback_assign(const struct sim_address *address)
{
    const struct ifaddrmsg message = { .ifa_family = socket_family(address),
                                       .ifa_prefixlen =
                                           (uint8_t)(8 * octet_count(address)),
                                       .ifa_flags = IFA_F_NODAD,
                                       .ifa_scope = RT_SCOPE_UNIVERSE,
                                       .ifa_index = LOOPBACK_INDEX };
    struct request r;

    request_init(&r, RTM_NEWADDR, NLM_F_CREATE);
    request_put(&r, &message, sizeof(message));
    request_attribute(&r, IFA_LOCAL, address->octets, octet_count(address));
    request_attribute(&r, IFA_ADDRESS, address->octets, octet_count(address));
    return request_send(&r);
}
