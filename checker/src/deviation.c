/* SPDX-License-Identifier: BSD-2-Clause */
#include "deviation.h"

#include <string.h>

/* clang-format off */
static const struct caa_deviation table[] = {
    { "A27", "takes CAA from the authority and additional sections", false },
    { "B1", "finds nothing, since its look-up tool is broken", false },
    { "B7", "waits without end for a look-up that failed", true },
    { "B14", "trusts what a truncated answer holds", false },
    { "B16", "accepts expired signatures", false },
    { "B18", "believes the AD bit of an answer that nobody validated", false },
    { "B26", "does not reach servers that have IPv6 addresses only", false },
    { "B31", "fails where a server answers in lower case", false },
    { "C14", "crashes on octets that are not UTF-8", true },
    { "C18", "mishandles an empty value and a tag of 255 octets", true },
    { "C19", "reads past the RDATA when a tag has no length or too much", true },
    { "C24", "refuses a set that holds one property twice", true },
    { "E13", "passes over x where *.x is in the same request", true },
    { "E20", "looks up IP addresses as if they were names", true },
    { "E22", "takes an A-label or an underscore for an error", true },
    { "E23", "asks for names in another letter case as for other names", true },
    { "E27", "takes the first @ of a mailbox for the last, in a quoted local part too", true },
    { "E28", "asks for the U-labels of a mailbox as they stand", true },
    { "G15", "asks again from the cache, and takes it for a second attempt", false },
    { "G16", "wants a signature of every algorithm", false },
    { "G17", "never uses TCP", false },
    { "G18", "waits for a tenth of a second", false },
    { "G19", "believes what is no response to its query", false },
    { "H23", "crashes on a set of more than a thousand records", true },
    { "H24", "crashes on a value of more than 255 octets", true },
    { "J1", "looks at the first name only", true },
    { "J2", "looks at the last name only", true },
    { "J3", "lets one name that is permitted carry the others", true },
    { "J4", "permits wildcards without a look", true },
    { "J5", "looks at the first ten names only", true },
    { "J6", "looks at no name behind an IP address", true },
    { "J7", "passes over *.x where x is in the same request", true },
    { "J8", "looks at the first of several names under one parent only", true },
    { "J9", "passes over x.y where y comes before it", true },
    { "J10", "permits where the look-up failed, when it reports", true },
    { "J11", "gives not-authorised as the reason of every refusal", true },
    { "J12", "tells the name of the request as the place of the set", true },
    { "J13", "asks the DNS for names under onion", true },
    { "X1", "permits everything without a look", true },
    { "X2", "refuses everything without a look", true },
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

bool caa_deviation_acts_on_answers(const char *id)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(table[i].id, id) == 0) {
            return table[i].acts_on_answers;
        }
    }
    return false;
}

bool caa_deviates(const char *id)
{
    return selected != NULL && strcmp(selected->id, id) == 0;
}
