/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * network.h - the addresses of the simulated world.
 *
 * In a network namespace of its own the lab uses the benchmarking space,
 * 198.18.0.0/15 and 2001:2::/48 (RFC 2544, RFC 5180), so that resolvers need no
 * weakening. On the loopback of an existing network it uses 127.18.0.0/15 and
 * has no IPv6. The plan below the base is the same for both:
 *
 *   base.0.0.0/20   the lab itself: roots, fronts, resolvers
 *   base.0.16.0 up to base.0.255.255   servers of the shared universe
 *   base.1.0.0/16   servers of private universes, their roots included
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum sim_network_kind { SIM_NETWORK_SANDBOX, SIM_NETWORK_LOOPBACK };

/* An endpoint. octets hold 4 or 16 significant octets, network order. */
struct sim_address {
    uint8_t family; /* 4 or 6; 0 when absent */
    uint8_t octets[16];
    uint16_t port; /* host order */
};

enum { SIM_ADDRESS_TEXT_MAX = 64 };

/* Fixed places in the lab's own part; index tells several apart. */
enum sim_place_kind {
    SIM_PLACE_ROOT,     /* the shared root server (index 0) */
    SIM_PLACE_FRONT,    /* 0: the shared front; 1..: private ones */
    SIM_PLACE_RESOLVER, /* where resolver `index` sends from */
    SIM_PLACE_CLIENT    /* where perspective `index` sends from */
};

/* index < 512. Port is 53. */
struct sim_address sim_network_place(enum sim_network_kind kind,
                                     enum sim_place_kind place, unsigned index);
/* The same place in 2001:2::/64; family 0 where there is no IPv6. */
struct sim_address sim_network_place6(enum sim_network_kind kind,
                                      enum sim_place_kind place,
                                      unsigned index);

/* "198.18.0.1" or "2001:2::1", without the port. */
void sim_address_text(const struct sim_address *address,
                      char text[SIM_ADDRESS_TEXT_MAX]);

/* Reads ADDRESS or ADDRESS@PORT; port 53 when absent. False when malformed. */
bool sim_address_from_text(const char *text, struct sim_address *address_out);

/* Same family and octets; the port is not compared. */
bool sim_address_same_host(const struct sim_address *a,
                           const struct sim_address *b);
