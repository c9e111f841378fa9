/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ascii.h - the character classes of the RFCs. They are ASCII whatever the
 * locale says, so ctype.h will not do.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool caa_ascii_is_alnum(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
}

/* WSP of RFC 5234. */
static inline bool caa_ascii_is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

/* VCHAR of RFC 5234. */
static inline bool caa_ascii_is_visible(uint8_t c)
{
    return c >= 0x21 && c <= 0x7E;
}

static inline uint8_t caa_ascii_lower(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') ? (uint8_t)(c | 0x20) : c;
}

static inline bool caa_ascii_equal_nocase(const uint8_t *a, const uint8_t *b,
                                          size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (caa_ascii_lower(a[i]) != caa_ascii_lower(b[i])) {
            return false;
        }
    }
    return true;
}
