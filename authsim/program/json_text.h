/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json_text.h - JSON as text that grows, for what is written once for every
 * query: no tree is made of it. Its octets are those that jansson gives with
 * JSON_COMPACT.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Zero-initialised is empty; the first failure to grow sticks. */
struct json_text {
    char *chars; /* [owned] not terminated */
    size_t len;
    size_t capacity;
    bool failed;
};

void json_text_fini(struct json_text *text);

/* Makes room for so many octets behind len; false when memory has run out. */
bool json_text_grow(struct json_text *text, size_t more);

/* What is JSON already: brackets, names of members. Inline, since the length of
 * a literal is known to the compiler then: it is most of a line. */
static inline void json_text_raw(struct json_text *text, const char *chars)
{
    const size_t len = strlen(chars);

    if (len > 0 &&
        (text->capacity - text->len >= len || json_text_grow(text, len))) {
        memcpy(text->chars + text->len, chars, len);
        text->len += len;
    }
}

void json_text_number(struct json_text *text, uint64_t number);
void json_text_signed(struct json_text *text, int64_t number);
void json_text_bool(struct json_text *text, bool value);
/* Quoted, and escaped as RFC 8259 section 7 wants it. chars are UTF-8. */
void json_text_string(struct json_text *text, const char *chars);

/* The text, terminated, [owned] by the caller, free(); NULL when memory ran
 * out. text is empty then. */
char *json_text_take(struct json_text *text);
