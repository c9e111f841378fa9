/* SPDX-License-Identifier: BSD-2-Clause */
/* option_table.c - one row a command, one row an option. */
#include "option_table.h"

const struct cfm_command_row cfm_command_table[CFM_COMMAND_COUNT] = {
    [CFM_RUN] = { "run", "[-- COMMAND [ARG...]]",
                  "Grade COMMAND, by default caacheck.", 0, 0, true },
    [CFM_LIST] = { "list", "", "List the checks.", 0, 0, false },
    [CFM_SHOW] = { "show", "ID",
                   "Print a scenario and what it expects, by profile and day.",
                   1, 1, false },
    [CFM_LINT] = { "lint", "[PATH...]",
                   "Check scenario files; silent when they are good.", 0,
                   SIZE_MAX, false },
    [CFM_COVERAGE] = { "coverage", "",
                       "Print which check tests which requirement, as "
                       "Markdown.",
                       0, 0, false },
    [CFM_REPRO] = { "repro", "ID [-- COMMAND [ARG...]]",
                    "Run one check and tell every exchange and why it counts.",
                    1, 1, true },
    [CFM_SHELL] = { "shell", "ID [-- COMMAND [ARG...]]",
                    "Open a shell inside the lab of one check.", 1, 1, true },
    [CFM_ADEQUACY] = { "adequacy", "",
                       "Show which wrong behaviours the catalogue catches.", 0,
                       0, false },
    [CFM_HELP] = { "help", "", "Print this.", 0, 0, false },
    [CFM_VERSION] = { "version", "", "Print the version.", 0, 0, false },
};

enum {
    LAB = CFM_IN(CFM_RUN) | CFM_IN(CFM_REPRO) | CFM_IN(CFM_SHELL) |
          CFM_IN(CFM_ADEQUACY),
    GRADED = CFM_IN(CFM_RUN) | CFM_IN(CFM_REPRO),
    LOADS = LAB | CFM_IN(CFM_LIST) | CFM_IN(CFM_SHOW) | CFM_IN(CFM_LINT) |
            CFM_IN(CFM_COVERAGE),
    POLICY =
        GRADED | CFM_IN(CFM_LIST) | CFM_IN(CFM_SHOW) | CFM_IN(CFM_ADEQUACY),
    REQUEST = LAB | CFM_IN(CFM_LIST) | CFM_IN(CFM_SHOW),
    SELECTS = CFM_IN(CFM_RUN) | CFM_IN(CFM_LIST) | CFM_IN(CFM_ADEQUACY)
};

const struct cfm_option_row cfm_option_table[] = {
    { "catalogue", "PATH", LOADS, true, cfm_take_catalogue,
      "scenario files or directories; repeatable" },
    { "only", "GLOB", SELECTS, false, cfm_take_only,
      "checks whose ID or ID/CHECK matches; repeatable" },
    { "skip", "GLOB", SELECTS, false, cfm_take_skip,
      "leave these out; repeatable" },
    { "deviation", "GLOB", CFM_IN(CFM_ADEQUACY), false, cfm_take_deviation,
      "deviations whose id matches; repeatable" },
    { "exhaustive", NULL, CFM_IN(CFM_ADEQUACY), false, cfm_take_exhaustive,
      "run every deviation on every check, also where it\n"
      "cannot differ from the reference" },
    { "claims", NULL, CFM_IN(CFM_ADEQUACY), false, cfm_take_claims,
      "for each deviation only the checks of scenarios\n"
      "that claim to catch it" },
    { "report", "FILE", CFM_IN(CFM_RUN), false, cfm_take_report,
      "write a report: .json, or .xml for JUnit;\nrepeatable" },
    { "baseline", "FILE", CFM_IN(CFM_RUN), false, cfm_take_baseline,
      "failures that are known: they do not fail the run,\n"
      "but passing unexpectedly does" },
    { "write-baseline", "FILE", CFM_IN(CFM_RUN), false, cfm_take_write_baseline,
      "write the failures of this run as known" },
    { "time-limit", "SECONDS", GRADED | CFM_IN(CFM_ADEQUACY), true,
      cfm_take_time_limit, "for one run of the command (30)" },
    { "jobs", "N", CFM_IN(CFM_RUN) | CFM_IN(CFM_ADEQUACY), false, cfm_take_jobs,
      "checks at the same time (16 of COMMAND, 64 of\ncaacheck); fewer when it "
      "gives up early" },
    { "repeat", "N", CFM_IN(CFM_RUN), false, cfm_take_repeat,
      "run everything N times; what differs is unstable" },
    { "seed", "N", LAB, true, cfm_take_seed, "of keys and addresses (1)" },
    { "epoch", "YYYY-MM-DD", LAB | POLICY, true, cfm_take_epoch,
      "the day around which signatures are valid (today)" },
    { "reproducible", NULL, GRADED, true, cfm_take_reproducible,
      "leave counts, order, addresses and times out of\n"
      "reports: same seed and epoch, same report" },
    { "profile", "NAME", POLICY | CFM_IN(CFM_SHELL), true, cfm_take_profile,
      "rules: rfc6844, rfc6844-e5065, rfc8659, tls-br\n"
      "(the default), smime-br" },
    { "date", "YYYY-MM-DD", POLICY | CFM_IN(CFM_SHELL), true, cfm_take_date,
      "rules as of that day (the epoch's)" },
    { "issuer", "NAME", REQUEST, true, cfm_take_issuer,
      "the CA's own issuer domain name (ca.test)" },
    { "account", "URI", REQUEST, true, cfm_take_account,
      "the account that asks" },
    { "method", "LABEL", REQUEST, true, cfm_take_method,
      "the validation method used (http-01)" },
    { "features", "LIST", POLICY, true, cfm_take_features,
      "what the implementation can do: words joined by\n"
      "commas, all, none, or -WORD to take one away" },
    { "resolver", "WHICH", LAB, true, cfm_take_resolver,
      "unbound (the default), ADDRESS[@PORT], or none for\n"
      "an implementation that recurses itself" },
    { "resolver-preset", "NAME", LAB, true, cfm_take_resolver_preset,
      "brisk (the default), or default: as packaged" },
    { "algorithm", "N", LAB, true, cfm_take_algorithm,
      "DNSSEC algorithm of zones that do not say (13)" },
    { "suffix", "NAME", REQUEST, true, cfm_take_suffix,
      "hang the names of all checks below NAME" },
    { "blind", NULL, CFM_IN(CFM_SHOW), false, cfm_take_blind,
      "leave out what is expected, for who derives it anew" },
    { "json", NULL, CFM_IN(CFM_LIST) | CFM_IN(CFM_ADEQUACY), false,
      cfm_take_json, "print JSON" },
    { "colour", "WHEN", GRADED, false, cfm_take_colour,
      "auto (the default), always or never" },
    { "verbose", NULL, CFM_IN(CFM_RUN), false, cfm_take_verbose,
      "print every check as it ends" },
};

const size_t cfm_option_count =
    sizeof(cfm_option_table) / sizeof(cfm_option_table[0]);
