/* SPDX-License-Identifier: BSD-2-Clause */
/* subject.h - one name of a certificate request, as it is typed. */
#pragma once

#include <caacheck/name.h>

enum caa_subject_kind {
    CAA_SUBJECT_DNS,
    CAA_SUBJECT_IP,   /* CAA is for names: never looked up */
    CAA_SUBJECT_ONION /* must not reach the DNS (RFC 7686) */
};

enum { CAA_SUBJECT_TEXT_MAX = CAA_NAME_TEXT_MAX + 2 };

struct caa_subject {
    enum caa_subject_kind kind;
    bool wildcard;                   /* for *.name */
    bool underscore;                 /* a label holds one */
    struct caa_name name;            /* of CAA_SUBJECT_DNS, without "*." */
    char text[CAA_SUBJECT_TEXT_MAX]; /* lower case, no last dot */
};

/*
 * Reads a DNS name with an optional "*." before it and dot behind it, or an
 * IPv4 or IPv6 address. CAA_EFORMAT: neither; *problem_out then says why, as a
 * static phrase to put behind the text, e.g. "has an empty label".
 */
CAA_NODISCARD enum caa_status caa_subject_parse(const char *text,
                                                struct caa_subject *subject_out,
                                                const char **problem_out);
