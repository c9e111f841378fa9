/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cursor.h - the one door to octets that came from the network. Every read is
 * checked against the end; a read that fails moves nothing and writes nothing.
 */
#pragma once

#include <caacheck/name.h>

struct caa_cursor {
    const uint8_t *data; /* borrowed: the whole message */
    size_t length;
    size_t at; /* at <= length always */
};

/* Octets that live in somebody else's buffer. [borrowed] */
struct caa_octets {
    const uint8_t *data;
    size_t length;
};

struct caa_cursor caa_cursor_init(const uint8_t *data, size_t length);
size_t caa_cursor_left(const struct caa_cursor *cursor);

CAA_NODISCARD enum caa_status caa_cursor_u8(struct caa_cursor *cursor,
                                            uint8_t *value_out);
CAA_NODISCARD enum caa_status caa_cursor_u16(struct caa_cursor *cursor,
                                             uint16_t *value_out);
CAA_NODISCARD enum caa_status caa_cursor_u32(struct caa_cursor *cursor,
                                             uint32_t *value_out);
CAA_NODISCARD enum caa_status caa_cursor_octets(struct caa_cursor *cursor,
                                                size_t length,
                                                struct caa_octets *octets_out);

/*
 * A name, compressed or not (RFC 1035 section 4.1.4), as a lower-case name.
 * A pointer must point before the label it stands in for, so a loop cannot be
 * written; the reserved label types are CAA_EFORMAT.
 */
CAA_NODISCARD enum caa_status caa_cursor_name(struct caa_cursor *cursor,
                                              struct caa_name *name_out);
