/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * name.h - domain names in wire form (RFC 1035 section 3.1), always absolute,
 * always in lower case: names are compared without case (RFC 4343) and asked
 * in one spelling.
 */
#pragma once

#include <caacheck/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CAA_NAME_MAX = 255,
    CAA_LABEL_MAX = 63,
    CAA_NAME_TEXT_MAX = 1024 /* the longest text of a name and its NUL */
};

/* Octets past `length` mean nothing. The root has length 1. */
struct caa_name {
    uint8_t length;
    uint8_t wire[CAA_NAME_MAX];
};

/*
 * Labels separated by dots, a last dot accepted, "." the root; no escapes.
 * CAA_EFORMAT: an empty label, one over 63 octets, a name over 255 octets.
 */
CAA_NODISCARD enum caa_status caa_name_from_text(const char *text,
                                                 struct caa_name *name_out);

/*
 * Writes the name without its last dot (the root as "."); what is not a
 * letter, digit, hyphen, underscore or asterisk as \DDD.
 */
void caa_name_to_text(const struct caa_name *name,
                      char text[CAA_NAME_TEXT_MAX]);

/*
 * Appends one label, lower-cased. CAA_EFORMAT when it does not fit; name is
 * then unchanged. A name under construction lacks its root label and becomes
 * a name with caa_name_close().
 */
CAA_NODISCARD enum caa_status caa_name_append(struct caa_name *name,
                                              const uint8_t *label,
                                              size_t length);
CAA_NODISCARD enum caa_status caa_name_close(struct caa_name *name);

bool caa_name_is_root(const struct caa_name *name);
bool caa_name_equal(const struct caa_name *a, const struct caa_name *b);

/* The root has none. */
size_t caa_name_label_count(const struct caa_name *name);

/* Drops the first label. The parent of the root is the root. */
struct caa_name caa_name_parent(const struct caa_name *name);

/* The last `labels` labels of a name; all of it when it has fewer. */
struct caa_name caa_name_suffix(const struct caa_name *name, size_t labels);
