/* SPDX-License-Identifier: BSD-2-Clause */
#include "compare.h"

#include "deviation.h"
#include "kept.h"
#include "program.h"
#include "report.h"
#include "state.h"
#include "state_text.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 256 };

/* What the reference did. */
struct reference {
    struct kept *kept; /* [owned] one a perspective */
    size_t count;
    struct caa_rules rules;
    json_t *before; /* [owned] earlier checks that were known; NULL: none */
    json_t *after;  /* [owned] see state_after() */
    char *said;     /* [owned] see say() */
    bool reused;    /* an earlier check stood for it */
};

/* One deviation to try. */
struct candidate {
    struct options options; /* everything [borrowed] */
    enum caa_reach reach;
};

/* File scope, as the deviation that is on: there is one run a process. */
static const char *wanted;
static bool may_ask;
static struct reference reference;

void compare_set(const char *candidates, bool asking)
{
    wanted = candidates;
    may_ask = asking;
}

enum caa_status compare_keep(const struct options *options,
                             struct perspectives *perspectives)
{
    if (wanted == NULL) {
        return CAA_OK;
    }
    reference.before = state_load(options);
    reference.kept = calloc(perspectives->count, sizeof(*reference.kept));
    if (reference.kept == NULL) {
        return CAA_ENOMEM;
    }
    for (size_t i = 0; i < perspectives->count; i++) {
        reference.kept[i] = (struct kept){ .under = perspectives->lookups[i],
                                           .asking = may_ask };
        perspectives->lookups[i] = kept_recorder(&reference.kept[i]);
    }
    reference.count = perspectives->count;
    return CAA_OK;
}

static void forget(void)
{
    for (size_t i = 0; i < reference.count; i++) {
        kept_fini(&reference.kept[i]);
    }
    free(reference.kept);
    free(reference.said);
    json_decref(reference.before);
    json_decref(reference.after);
    reference = (struct reference){ .kept = NULL };
}

/* --- what is to be compared --- */

/* The next word up to one of `ends`, which is passed; false at the end. */
static bool next_word(const char **text, const char *ends, char word[WORD_MAX],
                      char *end_out)
{
    size_t length = strcspn(*text, ends);

    if (length == 0 || length >= WORD_MAX) {
        return false;
    }
    memcpy(word, *text, length);
    word[length] = '\0';
    *end_out = (*text)[length];
    *text += length + (*end_out != '\0' ? 1 : 0);
    return true;
}

/* How often a look-up is tried counts where one fails. */
static bool take_rule(const char *rule, struct candidate *candidate)
{
    if (strncmp(rule, "retry=", 6) == 0 &&
        candidate->reach == CAA_REACH_ANSWERS) {
        candidate->reach = CAA_REACH_FAILURES;
    }
    return caa_rules_apply(&candidate->options.rules, rule) == CAA_OK;
}

/* Takes "ID", a switch, or "ID:RULE,RULE", with a switch or without; switches
 * it on. What is neither reaches everything. */
static void take_candidate(const char **text, struct candidate *candidate)
{
    char word[WORD_MAX];
    char end = '\0';

    candidate->reach = CAA_REACH_LOOKUPS;
    if (!next_word(text, ": ", word, &end)) {
        *text += strlen(*text);
        return;
    }
    if (caa_deviation_select(word) == CAA_OK) {
        candidate->reach = caa_deviation_reach(word);
    } else if (end == ':') {
        candidate->reach = CAA_REACH_ANSWERS;
    }
    while (end != ' ' && end != '\0' && next_word(text, ", ", word, &end)) {
        if (!take_rule(word, candidate)) {
            candidate->reach = CAA_REACH_LOOKUPS;
        }
    }
}

/* --- one deviation --- */

static bool may_be_alike(const struct candidate *candidate)
{
    bool flawless = true;

    for (size_t i = 0; i < reference.count; i++) {
        flawless = flawless && kept_is_flawless(&reference.kept[i]);
    }
    return candidate->reach == CAA_REACH_ANSWERS ||
           (candidate->reach == CAA_REACH_FAILURES && flawless);
}

/* Reads the names of the request again, with the deviation that is on. */
static bool reads_the_same(const struct options *options)
{
    for (size_t i = 0; i < options->subject_count; i++) {
        struct caa_subject subject = { .kind = CAA_SUBJECT_DNS };
        const struct caa_subject *before = &options->subjects[i];
        const char *problem = NULL;
        if (caa_subject_parse(options->names[i], options->kind, &subject,
                              &problem) != CAA_OK ||
            subject.kind != before->kind ||
            subject.wildcard != before->wildcard ||
            subject.underscore != before->underscore ||
            subject.name.length != before->name.length ||
            memcmp(subject.name.wire, before->name.wire, before->name.length) !=
                0 ||
            strcmp(subject.text, before->text) != 0) {
            return false;
        }
    }
    return true;
}

static bool say_result(FILE *out, const struct caa_result *result)
{
    char place[CAA_NAME_TEXT_MAX] = "-";

    if (result->found) {
        caa_name_to_text(&result->found_at, place);
    }
    return fprintf(out, "%d %d %s\n", (int)result->verdict, (int)result->reason,
                   place) > 0;
}

