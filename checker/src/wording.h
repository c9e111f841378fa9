/* SPDX-License-Identifier: BSD-2-Clause */
/* wording.h - the words in which steps are told, in text and in JSON. */
#pragma once

#include <caacheck/check.h>

/* All static. */
const char *wording_verdict(enum caa_verdict verdict);
const char *wording_effect(enum caa_effect effect);   /* id, for JSON */
const char *wording_sentence(enum caa_effect effect); /* for people */
const char *wording_security(enum caa_security security);
const char *wording_type(uint16_t type);
const char *wording_behaviour(enum caa_behaviour behaviour);

enum { WORDING_RCODE_MAX = 24, WORDING_RECORD_MAX = 400 };

/* "NOERROR", or "RCODE 23". */
void wording_rcode(unsigned rcode, char text[WORDING_RCODE_MAX]);

/* What became of a question: an rcode, "SERVFAIL from the resolver", ... */
void wording_outcome(const struct caa_answer *answer,
                     char text[WORDING_RECORD_MAX]);

/*
 * A CAA record in presentation form, what is not printable ASCII as \DDD, a
 * long one cut with "..."; one that cannot be parsed as \# hex.
 */
void wording_record(const struct caa_rdata *rdata,
                    char text[WORDING_RECORD_MAX]);
