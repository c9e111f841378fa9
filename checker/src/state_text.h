/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * state_text.h - {"caacheck-state": 1, "checks": [...]}, a check being the
 * request as an array, when it was made, its TTL and whether it was a denial;
 * pure. What a file holds is anybody's: a check that is not whole is not one.
 */
#pragma once

#include "options.h"
#include "reuse.h"

#include <jansson.h>

/* NULL: no state of caacheck's, or damaged. [owned] */
json_t *state_text_read(const char *octets, size_t length);

/* Whether an earlier check of the same request may stand for one at
 * options->now_s, and when it was made. root NULL: none is known. */
bool state_text_recall(const json_t *root, const struct options *options,
                       int64_t *checked_out);

/*
 * What still counts of root [borrowed], NULL for nothing, and the check that
 * was made of this request. NULL when out of memory, or when a text of the
 * request is not UTF-8. [owned]
 */
json_t *state_text_with(const json_t *root, const struct options *options,
                        const struct caa_earlier *made);

#ifdef CAA_WITH_DEVIATIONS

/* The same checks, those under some rules as if they had been under others;
 * NULL for NULL, or when out of memory. [owned] */
json_t *state_text_under(const json_t *root, const struct caa_rules *from,
                         const struct caa_rules *to);

#endif
