/* SPDX-License-Identifier: BSD-2-Clause */
/* lint_records.h - zone text of a scenario or from elsewhere, held against the
 * zones it is for. */
#pragma once

#include "expand.h"

#include <scenario/records.h>

struct scn_lint_text {
    const struct scn_scope
        *scope;                  /* how names are shown; its error is filled */
    unsigned column;             /* of the text, for messages */
    const struct scn_zone *zone; /* whose text it is; NULL: each record is of
                                    the deepest zone */
    scn_zone_at_fn *zone_at;
    const void *ctx; /* [borrowed] for zone_at */
};

/* records: struct scn_record. */
SCN_NODISCARD enum scn_status scn_lint_text(const struct scn_lint_text *text,
                                            const struct scn_vec *records);
