/* SPDX-License-Identifier: BSD-2-Clause */
#include "deviation.h"

#include <string.h>

/* clang-format off */
static const struct caa_deviation table[] = {
    { "C14", "crashes on an octet over 0x7F in a value" },
    { "C19", "crashes on a tag that runs past its RDATA" },
    { "E13", "passes over x where *.x is in the same request" },
    { "E27", "takes the first @ of a mailbox, quoted or not, for its last" },
    { "E28", "asks for a U-label as it stands" },
    { "J1", "looks at the first name only" },
    { "J2", "looks at the last name only" },
    { "J3", "lets one name that is permitted carry the others" },
    { "J4", "permits wildcards without a look" },
    { "J5", "looks at the first ten names only" },
    { "J6", "looks at no name behind an IP address" },
    { "J7", "passes over *.x where x is in the same request" },
    { "J8", "looks at the first of several names under one parent only" },
    { "J9", "passes over x.y where y comes before it" },
    { "J10", "permits where the look-up failed, when it reports" },
    { "J11", "gives not-authorised as the reason of every refusal" },
    { "J12", "tells the name of the request as the place of the set" },
    { "X1", "permits without a look" },
    { "X2", "refuses without a look" },
};
/* clang-format on */

enum { COUNT = sizeof(table) / sizeof(table[0]) };

/* The one thing of the program that is set in file scope: a bug bites in pure
 * functions too, whose parameters must be those of caacheck. */
static const struct caa_deviation *selected;

const struct caa_deviation *caa_deviation_table(size_t *count_out)
{
    *count_out = COUNT;
    return table;
}

enum caa_status caa_deviation_select(const char *id)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(table[i].id, id) == 0) {
            selected = &table[i];
            return CAA_OK;
        }
    }
    return CAA_EFORMAT;
}

bool caa_deviates(const char *id)
{
    return selected != NULL && strcmp(selected->id, id) == 0;
}
