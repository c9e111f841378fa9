/* SPDX-License-Identifier: BSD-2-Clause */
/* row_text.h - a row of a check in words; used by repro, show and list. */
#pragma once

#include "text.h"

#include <scenario/model.h>

/* "except 2: refuse, reason lookup-failed, found at www.x": no conditions. */
void cfm_row_add_head(struct cfm_text *text, const struct scn_row *row);

/* "for tls-br from 2025-07-21 until 2026-03-15"; nothing when always. */
void cfm_row_add_when(struct cfm_text *text, const struct scn_row *row);

/* "smime, clock" from bits, with `between` between them. */
void cfm_features_add(struct cfm_text *text, unsigned features,
                      const char *between);
