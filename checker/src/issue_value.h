/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * issue_value.h - the value of issue and issuewild: the grammar of RFC 8659
 * section 4.2, that of RFC 6844 section 5.2, and the misreadings the rules
 * name. Nothing is allocated; every slice points into the value.
 */
#pragma once

#include "cursor.h"

#include <caacheck/rules.h>

struct caa_issue_value {
    bool conforms;                /* when false the value authorises nobody */
    struct caa_octets issuer;     /* empty: no issuer */
    struct caa_octets parameters; /* what follows the first ";" */
};

struct caa_parameter {
    struct caa_octets tag;
    struct caa_octets value;
};

/* Total. rules: grammar and its misreadings. */
struct caa_issue_value caa_issue_value_parse(struct caa_octets value,
                                             const struct caa_rules *rules);

/*
 * The next parameter of value->parameters, which it consumes: false after the
 * last or at the first octet that fits no grammar. Only on a private copy.
 */
bool caa_parameter_next(struct caa_octets *parameters,
                        const struct caa_rules *rules,
                        struct caa_parameter *parameter_out);
