/* SPDX-License-Identifier: BSD-2-Clause */
/* evidence.c - counts what a predicate counts, and compares. */
#include "evidence.h"

#include <scenario/name.h>

#include <stdint.h>
#include <string.h>

struct cfm_looked cfm_looked_for(const struct scn_instance *instance,
                                 const struct scn_check *check)
{
    struct cfm_looked looked = { .apex = instance->apex };

    if (check->subject_count > 0) {
        looked.start = check->subjects[0].start;
    }
    return looked;
}

static bool same_text(const char *wanted, const char *got)
{
    return wanted == NULL || (got != NULL && strcmp(wanted, got) == 0);
}

static bool has_upper_case(const uint8_t *name)
{
    size_t len = scn_name_length(name);

    for (size_t i = 0; i < len; i++) {
        if (name[i] >= 'A' && name[i] <= 'Z') {
            return true; /* label lengths are at most 63, below 'A' */
        }
    }
    return false;
}

static bool case_matches(enum scn_case wanted, const uint8_t *name)
{
    switch (wanted) {
    case SCN_ANY_CASE:
        return true;
    case SCN_CASE_MIXED:
        return has_upper_case(name);
    case SCN_CASE_LOWER:
        return !has_upper_case(name);
    }
    return false;
}

static bool edns_matches(enum scn_edns wanted, const struct sim_exchange *x)
{
    switch (wanted) {
    case SCN_ANY_EDNS:
        return true;
    case SCN_EDNS_PRESENT:
        return x->edns;
    case SCN_EDNS_ABSENT:
        return !x->edns;
    case SCN_EDNS_NEWER:
        return x->edns_newer;
    case SCN_EDNS_OPTIONS:
        return x->edns_options;
    }
    return false;
}

/* Everything but the name: server, type, transport, EDNS, case, perspective.
 */
static bool matches_otherwise(const struct scn_filter *filter,
                              const struct sim_exchange *x)
{
    const char *perspective =
        x->perspective == NULL ? "primary" : x->perspective;

    if (filter->type != SCN_TYPE_ANY && filter->type != x->type) {
        return false;
    }
    if (filter->transport != SCN_ANY_TRANSPORT &&
        filter->transport != x->transport) {
        return false;
    }
    if (filter->dnssec_ok != SCN_ANY_DO &&
        (filter->dnssec_ok == SCN_DO_SET) != x->dnssec_ok) {
        return false;
    }
    return same_text(filter->server, x->server) &&
           same_text(filter->perspective, perspective) &&
           edns_matches(filter->edns, x) &&
           case_matches(filter->name_case, x->name);
}

static bool name_matches(const struct scn_filter *filter, const uint8_t *name)
{
    if (filter->name != NULL && !scn_name_equal(filter->name, name)) {
        return false;
    }
    return filter->under == NULL || scn_name_is_under(name, filter->under);
}

static bool alias_matches(const struct scn_filter *filter,
                          const struct sim_exchange *x)
{
    for (size_t i = 0; i < x->alias_count; i++) {
        if (name_matches(filter, x->aliases[i])) {
            return true;
        }
    }
    return false;
}

bool cfm_is_referral(const struct sim_exchange *x)
{
    return x->at == SCN_AT_SERVERS && x->replied && x->usable &&
           (x->flags & SCN_AA) == 0;
}

/* At the servers the journal says so. The front's reply is the resolver's: it
 * is an answer when it is one to the implementation (NOERROR, NXDOMAIN) and
 * not one to throw away, having been cut (RFC 2181 section 9). */
static bool is_usable(const struct sim_exchange *x)
{
    if (!x->replied) {
        return false;
    }
    if (x->at != SCN_AT_FRONT) {
        return x->usable;
    }
    return (x->rcode == 0 || x->rcode == 3) && (x->flags & SCN_TC) == 0;
}

