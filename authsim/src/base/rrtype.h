/* SPDX-License-Identifier: BSD-2-Clause */
/* rrtype.h - numbers of the IANA registry "Domain Name System Parameters" that
 * zones and answers treat specially. */
#pragma once

enum sim_type {
    SIM_TYPE_A = 1,
    SIM_TYPE_NS = 2,
    SIM_TYPE_CNAME = 5,
    SIM_TYPE_SOA = 6,
    SIM_TYPE_PTR = 12,
    SIM_TYPE_MX = 15,
    SIM_TYPE_TXT = 16,
    SIM_TYPE_AAAA = 28,
    SIM_TYPE_SRV = 33,
    SIM_TYPE_DNAME = 39,
    SIM_TYPE_DS = 43,
    SIM_TYPE_RRSIG = 46,
    SIM_TYPE_NSEC = 47,
    SIM_TYPE_DNSKEY = 48,
    SIM_TYPE_NSEC3 = 50,
    SIM_TYPE_NSEC3PARAM = 51,
    SIM_TYPE_NXNAME = 128, /* RFC 9824 section 2 */
    SIM_TYPE_ANY = 255,
    SIM_TYPE_CAA = 257
};

enum { SIM_CLASS_IN = 1, SIM_CLASS_CH = 3 };

enum sim_rcode {
    SIM_NOERROR = 0,
    SIM_FORMERR = 1,
    SIM_SERVFAIL = 2,
    SIM_NXDOMAIN = 3,
    SIM_NOTIMP = 4,
    SIM_REFUSED = 5,
    SIM_YXDOMAIN = 6
};
