/* SPDX-License-Identifier: BSD-2-Clause */
/* text.c - text that grows, names, types and lines of master files. */
#include "text.h"

#include "answer.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mnemonic {
    uint16_t type;
    const char *text;
};

static const struct mnemonic mnemonics[] = {
    { SIM_TYPE_A, "A" },         { SIM_TYPE_NS, "NS" },
    { SIM_TYPE_CNAME, "CNAME" }, { SIM_TYPE_SOA, "SOA" },
    { SIM_TYPE_PTR, "PTR" },     { SIM_TYPE_MX, "MX" },
    { SIM_TYPE_TXT, "TXT" },     { SIM_TYPE_AAAA, "AAAA" },
    { SIM_TYPE_SRV, "SRV" },     { SIM_TYPE_DNAME, "DNAME" },
    { SIM_TYPE_DS, "DS" },       { SIM_TYPE_RRSIG, "RRSIG" },
    { SIM_TYPE_NSEC, "NSEC" },   { SIM_TYPE_DNSKEY, "DNSKEY" },
    { SIM_TYPE_NSEC3, "NSEC3" }, { SIM_TYPE_NSEC3PARAM, "NSEC3PARAM" },
    { SIM_TYPE_CAA, "CAA" },
};

static bool grow(struct sim_text *text, size_t extra)
{
    size_t capacity = text->capacity == 0 ? 256 : text->capacity;
    char *chars;

    while (capacity - text->len <= extra) {
        capacity *= 2;
    }
    if (capacity == text->capacity) {
        return true;
    }
    chars = realloc(text->chars, capacity);
    if (chars == NULL) {
        text->failed = true;
        return false;
    }
    text->chars = chars;
    text->capacity = capacity;
    return true;
}

void sim_text_add(struct sim_text *text, const char *chars, size_t len)
{
    if (text->failed || !grow(text, len)) {
        return;
    }
    memcpy(text->chars + text->len, chars, len);
    text->len += len;
    text->chars[text->len] = '\0';
}

void sim_text_string(struct sim_text *text, const char *string)
{
    sim_text_add(text, string, strlen(string));
}

void sim_text_number(struct sim_text *text, uint32_t number)
{
    char digits[16];
    int len = snprintf(digits, sizeof(digits), "%u", (unsigned)number);

    sim_text_add(text, digits, (size_t)len);
}

void sim_text_name(struct sim_text *text, const uint8_t *name)
{
    char chars[SCN_NAME_TEXT_MAX];

    scn_name_to_text(name, chars);
    sim_text_string(text, chars);
    if (name[0] != 0) {
        sim_text_string(text, ".");
    }
}

void sim_text_type(struct sim_text *text, uint16_t type)
{
    for (size_t i = 0; i < sizeof(mnemonics) / sizeof(mnemonics[0]); i++) {
        if (mnemonics[i].type == type) {
            sim_text_string(text, mnemonics[i].text);
            return;
        }
    }
    sim_text_string(text, "TYPE");
    sim_text_number(text, type);
}

void sim_text_hex(struct sim_text *text, const uint8_t *octets, size_t len)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < len; i++) {
        const char pair[] = { digits[octets[i] >> 4], digits[octets[i] & 15] };

        sim_text_add(text, pair, sizeof(pair));
    }
}

void sim_text_rr(struct sim_text *text, const struct sim_rr *rr)
{
    sim_text_name(text, rr->owner);
    sim_text_string(text, "\t");
    sim_text_number(text, rr->ttl);
    sim_text_string(text, "\tIN\t");
    sim_text_type(text, rr->type);
    sim_text_string(text, "\t");
    sim_text_rdata(text, rr->type, rr->rdata, rr->rdata_len);
    sim_text_string(text, "\n");
}

char *sim_text_take(struct sim_text *text)
{
    char *chars = text->chars;

    if (text->failed) {
        free(chars);
        chars = NULL;
    }
    *text = (struct sim_text){ 0 };
    return chars;
}
