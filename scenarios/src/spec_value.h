/* SPDX-License-Identifier: BSD-2-Clause */
/* spec_value.h - scalars and lists of scalars, by kind of key. */
#pragma once

#include "spec_read.h"

/* Words of a list for a message: "a, b, c". */
void scn_spec_join(char *buf, size_t cap,
                   const char *(*word_at)(const void *, size_t),
                   const void *list);

/* The value is of this YAML kind, and not empty. */
SCN_NODISCARD enum scn_status scn_spec_need_kind(
    const struct scn_spec_reader *reader, const struct scn_key *key,
    const struct scn_yaml *node, enum scn_yaml_kind kind);

/* A scalar is what its key wants; a list holds such scalars only. */
SCN_NODISCARD enum scn_status scn_spec_check_scalar(
    const struct scn_spec_reader *reader, const struct scn_key *key,
    const struct scn_yaml *node);
SCN_NODISCARD enum scn_status scn_spec_check_list(
    const struct scn_spec_reader *reader, const struct scn_key *key,
    const struct scn_yaml *node);

/* Numbers, dates, words, sets of words, types. */
SCN_NODISCARD enum scn_status scn_spec_read_long(
    const struct scn_spec_reader *reader, const struct scn_key *key,
    const struct scn_yaml *node, long *out);
