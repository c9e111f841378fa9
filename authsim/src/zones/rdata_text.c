/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rdata_text.c - RDATA in presentation format, as a table of fields:
 *   1 2 4  integer of so many octets    n  name        a  IPv4   A  IPv6
 *   t      type mnemonic                s  character-strings to the end
 *   T      time of an RRSIG             x  hex to the end (B: base64)
 *   S      NSEC3 salt                   H  NSEC3 hash
 *   m      type bit maps                c  tag and value of a CAA
 */
#include "bitmap.h"
#include "octets.h"
#include "rrtype.h"
#include "text.h"

#include <scenario/name.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct form {
    uint16_t type;
    const char *fields;
};

static const struct form forms[] = {
    { SIM_TYPE_A, "a" },          { SIM_TYPE_NS, "n" },
    { SIM_TYPE_CNAME, "n" },      { SIM_TYPE_SOA, "nn44444" },
    { SIM_TYPE_PTR, "n" },        { SIM_TYPE_MX, "2n" },
    { SIM_TYPE_TXT, "s" },        { SIM_TYPE_AAAA, "A" },
    { SIM_TYPE_SRV, "222n" },     { SIM_TYPE_DNAME, "n" },
    { SIM_TYPE_DS, "211x" },      { SIM_TYPE_RRSIG, "t114TT2nB" },
    { SIM_TYPE_NSEC, "nm" },      { SIM_TYPE_DNSKEY, "211B" },
    { SIM_TYPE_NSEC3, "112SHm" }, { SIM_TYPE_NSEC3PARAM, "112S" },
    { SIM_TYPE_CAA, "1c" },
};

struct cursor {
    const uint8_t *at;
    size_t left;
};

static bool field_integer(struct sim_text *text, struct cursor *c, size_t size)
{
    uint32_t value = 0;

    if (c->left < size) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        value = (value << 8) | c->at[i];
    }
    c->at += size;
    c->left -= size;
    sim_text_number(text, value);
    return true;
}

static bool field_name(struct sim_text *text, struct cursor *c)
{
    size_t len = 0;

    while (len < c->left && c->at[len] != 0) {
        if (c->at[len] > 63) {
            return false;
        }
        len += (size_t)c->at[len] + 1;
    }
    if (len >= c->left || len >= SCN_NAME_MAX) {
        return false;
    }
    sim_text_name(text, c->at);
    c->at += len + 1;
    c->left -= len + 1;
    return true;
}

static bool field_address(struct sim_text *text, struct cursor *c, int family)
{
    char chars[INET6_ADDRSTRLEN];

    if (c->left != (family == AF_INET ? 4 : 16) ||
        inet_ntop(family, c->at, chars, sizeof(chars)) == NULL) {
        return false;
    }
    sim_text_string(text, chars);
    c->left = 0;
    return true;
}

static bool field_type(struct sim_text *text, struct cursor *c)
{
    if (c->left < 2) {
        return false;
    }
    sim_text_type(text, sim_get_u16(c->at));
    c->at += 2;
    c->left -= 2;
    return true;
}

/* YYYYMMDDHHmmSS (RFC 4034 section 3.2). */
static bool field_time(struct sim_text *text, struct cursor *c)
{
    char chars[32];
    struct tm tm;
    time_t seconds;

    if (c->left < 4) {
        return false;
    }
    seconds = (time_t)sim_get_u32(c->at);
    if (gmtime_r(&seconds, &tm) == NULL ||
        strftime(chars, sizeof(chars), "%Y%m%d%H%M%S", &tm) == 0) {
        return false;
    }
    sim_text_string(text, chars);
    c->at += 4;
    c->left -= 4;
    return true;
}

static void quote(struct sim_text *text, const uint8_t *octets, size_t len)
{
    sim_text_string(text, "\"");
    for (size_t i = 0; i < len; i++) {
        char chars[5] = { (char)(octets[i] & 0x7f), '\0' };

        if (octets[i] == '"' || octets[i] == '\\') {
            (void)snprintf(chars, sizeof(chars), "\\%c", octets[i]);
        } else if (octets[i] < 0x20 || octets[i] > 0x7e) {
            (void)snprintf(chars, sizeof(chars), "\\%03u", octets[i]);
        }
        sim_text_string(text, chars);
    }
    sim_text_string(text, "\"");
}

static bool field_strings(struct sim_text *text, struct cursor *c)
{
    if (c->left == 0) {
        return false;
    }
    while (c->left > 0) {
        size_t len = c->at[0];

        if (len >= c->left) {
            return false;
        }
        quote(text, c->at + 1, len);
        c->at += len + 1;
        c->left -= len + 1;
        if (c->left > 0) {
            sim_text_string(text, " ");
        }
    }
    return true;
}

static bool field_hex(struct sim_text *text, struct cursor *c)
{
    if (c->left == 0) {
        return false;
    }
    sim_text_hex(text, c->at, c->left);
    c->left = 0;
    return true;
}

