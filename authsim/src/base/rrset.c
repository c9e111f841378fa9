/* SPDX-License-Identifier: BSD-2-Clause */
/* rrset.c - names in RDATA, which an author may write as any octets. */
#include "rrset.h"

#include <scenario/name.h>

enum { LABEL_MAX = 63 };

size_t sim_name_within(const uint8_t *data, size_t len)
{
    size_t at = 0;

    while (at < len && data[at] <= LABEL_MAX) {
        if (data[at] == 0) {
            return at + 1 <= SCN_NAME_MAX ? at + 1 : 0;
        }
        at += 1u + data[at];
    }
    return 0;
}

const uint8_t *sim_rdata_name(const struct sim_rdata *rdata)
{
    const size_t len = sim_name_within(rdata->octets, rdata->len);

    return len > 0 && len == rdata->len ? rdata->octets : NULL;
}
