/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stream.c - a TCP connection as segments (RFC 9293): the sockets tell octets,
 * this says how they might have travelled.
 */
#include "recorder_inside.h"

enum { SEGMENT_OCTETS = 1440 /* of an IPv6 packet of 1500, RFC 8200 */ };

static enum sim_end other(enum sim_end end)
{
    return end == SIM_CLIENT ? SIM_SERVER : SIM_CLIENT;
}

/* One segment of what `by` has to say next. */
static void put(struct sim_stream *s, enum sim_end by, unsigned flags,
                const uint8_t *octets, size_t len, int64_t at_ns)
{
    const struct sim_segment segment = {
        .from = s->address[by],
        .to = s->address[other(by)],
        .sequence = s->next[by],
        .acknowledged = (flags & SIM_TCP_ACK) != 0 ? s->next[other(by)] : 0,
        .flags = flags,
        .octets = octets,
        .len = len,
    };

    sim_recorder_segment(s->recorder, &segment, by, at_ns);
    s->next[by] += (uint32_t)len;
}

static void acknowledge(struct sim_stream *s, enum sim_end by, int64_t at_ns)
{
    put(s, by, SIM_TCP_ACK, NULL, 0, at_ns);
}

/* A SYN and a FIN take a sequence number each (RFC 9293 section 3.4). */
static void put_control(struct sim_stream *s, enum sim_end by, unsigned flags,
                        int64_t at_ns)
{
    put(s, by, flags, NULL, 0, at_ns);
    s->next[by]++;
}

void sim_stream_init(struct sim_stream *stream, struct sim_recorder *recorder,
                     const struct sim_address *client,
                     const struct sim_address *server, int64_t at_ns)
{
    /* Odd, so that no two streams of a file begin alike: a port that is used
     * again is told from a repeated SYN by it. */
    const uint32_t spread = 2654435761u;

    *stream = (struct sim_stream){ .recorder = recorder,
                                   .address = { *client, *server } };
    if (recorder == NULL) {
        return;
    }
    stream->address[SIM_SERVER].port = SIM_RECORDED_PORT;
    stream->next[SIM_CLIENT] = sim_recorder_stream(recorder) * spread;
    stream->next[SIM_SERVER] = ~stream->next[SIM_CLIENT];
    put_control(stream, SIM_CLIENT, SIM_TCP_SYN, at_ns);
    put_control(stream, SIM_SERVER, SIM_TCP_SYN | SIM_TCP_ACK, at_ns);
    acknowledge(stream, SIM_CLIENT, at_ns);
}

void sim_stream_octets(struct sim_stream *stream, enum sim_end by,
                       const uint8_t *octets, size_t len, int64_t at_ns)
{
    if (stream->recorder == NULL || stream->ended[by]) {
        return;
    }
    for (size_t done = 0; done < len;) {
        const size_t rest = len - done;
        const size_t part = rest < SEGMENT_OCTETS ? rest : SEGMENT_OCTETS;
        put(stream, by, SIM_TCP_PSH | SIM_TCP_ACK, octets + done, part, at_ns);
        acknowledge(stream, other(by), at_ns);
        done += part;
    }
}

void sim_stream_finish(struct sim_stream *stream, enum sim_end by,
                       int64_t at_ns)
{
    if (stream->recorder == NULL || stream->ended[by]) {
        return;
    }
    stream->ended[by] = true;
    put_control(stream, by, SIM_TCP_FIN | SIM_TCP_ACK, at_ns);
    acknowledge(stream, other(by), at_ns);
}

void sim_stream_reset(struct sim_stream *stream, enum sim_end by, int64_t at_ns)
{
    if (stream->recorder == NULL ||
        (stream->ended[SIM_CLIENT] && stream->ended[SIM_SERVER])) {
        return;
    }
    stream->ended[SIM_CLIENT] = true;
    stream->ended[SIM_SERVER] = true;
    put(stream, by, SIM_TCP_RST | SIM_TCP_ACK, NULL, 0, at_ns);
}
