/* SPDX-License-Identifier: BSD-2-Clause */
#include "ascii.h"

#include <caacheck/name.h>

#include <string.h>

enum caa_status caa_name_append(struct caa_name *name, const uint8_t *label,
                                size_t length)
{
    if (length == 0 || length > CAA_LABEL_MAX ||
        name->length + length + 1 >= CAA_NAME_MAX) {
        return CAA_EFORMAT; /* one octet is kept for the root label */
    }
    uint8_t *at = name->wire + name->length;
    *at++ = (uint8_t)length;
    for (size_t i = 0; i < length; i++) {
        at[i] = caa_ascii_lower(label[i]);
    }
    name->length = (uint8_t)(name->length + length + 1);
    return CAA_OK;
}

enum caa_status caa_name_close(struct caa_name *name)
{
    if (name->length >= CAA_NAME_MAX) {
        return CAA_EFORMAT;
    }
    name->wire[name->length++] = 0;
    return CAA_OK;
}

enum caa_status caa_name_from_text(const char *text, struct caa_name *name_out)
{
    struct caa_name name = { .length = 0 };
    const char *label = text;

    if (strcmp(text, ".") == 0) {
        label = text + 1;
    } else if (*text == '\0') {
        return CAA_EFORMAT;
    }
    while (*label != '\0') {
        size_t length = strcspn(label, ".");
        enum caa_status st =
            caa_name_append(&name, (const uint8_t *)label, length);
        if (st != CAA_OK) {
            return st;
        }
        label += length;
        if (*label == '.') {
            label++;
        }
    }
    enum caa_status st = caa_name_close(&name);
    if (st == CAA_OK) {
        *name_out = name;
    }
    return st;
}

static bool is_plain(uint8_t octet)
{
    return caa_ascii_is_alnum(octet) || octet == '-' || octet == '_' ||
           octet == '*';
}

/* Writes one octet of a label; returns how many characters that took. */
static size_t put_octet(char *text, uint8_t octet)
{
    if (is_plain(octet)) {
        text[0] = (char)octet;
        return 1;
    }
    text[0] = '\\';
    text[1] = (char)('0' + octet / 100);
    text[2] = (char)('0' + octet / 10 % 10);
    text[3] = (char)('0' + octet % 10);
    return 4;
}

void caa_name_to_text(const struct caa_name *name, char text[CAA_NAME_TEXT_MAX])
{
    size_t in = 0;
    size_t out = 0;

    while (in < name->length && name->wire[in] != 0) {
        size_t length = name->wire[in++];
        if (out > 0) {
            text[out++] = '.';
        }
        for (size_t i = 0; i < length; i++) {
            out += put_octet(text + out, name->wire[in++]);
        }
    }
    if (out == 0) {
        text[out++] = '.';
    }
    text[out] = '\0';
}

bool caa_name_is_root(const struct caa_name *name)
{
    return name->length <= 1;
}

bool caa_name_equal(const struct caa_name *a, const struct caa_name *b)
{
    return a->length == b->length && memcmp(a->wire, b->wire, a->length) == 0;
}

size_t caa_name_label_count(const struct caa_name *name)
{
    size_t count = 0;

    for (size_t at = 0; at < name->length && name->wire[at] != 0;
         at += (size_t)name->wire[at] + 1) {
        count++;
    }
    return count;
}

struct caa_name caa_name_parent(const struct caa_name *name)
{
    struct caa_name parent = { .length = 1 };

    if (caa_name_is_root(name)) {
        return parent;
    }
    size_t skip = (size_t)name->wire[0] + 1;
    parent.length = (uint8_t)(name->length - skip);
    memcpy(parent.wire, name->wire + skip, parent.length);
    return parent;
}

struct caa_name caa_name_suffix(const struct caa_name *name, size_t labels)
{
    struct caa_name suffix = *name;

    for (size_t count = caa_name_label_count(name); count > labels; count--) {
        suffix = caa_name_parent(&suffix);
    }
    return suffix;
}
