/* SPDX-License-Identifier: BSD-2-Clause */
#include "kept.h"

#include <stdlib.h>

/* One question that was asked, and its answer when it has come. */
struct kept_question {
    struct caa_name name;
    uint16_t type;
    const struct caa_answer *answer; /* [borrowed] from the look-ups */
    bool used;                       /* by the deviation that is compared */
};

static struct kept_question *find(struct kept *kept,
                                  const struct caa_name *name, uint16_t type)
{
    for (size_t i = 0; i < kept->count; i++) {
        if (kept->list[i].type == type &&
            caa_name_equal(&kept->list[i].name, name)) {
            return &kept->list[i];
        }
    }
    return NULL;
}

static struct kept_question *add(struct kept *kept, const struct caa_name *name,
                                 uint16_t type)
{
    if (kept->count == kept->capacity) {
        size_t capacity = kept->capacity * 2 + 16;
        struct kept_question *list =
            realloc(kept->list, capacity * sizeof(*list));
        if (list == NULL) {
            return NULL;
        }
        kept->list = list;
        kept->capacity = capacity;
    }
    kept->list[kept->count] =
        (struct kept_question){ .name = *name, .type = type };
    return &kept->list[kept->count++];
}

static const struct caa_answer *keep(void *context, const struct caa_name *name,
                                     uint16_t type)
{
    struct kept *kept = context;
    const struct caa_answer *answer =
        kept->under.ask(kept->under.context, name, type);
    struct kept_question *question = find(kept, name, type);

    if (question == NULL) {
        question = add(kept, name, type);
    }
    if (question != NULL) {
        question->answer = answer;
    }
    kept->incomplete = kept->incomplete || question == NULL;
    return answer;
}

static const struct caa_diagnosis *pass_on(void *context,
                                           const struct caa_name *name)
{
    struct kept *kept = context;

    return kept->under.diagnose(kept->under.context, name);
}

struct caa_lookup kept_recorder(struct kept *kept)
{
    return (struct caa_lookup){
        .context = kept,
        .ask = keep,
        .diagnose = kept->under.diagnose == NULL ? NULL : pass_on,
    };
}

static const struct caa_answer *recall(void *context,
                                       const struct caa_name *name,
                                       uint16_t type)
{
    struct kept *kept = context;
    struct kept_question *question = find(kept, name, type);

    if (question != NULL) {
        question->used = true;
    }
    if (question != NULL && question->answer != NULL) {
        return question->answer;
    }
    kept->differs = true;
    return kept->asking ? kept->under.ask(kept->under.context, name, type)
                        : NULL;
}

/* Who asks the servers of a zone himself may do what the reference did not. */
static const struct caa_diagnosis *examine(void *context,
                                           const struct caa_name *name)
{
    struct kept *kept = context;

    kept->differs = true;
    return kept->asking ? pass_on(context, name) : NULL;
}

struct caa_lookup kept_player(struct kept *kept)
{
    return (struct caa_lookup){
        .context = kept,
        .ask = recall,
        .diagnose = kept->under.diagnose == NULL ? NULL : examine,
    };
}

void kept_rewind(struct kept *kept)
{
    kept->differs = false;
    for (size_t i = 0; i < kept->count; i++) {
        kept->list[i].used = false;
    }
}

bool kept_was_asked(const struct kept *kept)
{
    bool asked = !kept->incomplete && (kept->asking || !kept->differs);

    for (size_t i = 0; i < kept->count; i++) {
        asked = asked && kept->list[i].used;
    }
    return asked;
}

bool kept_is_flawless(const struct kept *kept)
{
    bool flawless = !kept->incomplete;

    for (size_t i = 0; i < kept->count; i++) {
        const struct caa_answer *answer = kept->list[i].answer;
        flawless = flawless && answer != NULL &&
                   answer->outcome == CAA_OUTCOME_ANSWERED &&
                   answer->attempts == 1 && answer->security != CAA_BOGUS;
    }
    return flawless;
}

void kept_fini(struct kept *kept)
{
    free(kept->list);
    *kept = (struct kept){ .list = NULL };
}
