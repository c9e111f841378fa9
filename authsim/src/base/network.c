/* SPDX-License-Identifier: BSD-2-Clause */
/* network.c - places of the address plan, and addresses as text. */
#include "plan.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DNS_PORT = 53, PLACE_STRIDE = 1024 };

/* The two /16 of the IPv4 base: 198.18 and 198.19, or 127.18 and 127.19. */
static struct sim_address ipv4(enum sim_network_kind kind, unsigned half,
                               uint16_t low)
{
    struct sim_address address = { .family = 4, .port = DNS_PORT };

    address.octets[0] = kind == SIM_NETWORK_SANDBOX ? 198 : 127;
    address.octets[1] = (uint8_t)(18 + half);
    address.octets[2] = (uint8_t)(low >> 8);
    address.octets[3] = (uint8_t)low;
    return address;
}

/* 2001:2:0:subnet::/64 with the last eight octets given. */
static struct sim_address ipv6(enum sim_network_kind kind, uint8_t subnet,
                               const uint8_t tail[8])
{
    struct sim_address address = { .family = 6, .port = DNS_PORT };

    if (kind == SIM_NETWORK_LOOPBACK) {
        return (struct sim_address){ 0 };
    }
    address.octets[0] = 0x20;
    address.octets[1] = 0x01;
    address.octets[3] = 0x02;
    address.octets[7] = subnet;
    memcpy(address.octets + 8, tail, 8);
    return address;
}

static uint16_t place_number(enum sim_place_kind place, unsigned index)
{
    return (uint16_t)((unsigned)place * PLACE_STRIDE + 1 + index % 512);
}

struct sim_address sim_network_place(enum sim_network_kind kind,
                                     enum sim_place_kind place, unsigned index)
{
    return ipv4(kind, 0, place_number(place, index));
}

struct sim_address sim_network_place6(enum sim_network_kind kind,
                                      enum sim_place_kind place, unsigned index)
{
    uint16_t number = place_number(place, index);
    uint8_t tail[8] = { 0 };

    tail[6] = (uint8_t)(number >> 8);
    tail[7] = (uint8_t)number;
    return ipv6(kind, 0, tail);
}

struct sim_address sim_plan_shared4(enum sim_network_kind kind, uint32_t hash)
{
    /* base.0.16.0 up to base.0.255.255 */
    return ipv4(kind, 0, (uint16_t)(0x1000 + hash % 0xf000));
}

struct sim_address sim_plan_private4(enum sim_network_kind kind, uint32_t hash)
{
    /* base.1.0.1 up to base.1.255.254 */
    return ipv4(kind, 1, (uint16_t)(1 + hash % 0xfffe));
}

struct sim_address sim_plan_shared6(enum sim_network_kind kind,
                                    const uint8_t hash[8])
{
    return ipv6(kind, 1, hash);
}

struct sim_address sim_plan_private6(enum sim_network_kind kind,
                                     const uint8_t hash[8])
{
    return ipv6(kind, 2, hash);
}

/* For every line of a journal twice: inet_ntop() uses printf() for it. */
static void ipv4_text(const uint8_t octets[4], char *text)
{
    for (size_t i = 0; i < 4; i++) {
        if (i > 0) {
            *text++ = '.';
        }
        if (octets[i] >= 100) {
            *text++ = (char)('0' + octets[i] / 100);
        }
        if (octets[i] >= 10) {
            *text++ = (char)('0' + octets[i] / 10 % 10);
        }
        *text++ = (char)('0' + octets[i] % 10);
    }
    *text = '\0';
}

void sim_address_text(const struct sim_address *address,
                      char text[SIM_ADDRESS_TEXT_MAX])
{
    if (address->family == 4) {
        ipv4_text(address->octets, text);
    } else if (address->family != 6 ||
               inet_ntop(AF_INET6, address->octets, text,
                         SIM_ADDRESS_TEXT_MAX) == NULL) {
        (void)snprintf(text, SIM_ADDRESS_TEXT_MAX, "none");
    }
}

static bool port_from_text(const char *text, uint16_t *port_out)
{
    unsigned long port = 0;

    if (*text == '\0' || strlen(text) > 5) {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return false;
        }
        port = port * 10 + (unsigned long)(*text - '0');
    }
    if (port == 0 || port > 65535) {
        return false;
    }
    *port_out = (uint16_t)port;
    return true;
}

bool sim_address_from_text(const char *text, struct sim_address *address_out)
{
    struct sim_address address = { .port = DNS_PORT };
    char host[SIM_ADDRESS_TEXT_MAX];
    const char *at = strchr(text, '@');
    size_t len = at != NULL ? (size_t)(at - text) : strlen(text);

    if (len >= sizeof(host) ||
        (at != NULL && !port_from_text(at + 1, &address.port))) {
        return false;
    }
    memcpy(host, text, len);
    host[len] = '\0';
    if (inet_pton(AF_INET, host, address.octets) == 1) {
        address.family = 4;
    } else if (inet_pton(AF_INET6, host, address.octets) == 1) {
        address.family = 6;
    } else {
        return false;
    }
    *address_out = address;
    return true;
}

bool sim_address_same_host(const struct sim_address *a,
                           const struct sim_address *b)
{
    size_t len = a->family == 6 ? 16 : 4;

    return a->family == b->family && memcmp(a->octets, b->octets, len) == 0;
}
