/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * recorder.c - blocks gather in memory and leave it together.
 */
#include "pcapng.h"
#include "recorder_inside.h"

#include <authsim/clock.h>
#include <authsim/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_CAPACITY = 1 << 16 };

struct sim_recorder {
    int fd;           /* [owned] */
    int error;        /* errno of the first trouble; 0: none */
    int64_t unix_ns;  /* the monotonic clock's zero */
    uint32_t streams; /* begun so far */
    uint8_t *blocks;  /* [owned] not written yet */
    size_t len;
    size_t capacity;
    uint8_t packet[SIM_PACKET_MAX];
};

/* Room for another `more` octets; NULL, and the trouble kept, without it. */
static uint8_t *room_for(struct sim_recorder *r, size_t more)
{
    size_t capacity = r->capacity == 0 ? FIRST_CAPACITY : r->capacity;

    while (capacity - r->len < more) {
        capacity *= 2;
    }
    if (capacity > r->capacity) {
        uint8_t *blocks = realloc(r->blocks, capacity);
        if (blocks == NULL) {
            r->error = ENOMEM;
            return NULL;
        }
        r->blocks = blocks;
        r->capacity = capacity;
    }
    return r->blocks + r->len;
}

enum sim_status sim_recorder_open(const char *path,
                                  struct sim_recorder **recorder_out)
{
    struct sim_recorder *r = calloc(1, sizeof(*r));
    uint8_t *header = NULL;

    if (r == NULL) {
        return SIM_ENOMEM;
    }
    r->unix_ns = sim_clock_unix_ns() - sim_clock_monotonic_ns();
    r->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (r->fd < 0) {
        free(r);
        return SIM_ESYSTEM;
    }
    header = room_for(r, SIM_PCAPNG_HEADER);
    if (header == NULL) {
        sim_recorder_close(r);
        return SIM_ENOMEM;
    }
    sim_pcapng_header(header);
    r->len += SIM_PCAPNG_HEADER;
    *recorder_out = r;
    return SIM_OK;
}

bool sim_recorder_flush(struct sim_recorder *recorder)
{
    if (recorder == NULL) {
        return true;
    }
    if (recorder->error == 0 &&
        !sim_file_append(recorder->fd, recorder->blocks, recorder->len)) {
        recorder->error = errno;
    }
    recorder->len = 0;
    errno = recorder->error;
    return recorder->error == 0;
}

void sim_recorder_close(struct sim_recorder *recorder)
{
    if (recorder != NULL) {
        (void)close(recorder->fd);
        free(recorder->blocks);
        free(recorder);
    }
}

/* The first len octets of r->packet; none when no packet could be made. */
static void keep(struct sim_recorder *r, bool sent, int64_t at_ns, size_t len)
{
    uint8_t *at = NULL;

    if (len == 0 || r->error != 0) {
        return;
    }
    at = room_for(r, SIM_PCAPNG_AROUND + len + SIM_PCAPNG_PADDING);
    if (at != NULL) {
        r->len +=
            sim_pcapng_packet(r->unix_ns + at_ns, sent, r->packet, len, at);
    }
}

uint32_t sim_recorder_stream(struct sim_recorder *recorder)
{
    return ++recorder->streams;
}

void sim_recorder_segment(struct sim_recorder *recorder,
                          const struct sim_segment *segment, enum sim_end by,
                          int64_t at_ns)
{
    keep(recorder, by == SIM_SERVER, at_ns,
         sim_packet_tcp(segment, recorder->packet));
}

static struct sim_datagram as_sent(const struct sim_recorded *datagram)
{
    const bool by_server = datagram->by == SIM_SERVER;

    return (struct sim_datagram){
        .from = by_server ? datagram->server : datagram->client,
        .to = by_server ? datagram->client : datagram->server,
        .octets = datagram->octets,
        .len = datagram->len,
    };
}

void sim_recorder_datagram(struct sim_recorder *recorder,
                           const struct sim_recorded *datagram)
{
    const struct sim_datagram sent = as_sent(datagram);

    if (recorder != NULL) {
        keep(recorder, datagram->by == SIM_SERVER, datagram->at_ns,
             sim_packet_udp(&sent, recorder->packet));
    }
}

void sim_recorder_unreachable(struct sim_recorder *recorder,
                              const struct sim_recorded *datagram)
{
    const struct sim_datagram refused = as_sent(datagram);

    if (recorder != NULL) {
        keep(recorder, datagram->by != SIM_SERVER, datagram->at_ns,
             sim_packet_unreachable(&refused, recorder->packet));
    }
}
