/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * made.h - names, journals and checks made by hand, for tests of the grader.
 *
 * The check is alias-timeout/target-permits with its rows as the file and
 * rules.yaml state them.
 */
#pragma once

#include "evidence.h"
#include "testing.h"

#include <authsim/journal.h>
#include <scenario/model.h>
#include <scenario/name.h>

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* --- names of the instance "alias-timeout-target-permits" --- */

#define AT_APEX "\3top"

static const uint8_t made_apex[] = AT_APEX;
static const uint8_t made_agency[] = "\6agency" AT_APEX;
static const uint8_t made_search[] = "\6search" AT_APEX;
static const uint8_t made_www_agency[] = "\3www\6agency" AT_APEX;
static const uint8_t made_www_search[] = "\3www\6search" AT_APEX;

/* --- journals --- */

static inline struct sim_journal *made_journal(void)
{
    struct sim_journal *journal = NULL;

    assert_int_equal(sim_journal_new(&journal), SIM_OK);
    return journal;
}

/* A query of type CAA over UDP at the servers, answered usably. */
static inline struct sim_exchange made_exchange(const uint8_t *name)
{
    return (struct sim_exchange){
        .at = SCN_AT_SERVERS,
        .server = "agency",
        .zone = made_agency,
        .name = name,
        .type = SCN_TYPE_CAA,
        .class = 1,
        .transport = SCN_UDP,
        .edns = true,
        .dnssec_ok = true,
        .replied = true,
        .usable = true,
        .flags = 0x8400,
    };
}

static inline size_t made_append(struct sim_journal *journal,
                                 const struct sim_exchange *x)
{
    size_t index = 0;

    assert_int_equal(sim_journal_append(journal, x, &index), SIM_OK);
    return index;
}

static inline void made_dropped(struct sim_journal *journal, unsigned times)
{
    struct sim_exchange x = made_exchange(made_www_agency);

    x.replied = false;
    x.usable = false;
    x.flags = 0;
    x.fault = "drop query";
    for (unsigned i = 1; i <= times; i++) {
        x.number = i;
        x.match_number = i;
        made_append(journal, &x);
    }
}

static inline void made_answered_at_target(struct sim_journal *journal)
{
    struct sim_exchange x = made_exchange(made_www_search);

    x.server = "search";
    x.zone = made_search;
    x.answer_count = 1;
    made_append(journal, &x);
}

static inline void made_alias_met_by_type_a(struct sim_journal *journal)
{
    static const uint8_t *const aliases[] = { made_www_search };
    struct sim_exchange x = made_exchange(made_www_agency);

    x.type = 1;
    x.aliases = aliases;
    x.alias_count = 1;
    x.answer_count = 1;
    made_append(journal, &x);
}

static inline void made_ds_proof(struct sim_journal *journal)
{
    static const uint8_t *const cuts[] = { made_agency };
    struct sim_exchange x = made_exchange(made_agency);

    x.server = "top";
    x.zone = made_apex;
    x.type = 43;
    x.no_ds = cuts;
    x.no_ds_count = 1;
    made_append(journal, &x);
}

/* --- the check --- */

#define MADE_PREDICATE(k, n)                                           \
    {                                                                  \
        .kind = (k), .at = SCN_AT_SERVERS,                             \
        .filter = { .name = (n), .type = SCN_TYPE_CAA }, .at_least = 1 \
    }

static const struct scn_predicate made_looked[] = { { .kind = SCN_LOOKED } };
static const struct scn_predicate made_target_answered[] = { MADE_PREDICATE(
    SCN_ANSWERED, made_www_search) };
static const struct scn_predicate made_failed[] = { MADE_PREDICATE(
    SCN_FAILED, made_www_agency) };
static const struct scn_predicate made_failed_retried[] = {
    MADE_PREDICATE(SCN_FAILED, made_www_agency),
    MADE_PREDICATE(SCN_RETRIED, made_www_agency)
};
static const struct scn_predicate made_failed_retried_insecure[] = {
    MADE_PREDICATE(SCN_FAILED, made_www_agency),
    MADE_PREDICATE(SCN_RETRIED, made_www_agency),
    { .kind = SCN_SHOWN_INSECURE, .zone = made_agency }
};
static const struct scn_predicate made_failed_then_answered[] = {
    MADE_PREDICATE(SCN_FAILED, made_www_agency),
    MADE_PREDICATE(SCN_ANSWERED, made_www_search)
};

static const struct scn_row made_rows[] = {
    { .verdict = SCN_PERMIT,
      .found_at = made_www_search,
      .evidence = made_target_answered,
      .evidence_count = 1,
      .label = "check",
      .line = 24 },
    { .verdict = SCN_EITHER,
      .because = "left to the CA",
      .evidence = made_looked,
      .evidence_count = 1,
      .conditions = made_failed,
      .condition_count = 1,
      .rule = "lookup-failure",
      .label = "lookup-failure 1",
      .line = 5 },
    { .verdict = SCN_REFUSE,
      .reason = SCN_LOOKUP_FAILED,
      .evidence = made_looked,
      .evidence_count = 1,
      .profiles = 1U << SCN_TLS_BR,
      .conditions = made_failed,
      .condition_count = 1,
      .rule = "lookup-failure",
      .label = "lookup-failure 2",
      .line = 8 },
    { .verdict = SCN_EITHER,
      .because = "retried, no chain",
      .evidence = made_looked,
      .evidence_count = 1,
      .profiles = 1U << SCN_TLS_BR,
      .until = 20250721,
      .conditions = made_failed_retried,
      .condition_count = 2,
      .rule = "lookup-failure",
      .label = "lookup-failure 3",
      .line = 12 },
    { .verdict = SCN_EITHER,
      .because = "retried, Insecure",
      .evidence = made_looked,
      .evidence_count = 1,
      .profiles = 1U << SCN_TLS_BR,
      .from = 20250721,
      .conditions = made_failed_retried_insecure,
      .condition_count = 3,
      .rule = "lookup-failure",
      .label = "lookup-failure 4",
      .line = 17 },
    { .verdict = SCN_EITHER,
      .because = "failed at the alias owner, succeeded through the alias",
      .evidence = made_looked,
      .evidence_count = 1,
      .conditions = made_failed_then_answered,
      .condition_count = 2,
      .label = "except 1",
      .line = 31 },
};

static const struct scn_subject made_subject[] = { { "www.agency.top",
                                                     made_www_agency } };

static const struct scn_source made_sources[] = {
    { "RFC 8659", "3", NULL },
    { "TLS-BR", "4.2.2.1", "https://cabforum.org/" },
};

static const struct scn_check made_check = {
    .id = "target-permits",
    .address = "alias-timeout/target-permits",
    .subjects = made_subject,
    .subject_count = 1,
    .kind = SCN_TLS,
    .issuer = "ca.test",
    .account = "https://ca.test/acct/1",
    .method = "http-01",
    .sources = made_sources,
    .source_count = COUNT_OF(made_sources),
    .rows = made_rows,
    .row_count = COUNT_OF(made_rows),
    .line = 22,
};

static const struct scn_step made_steps[] = { { .kind = SCN_STEP_CHECK,
                                                .check = &made_check } };

static const struct scn_instance made_instance = {
    .file = "catalogue/alias-timeout.yaml",
    .id = "alias-timeout",
    .key = "alias-timeout/target-permits",
    .apex = made_apex,
    .steps = made_steps,
    .step_count = 1,
};

static const struct cfm_looked made_looking = { made_www_agency, made_apex };
