/* SPDX-License-Identifier: BSD-2-Clause */
/* text.h - master file format (RFC 1035 section 5, RFC 3597). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text that grows; the first failure to grow sticks. */
struct sim_text {
    char *chars; /* [owned] malloc; terminated; NULL when nothing was added */
    size_t len;
    size_t capacity;
    bool failed;
};

void sim_text_add(struct sim_text *text, const char *chars, size_t len);
void sim_text_string(struct sim_text *text, const char *string);
void sim_text_number(struct sim_text *text, uint32_t number);
/* With a trailing dot, also for the root. */
void sim_text_name(struct sim_text *text, const uint8_t *name);
/* Mnemonic or TYPEnnn. */
void sim_text_type(struct sim_text *text, uint16_t type);
void sim_text_hex(struct sim_text *text, const uint8_t *octets, size_t len);
/* RDATA as its type is written; as RFC 3597 section 5 says when the type is not
 * known or the octets are not well formed. */
void sim_text_rdata(struct sim_text *text, uint16_t type, const uint8_t *octets,
                    size_t len);
/* One line with owner, TTL, class, type and RDATA. */
struct sim_rr;
void sim_text_rr(struct sim_text *text, const struct sim_rr *rr);
/* The text so far, [owned] by the caller; NULL when something failed. */
char *sim_text_take(struct sim_text *text);
