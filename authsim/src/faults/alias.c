/* SPDX-License-Identifier: BSD-2-Clause */
/* alias.c - the links of an endless chain count themselves: c1, c2, c3 ... */
#include "alias.h"

#include "rrtype.h"

#include <scenario/name.h>

#include <stdio.h>
#include <string.h>

enum {
    TTL_S = 60,
    DIGITS_MAX = 9,
    LINKS_MAX = 1000000000, /* then it begins anew: a loop, but a long one */
    LABEL_MAX = 1 + 1 + DIGITS_MAX
};

/* The number of a first label c<number>; 0 when it is none. */
static unsigned link_number(const uint8_t *name)
{
    unsigned number = 0;

    if (name[0] < 2 || name[0] > 1 + DIGITS_MAX || (name[1] | 0x20) != 'c') {
        return 0;
    }
    for (unsigned i = 2; i <= name[0]; i++) {
        if (name[i] < '0' || name[i] > '9') {
            return 0;
        }
        number = 10 * number + (name[i] - '0');
    }
    return number;
}

enum sim_status sim_alias_next(const uint8_t *name, struct sim_arena *arena,
                               struct scn_record *alias_out)
{
    const unsigned number = link_number(name);
    const uint8_t *parent = number > 0 ? scn_name_parent(name) : name;
    char label[LABEL_MAX + 2];
    const int len =
        snprintf(label, sizeof(label), "c%u", number % (LINKS_MAX - 1) + 1);
    uint8_t *target = sim_arena_alloc(arena, SCN_NAME_MAX);

    if (target == NULL) {
        return SIM_ENOMEM;
    }
    while (scn_name_length(parent) + 1 + (size_t)len > SCN_NAME_MAX) {
        parent = scn_name_parent(parent);
    }
    target[0] = (uint8_t)len;
    memcpy(target + 1, label, (size_t)len);
    memcpy(target + 1 + len, parent, scn_name_length(parent));
    *alias_out = (struct scn_record){
        .owner = name,
        .rdata = target,
        .ttl = TTL_S,
        .type = SIM_TYPE_CNAME,
        .rdata_len = (uint16_t)scn_name_length(target),
    };
    return SIM_OK;
}
