/* SPDX-License-Identifier: BSD-2-Clause */
/* name.c - domain names in wire format (RFC 1035 section 3.1). */
#include <scenario/name.h>

#include <string.h>

static uint8_t lower(uint8_t octet)
{
    return octet >= 'A' && octet <= 'Z' ? (uint8_t)(octet + 32) : octet;
}

size_t scn_name_length(const uint8_t *name)
{
    size_t len = 0;

    while (name[len] != 0) {
        len += (size_t)name[len] + 1;
    }
    return len + 1;
}

size_t scn_name_labels(const uint8_t *name)
{
    size_t labels = 0;

    for (; *name != 0; name += *name + 1) {
        labels++;
    }
    return labels;
}

const uint8_t *scn_name_parent(const uint8_t *name)
{
    return *name == 0 ? name : name + *name + 1;
}

bool scn_name_equal(const uint8_t *a, const uint8_t *b)
{
    size_t len = scn_name_length(a);

    if (len != scn_name_length(b)) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (lower(a[i]) != lower(b[i])) {
            return false;
        }
    }
    return true;
}

bool scn_name_is_under(const uint8_t *name, const uint8_t *ancestor)
{
    size_t have = scn_name_labels(name);
    size_t want = scn_name_labels(ancestor);

    for (; have > want; have--) {
        name = scn_name_parent(name);
    }
    return have == want && scn_name_equal(name, ancestor);
}

static int compare_labels(const uint8_t *a, const uint8_t *b)
{
    size_t common = *a < *b ? *a : *b;

    for (size_t i = 1; i <= common; i++) {
        if (lower(a[i]) != lower(b[i])) {
            return lower(a[i]) < lower(b[i]) ? -1 : 1;
        }
    }
    return (*a > *b) - (*a < *b);
}

/* The offsets of the labels of name, first label first. */
static size_t label_offsets(const uint8_t *name, uint8_t offsets[128])
{
    size_t count = 0;

    for (size_t at = 0; name[at] != 0; at += (size_t)name[at] + 1) {
        offsets[count++] = (uint8_t)at;
    }
    return count;
}

int scn_name_compare(const uint8_t *a, const uint8_t *b)
{
    uint8_t a_at[128];
    uint8_t b_at[128];
    size_t a_count = label_offsets(a, a_at);
    size_t b_count = label_offsets(b, b_at);

    while (a_count > 0 && b_count > 0) {
        int order = compare_labels(a + a_at[--a_count], b + b_at[--b_count]);
        if (order != 0) {
            return order;
        }
    }
    return (a_count > 0) - (b_count > 0);
}

void scn_name_lower(uint8_t *name)
{
    size_t len = scn_name_length(name);

    /* Length octets are at most 63 and so never letters. */
    for (size_t i = 0; i < len; i++) {
        name[i] = lower(name[i]);
    }
}

static bool is_special(uint8_t octet)
{
    switch (octet) {
    case '.':
    case '\\':
    case '"':
    case '(':
    case ')':
    case ';':
    case '@':
    case '$':
        return true;
    default:
        return false;
    }
}

static char *put_octet(char *out, uint8_t octet)
{
    if (octet <= 0x20 || octet >= 0x7f) {
        *out++ = '\\';
        *out++ = (char)('0' + octet / 100);
        *out++ = (char)('0' + octet / 10 % 10);
        *out++ = (char)('0' + octet % 10);
        return out;
    }
    if (is_special(octet)) {
        *out++ = '\\';
    }
    *out++ = (char)octet;
    return out;
}

void scn_name_to_text(const uint8_t *name, char *text)
{
    char *out = text;

    if (*name == 0) {
        *out++ = '.';
    }
    for (; *name != 0; name += *name + 1) {
        if (out != text) {
            *out++ = '.';
        }
        for (size_t i = 1; i <= *name; i++) {
            out = put_octet(out, name[i]);
        }
    }
    *out = '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One octet of a label at text[*at], escapes of RFC 1035 section 5.1 undone. */
static bool read_octet(const char *text, size_t len, size_t *at,
                       uint8_t *octet_out)
{
    const char *c = text + *at;
    size_t left = len - *at;

    if (*c != '\\') {
        *octet_out = (uint8_t)*c;
        *at += 1;
        return true;
    }
    if (left < 2) {
        return false;
    }
    if (!is_digit(c[1])) {
        *octet_out = (uint8_t)c[1];
        *at += 2;
        return true;
    }
    if (left < 4 || !is_digit(c[2]) || !is_digit(c[3])) {
        return false;
    }
    int value = (c[1] - '0') * 100 + (c[2] - '0') * 10 + (c[3] - '0');
    if (value > 255) {
        return false;
    }
    *octet_out = (uint8_t)value;
    *at += 4;
    return true;
}

/* A name that is written label by label. */
struct writer {
    uint8_t *wire;
    size_t length_at; /* where the length octet of this label is */
    size_t used;
};

static bool end_label(struct writer *w)
{
    size_t len = w->used - w->length_at - 1;

    if (len == 0 || w->used >= SCN_NAME_MAX) {
        return false; /* an empty label, or too long */
    }
    w->wire[w->length_at] = (uint8_t)len;
    w->length_at = w->used++;
    return true;
}

static bool put_in_label(struct writer *w, uint8_t octet)
{
    if (w->used >= SCN_NAME_MAX || w->used - w->length_at > 63) {
        return false;
    }
    w->wire[w->used++] = octet;
    return true;
}

/* Reads labels; used_out excludes the final root label. */
static bool read_labels(const char *text, size_t len, uint8_t *wire,
                        size_t *used_out, bool *absolute_out)
{
    struct writer w = { .wire = wire, .used = 1 };
    size_t at = 0;

    *absolute_out = false;
    while (at < len) {
        uint8_t octet = 0;
        bool dot = text[at] == '.';
        bool ok =
            dot ? end_label(&w)
                : read_octet(text, len, &at, &octet) && put_in_label(&w, octet);
        if (!ok) {
            return false;
        }
        at += dot ? 1 : 0;
        *absolute_out = dot;
    }
    if (!*absolute_out) {
        w.wire[w.length_at] = (uint8_t)(w.used - w.length_at - 1);
        w.length_at = w.used;
    }
    *used_out = w.length_at;
    return true;
}

bool scn_name_from_text(const char *text, size_t len, const uint8_t *origin,
                        uint8_t *name_out)
{
    static const uint8_t root[1] = { 0 };
    uint8_t wire[SCN_NAME_MAX];
    size_t used = 0;
    bool absolute = false;

    if (origin == NULL) {
        origin = root;
    }
    if (len == 0) {
        return false;
    }
    if (len == 1 && text[0] == '.') {
        name_out[0] = 0;
        return true;
    }
    if (len == 1 && text[0] == '@') {
        memcpy(name_out, origin, scn_name_length(origin));
        return true;
    }
    if (!read_labels(text, len, wire, &used, &absolute)) {
        return false;
    }
    const uint8_t *tail = absolute ? root : origin;
    size_t tail_len = scn_name_length(tail);
    if (used + tail_len > SCN_NAME_MAX) {
        return false;
    }
    memcpy(name_out, wire, used);
    memmove(name_out + used, tail, tail_len);
    return true;
}
