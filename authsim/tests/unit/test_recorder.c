/* SPDX-License-Identifier: BSD-2-Clause */
/* The file is read back block by block; IPv4 only, so headers are short. */
#include "ip_packet.h"
#include "octets.h"
#include "pcapng.h"
#include "testing.h"

#include <authsim/clock.h>
#include <authsim/recorder.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 1 << 18, IPV4 = 20, TCP = 20, AT = 28 };

struct fixture {
    struct sim_recorder *recorder;
    struct sim_address client;
    struct sim_address server;
    char path[32];
    uint8_t file[FILE_MAX];
    size_t size;
    size_t next; /* block to be read */
};

/* One packet of the file. */
struct seen {
    const uint8_t *ip;
    size_t len;
    uint64_t unix_ns;
};

static uint32_t little(const uint8_t *at)
{
    return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 |
           (uint32_t)at[1] << 8 | at[0];
}

static void read_file(struct fixture *f)
{
    FILE *in = NULL;

    assert_true(sim_recorder_flush(f->recorder));
    in = fopen(f->path, "rb");
    assert_non_null(in);
    f->size = fread(f->file, 1, sizeof(f->file), in);
    assert_int_equal(fclose(in), 0);
}

static struct seen next_packet(struct fixture *f)
{
    const uint8_t *block = f->file + f->next;
    struct seen seen = { 0 };

    assert_true(f->next + SIM_PCAPNG_AROUND <= f->size);
    assert_int_equal(little(block), 6);
    seen.unix_ns = (uint64_t)little(block + 12) << 32 | little(block + 16);
    seen.len = little(block + 20);
    seen.ip = block + AT;
    f->next += little(block + 4);
    return seen;
}

/* flags, sequence numbers counted from the stream's first. */
static void expect_segment(struct fixture *f, enum sim_end by, unsigned flags,
                           uint32_t sequence, uint32_t acknowledged)
{
    static uint32_t first[2];
    const struct seen seen = next_packet(f);
    const uint8_t *tcp = seen.ip + IPV4;
    const enum sim_end other = by == SIM_CLIENT ? SIM_SERVER : SIM_CLIENT;

    assert_int_equal(tcp[13], flags);
    assert_int_equal(sim_get_u16(tcp + (by == SIM_CLIENT ? 0 : 2)), 4000);
    assert_int_equal(sim_get_u16(tcp + (by == SIM_CLIENT ? 2 : 0)), 53);
    if ((flags & SIM_TCP_SYN) != 0) {
        first[by] = sim_get_u32(tcp + 4);
    }
    assert_int_equal(sim_get_u32(tcp + 4) - first[by], sequence);
    if ((flags & SIM_TCP_ACK) != 0) {
        assert_int_equal(sim_get_u32(tcp + 8) - first[other], acknowledged);
    }
}

static void expect_handshake(struct fixture *f)
{
    expect_segment(f, SIM_CLIENT, SIM_TCP_SYN, 0, 0);
    expect_segment(f, SIM_SERVER, SIM_TCP_SYN | SIM_TCP_ACK, 0, 1);
    expect_segment(f, SIM_CLIENT, SIM_TCP_ACK, 1, 1);
}

static void expect_end_of_file(const struct fixture *f)
{
    assert_int_equal(f->next, f->size);
}

static void a_datagram_goes_each_way(void **state)
{
    struct fixture *f = *state;
    const struct sim_recorded query = { .client = f->client,
                                        .server = f->server,
                                        .by = SIM_CLIENT,
                                        .at_ns = sim_clock_monotonic_ns(),
                                        .octets = (const uint8_t *)"query",
                                        .len = 5 };
    struct sim_recorded reply = query;
    const uint64_t now_ns = (uint64_t)sim_clock_unix_ns();

    reply.by = SIM_SERVER;
    reply.at_ns += 7;
    sim_recorder_datagram(f->recorder, &query);
    sim_recorder_datagram(f->recorder, &reply);
    read_file(f);
    const struct seen first = next_packet(f);
    const struct seen second = next_packet(f);
    assert_int_equal(sim_get_u16(first.ip + IPV4), 4000);
    assert_int_equal(sim_get_u16(second.ip + IPV4), 53);
    assert_memory_equal(first.ip + IPV4 + 8, "query", 5);
    assert_int_equal(second.unix_ns - first.unix_ns, 7);
    assert_true(first.unix_ns + 60000000000 > now_ns);
    assert_true(now_ns + 60000000000 > first.unix_ns);
    expect_end_of_file(f);
}

