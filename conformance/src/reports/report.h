/* SPDX-License-Identifier: BSD-2-Clause */
/* report.h - a finished run as text: for machines, for CI, for people. */
#pragma once

#include "results.h"

/* Everything is [borrowed]. */
struct cfm_report {
    const struct cfm_settings *settings;
    const struct cfm_results *results; /* sorted */
    const char *const *kept; /* options a rerun must repeat, as given */
    size_t kept_count;
    double wall_s;
    bool colour; /* cfm_report_terminal() */
};

/* All three: [owned] by the caller, free(); NULL when out of memory. */

/* DESIGN, section conformance: the keys and their order never change. */
char *cfm_report_json(const struct cfm_report *report);
/* JUnit XML: one suite a scenario, one case a check. */
char *cfm_report_junit(const struct cfm_report *report);
/* What failed and why, the summary, and what to do next. */
char *cfm_report_terminal(const struct cfm_report *report);

/* The command under test as one line for a shell, or "caacheck" when none was
 * given. [owned], free(); NULL when out of memory. */
char *cfm_implementation_text(const struct cfm_settings *settings);
/* "unbound (brisk)", "198.51.100.1@53", "none". Likewise. */
char *cfm_resolver_text(const struct cfm_settings *settings);
/* `caaconform COMMAND ADDRESS`, with the options kept and the command under
 * test. `command`: "repro", or "run --only". Likewise. */
char *cfm_rerun_text(const struct cfm_report *report, const char *command,
                     const char *address);
