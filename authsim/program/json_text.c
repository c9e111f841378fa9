/* SPDX-License-Identifier: BSD-2-Clause */
/* json_text.c - room for the text, and the few things that JSON has. */
#include "json_text.h"

#include <stdlib.h>

enum {
    FIRST_CAPACITY = 4096,
    DIGITS_MAX = 20, /* of 2^64 - 1 */
    ESCAPE_MAX = 6   /* "\u001F" */
};

void json_text_fini(struct json_text *text)
{
    free(text->chars);
    *text = (struct json_text){ 0 };
}

bool json_text_grow(struct json_text *text, size_t more)
{
    size_t capacity =
        text->capacity == 0 ? (size_t)FIRST_CAPACITY : text->capacity;
    char *chars = NULL;

    while (capacity - text->len < more) {
        capacity *= 2;
    }
    chars = text->failed ? NULL : realloc(text->chars, capacity);
    if (chars == NULL) {
        text->failed = true;
        return false;
    }
    text->chars = chars;
    text->capacity = capacity;
    return true;
}

static bool has_room(struct json_text *text, size_t more)
{
    return text->capacity - text->len >= more || json_text_grow(text, more);
}

void json_text_number(struct json_text *text, uint64_t number)
{
    char digits[DIGITS_MAX];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    if (has_room(text, sizeof(digits))) {
        memcpy(text->chars + text->len, digits + at, sizeof(digits) - at);
        text->len += sizeof(digits) - at;
    }
}

void json_text_signed(struct json_text *text, int64_t number)
{
    if (number < 0) {
        json_text_raw(text, "-");
        json_text_number(text, -(uint64_t)number);
    } else {
        json_text_number(text, (uint64_t)number);
    }
}

void json_text_bool(struct json_text *text, bool value)
{
    json_text_raw(text, value ? "true" : "false");
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* Writes what stands for c, which is not plain; returns how many octets. */
static size_t escape(char c, char out[ESCAPE_MAX])
{
    static const char from[] = "\"\\\b\f\n\r\t";
    static const char to[] = "\"\\bfnrt";
    static const char digits[] = "0123456789ABCDEF";
    const char *found = memchr(from, c, sizeof(from) - 1);

    out[0] = '\\';
    if (found != NULL) {
        out[1] = to[found - from];
        return 2;
    }
    out[1] = 'u';
    out[2] = '0';
    out[3] = '0';
    out[4] = digits[(unsigned char)c >> 4];
    out[5] = digits[(unsigned char)c & 15];
    return ESCAPE_MAX;
}

void json_text_string(struct json_text *text, const char *chars)
{
    const size_t len = strlen(chars);

    if (!has_room(text, ESCAPE_MAX * len + 2)) {
        return;
    }
    char *out = text->chars + text->len;
    *out++ = '"';
    for (size_t i = 0; i < len; i++) {
        if (is_plain(chars[i])) {
            *out++ = chars[i];
        } else {
            out += escape(chars[i], out);
        }
    }
    *out++ = '"';
    text->len = (size_t)(out - text->chars);
}

char *json_text_take(struct json_text *text)
{
    char *chars = NULL;

    if (has_room(text, 1) && !text->failed) {
        text->chars[text->len] = '\0';
        chars = text->chars;
        text->chars = NULL;
    }
    json_text_fini(text);
    return chars;
}
