/* SPDX-License-Identifier: BSD-2-Clause */
/* subject.h - one name or mailbox of a certificate request, as it is typed. */
#pragma once

#include <caacheck/name.h>
#include <caacheck/rules.h>

enum caa_subject_kind {
    CAA_SUBJECT_DNS,
    CAA_SUBJECT_IP,   /* CAA is for names: never looked up */
    CAA_SUBJECT_ONION /* must not reach the DNS (RFC 7686) */
};

enum { CAA_SUBJECT_TEXT_MAX = CAA_NAME_TEXT_MAX + 2 };

struct caa_subject {
    enum caa_subject_kind kind;
    bool wildcard;        /* for *.name */
    bool underscore;      /* a label holds one */
    struct caa_name name; /* of CAA_SUBJECT_DNS, without "*." or "local@" */
    /* A name in lower case, without its last dot; a mailbox as it was given. */
    char text[CAA_SUBJECT_TEXT_MAX];
};

/*
 * kind TLS: reads a DNS name with an optional "*." before it and dot behind it,
 * or an IPv4 or IPv6 address. kind SMIME: reads a mailbox, local@domain, whose
 * local part may be quoted and whose domain may have U-labels, or the domain
 * alone. CAA_EFORMAT: neither; *problem_out then says why, as a static phrase
 * to put behind the text, e.g. "has an empty label".
 */
CAA_NODISCARD enum caa_status caa_subject_parse(const char *text,
                                                enum caa_kind kind,
                                                struct caa_subject *subject_out,
                                                const char **problem_out);
