/* SPDX-License-Identifier: BSD-2-Clause */
/* spec_read.h - fill a struct of spec.h from a mapping, by its key table. */
#pragma once

#include "keys.h"

struct scn_spec_reader {
    struct scn_arena *arena;
    const char *file; /* [borrowed] */
    struct scn_error *error;
};

/* spec: table->size octets, zeroed. */
SCN_NODISCARD enum scn_status scn_spec_read(
    const struct scn_spec_reader *reader, const struct scn_key_table *table,
    const struct scn_yaml *node, void *spec);

/* A list of mappings, which may not be empty. */
SCN_NODISCARD enum scn_status scn_spec_read_list(
    const struct scn_spec_reader *reader, const struct scn_key_table *table,
    const struct scn_yaml *node, const char *key,
    struct scn_spec_list *list_out);
