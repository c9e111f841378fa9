/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * story_told.c - a few sentences that say what the table means.
 *
 * Queries are gathered into groups of one question at one zone's servers (or
 * at the front). Each CAA group gets a sentence; so does each alias that was
 * met by a query of another type while its owner's server was never asked for
 * CAA, and each proof that a zone is insecure. Nothing here knows the scenario:
 * change a fault and the sentences change.
 */
#include "story_told.h"

#include "evidence.h"
#include "text.h"
#include "words.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

/* All exchanges with one name and type at one zone, or at the front. */
struct group {
    const struct sim_exchange *first;
    size_t asked;
    size_t silent;    /* never replied to */
    size_t usable;    /* replies that a fault left alone */
    size_t referrals; /* of them, those that only pointed on */
    const struct sim_exchange *last_reply; /* NULL: there is none */
    const struct sim_exchange *faulted;    /* first that a fault hit, or NULL */
    size_t faults;
    int64_t longest_ns; /* until a reply left */
    bool same_fault;    /* the same one every time it hit */
};

struct groups {
    struct group *items; /* [owned] */
    size_t count;
};

enum { SENTENCES_MAX = 40 };

int cfm_story_append(json_t *lines, struct cfm_text *text)
{
    char *line = cfm_text_take(text);
    int rc =
        line == NULL ? -1 : json_array_append_new(lines, json_string(line));

    free(line);
    return rc;
}

static void add_name(struct cfm_text *text, const uint8_t *name)
{
    char buf[SCN_NAME_TEXT_MAX];

    if (name == NULL) {
        cfm_text_add(text, "?");
        return;
    }
    scn_name_to_text(name, buf);
    cfm_text_add(text, buf);
}

/* --- gathering --- */

static bool same_zone(const struct sim_exchange *a,
                      const struct sim_exchange *b)
{
    if (a->zone == NULL || b->zone == NULL) {
        return a->zone == b->zone;
    }
    return scn_name_equal(a->zone, b->zone);
}

static bool same_group(const struct sim_exchange *a,
                       const struct sim_exchange *b)
{
    return a->at == b->at && a->type == b->type && a->lab_own == b->lab_own &&
           same_zone(a, b) && scn_name_equal(a->name, b->name);
}

static void count_in(struct group *group, const struct sim_exchange *x)
{
    group->asked++;
    group->silent += x->replied ? 0 : 1;
    group->usable += x->replied && x->usable ? 1 : 0;
    group->referrals += cfm_is_referral(x) ? 1 : 0;
    if (x->replied) {
        group->last_reply = x;
        if (x->replied_ns - x->received_ns > group->longest_ns) {
            group->longest_ns = x->replied_ns - x->received_ns;
        }
    }
    if (x->fault == NULL) {
        return;
    }
    group->faults++;
    if (group->faulted == NULL) {
        group->faulted = x;
        group->same_fault = true;
    } else if (strcmp(group->faulted->fault, x->fault) != 0) {
        group->same_fault = false;
    }
}

static bool gather(const struct sim_journal *journal, struct groups *groups)
{
    size_t count = sim_journal_count(journal);

    groups->items = calloc(count + 1, sizeof(*groups->items));
    if (groups->items == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        size_t g = 0;
        while (g < groups->count && !same_group(groups->items[g].first, x)) {
            g++;
        }
        if (g == groups->count) {
            groups->items[groups->count++].first = x;
        }
        count_in(&groups->items[g], x);
    }
    return true;
}

/* --- sentences --- */

static const char *times(size_t count)
{
    return count == 1 ? "once" : NULL;
}

static void add_times(struct cfm_text *text, size_t count)
{
    if (times(count) != NULL) {
        cfm_text_add(text, times(count));
    } else {
        cfm_text_addf(text, "%zu times", count);
    }
}

/* "the server of agency.x", "the root's server". */
static void add_server(struct cfm_text *text, const struct sim_exchange *x)
{
    if (x->zone != NULL && x->zone[0] == 0) {
        cfm_text_add(text, "the root's server");
        return;
    }
    cfm_text_add(text, "the server of ");
    add_name(text, x->zone);
}

