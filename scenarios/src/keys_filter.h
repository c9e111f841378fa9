/* SPDX-License-Identifier: BSD-2-Clause */
/* keys_filter.h - the keys of a filter, shared by faults and predicates. */
#pragma once

#include "keys.h"

/* type_missing: the RR type that no `type` key stands for. */
#define SCN_FILTER_KEYS(type_missing)                                    \
    { .name = "server",                                                  \
      .kind = SCN_KEY_ID,                                                \
      .offset = offsetof(struct scn_spec_filter, server),                \
      .help = "label of the server that is asked" },                     \
        { .name = "name",                                                \
          .kind = SCN_KEY_NAME,                                          \
          .offset = offsetof(struct scn_spec_filter, name),              \
          .help = "exactly this name is asked for" },                    \
        { .name = "under",                                               \
          .kind = SCN_KEY_NAME,                                          \
          .offset = offsetof(struct scn_spec_filter, under),             \
          .help = "this name or one below it is asked for" },            \
        { .name = "type",                                                \
          .kind = SCN_KEY_TYPE,                                          \
          .offset = offsetof(struct scn_spec_filter, type),              \
          .words = scn_words_any_type,                                   \
          .missing = (type_missing),                                     \
          .help = "RR type asked for, or any" },                         \
        { .name = "transport",                                           \
          .kind = SCN_KEY_WORD,                                          \
          .offset = offsetof(struct scn_spec_filter, transport),         \
          .words = scn_words_transport,                                  \
          .help = "how the query arrives" },                             \
        { .name = "edns",                                                \
          .kind = SCN_KEY_WORD,                                          \
          .offset = offsetof(struct scn_spec_filter, edns),              \
          .words = scn_words_edns,                                       \
          .help = "whether the query has an OPT record, and which" },    \
        { .name = "dnssec-ok",                                           \
          .kind = SCN_KEY_WORD,                                          \
          .offset = offsetof(struct scn_spec_filter, dnssec_ok),         \
          .words = scn_words_dnssec_ok,                                  \
          .help = "the DO bit of the query" },                           \
        { .name = "case",                                                \
          .kind = SCN_KEY_WORD,                                          \
          .offset = offsetof(struct scn_spec_filter, name_case),         \
          .words = scn_words_case,                                       \
          .help = "how the name is spelt: mixed has a capital letter" }, \
    {                                                                    \
        .name = "perspective", .kind = SCN_KEY_ID,                       \
        .offset = offsetof(struct scn_spec_filter, perspective),         \
        .help = "primary, remote-1, ...: where the query comes from"     \
    }
