/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cookie.h - DNS cookies (RFC 7873) of the form that all servers share
 * (RFC 9018): who has one was sent a reply at that address before.
 */
#pragma once

#include <authsim/network.h>

#include <stddef.h>

enum {
    SIM_COOKIE_CLIENT = 8, /* octets of the client's part */
    SIM_COOKIE_SIZE = 24,  /* of both parts, as made here */
    SIM_COOKIE_SECRET = 16
};

/* Whose cookie it is, and of when. */
struct sim_cookie_context {
    const uint8_t *secret; /* [borrowed] SIM_COOKIE_SECRET octets */
    const struct sim_address *client;
    uint32_t now_s; /* since 1970, modulo 2^32 */
};

/* The octets of the first COOKIE option of a well-formed OPT record, from its
 * owner on; NULL when there is none. */
const uint8_t *sim_cookie_find(const uint8_t *opt, size_t opt_len,
                               size_t *len_out);

/* RFC 7873 section 5.2.2: 8 octets, or 16 to 40. */
bool sim_cookie_is_well_formed(size_t len);

/* Both parts, for a client whose own part is the first 8 octets of cookie.
 * False when there is no SipHash. */
bool sim_cookie_make(const struct sim_cookie_context *context,
                     const uint8_t *cookie,
                     uint8_t cookie_out[SIM_COOKIE_SIZE]);

/* True when the server's part was made here, for that client, and in the last
 * hour (RFC 9018 section 4.3). */
bool sim_cookie_is_valid(const struct sim_cookie_context *context,
                         const uint8_t *cookie, size_t len);
