/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pace.h - how a message travels in a TCP stream (RFC 1035 section 4.2.2),
 * properly or as a fault's `tcp` says.
 */
#pragma once

#include <authsim/status.h>
#include <scenario/model.h>

enum sim_finish { SIM_FINISH_KEEP, SIM_FINISH_CLOSE, SIM_FINISH_RESET };

/* Whether a client gets a whole message from that pacing. */
bool sim_pacing_is_readable(enum scn_tcp_pacing pacing);

/* Octets for the stream and what follows them. */
struct sim_frame {
    uint8_t *octets; /* [owned] free(); NULL when len is 0 */
    size_t len;
    int64_t interval_ns; /* between single octets; 0: all at once */
    enum sim_finish finish;
};

/*
 * What is sent for message[0..len), len <= 65535:
 *   normal              length and message
 *   refuse              nothing, then a reset. The simulated servers share a
 *                       listening socket, so a SYN is always accepted: the
 *                       connection is refused once its query is seen.
 *   silent              nothing, and the connection stays open
 *   reset               length and half of the message, then a reset
 *   close-after-length  the length, then the end
 *   length-long         a length that is too long, the message, the end
 *   length-short        half the length, the whole message, the end
 *   one-octet           length and message, octet by octet
 *   two-messages        length and message twice, at once
 */
SIM_NODISCARD enum sim_status sim_frame_make(enum scn_tcp_pacing pacing,
                                             const uint8_t *message, size_t len,
                                             struct sim_frame *frame_out);
void sim_frame_fini(struct sim_frame *frame);
