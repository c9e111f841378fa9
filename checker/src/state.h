/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * state.h - earlier checks that permitted, in a file of the directory --state.
 * Whatever is wrong with it costs a line on standard error and a look-up, and
 * permits nothing.
 */
#pragma once

#include "options.h"

#include <jansson.h>

/* When an earlier check of the same request may stand for this one, its time.
 * False: look up. */
bool state_recall(const struct options *options, int64_t *checked_out);

/* Keeps a check that permitted. */
void state_remember(const struct options *options,
                    const struct caa_result *results);

/* The two of which these are made; root is what the file holds, [owned], NULL:
 * nothing that is used. */
json_t *state_load(const struct options *options);
bool state_recall_from(const json_t *root, const struct options *options,
                       int64_t *checked_out);
/* What the file is to hold after a look-up with these results: JSON null when
 * it is to stay as it is, NULL when it cannot be told. [owned] */
json_t *state_after(const json_t *root, const struct options *options,
                    const struct caa_result *results);
