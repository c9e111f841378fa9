/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * state.h - earlier checks that permitted, in a file of the directory --state.
 * Whatever is wrong with it costs a line on standard error and a look-up, and
 * permits nothing.
 */
#pragma once

#include "options.h"

/* When an earlier check of the same request may stand for this one, its time.
 * False: look up. */
bool state_recall(const struct options *options, int64_t *checked_out);

/* Keeps a check that permitted. */
void state_remember(const struct options *options,
                    const struct caa_result *results);
