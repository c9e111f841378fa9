/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * name.h - domain names in wire format (RFC 1035 section 3.1).
 *
 * A name is a `const uint8_t *` to uncompressed labels that end in the root
 * label, at most 255 octets. Names of the model are lower-case and absolute.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCN_NAME_MAX = 255, SCN_NAME_TEXT_MAX = 1024 };

/* Octets of name, the root label included: 1 for the root itself. */
size_t scn_name_length(const uint8_t *name);

/* Labels of name, the root label not counted. */
size_t scn_name_labels(const uint8_t *name);

/* The parent of name (a pointer into name); the root's parent is the root. */
const uint8_t *scn_name_parent(const uint8_t *name);

/* Compare without ASCII case (RFC 4343). */
bool scn_name_equal(const uint8_t *a, const uint8_t *b);

/* True when name is ancestor itself or lies below it. */
bool scn_name_is_under(const uint8_t *name, const uint8_t *ancestor);

/* Canonical order of RFC 4034 section 6.1: <0, 0, >0. */
int scn_name_compare(const uint8_t *a, const uint8_t *b);

/* Lower-cases ASCII letters in place. */
void scn_name_lower(uint8_t *name);

/*
 * Presentation format without a trailing dot ("." for the root), with \DDD and
 * \X escapes of RFC 1035 section 5.1. text needs SCN_NAME_TEXT_MAX octets.
 */
void scn_name_to_text(const uint8_t *name, char *text);

/*
 * Reads presentation format; a name without a trailing dot is relative to
 * origin (NULL: the root); "@" is the origin. Keeps case. False when a label
 * exceeds 63 or the name 255 octets, when a label is empty or an escape bad.
 *   name_out  SCN_NAME_MAX octets, written only on success
 */
bool scn_name_from_text(const char *text, size_t len, const uint8_t *origin,
                        uint8_t *name_out);
