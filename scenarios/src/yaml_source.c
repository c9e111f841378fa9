/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * yaml_source.c - what a file must be before libfyaml sees it, and what its
 * texts must be after.
 *
 * libfyaml 0.7.12 never ends on a directive that is not UTF-8: both are
 * refused here, where the place is known exactly.
 */
#include "yaml.h"

#include <stdint.h>
#include <string.h>

/* Octets of the UTF-8 sequence at text (RFC 3629 section 4), 0 when it is
 * none. */
static size_t sequence_length(const unsigned char *text, size_t left)
{
    static const uint32_t lowest[] = { 0, 0x80, 0x800, 0x10000 };
    size_t len = text[0] < 0x80                       ? 1
                 : text[0] >= 0xc2 && text[0] <= 0xdf ? 2
                 : (text[0] & 0xf0) == 0xe0           ? 3
                 : text[0] >= 0xf0 && text[0] <= 0xf4 ? 4
                                                      : 0;
    if (len < 2) {
        return len;
    }
    if (len > left) {
        return 0;
    }
    uint32_t point = text[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
        point = point << 6 | (text[i] & 0x3f);
    }
    bool surrogate = point >= 0xd800 && point <= 0xdfff;
    return point < lowest[len - 1] || point > 0x10ffff || surrogate ? 0 : len;
}

enum scn_status scn_yaml_check_source(const char *file, const char *text,
                                      size_t len, struct scn_error *error)
{
    const unsigned char *octets = (const unsigned char *)text;
    struct scn_at at = { 1, 1 };

    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        return scn_fail(error, file, at,
                        "the file begins with a byte order mark: leave it out");
    }
    for (size_t i = 0; i < len;) {
        size_t taken = sequence_length(octets + i, len - i);
        if (taken == 0) {
            return scn_fail(error, file, at,
                            "the octet 0x%02x is no UTF-8 here",
                            (unsigned)octets[i]);
        }
        if (at.column == 1 && text[i] == '%') {
            return scn_fail(error, file, at,
                            "directives are not used here: leave the line "
                            "out, or indent it if it is text");
        }
        at.column++;
        if (text[i] == '\n') {
            at.line++;
            at.column = 1;
        }
        i += taken;
    }
    return SCN_OK;
}

enum scn_status scn_yaml_check_text(const char *file,
                                    const struct scn_yaml *scalar,
                                    struct scn_error *error)
{
    for (size_t i = 0; i < scalar->len; i++) {
        unsigned char c = (unsigned char)scalar->text[i];
        if ((c < 0x20 && c != '\n') || c == 0x7f) {
            return scn_fail(error, file, scn_yaml_place(scalar, i),
                            "control character \\%03u: write blanks for tabs; "
                            "zone text has the escape \\DDD",
                            (unsigned)c);
        }
    }
    return SCN_OK;
}

char *scn_yaml_unquote(struct scn_arena *arena, const char *source, size_t len,
                       size_t *len_out)
{
    char *text = scn_copy_text(arena, source, len);
    size_t kept = 0;

    for (size_t i = 0; text != NULL && i < len; i++) {
        text[kept++] = source[i];
        i += source[i] == '\'' ? 1 : 0;
    }
    if (text != NULL) {
        text[kept] = '\0';
        *len_out = kept;
    }
    return text;
}