static void add_reply(struct cfm_text *text, const struct sim_exchange *x)
{
    char buf[CFM_WORD_MAX];

    cfm_text_add(text, cfm_rcode_text(x->rcode, buf));
    if (x->rcode == 0) {
        cfm_text_addf(text, " with %u %s", (unsigned)x->answer_count,
                      x->answer_count == 1 ? "record" : "records");
    }
}

static void add_alias(struct cfm_text *text, const struct sim_exchange *x)
{
    if (x->alias_to != NULL) {
        cfm_text_add(text, ", an alias to ");
        add_name(text, x->alias_to);
    }
}

static void add_fate(struct cfm_text *text, const struct group *group)
{
    const char *each = group->faults == 1 ? "" : " each time";

    if (group->faults == group->asked && group->same_fault) {
        cfm_text_addf(text, ", and ");
        if (group->last_reply == NULL) {
            cfm_text_addf(text, "dropped%s", each);
        } else {
            cfm_text_add(text, "answered ");
            add_reply(text, group->last_reply);
            cfm_text_add(text, each);
        }
        cfm_text_addf(text, " (fault: %s)", group->faulted->fault);
    } else if (group->faults > 0) {
        cfm_text_addf(text, ", of which ");
        add_times(text, group->faults);
        cfm_text_addf(text, " a fault hit (%s%s)", group->faulted->fault,
                      group->same_fault ? "" : " and others");
    } else if (group->silent == group->asked) {
        cfm_text_add(text, ", and no reply left");
    }
}

/* "CAA www.agency.x was asked 4 times at the server of agency.x, and dropped
 * each time (fault: drop query); no answer was given." */
static void tell_caa(struct cfm_text *text, const struct group *group)
{
    cfm_text_add(text, "CAA ");
    add_name(text, group->first->name);
    cfm_text_add(text, group->first->lab_own ? " was asked by the lab itself "
                                             : " was asked ");
    add_times(text, group->asked);
    cfm_text_add(text, " at ");
    add_server(text, group->first);
    if (group->referrals == group->asked) {
        cfm_text_add(text, ", which referred it on.");
        return;
    }
    add_fate(text, group);
    if (group->usable == group->referrals) {
        cfm_text_add(text, "; no answer was given.");
        return;
    }
    cfm_text_add(text, "; the answer was ");
    add_reply(text, group->last_reply);
    add_alias(text, group->last_reply);
    cfm_text_add(text, ".");
}

/* At the front: what the implementation asked and what it was told. */
static void tell_front(struct cfm_text *text, const struct group *group)
{
    char buf[CFM_WORD_MAX];

    cfm_text_addf(text, "The implementation asked its resolver for %s ",
                  cfm_type_text(group->first->type, buf));
    add_name(text, group->first->name);
    cfm_text_add(text, " ");
    add_times(text, group->asked);
    if (group->last_reply == NULL) {
        cfm_text_add(text, " and was never answered.");
        return;
    }
    cfm_text_add(text, " and was told ");
    add_reply(text, group->last_reply);
    if ((group->last_reply->flags & SCN_AD) != 0) {
        cfm_text_add(text, ", authenticated");
    }
    cfm_text_addf(text, ", after %s%.0f ms.",
                  group->asked == 1 ? "" : "at most ",
                  (double)group->longest_ns / 1e6);
}

static bool asked_for_caa(const struct groups *groups,
                          const struct sim_exchange *x)
{
    for (size_t i = 0; i < groups->count; i++) {
        const struct sim_exchange *first = groups->items[i].first;
        if (first->at == SCN_AT_SERVERS && first->type == SCN_TYPE_CAA &&
            same_zone(first, x) && scn_name_equal(first->name, x->name)) {
            return true;
        }
    }
    return false;
}

/* "The alias was met by a type A query for www.agency.x, which leads to
 * www.search.x; the server of agency.x was never asked for CAA." */
static void tell_alias(struct cfm_text *text, const struct group *group)
{
    const struct sim_exchange *x = group->last_reply;
    char buf[CFM_WORD_MAX];

    cfm_text_addf(text, "The alias was met by a type %s query for ",
                  cfm_type_text(x->type, buf));
    add_name(text, x->name);
    cfm_text_add(text, ", which leads to ");
    add_name(text, x->alias_to);
    cfm_text_add(text, "; ");
    add_server(text, x);
    cfm_text_add(text, " was never asked for CAA of that name.");
}

