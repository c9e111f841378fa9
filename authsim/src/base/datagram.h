/* SPDX-License-Identifier: BSD-2-Clause */
/* datagram.h - a UDP datagram with both its ends. */
#pragma once

#include <authsim/network.h>

#include <stddef.h>
#include <stdint.h>

struct sim_datagram {
    struct sim_address from;
    struct sim_address to; /* of the same family */
    const uint8_t *octets; /* [borrowed] */
    size_t len;
};
