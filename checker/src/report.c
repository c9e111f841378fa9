/* SPDX-License-Identifier: BSD-2-Clause */
#include "report.h"

#include "wording.h"

#include <inttypes.h>

struct summary report_summary(const struct options *options,
                              const struct caa_result *results)
{
    struct summary summary = { .verdict = CAA_PERMIT, .deciding = results };

    for (size_t i = 0; i < options->subject_count; i++) {
        if (results[i].verdict == CAA_REFUSE) {
            summary.verdict = CAA_REFUSE;
            summary.deciding = &results[i];
            break;
        }
    }
    return summary;
}

static void print_name(FILE *out, const char *before,
                       const struct caa_name *name)
{
    char text[CAA_NAME_TEXT_MAX];

    caa_name_to_text(name, text);
    (void)fprintf(out, "%s%s", before, text);
}

static void print_diagnosis(FILE *out, const struct caa_diagnosis *diagnosis)
{
    if (diagnosis->probe_count == 0) {
        (void)fprintf(out, "    asked directly: %s\n",
                      wording_behaviour(diagnosis->behaviour));
    }
    for (size_t i = 0; i < diagnosis->probe_count; i++) {
        const struct caa_probe *probe = &diagnosis->probes[i];
        char rcode[WORDING_RCODE_MAX];
        wording_rcode(probe->rcode, rcode);
        (void)fprintf(out, "    asked directly: %s gives %s", probe->address,
                      wording_behaviour(probe->behaviour));
        if (probe->behaviour == CAA_BEHAVIOUR_ERROR ||
            probe->behaviour == CAA_BEHAVIOUR_ANSWERS) {
            (void)fprintf(out, " (%s)", rcode);
        }
        (void)fputc('\n', out);
    }
}

static void print_answer(FILE *out, const struct caa_answer *answer,
                         uint16_t type)
{
    char text[WORDING_RECORD_MAX];

    wording_outcome(answer, text);
    (void)fprintf(out, ": %s\n", text);
    for (size_t i = 0; i < answer->alias_count; i++) {
        print_name(out, "    alias of ", &answer->aliases[i]);
        (void)fputc('\n', out);
    }
    for (size_t i = 0; i < answer->record_count && type == CAA_TYPE_CAA; i++) {
        wording_record(&answer->records[i], text);
        (void)fprintf(out, "    CAA %s\n", text);
    }
    if (answer->security == CAA_BOGUS && answer->why[0] != '\0') {
        (void)fprintf(out, "    %s\n", answer->why);
    }
}

static void print_step(FILE *out, const struct caa_step *step)
{
    print_name(out, "  ", &step->name);
    (void)fprintf(out, " %s", wording_type(step->type));
    print_answer(out, step->answer, step->type);
    if (step->diagnosis != NULL) {
        print_diagnosis(out, step->diagnosis);
    }
    if (step->proof_sought) {
        (void)fprintf(out, "    Insecure: %s",
                      caa_shown_text(step->insecurity.shown));
        if (step->insecurity.shown != CAA_SHOWN_NOTHING) {
            print_name(out, ", at ", &step->insecurity.zone);
        }
        (void)fputc('\n', out);
    }
    (void)fprintf(out, "    %s (%s)\n", wording_sentence(step->effect),
                  step->section);
}

static void print_remote(FILE *out, const struct caa_remote *remote)
{
    (void)fprintf(out, "  remote %s: %s", remote->address,
                  wording_verdict(remote->verdict));
    if (remote->reason != CAA_REASON_NONE) {
        (void)fprintf(out, ", %s", caa_reason_id(remote->reason));
    }
    (void)fprintf(out, " (%s)\n", remote->section);
}

static void print_earlier(FILE *out, const struct caa_result *result)
{
    (void)fprintf(out, "  the check of %" PRId64 " is used again\n",
                  result->checked_s);
}

static void print_result(FILE *out, const struct caa_subject *subject,
                         const struct caa_result *result)
{
    (void)fprintf(out, "%s: %s", subject->text,
                  wording_verdict(result->verdict));
    if (result->reason != CAA_REASON_NONE) {
        (void)fprintf(out, ", %s", caa_reason_id(result->reason));
    }
    if (result->found) {
        print_name(out, ", CAA found at ", &result->found_at);
    }
    (void)fprintf(out, " (%s)\n", result->section);
}

void report_text(FILE *out, const struct options *options,
                 const struct caa_result *results)
{
    for (size_t i = 0; i < options->subject_count; i++) {
        print_result(out, &options->subjects[i], &results[i]);
        if (options->explain && results[i].reused) {
            print_earlier(out, &results[i]);
        }
        for (size_t j = 0; options->explain && j < results[i].step_count; j++) {
            print_step(out, &results[i].steps[j]);
        }
        for (size_t j = 0; options->explain && j < results[i].remote_count;
             j++) {
            print_remote(out, &results[i].remotes[j]);
        }
    }
}
