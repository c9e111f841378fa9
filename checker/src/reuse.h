/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reuse.h - how long a permission stands: the TTL of what it rests on or eight
 * hours, whichever is greater (TLS-BR and SMIME-BR section 4.2.2.1); pure.
 */
#pragma once

#include <caacheck/check.h>

/* An earlier check that permitted. */
struct caa_earlier {
    int64_t checked_s; /* Unix seconds */
    uint32_t ttl_s;    /* the least of all its answers */
    bool denial;       /* it rests on there being no CAA */
};

/* Whether issuance at now_s may still rest on it. One that was made later than
 * now_s is never one. */
bool caa_reuse_counts(const struct caa_rules *rules,
                      const struct caa_earlier *earlier, int64_t now_s);

/* The TTL of an answer: of its records, or by its SOA (RFC 2308 section 5); 0
 * of one that failed. */
uint32_t caa_reuse_ttl(const struct caa_answer *answer);

/* What is to be kept of a check of now_s, of one name and then of others:
 * earlier starts as { .checked_s = now_s, .ttl_s = UINT32_MAX }. */
void caa_reuse_add(struct caa_earlier *earlier,
                   const struct caa_result *result);
