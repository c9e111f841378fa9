/* SPDX-License-Identifier: BSD-2-Clause */
/* expectation.c - rows by profile and by day, in words. */
#include "expectation.h"

#include "row_text.h"
#include "words.h"

#include <scenario/catalogue.h>

#include <stdlib.h>
#include <string.h>

static size_t unseen(const struct scn_check *check,
                     const struct cfm_policy *policy)
{
    for (size_t i = check->row_count; i-- > 1;) {
        if (check->rows[i].condition_count == 0 &&
            cfm_row_in_force(&check->rows[i], policy)) {
            return i;
        }
    }
    return 0;
}

const struct scn_row *cfm_row_unseen(const struct scn_check *check,
                                     const struct cfm_policy *policy)
{
    return &check->rows[unseen(check, policy)];
}

static void add_conditions(struct cfm_text *text, const struct scn_row *row)
{
    for (size_t i = 0; i < row->condition_count; i++) {
        char *predicate = cfm_predicate_text(&row->conditions[i]);
        cfm_text_addf(text, "%s%s", i == 0 ? " if " : " and ",
                      predicate == NULL ? "" : predicate);
        free(predicate);
    }
}

/* "check: permit", then the rows that evidence can bring about. */
static char *text_on(const struct scn_check *check,
                     const struct cfm_policy *policy)
{
    struct cfm_text text = { 0 };
    size_t base = unseen(check, policy);

    for (size_t i = base; i < check->row_count; i++) {
        if (i > base && !cfm_row_in_force(&check->rows[i], policy)) {
            continue;
        }
        cfm_text_add(&text, "      ");
        cfm_row_add_head(&text, &check->rows[i]);
        add_conditions(&text, &check->rows[i]);
        cfm_text_add(&text, "\n");
    }
    return cfm_text_take(&text);
}

/* Days on which something may change, sorted: 0 first. */
struct days {
    uint32_t *items; /* [owned] */
    size_t count;
};

static int compare_days(const void *a, const void *b)
{
    const uint32_t *left = a;
    const uint32_t *right = b;

    return (*left > *right) - (*left < *right);
}

static bool days_of(const struct scn_check *check, struct days *days)
{
    /* When tls-br goes over to the next RFC: FORMAT section 8. */
    static const uint32_t turns[] = { 0, 20171027, 20201019 };
    enum { TURNS = sizeof(turns) / sizeof(turns[0]) };

    days->items = calloc(TURNS + 2 * check->row_count, sizeof(*days->items));
    if (days->items == NULL) {
        return false;
    }
    for (size_t i = 0; i < TURNS; i++) {
        days->items[days->count++] = turns[i];
    }
    for (size_t i = 0; i < check->row_count; i++) {
        days->items[days->count++] = check->rows[i].from;
        days->items[days->count++] = check->rows[i].until;
    }
    qsort(days->items, days->count, sizeof(*days->items), compare_days);
    return true;
}

static void add_span(struct cfm_text *text, uint32_t from, uint32_t until,
                     uint32_t today)
{
    char date[CFM_WORD_MAX];

    cfm_text_add(text, "    ");
    if (from == 0 && until == 0) {
        cfm_text_add(text, "on any day");
    } else if (from != 0) {
        cfm_text_addf(text, "from %s", cfm_date_text(from, date));
    }
    if (until != 0) {
        cfm_text_addf(text, "%sbefore %s", from == 0 ? "" : " and ",
                      cfm_date_text(until, date));
    }
    bool now = today >= from && (until == 0 || today < until);
    cfm_text_add(text, now && (from != 0 || until != 0) ? " (now):\n" : ":\n");
}

/* Everything one profile expects; spans that agree are one. */
static char *text_of_profile(const struct scn_check *check,
                             enum scn_profile profile, const struct days *days,
                             uint32_t today)
{
    struct cfm_policy policy = { profile, 0, ~0U };
    struct cfm_text text = { 0 };
    size_t i = 0;

    while (i < days->count) {
        policy.date = days->items[i];
        char *said = text_on(check, &policy);
        size_t end = i + 1;
        bool same = true;
        while (end < days->count && same) {
            policy.date = days->items[end];
            char *next = text_on(check, &policy);
            same = said != NULL && next != NULL && strcmp(said, next) == 0;
            free(next);
            end += same ? 1 : 0;
        }
        add_span(&text, days->items[i],
                 end < days->count ? days->items[end] : 0, today);
        cfm_text_add(&text, said == NULL ? "" : said);
        free(said);
        i = end;
    }
    return cfm_text_take(&text);
}

/* The names of the profiles from p on that say the same as p; what the others
 * said is let go of. */
static void add_agreeing(struct cfm_text *text, char *said[SCN_PROFILE_COUNT],
                         int p)
{
    cfm_text_addf(text, "  %s", scn_profile_text((enum scn_profile)p));
    for (int q = p + 1; q < SCN_PROFILE_COUNT; q++) {
        if (said[q] != NULL && strcmp(said[p], said[q]) == 0) {
            cfm_text_addf(text, ", %s", scn_profile_text((enum scn_profile)q));
            free(said[q]);
            said[q] = NULL;
        }
    }
}

void cfm_expectation_add(struct cfm_text *text, const struct scn_check *check,
                         uint32_t today)
{
    char *said[SCN_PROFILE_COUNT] = { NULL };
    struct days days = { 0 };

    if (!days_of(check, &days)) {
        text->failed = true;
        return;
    }
    for (int p = 0; p < SCN_PROFILE_COUNT; p++) {
        said[p] = text_of_profile(check, (enum scn_profile)p, &days, today);
    }
    for (int p = 0; p < SCN_PROFILE_COUNT; p++) {
        if (said[p] == NULL) {
            continue; /* stood with an earlier profile */
        }
        add_agreeing(text, said, p);
        cfm_text_addf(text, ":\n%s", said[p]);
        free(said[p]);
    }
    free(days.items);
}