static bool field_base64(struct sim_text *text, struct cursor *c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                 "qrstuvwxyz0123456789+/";

    if (c->left == 0) {
        return false;
    }
    while (c->left > 0) {
        size_t take = c->left < 3 ? c->left : 3;
        uint32_t bits = 0;
        char quad[4];

        for (size_t i = 0; i < 3; i++) {
            bits = (bits << 8) | (i < take ? c->at[i] : 0U);
        }
        for (size_t i = 0; i < 4; i++) {
            quad[i] = digits[(bits >> (18 - 6 * i)) & 63];
        }
        for (size_t i = take + 1; i < 4; i++) {
            quad[i] = '=';
        }
        sim_text_add(text, quad, sizeof(quad));
        c->at += take;
        c->left -= take;
    }
    return true;
}

/* "-" stands for no salt (RFC 5155 section 3.3). */
static bool field_salt(struct sim_text *text, struct cursor *c)
{
    size_t len;

    if (c->left == 0 || c->at[0] >= c->left) {
        return false;
    }
    len = c->at[0];
    if (len == 0) {
        sim_text_string(text, "-");
    }
    sim_text_hex(text, c->at + 1, len);
    c->at += len + 1;
    c->left -= len + 1;
    return true;
}

/* Base32 with the extended hex alphabet, without padding. */
static bool field_hash(struct sim_text *text, struct cursor *c)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuv";
    uint32_t bits = 0;
    unsigned held = 0;
    size_t len;

    if (c->left == 0 || c->at[0] >= c->left || c->at[0] == 0) {
        return false;
    }
    len = c->at[0];
    for (size_t i = 1; i <= len; i++) {
        bits = (bits << 8) | c->at[i];
        for (held += 8; held >= 5; held -= 5) {
            sim_text_add(text, &digits[(bits >> (held - 5)) & 31], 1);
        }
    }
    if (held > 0) {
        sim_text_add(text, &digits[(bits << (5 - held)) & 31], 1);
    }
    c->at += len + 1;
    c->left -= len + 1;
    return true;
}

static bool field_bitmap(struct sim_text *text, struct cursor *c)
{
    struct sim_type_set set;

    sim_bitmap_read(c->at, c->left, &set);
    for (size_t i = 0; i < set.count; i++) {
        if (i > 0) {
            sim_text_string(text, " ");
        }
        sim_text_type(text, set.types[i]);
    }
    c->left = 0;
    return true;
}

static bool is_letter_or_digit(uint8_t octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') ||
           (octet >= '0' && octet <= '9');
}

/* RFC 8659 section 4.1.1. What tools cannot read back (hyphens, no tag, octets
 * above 126) is hostile and left to the generic form. */
static bool field_caa(struct sim_text *text, struct cursor *c)
{
    size_t tag_len = c->left > 0 ? c->at[0] : 0;

    if (tag_len == 0 || tag_len >= c->left) {
        return false;
    }
    for (size_t i = 1; i < c->left; i++) {
        bool fine = i <= tag_len ? is_letter_or_digit(c->at[i])
                                 : c->at[i] >= 0x20 && c->at[i] <= 0x7e;

        if (!fine) {
            return false;
        }
    }
    for (size_t i = 1; i <= tag_len; i++) {
        const char digit = (char)c->at[i];

        sim_text_add(text, &digit, 1);
    }
    sim_text_string(text, " ");
    quote(text, c->at + 1 + tag_len, c->left - 1 - tag_len);
    c->left = 0;
    return true;
}

static bool field(struct sim_text *text, char kind, struct cursor *c)
{
    switch (kind) {
    case '1':
    case '2':
    case '4':
        return field_integer(text, c, (size_t)(kind - '0'));
    case 'n':
        return field_name(text, c);
    case 'a':
        return field_address(text, c, AF_INET);
    case 'A':
        return field_address(text, c, AF_INET6);
    case 't':
        return field_type(text, c);
    case 'T':
        return field_time(text, c);
    case 's':
        return field_strings(text, c);
    case 'x':
        return field_hex(text, c);
    case 'B':
        return field_base64(text, c);
    case 'S':
        return field_salt(text, c);
    case 'H':
        return field_hash(text, c);
    case 'm':
        return field_bitmap(text, c);
    case 'c':
        return field_caa(text, c);
    default: /* LCOV_EXCL_LINE: the table has no other letters */
        return false;
    }
}

static bool add_form(struct sim_text *text, const char *fields, struct cursor c)
{
    for (const char *kind = fields; *kind != '\0'; kind++) {
        if (kind != fields) {
            sim_text_string(text, " ");
        }
        if (!field(text, *kind, &c)) {
            return false;
        }
    }
    return c.left == 0;
}

void sim_text_rdata(struct sim_text *text, uint16_t type, const uint8_t *octets,
                    size_t len)
{
    const struct cursor cursor = { octets, len };
    size_t start = text->len;

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (forms[i].type != type) {
            continue;
        }
        if (add_form(text, forms[i].fields, cursor)) {
            return;
        }
        text->len = start; /* start over in the generic form */
    }
    sim_text_string(text, "\\# ");
    sim_text_number(text, (uint32_t)len);
    if (len > 0) {
        sim_text_string(text, " ");
        sim_text_hex(text, octets, len);
    }
}