struct cfm_tally cfm_count(const struct scn_filter *filter, enum scn_place at,
                           const struct sim_journal *journal)
{
    struct cfm_tally tally = { 0 };
    size_t end = journal == NULL ? 0 : sim_journal_count(journal);

    for (size_t i = end == 0 ? 0 : sim_journal_window(journal); i < end; i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        if (x->lab_own || x->at != at || !matches_otherwise(filter, x)) {
            continue;
        }
        bool direct = name_matches(filter, x->name);
        bool referral = cfm_is_referral(x);
        tally.asked += direct ? 1 : 0;
        tally.attempts += direct && !referral ? 1 : 0;
        if (is_usable(x) && !referral && (direct || alias_matches(filter, x))) {
            tally.answered++;
        }
    }
    return tally;
}

static bool proves_insecure(const struct sim_exchange *x, const uint8_t *zone)
{
    for (size_t i = 0; i < x->no_ds_count; i++) {
        if (scn_name_is_under(zone, x->no_ds[i])) {
            return true;
        }
    }
    return false;
}

const struct sim_exchange *cfm_proof_of_no_ds(const uint8_t *zone,
                                              const struct sim_journal *journal)
{
    size_t end = journal == NULL ? 0 : sim_journal_count(journal);

    for (size_t i = 0; i < end; i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        if (!x->lab_own && x->at == SCN_AT_SERVERS && is_usable(x) &&
            proves_insecure(x, zone)) {
            return x;
        }
    }
    return NULL;
}

/* Queries of any type for start or its ancestors down to apex. The root is
 * never a place to look for CAA (RFC 8659 section 3), and resolvers ask for it
 * unbidden: it does not count, not even as the apex of a private universe. */
size_t cfm_count_looks(const struct cfm_looked *looked,
                       const struct sim_journal *journal)
{
    size_t end = journal == NULL ? 0 : sim_journal_count(journal);
    size_t looks = 0;

    for (size_t i = end == 0 ? 0 : sim_journal_window(journal); i < end; i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        if (!x->lab_own && x->name[0] != 0 &&
            scn_name_is_under(looked->start, x->name) &&
            scn_name_is_under(x->name, looked->apex)) {
            looks++;
        }
    }
    return looks;
}

static bool retried(const struct scn_predicate *predicate,
                    const struct sim_journal *journal)
{
    if (cfm_count(&predicate->filter, SCN_AT_FRONT, journal).attempts >= 2) {
        return true;
    }
    return predicate->at == SCN_AT_SERVERS &&
           cfm_count(&predicate->filter, SCN_AT_SERVERS, journal).attempts >= 2;
}

bool cfm_predicate_holds(const struct scn_predicate *predicate,
                         const struct cfm_looked *looked,
                         const struct sim_journal *journal)
{
    struct cfm_tally tally =
        cfm_count(&predicate->filter, predicate->at, journal);

    switch (predicate->kind) {
    case SCN_LOOKED:
        return looked->start == NULL || cfm_count_looks(looked, journal) > 0;
    case SCN_ASKED:
        return tally.asked >=
               (predicate->at_least > 1 ? predicate->at_least : 1);
    case SCN_NEVER_ASKED:
        return tally.asked == 0;
    case SCN_ANSWERED:
        return tally.answered > 0;
    case SCN_FAILED:
        return tally.asked > 0 && tally.answered == 0;
    case SCN_RETRIED:
        return retried(predicate, journal);
    case SCN_SHOWN_INSECURE:
        return cfm_proof_of_no_ds(predicate->zone, journal) != NULL;
    }
    return false;
}

bool cfm_all_hold(const struct scn_predicate *predicates, size_t count,
                  const struct cfm_looked *looked,
                  const struct sim_journal *journal)
{
    for (size_t i = 0; i < count; i++) {
        if (!cfm_predicate_holds(&predicates[i], looked, journal)) {
            return false;
        }
    }
    return true;
}
