/* SPDX-License-Identifier: BSD-2-Clause */
/* observe.c - exit codes and the JSON line, read as an answer. */
#include "observe.h"

#include "told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    EXIT_PERMIT = 0,
    EXIT_REFUSE = 1,
    EXIT_LOOKUP_FAILED = 2,
    EXIT_UNSUPPORTED = 3,
    TROUBLE_MAX = 256
};

static void read_exit_code(int code, struct cfm_observed *observed)
{
    observed->exit_code = code;
    observed->ending = CFM_ENDED;
    switch (code) {
    case EXIT_PERMIT:
        observed->permitted = true;
        break;
    case EXIT_REFUSE:
        break;
    case EXIT_LOOKUP_FAILED:
        observed->told_lookup_failure = true;
        break;
    case EXIT_UNSUPPORTED:
        observed->ending = CFM_UNSUPPORTED_BY_ITSELF;
        break;
    default:
        observed->ending = CFM_CRASH;
        break;
    }
}

static void tell_trouble(const char *what, int error,
                         struct cfm_observed *observed)
{
    char text[TROUBLE_MAX];
    (void)snprintf(text, sizeof text, "%s: %s", what, strerror(error));
    observed->ending = CFM_LAB_TROUBLE;
    observed->trouble = strdup(text);
}

static void read_end(const struct cfm_process_report *report,
                     struct cfm_observed *observed)
{
    switch (report->end) {
    case CFM_PROCESS_EXITED:
        read_exit_code(report->number, observed);
        break;
    case CFM_PROCESS_SIGNALLED:
        observed->ending = CFM_CRASH;
        observed->signal = report->number;
        break;
    case CFM_PROCESS_TIMED_OUT:
        observed->ending = CFM_HANG;
        break;
    case CFM_PROCESS_NOT_STARTED:
        tell_trouble("cannot start the command", report->number, observed);
        break;
    case CFM_PROCESS_TROUBLE:
        tell_trouble("cannot prepare its namespace", report->number, observed);
        break;
    }
}

static void read_told(const struct cfm_capture *capture,
                      struct cfm_observed *observed)
{
    struct cfm_told told;
    if (capture->json == NULL) {
        return;
    }
    cfm_told_read(capture->json, capture->json_len, &told);
    observed->told_reason = told.reason;
    observed->told_found_at = told.found_at;
    observed->told_refused_names = told.refused_names;
    observed->told_refused_name_count = told.refused_name_count;
}

void cfm_observe_report(const struct cfm_process_report *report,
                        struct cfm_observed *observed_out)
{
    struct cfm_observed observed = {
        .exit_code = -1,
        .duration_ns = report->duration_ns,
        .flood_octets = cfm_capture_flood(report->capture),
        .output = cfm_capture_text(report->capture),
    };
    read_end(report, &observed);
    read_told(report->capture, &observed);
    *observed_out = observed;
}

void cfm_observe_trouble(const char *text, struct cfm_observed *observed_out)
{
    *observed_out = (struct cfm_observed){ .ending = CFM_LAB_TROUBLE,
                                           .exit_code = -1,
                                           .trouble = strdup(text) };
}

static bool refused(const struct cfm_observed *observed)
{
    return observed->ending == CFM_ENDED && !observed->permitted;
}

/* The run that speaks for all: the first without a verdict, else the first
 * refusal, else the first. */
static size_t find_deciding(const struct cfm_observed_names *names)
{
    size_t deciding = names->count;
    for (size_t i = 0; i < names->count; i++) {
        if (names->runs[i].ending != CFM_ENDED) {
            return i;
        }
        if (refused(&names->runs[i]) && deciding == names->count) {
            deciding = i;
        }
    }
    return deciding == names->count ? 0 : deciding;
}

static void free_refused_names(struct cfm_observed *observed)
{
    for (size_t i = 0; i < observed->told_refused_name_count; i++) {
        free(observed->told_refused_names[i]);
    }
    free(observed->told_refused_names);
    observed->told_refused_names = NULL;
    observed->told_refused_name_count = 0;
}

static void collect_refused(const struct cfm_observed_names *names,
                            struct cfm_observed *sum)
{
    free_refused_names(sum);
    sum->told_refused_names = calloc(names->count, sizeof(char *));
    for (size_t i = 0; sum->told_refused_names != NULL && i < names->count;
         i++) {
        char *name =
            !refused(&names->runs[i]) ? NULL : strdup(names->subjects[i].text);
        if (name != NULL) {
            sum->told_refused_names[sum->told_refused_name_count++] = name;
        }
    }
}

void cfm_observe_sum(const struct cfm_observed_names *names,
                     struct cfm_observed *observed_out)
{
    size_t deciding = find_deciding(names);
    uint64_t flood = 0;
    bool one_refused = false;
    for (size_t i = 0; i < names->count; i++) {
        flood += names->runs[i].flood_octets;
        one_refused = one_refused || refused(&names->runs[i]);
    }
    if (one_refused && names->runs[deciding].ending == CFM_ENDED &&
        names->count > 1) {
        collect_refused(names, &names->runs[deciding]);
    }
    *observed_out = names->runs[deciding];
    names->runs[deciding] = (struct cfm_observed){ .ending = CFM_ENDED };
    observed_out->flood_octets = flood;
}
