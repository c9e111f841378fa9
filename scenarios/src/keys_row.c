/* SPDX-License-Identifier: BSD-2-Clause */
/* keys_row.c - the keys of rows and predicates. */
#include "keys_row.h"

#include "keys_filter.h"

#include <scenario/model.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct scn_key query_filter_keys_list[] = {
    SCN_FILTER_KEYS(SCN_TYPE_CAA),
    { .name = "at",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_filter, at),
      .words = scn_words_place,
      .help =
          "servers if not said; front: what the implementation itself asked" },
};
static const struct scn_key_table query_filter_keys = {
    "a predicate",          "query-filter",
    SCN_ANY_KEYS,           sizeof(struct scn_spec_filter),
    query_filter_keys_list, COUNT(query_filter_keys_list)
};

static const struct scn_key asked_filter_keys_list[] = {
    SCN_FILTER_KEYS(SCN_TYPE_CAA),
    { .name = "at",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_filter, at),
      .words = scn_words_place,
      .help =
          "servers if not said; front: what the implementation itself asked" },
    { .name = "at-least",
      .kind = SCN_KEY_NUMBER,
      .offset = offsetof(struct scn_spec_filter, at_least),
      .min = 1,
      .max = 1000000,
      .missing = 1,
      .help = "so many queries; 1 if not said" },
};
static const struct scn_key_table asked_filter_keys = {
    "`asked`",
    "asked-filter",
    SCN_ANY_KEYS,
    sizeof(struct scn_spec_filter),
    asked_filter_keys_list,
    COUNT(asked_filter_keys_list)
};

static const struct scn_key predicate_keys_list[] = {
    { .name = "asked",
      .kind = SCN_KEY_MAP,
      .offset = offsetof(struct scn_spec_predicate, filter),
      .table = &asked_filter_keys,
      .choice = SCN_ASKED,
      .help = "that many matching queries arrived" },
    { .name = "never-asked",
      .kind = SCN_KEY_MAP,
      .offset = offsetof(struct scn_spec_predicate, filter),
      .table = &query_filter_keys,
      .choice = SCN_NEVER_ASKED,
      .help = "no matching query arrived" },
    { .name = "answered",
      .kind = SCN_KEY_MAP,
      .offset = offsetof(struct scn_spec_predicate, filter),
      .table = &query_filter_keys,
      .choice = SCN_ANSWERED,
      .help = "a usable reply went to a matching query, or passed through the "
              "name" },
    { .name = "failed",
      .kind = SCN_KEY_MAP,
      .offset = offsetof(struct scn_spec_predicate, filter),
      .table = &query_filter_keys,
      .choice = SCN_FAILED,
      .help = "asked, and not answered" },
    { .name = "retried",
      .kind = SCN_KEY_MAP,
      .offset = offsetof(struct scn_spec_predicate, filter),
      .table = &query_filter_keys,
      .choice = SCN_RETRIED,
      .help = "at least two attempts" },
    { .name = "shown-insecure",
      .kind = SCN_KEY_NAME,
      .offset = offsetof(struct scn_spec_predicate, zone),
      .choice = SCN_SHOWN_INSECURE,
      .help = "a usable reply carried the proof that the zone has no chain of "
              "trust" },
};
const struct scn_key_table scn_keys_predicate = {
    "a predicate",       "predicate",
    SCN_ONE_KEY,         sizeof(struct scn_spec_predicate),
    predicate_keys_list, COUNT(predicate_keys_list)
};

static const struct scn_key scn_keys_rule_row_list[] = {
    { .name = "for",
      .kind = SCN_KEY_PROFILES,
      .offset = offsetof(struct scn_spec_row, profiles),
      .words = scn_words_profile,
      .help = "profiles for which the row holds" },
    { .name = "from",
      .kind = SCN_KEY_DATE,
      .offset = offsetof(struct scn_spec_row, from),
      .help = "first day on which the row holds; needs for" },
    { .name = "until",
      .kind = SCN_KEY_DATE,
      .offset = offsetof(struct scn_spec_row, until),
      .help = "first day on which it holds no longer; needs for" },
    { .name = "if",
      .kind = SCN_KEY_MAPS,
      .offset = offsetof(struct scn_spec_row, conditions),
      .table = &scn_keys_predicate,
      .help = "what must be seen on the wire for the row to hold" },
    SCN_ROW_KEYS(0),
};
const struct scn_key_table scn_keys_rule_row = { "a row",
                                                 "row",
                                                 SCN_SOME_KEYS,
                                                 sizeof(struct scn_spec_row),
                                                 scn_keys_rule_row_list,
                                                 COUNT(
                                                     scn_keys_rule_row_list) };
