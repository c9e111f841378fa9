/* SPDX-License-Identifier: BSD-2-Clause */
#include "deviation.h"

#include <string.h>

/* clang-format off */
static const struct caa_deviation table[] = {
    { "A27", "takes CAA from the authority and additional sections", CAA_REACH_LOOKUPS },
    { "B1", "finds nothing, since its look-up tool is broken", CAA_REACH_LOOKUPS },
    { "B7", "waits without end for a look-up that failed", CAA_REACH_ANSWERS },
    { "B14", "trusts what a truncated answer holds", CAA_REACH_LOOKUPS },
    { "B16", "accepts expired signatures", CAA_REACH_FAILURES },
    { "B18", "believes the AD bit of an answer that nobody validated", CAA_REACH_LOOKUPS },
    { "B26", "does not reach servers that have IPv6 addresses only", CAA_REACH_LOOKUPS },
    { "B31", "fails where a server answers in lower case", CAA_REACH_LOOKUPS },
    { "C14", "crashes on octets that are not UTF-8", CAA_REACH_ANSWERS },
    { "C18", "mishandles an empty value and a tag of 255 octets", CAA_REACH_ANSWERS },
    { "C19", "reads past the RDATA when a tag has no length or too much", CAA_REACH_ANSWERS },
    { "C24", "refuses a set that holds one property twice", CAA_REACH_ANSWERS },
    { "E13", "passes over x where *.x is in the same request", CAA_REACH_ANSWERS },
    { "E20", "looks up IP addresses as if they were names", CAA_REACH_ANSWERS },
    { "E22", "takes an A-label or an underscore for an error", CAA_REACH_ANSWERS },
    { "E23", "asks for names in another letter case as for other names", CAA_REACH_ANSWERS },
    { "E27", "takes the first @ of a mailbox for the last, in a quoted local part too", CAA_REACH_ANSWERS },
    { "E28", "asks for the U-labels of a mailbox as they stand", CAA_REACH_ANSWERS },
    { "G15", "asks again from the cache, and takes it for a second attempt", CAA_REACH_FAILURES },
    { "G16", "wants a signature of every algorithm", CAA_REACH_LOOKUPS },
    { "G17", "never uses TCP", CAA_REACH_LOOKUPS },
    { "G18", "waits for a tenth of a second", CAA_REACH_LOOKUPS },
    { "G19", "believes what is no response to its query", CAA_REACH_LOOKUPS },
    { "H23", "crashes on a set of more than a thousand records", CAA_REACH_ANSWERS },
    { "H24", "crashes on a value of more than 255 octets", CAA_REACH_ANSWERS },
    { "J1", "looks at the first name only", CAA_REACH_ANSWERS },
    { "J2", "looks at the last name only", CAA_REACH_ANSWERS },
    { "J3", "lets one name that is permitted carry the others", CAA_REACH_ANSWERS },
    { "J4", "permits wildcards without a look", CAA_REACH_ANSWERS },
    { "J5", "looks at the first ten names only", CAA_REACH_ANSWERS },
    { "J6", "looks at no name behind an IP address", CAA_REACH_ANSWERS },
    { "J7", "passes over *.x where x is in the same request", CAA_REACH_ANSWERS },
    { "J8", "looks at the first of several names under one parent only", CAA_REACH_ANSWERS },
    { "J9", "passes over x.y where y comes before it", CAA_REACH_ANSWERS },
    { "J10", "permits where the look-up failed, when it reports", CAA_REACH_ANSWERS },
    { "J11", "gives not-authorised as the reason of every refusal", CAA_REACH_ANSWERS },
    { "J12", "tells the name of the request as the place of the set", CAA_REACH_ANSWERS },
    { "J13", "asks the DNS for names under onion", CAA_REACH_ANSWERS },
    { "X1", "permits everything without a look", CAA_REACH_ANSWERS },
    { "X2", "refuses everything without a look", CAA_REACH_ANSWERS },
};
/* clang-format on */

enum { COUNT = sizeof(table) / sizeof(table[0]) };

/* The one thing of the program that is set in file scope: a bug bites in pure
 * functions too, whose parameters must be those of caacheck. */
static const struct caa_deviation *selected;
static bool note_only;
static bool noted;

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

void caa_deviation_clear(void)
{
    selected = NULL;
}

void caa_deviation_note_only(bool on)
{
    note_only = on;
}

bool caa_deviation_noted(void)
{
    noted = noted || note_only;
    return note_only;
}

bool caa_deviation_take_note(void)
{
    bool taken = noted;

    noted = false;
    return taken;
}

enum caa_reach caa_deviation_reach(const char *id)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(table[i].id, id) == 0) {
            return table[i].reach;
        }
    }
    return CAA_REACH_LOOKUPS;
}

bool caa_deviates(const char *id)
{
    return selected != NULL && strcmp(selected->id, id) == 0;
}
