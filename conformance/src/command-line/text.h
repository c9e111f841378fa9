/* SPDX-License-Identifier: BSD-2-Clause */
/* text.h - a growing string, and text that is safe to show and to store. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Starts as {0}. After a failed allocation `failed` stays set and nothing more
 * is added, so that only cfm_text_take() need be checked. */
struct cfm_text {
    char *data; /* [owned] terminated, or NULL while empty */
    size_t len;
    size_t cap;
    bool failed;
};

void cfm_text_add(struct cfm_text *text, const char *more);
void cfm_text_add_octets(struct cfm_text *text, const char *more, size_t len);
__attribute__((format(printf, 2, 3))) void cfm_text_addf(struct cfm_text *text,
                                                         const char *format,
                                                         ...);
void cfm_text_fini(struct cfm_text *text);

/* The string, "" when nothing was added; [owned] by the caller, free(). NULL
 * when memory ran out. text is empty again. */
char *cfm_text_take(struct cfm_text *text);

/* A new string, [owned] by the caller; NULL when out of memory. */
__attribute__((format(printf, 1, 2))) char *cfm_textf(const char *format, ...);

/*
 * At most max octets of text as well-formed UTF-8 that a terminal, JSON and
 * XML can hold: octets that are no UTF-8 and control characters other than
 * line feed and tab become U+FFFD. [owned] by the caller, free(); NULL when
 * out of memory or text is NULL.
 */
char *cfm_text_clean(const char *text, size_t max);

/* Octets of the well-formed UTF-8 character at text, 0 when there is none. */
size_t cfm_utf8_length(const char *text);

/* strdup() that keeps NULL. */
char *cfm_text_copy(const char *text);
