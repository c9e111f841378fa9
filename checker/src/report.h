/* SPDX-License-Identifier: BSD-2-Clause */
/* report.h - what the verdict is for all names, and telling it. */
#pragma once

#include "options.h"

#include <stdio.h>

/* All or nothing: the first refused name stands for the request. */
struct summary {
    enum caa_verdict verdict;
    const struct caa_result *deciding; /* [borrowed] */
};

struct summary report_summary(const struct options *options,
                              const struct caa_result *results);

/* For people: one line a name, and with --explain its steps. */
void report_text(FILE *out, const struct options *options,
                 const struct caa_result *results);

/* One line of JSON. CAA_ENOMEM or CAA_ESYSTEM when it could not be told. */
CAA_NODISCARD enum caa_status report_json(FILE *out,
                                          const struct options *options,
                                          const struct caa_result *results);
