/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * recorder.h - what servers receive and send, written to a file as packets that
 * Wireshark reads (pcapng).
 *
 * Datagrams and the octets of TCP streams are what went through the sockets.
 * The headers around them are made up: there is no link layer, every octet of a
 * stream is acknowledged when it has been seen, and the port of the servers is
 * written as 53 whatever it is, for that is how a reader knows DNS.
 *
 * Without a recorder (NULL) nothing is recorded and no call does anything.
 */
#pragma once

#include <authsim/network.h>
#include <authsim/status.h>

#include <stddef.h>

enum { SIM_RECORDED_PORT = 53 };

struct sim_recorder;

/*
 * Makes the file anew.
 *   recorder_out  [owned] by the caller
 * SIM_ESYSTEM: see errno.
 */
SIM_NODISCARD enum sim_status sim_recorder_open(
    const char *path, struct sim_recorder **recorder_out);

/* Writes whole packets only: whatever ends the program, the file can be read.
 * False when what was recorded cannot be written or held: see errno. */
bool sim_recorder_flush(struct sim_recorder *recorder);

/* Flush first. */
void sim_recorder_close(struct sim_recorder *recorder);

enum sim_end { SIM_CLIENT, SIM_SERVER };

/* One datagram, sent by one end to the other. Times are those of
 * sim_clock_monotonic_ns(), here and below. */
struct sim_recorded {
    struct sim_address client;
    struct sim_address server;
    enum sim_end by;
    int64_t at_ns;
    const uint8_t *octets; /* [borrowed] */
    size_t len;
};

void sim_recorder_datagram(struct sim_recorder *recorder,
                           const struct sim_recorded *datagram);

/* What the other end says when it has nothing on the port: ICMP.
 *   datagram  what is refused; at_ns is when */
void sim_recorder_unreachable(struct sim_recorder *recorder,
                              const struct sim_recorded *datagram);

/* One TCP connection; a member of what serves it. */
struct sim_stream {
    struct sim_recorder *recorder; /* [borrowed] NULL: none */
    struct sim_address address[2]; /* by enum sim_end */
    uint32_t next[2];              /* sequence number of the next octet */
    bool ended[2];                 /* by that end */
};

/* The handshake; the recorder outlives the stream. */
void sim_stream_init(struct sim_stream *stream, struct sim_recorder *recorder,
                     const struct sim_address *client,
                     const struct sim_address *server, int64_t at_ns);
/* Octets by one end, acknowledged by the other. */
void sim_stream_octets(struct sim_stream *stream, enum sim_end by,
                       const uint8_t *octets, size_t len, int64_t at_ns);
/* The end that `by` sends no more after. Twice is once. */
void sim_stream_finish(struct sim_stream *stream, enum sim_end by,
                       int64_t at_ns);
/* Nothing follows a reset. */
void sim_stream_reset(struct sim_stream *stream, enum sim_end by,
                      int64_t at_ns);
