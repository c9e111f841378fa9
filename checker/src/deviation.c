/* SPDX-License-Identifier: BSD-2-Clause */
#include "deviation.h"

#include <string.h>

/* clang-format off */
static const struct caa_deviation table[] = {
    { "A27", "takes CAA from the authority and additional sections" },
    { "B1", "finds nothing, since its look-up tool is broken" },
    { "B7", "waits without end for a look-up that failed" },
    { "B14", "trusts what a truncated answer holds" },
    { "B16", "accepts expired signatures" },
    { "B18", "believes the AD bit of an answer that nobody validated" },
    { "B26", "does not reach servers that have IPv6 addresses only" },
    { "B31", "fails where a server answers in lower case" },
    { "C14", "crashes on octets that are not UTF-8" },
    { "C18", "mishandles an empty value and a tag of 255 octets" },
    { "C19", "reads past the RDATA when a tag has no length or too much" },
    { "C24", "refuses a set that holds one property twice" },
    { "E13", "passes over x where *.x is in the same request" },
    { "E20", "looks up IP addresses as if they were names" },
    { "E22", "takes an A-label or an underscore for an error" },
    { "E23", "asks for names in another letter case as for other names" },
    { "E27", "takes the first @ of a mailbox for the last, in a quoted local part too" },
    { "E28", "asks for the U-labels of a mailbox as they stand" },
    { "G15", "asks again from the cache, and takes it for a second attempt" },
    { "G16", "wants a signature of every algorithm" },
    { "G17", "never uses TCP" },
    { "G18", "waits for a tenth of a second" },
    { "G19", "believes what is no response to its query" },
    { "H23", "crashes on a set of more than a thousand records" },
    { "H24", "crashes on a value of more than 255 octets" },
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
    { "J13", "asks the DNS for names under onion" },
    { "X1", "permits everything without a look" },
    { "X2", "refuses everything without a look" },
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
