/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zone_text.h - records from zone text: the subset of RFC 1035 section 5 that
 * FORMAT section 3 describes.
 */
#pragma once

#include "zone_line.h"

#include <scenario/model.h>

enum { SCN_TTL_DEFAULT = 300, SCN_RECORDS_MAX = 16384 };

/*
 * Appends the records of a text, in order.
 *   node     zone text, as spec_read.c accepts it
 *   records  of struct scn_record, in the scope's arena
 */
SCN_NODISCARD enum scn_status scn_zone_text_read(struct scn_scope *scope,
                                                 const struct scn_yaml *node,
                                                 struct scn_vec *records);

/* One CAA record at owner from `flags tag value` or `\# length hex`. */
SCN_NODISCARD enum scn_status scn_caa_text_read(struct scn_scope *scope,
                                                const struct scn_yaml *node,
                                                const uint8_t *owner,
                                                struct scn_vec *records);