/* Exit status, verdicts, reasons and places; [owned], NULL when out of memory.
 * How a verdict was reached is told to people alone. */
static char *say(const struct options *options,
                 const struct caa_result *results)
{
    struct summary summary = report_summary(options, results);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    if (out == NULL) {
        return NULL;
    }
    bool told = fprintf(out, "%d\n", program_exit_code(options, results)) > 0 &&
                say_result(out, summary.deciding);
    for (size_t i = 0; i < options->subject_count; i++) {
        told = say_result(out, &results[i]) && told;
    }
    if (fclose(out) != 0 || !told) {
        free(text);
        return NULL;
    }
    return text;
}

static enum caa_status evaluate(const struct options *options,
                                const struct perspectives *before,
                                struct perspectives *again)
{
    enum caa_status st = program_evaluate(options, again);

    while (st == CAA_PENDING && may_ask) {
        st = caa_unbound_wait(before->unbounds, before->count);
        if (st == CAA_OK) {
            st = program_evaluate(options, again);
        }
    }
    return st;
}

/* Looks up again; false when it asked for something else, or came to no end. */
static bool asks_the_same(const struct options *options,
                          const struct perspectives *before,
                          struct perspectives *again)
{
    bool same = true;

    for (size_t i = 0; i < reference.count; i++) {
        kept_rewind(&reference.kept[i]);
        again->lookups[i] = kept_player(&reference.kept[i]);
    }
    (void)caa_deviation_take_note();
    same = evaluate(options, before, again) == CAA_OK &&
           !caa_deviation_take_note();
    for (size_t i = 0; i < reference.count; i++) {
        same = same && kept_was_asked(&reference.kept[i]);
    }
    return same;
}

/* Leaves for the next run what the reference left. Runs under other rules do
 * not know of each other's checks; all of these would be under the same. */
static bool remembers_the_same(const struct options *options,
                               const json_t *before,
                               const struct caa_result *results)
{
    json_t *after = state_after(before, options, results);
    json_t *left = state_text_under(after, &options->rules, &reference.rules);
    bool same = left != NULL && json_equal(left, reference.after) != 0;

    json_decref(left);
    json_decref(after);
    return same;
}

/* From the earlier check, or from the look-ups, as the reference did. */
static bool does_the_same(const struct options *options,
                          const struct perspectives *perspectives,
                          struct perspectives *again)
{
    json_t *before =
        state_text_under(reference.before, &reference.rules, &options->rules);
    struct caa_result *results = perspectives_results(again, 0);
    int64_t checked_s = 0;
    bool same =
        state_recall_from(before, options, &checked_s) == reference.reused;

    if (same && reference.reused) {
        program_reuse(options, checked_s, results);
    } else if (same) {
        same = asks_the_same(options, perspectives, again) &&
               remembers_the_same(options, before, results);
    }
    json_decref(before);
    return same;
}

/* Decides again under these options and the deviation that is on. */
static bool is_the_same(const struct options *options,
                        const struct perspectives *before)
{
    size_t cells = before->count * before->subject_count;
    struct perspectives again = {
        .lookups = calloc(before->count, sizeof(*again.lookups)),
        .results = calloc(cells, sizeof(*again.results)),
        .finished = calloc(cells, sizeof(*again.finished)),
        .subject_count = before->subject_count,
        .count = before->count,
    };
    bool same = false;

    if (again.lookups != NULL && again.results != NULL &&
        again.finished != NULL && does_the_same(options, before, &again)) {
        char *now = say(options, perspectives_results(&again, 0));
        same = now != NULL && strcmp(now, reference.said) == 0;
        free(now);
    }
    perspectives_fini(&again);
    return same;
}

/* --- all of them --- */

static enum caa_status look_back(const struct options *options,
                                 struct perspectives *perspectives)
{
    const struct caa_result *results = perspectives_results(perspectives, 0);

    reference.rules = options->rules;
    reference.reused = options->subject_count > 0 && results[0].reused;
    reference.said = say(options, results);
    reference.after = state_after(reference.before, options, results);
    return reference.said != NULL && reference.after != NULL ? CAA_OK
                                                             : CAA_ENOMEM;
}

static enum caa_status tell_all(FILE *out, const struct options *options,
                                const struct perspectives *perspectives)
{
    const char *rest = wanted;
    bool told = fputs("alike: ", out) >= 0;

    while (told && *rest != '\0') {
        struct candidate candidate = { .options = *options };
        take_candidate(&rest, &candidate);
        bool alike = may_be_alike(&candidate) && reads_the_same(options) &&
                     is_the_same(&candidate.options, perspectives);
        caa_deviation_clear();
        told = fputc(alike ? '1' : '0', out) != EOF;
    }
    return told && fputc('\n', out) != EOF ? CAA_OK : CAA_ESYSTEM;
}

enum caa_status compare_tell(FILE *out, const struct options *options,
                             struct perspectives *perspectives)
{
    if (wanted == NULL) {
        return CAA_OK;
    }
    caa_deviation_note_only(true);
    enum caa_status st = look_back(options, perspectives);
    if (st == CAA_OK) {
        st = tell_all(out, options, perspectives);
    }
    caa_deviation_note_only(false);
    forget();
    return st;
}
