/* SPDX-License-Identifier: BSD-2-Clause */
/* program.c - caacheck: options, the loop, the report, the exit status. */
#include "program.h"

#include "compare.h"
#include "deviation.h"
#include "options.h"
#include "report.h"
#include "state.h"
#include "version.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define CANNOT_WRITE "standard output cannot be written"

static int list_rules(void)
{
    size_t count = 0;
    const struct caa_rule_info *table = caa_rule_table(&count);

    for (size_t i = 0; i < count; i++) {
        (void)printf("%s=", table[i].key);
        for (size_t j = 0; j < CAA_RULE_VALUES_MAX && table[i].values[j]; j++) {
            (void)printf("%s%s", j > 0 ? "|" : "", table[i].values[j]);
        }
        (void)printf("\n    %s (%s)\n", table[i].help, table[i].section);
    }
    return EXIT_PERMIT;
}

/* Bugs that overlook a name because of where it stands. */
static bool is_out_of_sight(const struct options *options, size_t index)
{
    bool after_address = false;

    for (size_t i = 0; i < index; i++) {
        after_address =
            after_address || options->subjects[i].kind == CAA_SUBJECT_IP;
    }
    return CAA_DEVIATES(X1) || (CAA_DEVIATES(J1) && index > 0) ||
           (CAA_DEVIATES(J2) && index + 1 < options->subject_count) ||
           (CAA_DEVIATES(J5) && index >= 10) ||
           (CAA_DEVIATES(J6) && after_address);
}

/* Bugs that take one name's word for another: true when the name at `index` is
 * passed over because of an earlier or, as a base, of any other name. */
static bool is_vouched_for(const struct options *options, size_t index)
{
    const struct caa_subject *subject = &options->subjects[index];
    struct caa_name parent = caa_name_parent(&subject->name);

    if (CAA_DEVIATES(J4) && subject->wildcard) {
        return true;
    }
    for (size_t i = 0; i < options->subject_count; i++) {
        const struct caa_subject *other = &options->subjects[i];
        struct caa_name other_parent = caa_name_parent(&other->name);
        bool same = caa_name_equal(&subject->name, &other->name);
        if ((CAA_DEVIATES(E13) && same && other->wildcard &&
             !subject->wildcard) ||
            (CAA_DEVIATES(J7) && same && subject->wildcard &&
             !other->wildcard) ||
            (CAA_DEVIATES(J8) && i < index &&
             caa_name_equal(&parent, &other_parent)) ||
            (CAA_DEVIATES(J9) && i < index &&
             caa_name_equal(&parent, &other->name))) {
            return true;
        }
    }
    return false;
}

/* Bugs that give a verdict without a look; false: a look decides. */
static bool is_settled_unseen(const struct options *options, size_t index,
                              struct caa_result *result)
{
    if (CAA_DEVIATES(X2)) {
        result->verdict = CAA_REFUSE;
        result->reason = CAA_REASON_NOT_AUTHORISED;
        result->section = "";
        return true;
    }
    if (is_out_of_sight(options, index) || is_vouched_for(options, index)) {
        result->section = "";
        return true;
    }
    return false;
}

static void permit(struct caa_result *result)
{
    result->verdict = CAA_PERMIT;
    result->reason = CAA_REASON_NONE;
}

/* Bugs between the verdicts and those who want to know them. */
static void distort(const struct options *options, struct caa_result *results)
{
    bool permitted = false;

    for (size_t i = 0; i < options->subject_count; i++) {
        struct caa_result *result = &results[i];
        permitted = permitted || result->verdict == CAA_PERMIT;
        if (CAA_DEVIATES(J10) && result->reason == CAA_REASON_LOOKUP_FAILED) {
            permit(result);
        }
        if (CAA_DEVIATES(J11) && result->verdict == CAA_REFUSE) {
            result->reason = CAA_REASON_NOT_AUTHORISED;
        }
        if (CAA_DEVIATES(J12) && result->found) {
            result->found_at = options->subjects[i].name;
        }
    }
    for (size_t i = 0; i < options->subject_count; i++) {
        if (CAA_DEVIATES(J3) && permitted) {
            permit(&results[i]);
        }
    }
}

/* Every name as far as it goes; CAA_PENDING when one still waits. */
static enum caa_status check_all(const struct options *options,
                                 const struct caa_check *check,
                                 struct caa_result *results, bool *finished)
{
    enum caa_status all = CAA_OK;

    for (size_t i = 0; i < options->subject_count; i++) {
        if (finished[i]) {
            continue;
        }
        if (is_settled_unseen(options, i, &results[i])) {
            finished[i] = true;
            continue;
        }
        enum caa_status st =
            caa_check_subject(check, &options->subjects[i], &results[i]);
        finished[i] = st == CAA_OK;
        if (st != CAA_OK && (all == CAA_OK || st != CAA_PENDING)) {
            all = st;
        }
    }
    return all;
}

/* The same, from every perspective. */
static enum caa_status check_everywhere(const struct options *options,
                                        struct perspectives *perspectives)
{
    struct caa_request request = { .kind = options->kind,
                                   .issuers = options->issuers,
                                   .issuer_count = options->issuer_count,
                                   .account = options->account,
                                   .method = options->method };
    bool shared = options->rules.remote_lookups == CAA_REMOTE_SHARED;
    enum caa_status all = CAA_OK;

