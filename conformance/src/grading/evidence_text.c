/* SPDX-License-Identifier: BSD-2-Clause */
/* evidence_text.c - predicates and what was found, in words. */
#include "evidence.h"
#include "text.h"
#include "words.h"

#include <scenario/catalogue.h>
#include <scenario/name.h>

static void add_name(struct cfm_text *text, const char *before,
                     const uint8_t *name)
{
    char buf[SCN_NAME_TEXT_MAX];

    if (name != NULL) {
        scn_name_to_text(name, buf);
        cfm_text_addf(text, "%s%s", before, buf);
    }
}

static const char *edns_text(enum scn_edns wanted)
{
    switch (wanted) {
    case SCN_ANY_EDNS:
        return "";
    case SCN_EDNS_PRESENT:
        return ", with EDNS";
    case SCN_EDNS_ABSENT:
        return ", without EDNS";
    case SCN_EDNS_NEWER:
        return ", with a newer EDNS";
    case SCN_EDNS_OPTIONS:
        return ", with EDNS options";
    }
    return "";
}

static void add_filter(struct cfm_text *text, const struct scn_filter *filter)
{
    char buf[CFM_WORD_MAX];

    cfm_text_add(text, cfm_type_text(filter->type, buf));
    add_name(text, " ", filter->name);
    add_name(text, " at or below ", filter->under);
    if (filter->server != NULL) {
        cfm_text_addf(text, ", server %s", filter->server);
    }
    if (filter->transport != SCN_ANY_TRANSPORT) {
        cfm_text_addf(text, ", over %s", cfm_transport_text(filter->transport));
    }
    cfm_text_add(text, edns_text(filter->edns));
    if (filter->dnssec_ok != SCN_ANY_DO) {
        cfm_text_addf(text, ", DO %s",
                      filter->dnssec_ok == SCN_DO_SET ? "set" : "clear");
    }
    if (filter->name_case != SCN_ANY_CASE) {
        cfm_text_addf(text, ", in %s case",
                      filter->name_case == SCN_CASE_MIXED ? "mixed" : "lower");
    }
    if (filter->perspective != NULL) {
        cfm_text_addf(text, ", from %s", filter->perspective);
    }
}

static void add_predicate(struct cfm_text *text,
                          const struct scn_predicate *predicate)
{
    if (predicate->kind == SCN_LOOKED) {
        cfm_text_add(text,
                     "looked: a query for the start name or its ancestors");
        return;
    }
    cfm_text_addf(text, "%s: ", scn_predicate_kind_text(predicate->kind));
    if (predicate->kind == SCN_SHOWN_INSECURE) {
        add_name(text, "", predicate->zone);
        return;
    }
    add_filter(text, &predicate->filter);
    if (predicate->kind == SCN_ASKED && predicate->at_least > 1) {
        cfm_text_addf(text, ", at least %u", predicate->at_least);
    }
    if (predicate->at == SCN_AT_FRONT) {
        cfm_text_add(text, ", at the front");
    }
}

char *cfm_predicate_text(const struct scn_predicate *predicate)
{
    struct cfm_text text = { 0 };

    add_predicate(&text, predicate);
    return cfm_text_take(&text);
}

static const char *plural(size_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

static void add_proof(struct cfm_text *text, const uint8_t *zone,
                      const struct sim_journal *journal)
{
    const struct sim_exchange *x = cfm_proof_of_no_ds(zone, journal);

    if (x == NULL) {
        cfm_text_add(text, " (no proof of a missing DS was sent)");
        return;
    }
    for (size_t i = 0; i < x->no_ds_count; i++) {
        if (scn_name_is_under(zone, x->no_ds[i])) {
            add_name(text, " (no DS at ", x->no_ds[i]);
            add_name(text, ", proved by the server of ", x->zone);
            cfm_text_add(text, ")");
            return;
        }
    }
}

static void add_seen(struct cfm_text *text,
                     const struct scn_predicate *predicate,
                     const struct sim_journal *journal)
{
    struct cfm_tally tally =
        cfm_count(&predicate->filter, predicate->at, journal);

    cfm_text_addf(text, " (%zu %s", tally.asked,
                  plural(tally.asked, "query", "queries"));
    if (predicate->kind == SCN_ANSWERED || predicate->kind == SCN_FAILED) {
        cfm_text_addf(text, ", %zu usable %s", tally.answered,
                      plural(tally.answered, "reply", "replies"));
    }
    cfm_text_add(text, ")");
}

char *cfm_predicate_findings(const struct scn_predicate *predicate,
                             const struct cfm_looked *looked,
                             const struct sim_journal *journal)
{
    struct cfm_text text = { 0 };
    size_t seen = 0;

    add_predicate(&text, predicate);
    switch (predicate->kind) {
    case SCN_LOOKED:
        seen = looked->start == NULL ? 0 : cfm_count_looks(looked, journal);
        cfm_text_addf(&text, " (%zu %s)", seen,
                      plural(seen, "query", "queries"));
        break;
    case SCN_RETRIED:
        cfm_text_addf(
            &text, " (%zu at the front, %zu at the servers)",
            cfm_count(&predicate->filter, SCN_AT_FRONT, journal).attempts,
            cfm_count(&predicate->filter, SCN_AT_SERVERS, journal).attempts);
        break;
    case SCN_SHOWN_INSECURE:
        add_proof(&text, predicate->zone, journal);
        break;
    case SCN_ASKED:
    case SCN_NEVER_ASKED:
    case SCN_ANSWERED:
    case SCN_FAILED:
        add_seen(&text, predicate, journal);
        break;
    }
    return cfm_text_take(&text);
}
