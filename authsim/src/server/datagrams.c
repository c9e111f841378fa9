/* SPDX-License-Identifier: BSD-2-Clause */
/* datagrams.c - recvmmsg(2) and sendmmsg(2), with their headers made once. */
#include "datagrams.h"

#include "socket.h"

#include <netinet/in.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* Room for either kind of PKTINFO. */
struct control {
    alignas(
        struct cmsghdr) uint8_t octets[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

struct sim_inbox {
    struct mmsghdr messages[SIM_DATAGRAMS_MAX];
    struct iovec parts[SIM_DATAGRAMS_MAX];
    struct sockaddr_storage names[SIM_DATAGRAMS_MAX];
    struct control controls[SIM_DATAGRAMS_MAX];
    uint8_t octets[SIM_DATAGRAMS_MAX][SIM_DATAGRAM_OCTETS];
};

struct sim_outbox {
    struct mmsghdr messages[SIM_DATAGRAMS_MAX];
    struct iovec parts[SIM_DATAGRAMS_MAX];
    struct sockaddr_storage names[SIM_DATAGRAMS_MAX];
    struct control controls[SIM_DATAGRAMS_MAX];
    struct sim_datagram datagrams[SIM_DATAGRAMS_MAX];
    size_t count;
    size_t used; /* of octets */
    uint8_t octets[SIM_DATAGRAM_OCTETS];
};

/* --- those that come --- */

enum sim_status sim_inbox_new(struct sim_inbox **inbox_out)
{
    struct sim_inbox *inbox = calloc(1, sizeof(*inbox));

    if (inbox == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < SIM_DATAGRAMS_MAX; i++) {
        inbox->parts[i] = (struct iovec){ .iov_base = inbox->octets[i],
                                          .iov_len = SIM_DATAGRAM_OCTETS };
        inbox->messages[i].msg_hdr =
            (struct msghdr){ .msg_name = &inbox->names[i],
                             .msg_iov = &inbox->parts[i],
                             .msg_iovlen = 1,
                             .msg_control = &inbox->controls[i] };
    }
    *inbox_out = inbox;
    return SIM_OK;
}

void sim_inbox_free(struct sim_inbox *inbox)
{
    free(inbox);
}

size_t sim_inbox_fill(struct sim_inbox *inbox, evutil_socket_t fd)
{
    for (size_t i = 0; i < SIM_DATAGRAMS_MAX; i++) {
        struct msghdr *header = &inbox->messages[i].msg_hdr;

        header->msg_namelen = sizeof(inbox->names[i]);
        header->msg_controllen = sizeof(inbox->controls[i]);
    }
    const int count =
        recvmmsg(fd, inbox->messages, SIM_DATAGRAMS_MAX, MSG_DONTWAIT, NULL);
    return count > 0 ? (size_t)count : 0;
}

static struct sim_address read_local(const struct msghdr *header)
{
    struct msghdr message = *header; /* the macros want it writable */
    struct sim_address local = { 0 };

    for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL;
         c = CMSG_NXTHDR(&message, c)) {
        if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo info;
            memcpy(&info, CMSG_DATA(c), sizeof(info));
            local.family = 4;
            memcpy(local.octets, &info.ipi_addr, 4);
        } else if (c->cmsg_level == IPPROTO_IPV6 &&
                   c->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo info;
            memcpy(&info, CMSG_DATA(c), sizeof(info));
            local.family = 6;
            memcpy(local.octets, &info.ipi6_addr, 16);
        }
    }
    return local;
}

struct sim_datagram sim_inbox_at(const struct sim_inbox *inbox, size_t index)
{
    return (struct sim_datagram){
        .octets = inbox->octets[index],
        .len = inbox->messages[index].msg_len,
        .to = read_local(&inbox->messages[index].msg_hdr),
        .from = sim_address_from_socket(&inbox->names[index]),
    };
}

/* --- those that leave --- */