    for (size_t i = 0; i < perspectives->count; i++) {
        struct caa_check check = { .request = &request,
                                   .rules = &options->rules,
                                   .lookup =
                                       &perspectives->lookups[shared ? 0 : i],
                                   .diagnose = options->explain && i == 0 };
        enum caa_status st =
            check_all(options, &check, perspectives_results(perspectives, i),
                      &perspectives->finished[i * options->subject_count]);
        if (st != CAA_OK && (all == CAA_OK || st != CAA_PENDING)) {
            all = st;
        }
    }
    return all;
}

enum caa_status program_evaluate(const struct options *options,
                                 struct perspectives *perspectives)
{
    enum caa_status st = check_everywhere(options, perspectives);

    if (st == CAA_OK) {
        st = perspectives_judge(perspectives, options);
    }
    if (st == CAA_OK) {
        distort(options, perspectives_results(perspectives, 0));
    }
    return st;
}

void program_reuse(const struct options *options, int64_t checked_s,
                   struct caa_result *results)
{
    for (size_t i = 0; i < options->subject_count; i++) {
        results[i].verdict = CAA_PERMIT;
        results[i].section = caa_section(&options->rules, CAA_TOPIC_REUSE);
        results[i].reused = true;
        results[i].checked_s = checked_s;
    }
}

static enum caa_status run(const struct options *options,
                           struct perspectives *perspectives)
{
    struct caa_result *results = perspectives_results(perspectives, 0);
    int64_t checked_s = 0;

    if (state_recall(options, &checked_s)) {
        program_reuse(options, checked_s, results);
        return CAA_OK;
    }
    enum caa_status st = program_evaluate(options, perspectives);

    while (st == CAA_PENDING) {
        st = caa_unbound_wait(perspectives->unbounds, perspectives->count);
        if (st == CAA_OK) {
            st = program_evaluate(options, perspectives);
        }
    }
    if (st == CAA_OK) {
        state_remember(options, results);
    }
    return st;
}

static enum caa_status report(const struct options *options,
                              const struct caa_result *results)
{
    if (!options->json) {
        report_text(stdout, options, results);
        return CAA_OK;
    }
    if (options->explain) {
        report_text(stderr, options, results);
    }
    return report_json(stdout, options, results);
}

int program_exit_code(const struct options *options,
                      const struct caa_result *results)
{
    struct summary summary = report_summary(options, results);

    if (summary.verdict == CAA_PERMIT) {
        return EXIT_PERMIT;
    }
    return summary.deciding->reason == CAA_REASON_LOOKUP_FAILED
               ? EXIT_LOOKUP_FAILED
               : EXIT_REFUSE;
}

static bool is_written(void)
{
    return fflush(stdout) == 0 && ferror(stdout) == 0;
}

/* Anything that goes wrong in here is a failed look-up: nothing is permitted.
 */
static int check(const struct options *options)
{
    int code = EXIT_LOOKUP_FAILED;
    char problem[CAA_PROBLEM_MAX] = "out of memory";
    struct perspectives perspectives;
    enum caa_status st = perspectives_init(options, problem, &perspectives);

    if (st != CAA_OK) {
        code = st == CAA_ESYSTEM ? EXIT_USAGE : code;
        goto out;
    }
    st = compare_keep(options, &perspectives);
    if (st == CAA_OK) {
        st = run(options, &perspectives);
    }
    if (st == CAA_ENOMEM) {
        goto out;
    }
    if (st != CAA_OK) {
        (void)snprintf(problem, sizeof(problem), "the event loop failed");
        goto out;
    }
    const struct caa_result *results = perspectives_results(&perspectives, 0);
    if (compare_tell(stdout, options, &perspectives) != CAA_OK ||
        report(options, results) != CAA_OK || !is_written()) {
        (void)snprintf(problem, sizeof(problem), CANNOT_WRITE);
        goto out;
    }
    code = program_exit_code(options, results);
    problem[0] = '\0';
out:
    if (problem[0] != '\0') {
        (void)fprintf(stderr, "caacheck: %s\n", problem);
    }
    perspectives_fini(&perspectives);
    return code;
}

static int act(const struct options *options)
{
    switch (options->action) {
    case ACTION_CHECK:
        return check(options);
    case ACTION_HELP:
        (void)fputs(options_help(), stdout);
        return EXIT_PERMIT;
    case ACTION_VERSION:
        (void)printf("caacheck %s\n", CAACHECK_VERSION);
        return EXIT_PERMIT;
    case ACTION_LIST_RULES:
        return list_rules();
    }
    return EXIT_USAGE;
}

/* A socket in the place of a closed standard stream would be written to. What
 * stands there instead can only be read, so that writing fails. */
static bool hold_standard_streams(void)
{
    bool held = true;

    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) == -1) {
            held = held && open("/dev/null", O_RDONLY) == fd;
        }
    }
    return held;
}

int program_run(int argc, char **argv)
{
    if (!hold_standard_streams()) {
        return EXIT_LOOKUP_FAILED;
    }
    struct options options;
    enum caa_status st = options_parse(argc, argv, &options);
    int code = EXIT_USAGE;

    if (st == CAA_OK) {
        code = act(&options);
        if (code == EXIT_PERMIT && !is_written()) {
            (void)fprintf(stderr, "caacheck: " CANNOT_WRITE "\n");
            code = EXIT_LOOKUP_FAILED;
        }
    } else {
        (void)fprintf(stderr, "caacheck: %s\n", options.problem);
    }
    options_fini(&options);
    return code;
}
