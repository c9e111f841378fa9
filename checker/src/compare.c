/* SPDX-License-Identifier: BSD-2-Clause */
#include "compare.h"

#include "deviation.h"
#include "program.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 256 };

/* One question that was asked, and its answer when it has come. */
struct asked {
    struct caa_name name;
    uint16_t type;
    const struct caa_answer *answer; /* [borrowed] from the look-ups */
    bool used;                       /* by the deviation that is compared */
};

struct kept {
    struct caa_lookup under; /* that answers */
    struct asked *list;      /* [owned] */
    size_t count;
    size_t capacity;
    bool differs; /* a deviation asked for something else */
};

/* File scope, as the deviation that is on: there is one run a process. */
static const char *wanted;
static struct kept *keepers; /* [owned] one a perspective */

void compare_set(const char *candidates)
{
    wanted = candidates;
}

static struct asked *find(struct kept *kept, const struct caa_name *name,
                          uint16_t type)
{
    for (size_t i = 0; i < kept->count; i++) {
        if (kept->list[i].type == type &&
            caa_name_equal(&kept->list[i].name, name)) {
            return &kept->list[i];
        }
    }
    return NULL;
}

static struct asked *add(struct kept *kept, const struct caa_name *name,
                         uint16_t type)
{
    if (kept->count == kept->capacity) {
        size_t capacity = kept->capacity * 2 + 16;
        struct asked *list = realloc(kept->list, capacity * sizeof(*list));
        if (list == NULL) {
            return NULL;
        }
        kept->list = list;
        kept->capacity = capacity;
    }
    kept->list[kept->count] = (struct asked){ .name = *name, .type = type };
    return &kept->list[kept->count++];
}

/* Asks, and keeps what came. What cannot be kept makes every deviation
 * differ. */
static const struct caa_answer *keep(void *context, const struct caa_name *name,
                                     uint16_t type)
{
    struct kept *kept = context;
    const struct caa_answer *answer =
        kept->under.ask(kept->under.context, name, type);
    struct asked *asked = find(kept, name, type);

    if (asked == NULL) {
        asked = add(kept, name, type);
    }
    if (asked != NULL) {
        asked->answer = answer;
    } else {
        wanted = NULL;
    }
    return answer;
}

static const struct caa_diagnosis *pass_on(void *context,
                                           const struct caa_name *name)
{
    struct kept *kept = context;

    return kept->under.diagnose(kept->under.context, name);
}

/* Who asks the servers of a zone himself does what the reference did not. */
static const struct caa_diagnosis *refuse(void *context,
                                          const struct caa_name *name)
{
    struct kept *kept = context;

    (void)name;
    kept->differs = true;
    return NULL;
}

/* Answers from what was kept, and from nothing else. */
static const struct caa_answer *recall(void *context,
                                       const struct caa_name *name,
                                       uint16_t type)
{
    struct kept *kept = context;
    struct asked *asked = find(kept, name, type);

    if (asked == NULL || asked->answer == NULL) {
        kept->differs = true;
        return NULL;
    }
    asked->used = true;
    return asked->answer;
}

enum caa_status compare_keep(struct perspectives *perspectives)
{
    if (wanted == NULL) {
        return CAA_OK;
    }
    keepers = calloc(perspectives->count, sizeof(*keepers));
    if (keepers == NULL) {
        return CAA_ENOMEM;
    }
    for (size_t i = 0; i < perspectives->count; i++) {
        keepers[i].under = perspectives->lookups[i];
        perspectives->lookups[i] = (struct caa_lookup){
            .context = &keepers[i],
            .ask = keep,
            .diagnose = keepers[i].under.diagnose == NULL ? NULL : pass_on,
        };
    }
    return CAA_OK;
}

/* --- one deviation --- */

/* Exit status and report; [owned], NULL when it could not be told. */
static char *say(const struct options *options,
                 const struct caa_result *results)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    if (out == NULL) {
        return NULL;
    }
    bool told = fprintf(out, "%d\n", program_exit_code(options, results)) > 0 &&
                report_json(out, options, results) == CAA_OK;
    if (fclose(out) != 0 || !told) {
        free(text);
        return NULL;
    }
    return text;
}

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

/* Takes "ID" or "ID:RULE,RULE". False for what acts on look-ups. */
static bool take_candidate(const char **text, struct options *options)
{
    char word[WORD_MAX];
    char end = '\0';
    bool compared = true;

    if (!next_word(text, ": ", word, &end)) {
        *text += strlen(*text);
        return false;
    }
    if (end != ':') {
        return caa_deviation_acts_on_answers(word) &&
               caa_deviation_select(word) == CAA_OK;
    }
    while (end != ' ' && end != '\0' && next_word(text, ", ", word, &end)) {
        /* How often a look-up is tried is settled before it is made. */
        compared = compared && strncmp(word, "retry=", 6) != 0 &&
                   caa_rules_apply(&options->rules, word) == CAA_OK;
    }
    return compared;
}

/* Whether the deviation asked for all that was asked for, and no more. */
static bool asked_the_same(size_t count)
{
    bool same = true;

    for (size_t i = 0; i < count; i++) {
        same = same && !keepers[i].differs;
        for (size_t k = 0; k < keepers[i].count; k++) {
            same = same && keepers[i].list[k].used;
        }
    }
    return same;
}

static void forget_use(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        keepers[i].differs = false;
        for (size_t k = 0; k < keepers[i].count; k++) {
            keepers[i].list[k].used = false;
        }
    }
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

/* Decides again under these options and the deviation that is on. */
static bool says_the_same(const struct options *options,
                          const struct perspectives *before, const char *said)
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
        again.finished != NULL) {
        for (size_t i = 0; i < before->count; i++) {
            again.lookups[i] =
                (struct caa_lookup){ &keepers[i], recall, refuse };
        }
        forget_use(before->count);
        (void)caa_deviation_take_note();
        if (program_evaluate(options, &again) == CAA_OK &&
            asked_the_same(before->count) && !caa_deviation_take_note()) {
            char *now = say(options, perspectives_results(&again, 0));
            same = now != NULL && strcmp(now, said) == 0;
            free(now);
        }
    }
    perspectives_fini(&again);
    return same;
}

static void forget_answers(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(keepers[i].list);
    }
    free(keepers);
    keepers = NULL;
}

enum caa_status compare_tell(FILE *out, const struct options *options,
                             struct perspectives *perspectives)
{
    const char *rest = wanted;
    char *said = NULL;
    bool told = true;

    if (wanted != NULL) {
        said = say(options, perspectives_results(perspectives, 0));
        told = said != NULL && fputs("alike: ", out) >= 0;
    }
    caa_deviation_note_only(true);
    while (told && rest != NULL && *rest != '\0') {
        struct options changed = *options;
        /* An earlier check that is known may answer instead of the look-up. */
        bool alike = take_candidate(&rest, &changed) &&
                     options->state_directory == NULL &&
                     reads_the_same(options) &&
                     says_the_same(&changed, perspectives, said);
        caa_deviation_clear();
        told = fputc(alike ? '1' : '0', out) != EOF;
    }
    caa_deviation_note_only(false);
    told = told && (said == NULL || fputc('\n', out) != EOF);
    free(said);
    if (keepers != NULL) {
        forget_answers(perspectives->count);
    }
    return told ? CAA_OK : CAA_ESYSTEM;
}
