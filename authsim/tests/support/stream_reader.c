/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stream_reader.c - what comes over a TCP connection, octet by octet: that no
 * client of DNS tells. Asks for one CAA RRset and prints one line:
 *
 *   told N octets, had N, in N pieces, then TIMEOUT, END or RESET
 *
 * usage: authsim-stream-reader IPV4-ADDRESS NAME
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum {
    PORT = 53,
    TYPE_CAA = 257,
    QUERY_MAX = 300,
    LABEL_MAX = 63,
    PIECE_MAX = 65536,
    LENGTH_SIZE = 2,
    PATIENCE_US = 400000
};

struct tally {
    size_t octets; /* with the two of the length */
    unsigned told;
    unsigned pieces;
    const char *end;
};

/* The query with its length before it (RFC 1035 section 4.2.2); its octets, 0
 * when name is none. */
static size_t make_query(const char *name, uint8_t query[QUERY_MAX])
{
    static const uint8_t header[] = { 0, 0, 0x12, 0x34, 0, 0, 0,
                                      1, 0, 0,    0,    0, 0, 0 };
    static const uint8_t tail[] = { 0, TYPE_CAA >> 8, TYPE_CAA & 0xff, 0, 1 };
    size_t len = sizeof(header);

    memcpy(query, header, sizeof(header));
    while (*name != '\0') {
        const size_t label = strcspn(name, ".");
        if (label == 0 || label > LABEL_MAX ||
            len + 1 + label + sizeof(tail) > QUERY_MAX) {
            return 0;
        }
        query[len++] = (uint8_t)label;
        memcpy(query + len, name, label);
        len += label;
        name += label + (name[label] == '.');
    }
    memcpy(query + len, tail, sizeof(tail));
    len += sizeof(tail);
    query[0] = (uint8_t)((len - LENGTH_SIZE) >> 8);
    query[1] = (uint8_t)(len - LENGTH_SIZE);
    return len;
}

static int open_stream(const char *address)
{
    const struct timeval patience = { .tv_usec = PATIENCE_US };
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(PORT) };
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || inet_pton(AF_INET, address, &to.sin_addr) != 1 ||
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) !=
            0 ||
        connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0) {
        return -1;
    }
    return fd;
}

static void add_piece(struct tally *tally, const uint8_t *piece, size_t len)
{
    for (size_t i = 0; i < len && tally->octets + i < LENGTH_SIZE; i++) {
        tally->told = tally->told << 8 | piece[i];
    }
    tally->octets += len;
    tally->pieces++;
}

static void read_stream(int fd, struct tally *tally)
{
    static uint8_t piece[PIECE_MAX];
    ssize_t n = 0;

    while ((n = recv(fd, piece, sizeof(piece), 0)) > 0) {
        add_piece(tally, piece, (size_t)n);
    }
    tally->end = n == 0 ? "END" : errno == EAGAIN ? "TIMEOUT" : "RESET";
}

int main(int argc, char **argv)
{
    uint8_t query[QUERY_MAX];
    struct tally tally = { .end = "" };
    const size_t len = argc == 3 ? make_query(argv[2], query) : 0;
    const int fd = len > 0 ? open_stream(argv[1]) : -1;

    if (fd < 0 || send(fd, query, len, MSG_NOSIGNAL) != (ssize_t)len) {
        (void)fprintf(stderr, "authsim-stream-reader: cannot ask\n");
        return 1;
    }
    read_stream(fd, &tally);
    (void)close(fd);
    (void)printf("told %u octets, had %zu, in %u pieces, then %s\n", tally.told,
                 tally.octets < LENGTH_SIZE ? 0 : tally.octets - LENGTH_SIZE,
                 tally.pieces, tally.end);
    return 0;
}