static int tell_proofs(json_t *lines, const struct sim_journal *journal)
{
    enum { TOLD_MAX = 8 };
    const uint8_t *told[TOLD_MAX] = { NULL };
    struct cfm_text text = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < sim_journal_count(journal); i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        if (!x->usable || !x->replied || x->no_ds_count == 0 ||
            count == TOLD_MAX) {
            continue;
        }
        const uint8_t *cut = x->no_ds[0];
        size_t k = 0;
        while (k < count && !scn_name_equal(told[k], cut)) {
            k++;
        }
        if (k < count) {
            continue;
        }
        told[count++] = cut;
        cfm_text_add(&text, "That ");
        add_name(&text, cut);
        cfm_text_add(&text, " is insecure was shown: ");
        add_server(&text, x);
        cfm_text_add(&text, " proved that it has no usable DS.");
        if (cfm_story_append(lines, &text) != 0) {
            return -1;
        }
    }
    return 0;
}

/* The sentence of a group; nothing for what is beside the point. */
static void tell_group(struct cfm_text *text, const struct groups *groups,
                       const struct group *group)
{
    const struct sim_exchange *reply = group->last_reply;

    if (group->first->at == SCN_AT_FRONT) {
        if (group->first->type == SCN_TYPE_CAA) {
            tell_front(text, group);
        }
    } else if (group->first->type == SCN_TYPE_CAA) {
        tell_caa(text, group);
    } else if (reply != NULL && reply->alias_to != NULL &&
               !asked_for_caa(groups, reply)) {
        tell_alias(text, group);
    }
}

/* What is asked at the front to validate is told in one sentence. */
static int tell_other_types(json_t *lines, const struct groups *groups)
{
    struct cfm_text text = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < groups->count; i++) {
        const struct sim_exchange *first = groups->items[i].first;
        count +=
            first->at == SCN_AT_FRONT && first->type != SCN_TYPE_CAA ? 1 : 0;
    }
    if (count == 0) {
        return 0;
    }
    cfm_text_addf(&text, "It also asked its resolver %zu %s of other types.",
                  count, count == 1 ? "question" : "questions");
    return cfm_story_append(lines, &text);
}

static int tell_unasked(json_t *lines, const struct scn_check *check,
                        const struct groups *groups)
{
    const uint8_t *start =
        check->subject_count > 0 ? check->subjects[0].start : NULL;
    char name[SCN_NAME_TEXT_MAX] = "the name";
    struct cfm_text text = { 0 };

    for (size_t i = 0; i < groups->count; i++) {
        const struct sim_exchange *first = groups->items[i].first;
        if (first->at == SCN_AT_SERVERS && !first->lab_own && start != NULL &&
            scn_name_equal(first->name, start)) {
            return 0;
        }
    }
    if (start != NULL) {
        scn_name_to_text(start, name); /* of a mailbox the domain */
    }
    cfm_text_addf(&text, "No server was asked about %s itself.", name);
    return cfm_story_append(lines, &text);
}

int cfm_story_told(json_t *lines, const struct scn_instance *instance,
                   const struct scn_check *check,
                   const struct sim_journal *journal)
{
    struct groups groups = { 0 };
    struct cfm_text text = { 0 };
    size_t told = 0;
    int rc = gather(journal, &groups) ? 0 : -1;

    (void)instance;
    for (size_t i = 0; i < groups.count && rc == 0; i++) {
        tell_group(&text, &groups, &groups.items[i]);
        if (text.len == 0) {
            continue;
        }
        if (++told <= SENTENCES_MAX) {
            rc = cfm_story_append(lines, &text);
        }
        cfm_text_fini(&text);
    }
    if (told > SENTENCES_MAX && rc == 0) {
        cfm_text_addf(&text, "And %zu more questions like these.",
                      told - SENTENCES_MAX);
        rc = cfm_story_append(lines, &text);
    }
    if (rc == 0) {
        rc = tell_other_types(lines, &groups);
    }
    if (rc == 0) {
        rc = tell_proofs(lines, journal);
    }
    if (rc == 0) {
        rc = tell_unasked(lines, check, &groups);
    }
    free(groups.items);
    return rc;
}
