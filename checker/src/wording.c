/* SPDX-License-Identifier: BSD-2-Clause */
#include "wording.h"

#include "ascii.h"
#include "property.h"

#include <stdio.h>
#include <string.h>

const char *wording_verdict(enum caa_verdict verdict)
{
    return verdict == CAA_PERMIT ? "permit" : "refuse";
}

const char *wording_effect(enum caa_effect effect)
{
    switch (effect) {
    case CAA_EFFECT_EMPTY:
        return "empty";
    case CAA_EFFECT_FOUND:
        return "found";
    case CAA_EFFECT_PASSED_OVER:
        return "passed-over";
    case CAA_EFFECT_FAILED:
        return "failed";
    case CAA_EFFECT_INDETERMINATE:
        return "indeterminate";
    case CAA_EFFECT_FAILED_EMPTY:
        return "failed-read-as-empty";
    case CAA_EFFECT_FAILED_CLIMBED:
        return "failed-allowed-climbed";
    case CAA_EFFECT_FAILED_PERMITTED:
        return "failed-allowed-permitted";
    case CAA_EFFECT_INTERNAL:
        return "internal-name";
    case CAA_EFFECT_REDIRECTED:
        return "redirected";
    case CAA_EFFECT_EXHAUSTED:
        return "exhausted";
    }
    return "";
}

const char *wording_sentence(enum caa_effect effect)
{
    switch (effect) {
    case CAA_EFFECT_EMPTY:
        return "no CAA here, the climb goes on";
    case CAA_EFFECT_FOUND:
        return "this is the relevant set, it decides";
    case CAA_EFFECT_PASSED_OVER:
        return "passed over by a rule";
    case CAA_EFFECT_FAILED:
        return "the look-up failed, which refuses";
    case CAA_EFFECT_INDETERMINATE:
        return "the trust anchor does not validate the root, which refuses";
    case CAA_EFFECT_FAILED_EMPTY:
        return "the look-up failed, which a rule reads as empty";
    case CAA_EFFECT_FAILED_CLIMBED:
        return "the look-up failed, which is allowed, the climb goes on";
    case CAA_EFFECT_FAILED_PERMITTED:
        return "the look-up failed, which is allowed and permits";
    case CAA_EFFECT_INTERNAL:
        return "the top-level domain does not exist, which refuses";
    case CAA_EFFECT_REDIRECTED:
        return "a DNAME redirects its owner";
    case CAA_EFFECT_EXHAUSTED:
        return "too many look-ups for one name, which refuses";
    }
    return "";
}

const char *wording_security(enum caa_security security)
{
    switch (security) {
    case CAA_INSECURE:
        return "insecure";
    case CAA_BOGUS:
        return "bogus";
    case CAA_SECURE:
        return "secure";
    }
    return "";
}

const char *wording_type(uint16_t type)
{
    return type == CAA_TYPE_CAA ? "CAA" : "DNAME";
}

const char *wording_behaviour(enum caa_behaviour behaviour)
{
    switch (behaviour) {
    case CAA_BEHAVIOUR_UNKNOWN:
        return "no name server was found to ask";
    case CAA_BEHAVIOUR_SILENT:
        return "no answer";
    case CAA_BEHAVIOUR_SERVFAIL:
        return "SERVFAIL";
    case CAA_BEHAVIOUR_ERROR:
        return "an error";
    case CAA_BEHAVIOUR_UNREADABLE:
        return "an answer that cannot be read";
    case CAA_BEHAVIOUR_REFERS:
        return "a referral only";
    case CAA_BEHAVIOUR_ANSWERS:
        return "an answer";
    }
    return "";
}

void wording_rcode(unsigned rcode, char text[WORDING_RCODE_MAX])
{
    static const char *const names[] = { "NOERROR",  "FORMERR", "SERVFAIL",
                                         "NXDOMAIN", "NOTIMP",  "REFUSED",
                                         "YXDOMAIN" };

    if (rcode < sizeof(names) / sizeof(names[0])) {
        (void)snprintf(text, WORDING_RCODE_MAX, "%s", names[rcode]);
    } else {
        (void)snprintf(text, WORDING_RCODE_MAX, "RCODE %u", rcode);
    }
}

void wording_outcome(const struct caa_answer *answer,
                     char text[WORDING_RECORD_MAX])
{
    char rcode[WORDING_RCODE_MAX];

    switch (answer->outcome) {
    case CAA_OUTCOME_SERVFAIL:
        (void)snprintf(text, WORDING_RECORD_MAX,
                       "the resolver reports a failure, attempts %u",
                       answer->attempts);
        return;
    case CAA_OUTCOME_TIMEOUT:
        (void)snprintf(text, WORDING_RECORD_MAX,
                       "no answer in time, attempts %u", answer->attempts);
        return;
    case CAA_OUTCOME_UNREADABLE:
        (void)snprintf(text, WORDING_RECORD_MAX,
                       "an answer that cannot be read");
        return;
    case CAA_OUTCOME_ANSWERED:
        break;
    }
    wording_rcode(answer->rcode, rcode);
    (void)snprintf(text, WORDING_RECORD_MAX, "%s, %zu record%s, %s", rcode,
                   answer->record_count, answer->record_count == 1 ? "" : "s",
                   wording_security(answer->security));
}

/* Appends octets as the inside of a quoted string; false when it is full. */
static bool put_octets(char text[WORDING_RECORD_MAX], size_t *at,
                       const struct caa_octets *octets)
{
    for (size_t i = 0; i < octets->length; i++) {
        uint8_t octet = octets->data[i];
        if (*at + 16 > WORDING_RECORD_MAX) {
            return false;
        }
        if (octet == '"' || octet == '\\') {
            text[(*at)++] = '\\';
        }
        if (octet == ' ' || caa_ascii_is_visible(octet)) {
            text[(*at)++] = (char)octet;
            continue;
        }
        *at += (size_t)snprintf(text + *at, WORDING_RECORD_MAX - *at, "\\%03u",
                                octet);
    }
    return true;
}

static void put_hex(char text[WORDING_RECORD_MAX],
                    const struct caa_rdata *rdata)
{
    size_t at =
        (size_t)snprintf(text, WORDING_RECORD_MAX, "\\# %zu ", rdata->length);

    for (size_t i = 0; i < rdata->length && at + 16 < WORDING_RECORD_MAX; i++) {
        at += (size_t)snprintf(text + at, WORDING_RECORD_MAX - at, "%02x",
                               rdata->data[i]);
    }
}

void wording_record(const struct caa_rdata *rdata,
                    char text[WORDING_RECORD_MAX])
{
    struct caa_property property =
        caa_property_parse(rdata->data, rdata->length);

    if (property.form == CAA_PROPERTY_UNPARSABLE) {
        put_hex(text, rdata);
        return;
    }
    size_t at =
        (size_t)snprintf(text, WORDING_RECORD_MAX, "%u ", property.flags);
    bool whole = put_octets(text, &at, &property.tag);
    text[at++] = ' ';
    text[at++] = '"';
    whole = whole && put_octets(text, &at, &property.value);
    (void)snprintf(text + at, WORDING_RECORD_MAX - at, "\"%s",
                   whole ? "" : "...");
}
