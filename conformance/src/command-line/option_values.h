/* SPDX-License-Identifier: BSD-2-Clause */
/* option_values.h - each option's value, read strictly and put in its place. */
#pragma once

#include "options.h"

/* What an option does with its value (NULL when it takes none). Returns NULL,
 * or what would have been right: "a day as YYYY-MM-DD". */
typedef const char *cfm_take_fn(struct cfm_invocation *out, const char *value);

cfm_take_fn cfm_take_account;
cfm_take_fn cfm_take_algorithm;
cfm_take_fn cfm_take_baseline;
cfm_take_fn cfm_take_blind;
cfm_take_fn cfm_take_catalogue;
cfm_take_fn cfm_take_claims;
cfm_take_fn cfm_take_exhaustive;
cfm_take_fn cfm_take_colour;
cfm_take_fn cfm_take_date;
cfm_take_fn cfm_take_deviation;
cfm_take_fn cfm_take_epoch;
cfm_take_fn cfm_take_features;
cfm_take_fn cfm_take_issuer;
cfm_take_fn cfm_take_jobs;
cfm_take_fn cfm_take_json;
cfm_take_fn cfm_take_method;
cfm_take_fn cfm_take_only;
cfm_take_fn cfm_take_profile;
cfm_take_fn cfm_take_repeat;
cfm_take_fn cfm_take_report;
cfm_take_fn cfm_take_reproducible;
cfm_take_fn cfm_take_resolver;
cfm_take_fn cfm_take_resolver_preset;
cfm_take_fn cfm_take_seed;
cfm_take_fn cfm_take_skip;
cfm_take_fn cfm_take_suffix;
cfm_take_fn cfm_take_time_limit;
cfm_take_fn cfm_take_verbose;
cfm_take_fn cfm_take_write_baseline;
