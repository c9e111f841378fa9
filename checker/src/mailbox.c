/* SPDX-License-Identifier: BSD-2-Clause */
#include "mailbox.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Nobody's local part is longer (RFC 5321 section 4.5.3.1.1). */
enum { LOCAL_PART_MAX = 64 };

/* Behind a quoted string; NULL when it does not end. A backslash takes the
 * next octet along, quotes too. */
static const char *skip_quoted(const char *at)
{
    for (at++; *at != '\0'; at++) {
        if (*at == '"') {
            return at + 1;
        }
        if (*at == '\\' && *++at == '\0') {
            break;
        }
    }
    return NULL;
}

/* The characters of UTF-8 (RFC 3629 section 4) that are no controls: the first
 * octet, the second if there is one, and how many there are. */
static const struct {
    uint8_t first[2];
    uint8_t second[2];
    size_t length;
} characters[] = {
    { { 0x20, 0x7e }, { 0x00, 0xff }, 1 },
    { { 0xc2, 0xc2 }, { 0xa0, 0xbf }, 2 },
    { { 0xc3, 0xdf }, { 0x80, 0xbf }, 2 },
    { { 0xe0, 0xe0 }, { 0xa0, 0xbf }, 3 },
    { { 0xe1, 0xec }, { 0x80, 0xbf }, 3 },
    { { 0xed, 0xed }, { 0x80, 0x9f }, 3 },
    { { 0xee, 0xef }, { 0x80, 0xbf }, 3 },
    { { 0xf0, 0xf0 }, { 0x90, 0xbf }, 4 },
    { { 0xf1, 0xf3 }, { 0x80, 0xbf }, 4 },
    { { 0xf4, 0xf4 }, { 0x80, 0x8f }, 4 },
};

static bool is_within(uint8_t octet, const uint8_t range[2])
{
    return octet >= range[0] && octet <= range[1];
}

/* Octets of the character at `at`, which a NUL ends somewhere; 0: none. */
static size_t character_length(const uint8_t *at)
{
    static const uint8_t later[2] = { 0x80, 0xbf };
    size_t length = 0;

    for (size_t i = 0; i < sizeof(characters) / sizeof(*characters); i++) {
        if (is_within(at[0], characters[i].first) &&
            is_within(at[1], characters[i].second)) {
            length = characters[i].length;
        }
    }
    for (size_t i = 2; i < length; i++) {
        if (!is_within(at[i], later)) {
            return 0;
        }
    }
    return length;
}

/* A local part is told in reports: nothing in it may end or spoil a line. */
static bool is_printable(const char *text, const char *end)
{
    while (text < end) {
        size_t length = character_length((const uint8_t *)text);
        if (length == 0) {
            return false;
        }
        text += length;
    }
    return true;
}

static enum caa_status fail(const char *problem, const char **problem_out)
{
    *problem_out = problem;
    return CAA_EFORMAT;
}

enum caa_status caa_mailbox_domain(const char *text, const char **domain_out,
                                   const char **problem_out)
{
    /* What only a quoted string may hold. Octets of UTF-8 are no matter. */
    static const char specials[] = " \t\"(),:;<>[\\]";
    const char *at = text;

    if (*text == '"') {
        at = skip_quoted(text);
        if (at == NULL) {
            return fail("has a quoted local part that does not end",
                        problem_out);
        }
        if (*at != '@') {
            return fail("has no @ behind its quoted local part", problem_out);
        }
    } else {
        at = strchr(text, '@');
        if (at == NULL) {
            *domain_out = text;
            return CAA_OK;
        }
        if (at == text) {
            return fail("has nothing before its @", problem_out);
        }
        if (strcspn(text, specials) < (size_t)(at - text)) {
            return fail("has a local part that must be quoted", problem_out);
        }
    }
    if (!is_printable(text, at)) {
        return fail("has a local part that is no text in UTF-8", problem_out);
    }
    if (at - text > LOCAL_PART_MAX) {
        return fail("has a local part over 64 octets", problem_out);
    }
    if (at[1] == '[') {
        return fail("has an address for a domain, and CAA is for names",
                    problem_out);
    }
    *domain_out = at + 1;
    return CAA_OK;
}
