/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lookup.h - the look-ups a check needs, as a table of functions: the climb
 * knows no resolver, and a test needs none.
 *
 * Answers are asked for, not waited for. ask() returns NULL while an answer is
 * on its way; the caller then gives up with CAA_PENDING, and starts again from
 * the top when something has arrived. An answer once given never changes.
 */
#pragma once

#include <caacheck/name.h>

enum caa_type {
    CAA_TYPE_A = 1,
    CAA_TYPE_NS = 2,
    CAA_TYPE_CNAME = 5,
    CAA_TYPE_SOA = 6,
    CAA_TYPE_AAAA = 28,
    CAA_TYPE_DNAME = 39,
    CAA_TYPE_DS = 43,
    CAA_TYPE_NSEC = 47,
    CAA_TYPE_DNSKEY = 48,
    CAA_TYPE_NSEC3 = 50,
    CAA_TYPE_CAA = 257
};

enum caa_outcome {
    CAA_OUTCOME_ANSWERED,
    CAA_OUTCOME_SERVFAIL,  /* the resolver says that it failed */
    CAA_OUTCOME_TIMEOUT,   /* it said nothing in time */
    CAA_OUTCOME_UNREADABLE /* it said something that is not DNS */
};

/* RFC 4035 section 4.3, as this process validated it. */
enum caa_security { CAA_INSECURE, CAA_BOGUS, CAA_SECURE };

/* The RDATA of one record. [borrowed] from the answer */
struct caa_rdata {
    const uint8_t *data;
    size_t length;
};

enum { CAA_ALIAS_MAX = 32, CAA_WHY_MAX = 256 };

struct caa_answer {
    enum caa_outcome outcome;
    unsigned attempts; /* how often it was asked, at least 1 */
    /* The rest is set when outcome is CAA_OUTCOME_ANSWERED. */
    unsigned rcode; /* NOERROR, NXDOMAIN or YXDOMAIN and its like */
    enum caa_security security;
    size_t alias_count;
    struct caa_name *aliases;  /* [owned] the targets, in order */
    bool dname;                /* a DNAME was passed on the way */
    struct caa_name owner;     /* of records: the last alias, or the question */
    struct caa_rdata *records; /* [owned] of the type asked for, in CLASS IN */
    size_t record_count;
    uint8_t *packet; /* [owned] the whole message; records point into it */
    size_t packet_length;
    char why[CAA_WHY_MAX]; /* why it is bogus; empty when it is not */
};

/* How a zone's own name servers behave when asked without a resolver. */
enum caa_behaviour {
    CAA_BEHAVIOUR_UNKNOWN, /* no name server could be found */
    CAA_BEHAVIOUR_SILENT,
    CAA_BEHAVIOUR_UNREADABLE,
    CAA_BEHAVIOUR_SERVFAIL,
    CAA_BEHAVIOUR_ERROR,  /* REFUSED, NOTIMP, FORMERR, any other error */
    CAA_BEHAVIOUR_REFERS, /* to other servers, which did not answer either */
    CAA_BEHAVIOUR_ANSWERS /* NOERROR or NXDOMAIN */
};

enum { CAA_PROBES_MAX = 3 };

struct caa_probe {
    char address[64];
    enum caa_behaviour behaviour;
    unsigned rcode; /* when it answered at all */
};

/* What the servers did: the last in the order of the enum, and each one's. */
struct caa_diagnosis {
    enum caa_behaviour behaviour;
    size_t probe_count;
    struct caa_probe probes[CAA_PROBES_MAX];
};

struct caa_lookup {
    void *context;
    /* [borrowed] answer, or NULL when it is not there yet. */
    const struct caa_answer *(*ask)(void *context, const struct caa_name *name,
                                    uint16_t type);
    /*
     * Asks the name servers of `name` directly for its CAA, once each.
     * [borrowed] NULL when it is not there yet. The function may be NULL.
     */
    const struct caa_diagnosis *(*diagnose)(void *context,
                                            const struct caa_name *name);
};
