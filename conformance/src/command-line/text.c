/* SPDX-License-Identifier: BSD-2-Clause */
/* text.c - strings that grow, and strings of others made harmless. */
#include "text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* Makes room for more octets and a terminator. */
static bool reserve(struct cfm_text *text, size_t more)
{
    size_t need = text->len + more + 1;

    if (text->failed) {
        return false;
    }
    if (need <= text->cap) {
        return true;
    }
    size_t cap = text->cap < 64 ? 64 : text->cap;
    while (cap < need) {
        cap *= 2;
    }
    char *data = realloc(text->data, cap);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->cap = cap;
    return true;
}

void cfm_text_add_octets(struct cfm_text *text, const char *more, size_t len)
{
    if (reserve(text, len)) {
        memcpy(text->data + text->len, more, len);
        text->len += len;
        text->data[text->len] = '\0';
    }
}

void cfm_text_add(struct cfm_text *text, const char *more)
{
    cfm_text_add_octets(text, more, strlen(more));
}

__attribute__((format(printf, 2, 0))) static void add_list(
    struct cfm_text *text, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0) {
        text->failed = true;
        return;
    }
    if (reserve(text, (size_t)len)) {
        (void)vsnprintf(text->data + text->len, (size_t)len + 1, format, args);
        text->len += (size_t)len;
    }
}

void cfm_text_addf(struct cfm_text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_list(text, format, args);
    va_end(args);
}

void cfm_text_fini(struct cfm_text *text)
{
    free(text->data);
    *text = (struct cfm_text){ 0 };
}

char *cfm_text_take(struct cfm_text *text)
{
    char *data = NULL;

    if (reserve(text, 0)) {
        text->data[text->len] = '\0';
        data = text->data;
        text->data = NULL;
    }
    cfm_text_fini(text);
    return data;
}

char *cfm_textf(const char *format, ...)
{
    struct cfm_text text = { 0 };
    va_list args;

    va_start(args, format);
    add_list(&text, format, args);
    va_end(args);
    return cfm_text_take(&text);
}

/* Octets that the lead octet announces, 0 when it leads nothing. */
static size_t announced(uint8_t lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* RFC 3629 section 4: no overlong forms, no surrogates, nothing above
 * U+10FFFF. second follows lead. */
static bool second_fits(uint8_t lead, uint8_t second)
{
    switch (lead) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

size_t cfm_utf8_length(const char *text)
{
    const uint8_t *octets = (const uint8_t *)text;
    size_t len = announced(octets[0]);

    if (octets[0] == '\0') {
        return 0;
    }
    if (len > 1 && !second_fits(octets[0], octets[1])) {
        return 0;
    }
    for (size_t i = 2; i < len; i++) {
        if ((octets[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return len;
}

static bool shows(const char *text, size_t len)
{
    uint8_t lead = (uint8_t)text[0];

    if (len == 1) {
        return (lead >= 0x20 && lead != 0x7F) || lead == '\n' || lead == '\t';
    }
    /* C1 controls, and U+FFFE and U+FFFF, which XML cannot hold. */
    if (lead == 0xC2 && (uint8_t)text[1] < 0xA0) {
        return false;
    }
    return !(lead == 0xEF && (uint8_t)text[1] == 0xBF &&
             (uint8_t)text[2] >= 0xBE);
}

char *cfm_text_clean(const char *text, size_t max)
{
    struct cfm_text clean = { 0 };

    if (text == NULL) {
        return NULL;
    }
    while (*text != '\0') {
        size_t len = cfm_utf8_length(text);
        bool good = len > 0 && shows(text, len);
        size_t added = good ? len : sizeof(replacement) - 1;
        if (clean.len + added > max) {
            break;
        }
        cfm_text_add_octets(&clean, good ? text : replacement, added);
        text += len > 0 ? len : 1;
    }
    return cfm_text_take(&clean);
}

char *cfm_text_copy(const char *text)
{
    return text == NULL ? NULL : strdup(text);
}