static void what_fits_no_packet_is_left_out(void **state)
{
    static const uint8_t octets[65535];
    struct fixture *f = *state;
    const struct sim_recorded query = { .client = f->client,
                                        .server = f->server,
                                        .octets = octets,
                                        .len = sizeof(octets) };

    sim_recorder_datagram(f->recorder, &query);
    read_file(f);
    expect_end_of_file(f);
}

static void what_refuses_a_datagram_quotes_it(void **state)
{
    struct fixture *f = *state;
    const struct sim_recorded query = { .client = f->client,
                                        .server = f->server,
                                        .by = SIM_CLIENT,
                                        .at_ns = 7,
                                        .octets = (const uint8_t *)"query",
                                        .len = 5 };

    sim_recorder_datagram(f->recorder, &query);
    sim_recorder_unreachable(f->recorder, &query);
    read_file(f);
    const struct seen first = next_packet(f);
    const struct seen second = next_packet(f);
    assert_memory_equal(second.ip + 12, f->server.octets, 4);
    assert_memory_equal(second.ip + 16, f->client.octets, 4);
    assert_int_equal(second.len, IPV4 + 8 + first.len);
    assert_memory_equal(second.ip + IPV4 + 8, first.ip, first.len);
    assert_int_equal(second.unix_ns, first.unix_ns);
    expect_end_of_file(f);
}

static void a_stream_is_acknowledged_and_ends(void **state)
{
    struct fixture *f = *state;
    const unsigned data = SIM_TCP_PSH | SIM_TCP_ACK;
    const unsigned finish = SIM_TCP_FIN | SIM_TCP_ACK;
    const uint8_t octets[5] = { 0 };
    struct sim_stream stream;

    sim_stream_init(&stream, f->recorder, &f->client, &f->server, 0);
    sim_stream_octets(&stream, SIM_CLIENT, octets, 5, 0);
    sim_stream_octets(&stream, SIM_SERVER, octets, 3, 0);
    sim_stream_finish(&stream, SIM_CLIENT, 0);
    sim_stream_finish(&stream, SIM_CLIENT, 0);
    sim_stream_octets(&stream, SIM_SERVER, octets, 1, 0);
    sim_stream_finish(&stream, SIM_SERVER, 0);
    sim_stream_octets(&stream, SIM_SERVER, octets, 1, 0);
    sim_stream_reset(&stream, SIM_SERVER, 0);
    read_file(f);
    expect_handshake(f);
    expect_segment(f, SIM_CLIENT, data, 1, 1);
    expect_segment(f, SIM_SERVER, SIM_TCP_ACK, 1, 6);
    expect_segment(f, SIM_SERVER, data, 1, 6);
    expect_segment(f, SIM_CLIENT, SIM_TCP_ACK, 6, 4);
    expect_segment(f, SIM_CLIENT, finish, 6, 4);
    expect_segment(f, SIM_SERVER, SIM_TCP_ACK, 4, 7);
    expect_segment(f, SIM_SERVER, data, 4, 7);
    expect_segment(f, SIM_CLIENT, SIM_TCP_ACK, 7, 5);
    expect_segment(f, SIM_SERVER, finish, 5, 7);
    expect_segment(f, SIM_CLIENT, SIM_TCP_ACK, 7, 6);
    expect_end_of_file(f);
}