/* Returns the room that it takes in the header. */
static size_t write_local(struct cmsghdr *c, const struct sim_address *local)
{
    if (local->family == 4) {
        struct in_pktinfo info = { 0 };
        memcpy(&info.ipi_spec_dst, local->octets, 4);
        c->cmsg_level = IPPROTO_IP;
        c->cmsg_type = IP_PKTINFO;
        c->cmsg_len = CMSG_LEN(sizeof(info));
        memcpy(CMSG_DATA(c), &info, sizeof(info));
        return CMSG_SPACE(sizeof(info));
    }
    struct in6_pktinfo info = { 0 };
    memcpy(&info.ipi6_addr, local->octets, 16);
    c->cmsg_level = IPPROTO_IPV6;
    c->cmsg_type = IPV6_PKTINFO;
    c->cmsg_len = CMSG_LEN(sizeof(info));
    memcpy(CMSG_DATA(c), &info, sizeof(info));
    return CMSG_SPACE(sizeof(info));
}

/* datagram is [borrowed] by the header, and so is all that it points to. */
static void address_header(struct msghdr *header,
                           const struct sim_datagram *datagram,
                           struct iovec *part)
{
    union {
        const uint8_t *in;
        void *out; /* struct iovec serves reading too and knows no const */
    } data = { .in = datagram->octets };

    *part = (struct iovec){ .iov_base = data.out, .iov_len = datagram->len };
    header->msg_namelen =
        sim_address_to_socket(&datagram->to, header->msg_name);
    header->msg_controllen = write_local(header->msg_control, &datagram->from);
}

bool sim_datagram_send(evutil_socket_t fd, const struct sim_datagram *datagram)
{
    struct sockaddr_storage name;
    struct iovec part;
    struct control control = { 0 };
    struct msghdr header = { .msg_name = &name,
                             .msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control };

    address_header(&header, datagram, &part);
    return sendmsg(fd, &header, 0) == (ssize_t)datagram->len;
}

enum sim_status sim_outbox_new(struct sim_outbox **outbox_out)
{
    struct sim_outbox *outbox = calloc(1, sizeof(*outbox));

    if (outbox == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < SIM_DATAGRAMS_MAX; i++) {
        outbox->messages[i].msg_hdr =
            (struct msghdr){ .msg_name = &outbox->names[i],
                             .msg_iov = &outbox->parts[i],
                             .msg_iovlen = 1,
                             .msg_control = &outbox->controls[i] };
    }
    *outbox_out = outbox;
    return SIM_OK;
}

void sim_outbox_free(struct sim_outbox *outbox)
{
    free(outbox);
}

bool sim_outbox_put(struct sim_outbox *outbox,
                    const struct sim_datagram *datagram)
{
    const size_t i = outbox->count;

    if (i == SIM_DATAGRAMS_MAX ||
        datagram->len > sizeof(outbox->octets) - outbox->used) {
        return false;
    }
    struct sim_datagram *copy = &outbox->datagrams[i];
    uint8_t *octets = outbox->octets + outbox->used;
    memcpy(octets, datagram->octets, datagram->len);
    *copy = *datagram;
    copy->octets = octets;
    address_header(&outbox->messages[i].msg_hdr, copy, &outbox->parts[i]);
    outbox->used += datagram->len;
    outbox->count++;
    return true;
}

static void tell_sent(const struct sim_outbox *outbox, size_t from, size_t to,
                      sim_outbox_sent_fn *sent, void *ctx)
{
    for (size_t i = from; sent != NULL && i < to; i++) {
        sent(ctx, &outbox->datagrams[i]);
    }
}

void sim_outbox_send(struct sim_outbox *outbox, evutil_socket_t fd,
                     sim_outbox_sent_fn *sent, void *ctx)
{
    size_t next = 0;

    while (next < outbox->count) {
        const int count = sendmmsg(fd, outbox->messages + next,
                                   (unsigned)(outbox->count - next), 0);
        /* The first one failed, or all before one that failed were sent: that
         * is tried again by itself. */
        const size_t done = count > 0 ? (size_t)count : 0;
        tell_sent(outbox, next, next + done, sent, ctx);
        next += done > 0 ? done : 1;
    }
    outbox->count = 0;
    outbox->used = 0;
}
