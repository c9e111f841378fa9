/* SPDX-License-Identifier: BSD-2-Clause */
/* writer.h - octets of a message, with name compression (RFC 1035 4.1.4). */
#pragma once

#include "answer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIM_WRITER_NAMES = 192 };

/* Nothing is written at or past the limit; overrun tells that it was tried. */
struct sim_writer {
    uint8_t *buf; /* [borrowed] */
    size_t limit;
    size_t at;
    bool overrun;
    /* Where names and their ancestors stand, each below 0x4000. */
    uint16_t places[SIM_WRITER_NAMES];
    size_t place_count;
    /* The owner written last: most RRs have the one before them. */
    const uint8_t *last_owner;
    uint16_t last_place; /* 0: none */
};

void sim_writer_init(struct sim_writer *w, uint8_t *buf, size_t limit);
void sim_writer_restart(struct sim_writer *w);

void sim_writer_u8(struct sim_writer *w, uint8_t value);
void sim_writer_u16(struct sim_writer *w, uint16_t value);
void sim_writer_octets(struct sim_writer *w, const uint8_t *octets, size_t n);

/* A name, compressed where an earlier one ends alike, without regard to
 * case. */
void sim_writer_name(struct sim_writer *w, const uint8_t *name);

/* A whole record of class IN. RDATA that is not what its type promises is
 * written as it is. */
void sim_writer_rr(struct sim_writer *w, const struct sim_rr *rr);
