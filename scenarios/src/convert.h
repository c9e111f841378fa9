/* SPDX-License-Identifier: BSD-2-Clause */
/* convert.h - strict readings of single words: numbers, ids, dates, types. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal digits without a leading zero, at most max. */
bool scn_number_from_text(const char *text, size_t len, uint32_t max,
                          uint32_t *number_out);

/* [a-z][a-z0-9-]*, no "--", no "-" at the end, at most 63 octets, and none of
 * the words that some YAML readers take for something else. */
bool scn_is_id(const char *text, size_t len);

/* Names that resolvers treat specially (RFC 6761 and its registry): no file's
 * id is one of them. */
bool scn_is_special_use(const char *text, size_t len);

/* A capital letter and digits: A1, B20. */
bool scn_is_deviation(const char *text);

/* R and three digits: R101. */
bool scn_is_requirement(const char *text);

/* An RR type's mnemonic in capitals, or TYPEnnn (RFC 3597 section 5). */
bool scn_type_from_text(const char *text, uint32_t *type_out);

/* Hexadecimal octets; digits must be even in number. out needs len / 2. */
bool scn_hex_from_text(const char *text, size_t len, uint8_t *out);
