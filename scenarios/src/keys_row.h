/* SPDX-License-Identifier: BSD-2-Clause */
/* keys_row.h - tables that other tables take in. */
#pragma once

#include "keys.h"

extern const struct scn_key_table scn_keys_predicate;
extern const struct scn_key_table scn_keys_zone;
extern const struct scn_key_table scn_keys_server;
extern const struct scn_key_table scn_keys_resolver;

/* The keys of an expectation; base: where its struct scn_spec_row begins. */
#define SCN_ROW_KEYS(base)                                                  \
    { .name = "verdict",                                                    \
      .kind = SCN_KEY_WORD,                                                 \
      .offset = (base) + offsetof(struct scn_spec_row, verdict),            \
      .words = scn_words_verdict,                                           \
      .required = true,                                                     \
      .help = "what the implementation must say" },                         \
        { .name = "because",                                                \
          .kind = SCN_KEY_LINE,                                             \
          .offset = (base) + offsetof(struct scn_spec_row, because),        \
          .help = "why either is right; with either, and only there" },     \
        { .name = "reason",                                                 \
          .kind = SCN_KEY_WORD,                                             \
          .offset = (base) + offsetof(struct scn_spec_row, reason),         \
          .words = scn_words_reason,                                        \
          .help = "compared when the implementation tells a reason" },      \
        { .name = "found-at",                                               \
          .kind = SCN_KEY_NAME,                                             \
          .offset = (base) + offsetof(struct scn_spec_row, found_at),       \
          .help = "where the relevant record set is; compared when told" }, \
        { .name = "refused-names",                                          \
          .kind = SCN_KEY_NAMES,                                            \
          .offset = (base) + offsetof(struct scn_spec_row, refused_names),  \
          .help = "which names of the request fail; compared when told" },  \
    {                                                                       \
        .name = "evidence", .kind = SCN_KEY_MAPS,                           \
        .offset = (base) + offsetof(struct scn_spec_row, evidence),         \
        .table = &scn_keys_predicate,                                       \
        .help = "what must be seen on the wire, all of it"                  \
    }