static void nothing_follows_a_reset(void **state)
{
    struct fixture *f = *state;
    const uint8_t octets[1] = { 0 };
    struct sim_stream stream;

    sim_stream_init(&stream, f->recorder, &f->client, &f->server, 0);
    sim_stream_reset(&stream, SIM_SERVER, 0);
    sim_stream_octets(&stream, SIM_SERVER, octets, 1, 0);
    sim_stream_finish(&stream, SIM_SERVER, 0);
    sim_stream_finish(&stream, SIM_CLIENT, 0);
    read_file(f);
    expect_handshake(f);
    expect_segment(f, SIM_SERVER, SIM_TCP_RST | SIM_TCP_ACK, 1, 1);
    expect_end_of_file(f);
}

static void a_long_message_is_cut_into_segments(void **state)
{
    static const uint8_t octets[65537];
    struct fixture *f = *state;
    struct sim_stream stream;
    size_t carried = 0;

    sim_stream_init(&stream, f->recorder, &f->client, &f->server, 0);
    sim_stream_octets(&stream, SIM_SERVER, octets, sizeof(octets), 0);
    read_file(f);
    expect_handshake(f);
    while (f->next < f->size) {
        const struct seen seen = next_packet(f);
        assert_true(seen.len <= 1500);
        carried += seen.len - IPV4 - TCP;
    }
    assert_int_equal(carried, sizeof(octets));
}

/* The same port again: the SYN must not look like the first one repeated. */
static void streams_begin_with_numbers_of_their_own(void **state)
{
    struct fixture *f = *state;
    uint32_t first = 0;

    for (int i = 0; i < 2; i++) {
        struct sim_stream stream;
        sim_stream_init(&stream, f->recorder, &f->client, &f->server, 0);
    }
    read_file(f);
    first = sim_get_u32(next_packet(f).ip + IPV4 + 4);
    (void)next_packet(f);
    (void)next_packet(f);
    assert_int_not_equal(sim_get_u32(next_packet(f).ip + IPV4 + 4), first);
}

static void without_a_recorder_nothing_happens(void **state)
{
    const struct fixture *f = *state;
    const uint8_t octets[1] = { 0 };
    const struct sim_recorded query = { .octets = octets, .len = 1 };
    struct sim_stream stream;

    sim_recorder_datagram(NULL, &query);
    sim_recorder_unreachable(NULL, &query);
    sim_stream_init(&stream, NULL, &f->client, &f->server, 0);
    sim_stream_octets(&stream, SIM_CLIENT, octets, 1, 0);
    sim_stream_finish(&stream, SIM_CLIENT, 0);
    sim_stream_reset(&stream, SIM_CLIENT, 0);
    assert_true(sim_recorder_flush(NULL));
    sim_recorder_close(NULL);
}

static void trouble_is_told(void **state)
{
    struct fixture *f = *state;
    struct sim_recorder *full = NULL;

    (void)f;
    assert_int_equal(sim_recorder_open("/none/such", &full), SIM_ESYSTEM);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(sim_recorder_open("/dev/full", &full), SIM_OK);
    assert_false(sim_recorder_flush(full));
    assert_int_equal(errno, ENOSPC);
    assert_false(sim_recorder_flush(full));
    assert_int_equal(errno, ENOSPC);
    sim_recorder_close(full);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    if (f == NULL) {
        return -1;
    }
    *state = f;
    (void)snprintf(f->path, sizeof(f->path), "/tmp/test-recorder-XXXXXX");
    const int fd = mkstemp(f->path);
    f->next = SIM_PCAPNG_HEADER;
    return fd >= 0 && close(fd) == 0 &&
                   sim_address_from_text("198.18.0.9@4000", &f->client) &&
                   sim_address_from_text("198.18.0.1@53", &f->server) &&
                   sim_recorder_open(f->path, &f->recorder) == SIM_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    sim_recorder_close(f->recorder);
    (void)unlink(f->path);
    free(f);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_datagram_goes_each_way),
        TEST(what_fits_no_packet_is_left_out),
        TEST(what_refuses_a_datagram_quotes_it),
        TEST(a_stream_is_acknowledged_and_ends),
        TEST(nothing_follows_a_reset),
        TEST(a_long_message_is_cut_into_segments),
        TEST(streams_begin_with_numbers_of_their_own),
        TEST(without_a_recorder_nothing_happens),
        TEST(trouble_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
