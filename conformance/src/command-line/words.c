/* SPDX-License-Identifier: BSD-2-Clause */
/* words.c - tables of the names of numbers. */
#include "words.h"

#include <signal.h>
#include <stdio.h>

struct word {
    unsigned number;
    const char *text;
};

static const char *find(const struct word *words, size_t count, unsigned number)
{
    for (size_t i = 0; i < count; i++) {
        if (words[i].number == number) {
            return words[i].text;
        }
    }
    return NULL;
}

#define FIND(words, number) \
    find((words), sizeof(words) / sizeof((words)[0]), (number))

const char *cfm_type_text(uint32_t type, char buf[CFM_WORD_MAX])
{
    static const struct word types[] = {
        { SCN_TYPE_ANY, "any type" },
        { 1, "A" },
        { 2, "NS" },
        { 5, "CNAME" },
        { 6, "SOA" },
        { 12, "PTR" },
        { 15, "MX" },
        { 16, "TXT" },
        { 28, "AAAA" },
        { 33, "SRV" },
        { 39, "DNAME" },
        { 43, "DS" },
        { 46, "RRSIG" },
        { 47, "NSEC" },
        { 48, "DNSKEY" },
        { 50, "NSEC3" },
        { 51, "NSEC3PARAM" },
        { 65, "HTTPS" },
        { 255, "ANY" },
        { SCN_TYPE_CAA, "CAA" },
        { SCN_TYPE_DENIAL, "denial" },
    };
    const char *text = FIND(types, type);

    if (text == NULL) {
        (void)snprintf(buf, CFM_WORD_MAX, "TYPE%u", (unsigned)type);
        text = buf;
    }
    return text;
}

const char *cfm_rcode_text(unsigned rcode, char buf[CFM_WORD_MAX])
{
    static const struct word rcodes[] = {
        { 0, "NOERROR" },  { 1, "FORMERR" },  { 2, "SERVFAIL" },
        { 3, "NXDOMAIN" }, { 4, "NOTIMP" },   { 5, "REFUSED" },
        { 6, "YXDOMAIN" }, { 7, "YXRRSET" },  { 8, "NXRRSET" },
        { 9, "NOTAUTH" },  { 10, "NOTZONE" }, { 16, "BADVERS" },
    };
    const char *text = FIND(rcodes, rcode);

    if (text == NULL) {
        (void)snprintf(buf, CFM_WORD_MAX, "RCODE%u", rcode);
        text = buf;
    }
    return text;
}

const char *cfm_date_text(uint32_t date, char buf[CFM_WORD_MAX])
{
    (void)snprintf(buf, CFM_WORD_MAX, "%04u-%02u-%02u",
                   (unsigned)(date / 10000), (unsigned)(date / 100 % 100),
                   (unsigned)(date % 100));
    return buf;
}

/* Civil calendar from days since 1970-01-01 and back, in years that begin on
 * 1 March, so that the leap day is the last of a year. */
uint32_t cfm_date_of(int64_t unix_s)
{
    int64_t days = unix_s / 86400 - (unix_s % 86400 < 0 ? 1 : 0) + 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / 146096) /
                          365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
    int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);

    return (uint32_t)(year * 10000 + month * 100 + day);
}

int64_t cfm_date_start_s(uint32_t date)
{
    int64_t month = date / 100 % 100;
    int64_t year = (int64_t)(date / 10000) - (month <= 2 ? 1 : 0);
    int64_t era = year / 400;
    int64_t year_of_era = year - era * 400;
    int64_t shifted = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * shifted + 2) / 5 + date % 100 - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return (era * 146097 + day_of_era - 719468) * 86400;
}

const char *cfm_transport_text(enum scn_transport transport)
{
    switch (transport) {
    case SCN_ANY_TRANSPORT:
        return "any";
    case SCN_UDP:
        return "UDP";
    case SCN_TCP:
        return "TCP";
    }
    return "any";
}

const char *cfm_signal_text(int number, char buf[CFM_WORD_MAX])
{
    static const struct word signals[] = {
        { SIGHUP, "SIGHUP" },   { SIGINT, "SIGINT" },   { SIGQUIT, "SIGQUIT" },
        { SIGILL, "SIGILL" },   { SIGTRAP, "SIGTRAP" }, { SIGABRT, "SIGABRT" },
        { SIGBUS, "SIGBUS" },   { SIGFPE, "SIGFPE" },   { SIGKILL, "SIGKILL" },
        { SIGSEGV, "SIGSEGV" }, { SIGPIPE, "SIGPIPE" }, { SIGALRM, "SIGALRM" },
        { SIGTERM, "SIGTERM" }, { SIGSYS, "SIGSYS" },   { SIGXCPU, "SIGXCPU" },
    };
    const char *text = FIND(signals, (unsigned)number);

    if (text == NULL) {
        (void)snprintf(buf, CFM_WORD_MAX, "signal %d", number);
        text = buf;
    }
    return text;
}
