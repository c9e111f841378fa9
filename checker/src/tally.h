/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tally.h - what the properties of one kind, issue, issuewild or issuemail, say
 * together about a request (RFC 8659 section 4.2, RFC 8657).
 */
#pragma once

#include "property.h"

#include <caacheck/decide.h>

struct caa_tally {
    bool wild;          /* of issuewild */
    size_t count;       /* properties of the kind */
    size_t matched;     /* of which authorise the request */
    bool first_matched; /* the first, or the last, of them does */
    bool last_matched;
    bool empty;      /* one of them names no issuer */
    bool named;      /* one of them names an issuer */
    bool conforming; /* one of them keeps to the grammar */
    bool refused;    /* a rule has one of them refuse the set */
    bool account;    /* account, or method, of one of them would do */
    bool method;
    enum caa_reason miss; /* the most telling reason of those that do not */
};

/* Judges one property by itself and adds it. */
void caa_tally_add(struct caa_tally *tally, const struct caa_property *property,
                   const struct caa_request *request,
                   const struct caa_rules *rules);

/* Whether the properties, at least one, authorise the request. */
bool caa_tally_permits(const struct caa_tally *tally,
                       const struct caa_rules *rules);
