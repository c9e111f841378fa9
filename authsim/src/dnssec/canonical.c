/* SPDX-License-Identifier: BSD-2-Clause */
/* canonical.c - which fields of which types are names, as a table. */
#include "canonical.h"

#include "rrtype.h"

#include <string.h>

/* Layout of RDATA up to its last name: a digit skips that many octets, 'n' is
 * a name, 's' a character-string. */
struct layout {
    uint16_t type;
    const char *fields;
};

static const struct layout layouts[] = {
    { SIM_TYPE_NS, "n" },        { 3 /* MD */, "n" },
    { 4 /* MF */, "n" },         { SIM_TYPE_CNAME, "n" },
    { SIM_TYPE_SOA, "nn" },      { 7 /* MB */, "n" },
    { 8 /* MG */, "n" },         { 9 /* MR */, "n" },
    { SIM_TYPE_PTR, "n" },       { 14 /* MINFO */, "nn" },
    { SIM_TYPE_MX, "2n" },       { 17 /* RP */, "nn" },
    { 18 /* AFSDB */, "2n" },    { 21 /* RT */, "2n" },
    { 26 /* PX */, "2nn" },      { SIM_TYPE_SRV, "6n" },
    { 35 /* NAPTR */, "4sssn" }, { 36 /* KX */, "2n" },
    { SIM_TYPE_DNAME, "n" },
};

static const char *find_fields(uint16_t type)
{
    for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
        if (layouts[i].type == type) {
            return layouts[i].fields;
        }
    }
    return "";
}

static void lower(uint8_t *octets, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (octets[i] >= 'A' && octets[i] <= 'Z') {
            octets[i] = (uint8_t)(octets[i] + ('a' - 'A'));
        }
    }
}

/* Octets of the name at the start, lower-cased; 0 when it does not fit. */
static size_t lower_name(uint8_t *octets, size_t len)
{
    size_t at = 0;

    while (at < len) {
        size_t label = octets[at];

        if (label == 0) {
            return at + 1;
        }
        if (label > 63 || label >= len - at) {
            return 0;
        }
        lower(octets + at + 1, label);
        at += label + 1;
    }
    return 0;
}

void sim_canonical_rdata(uint16_t type, uint8_t *octets, size_t len)
{
    for (const char *field = find_fields(type); *field != '\0'; field++) {
        size_t used;

        if (*field == 'n') {
            used = lower_name(octets, len);
        } else if (*field == 's') {
            used = len > 0 ? (size_t)octets[0] + 1 : 0;
        } else {
            used = (size_t)(*field - '0');
        }
        if (used == 0 || used > len) {
            return;
        }
        octets += used;
        len -= used;
    }
}

int sim_canonical_compare(const struct sim_rdata *a, const struct sim_rdata *b)
{
    size_t shorter = a->len < b->len ? a->len : b->len;
    int order = shorter > 0 ? memcmp(a->octets, b->octets, shorter) : 0;

    if (order != 0) {
        return order;
    }
    return (a->len > b->len) - (a->len < b->len);
}
