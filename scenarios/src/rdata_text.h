/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rdata_text.h - RDATA from its words.
 *
 * CAA never goes through ldns, which refuses much of what the catalogue must
 * be able to say; nor does `\# length hex` (RFC 3597 section 5), which is
 * carried unread.
 */
#pragma once

#include "zone_line.h"

enum { SCN_RDATA_MAX = 65535 };

/* Words from `first` on are the RDATA; octets are [owned] by the arena. */
SCN_NODISCARD enum scn_status scn_rdata_read(
    const struct scn_zone_source *source, const struct scn_zone_line *line,
    size_t first, uint16_t type, const uint8_t **rdata_out, uint16_t *len_out);

/* `flags tag value` of RFC 8659 section 4.1.1 (caa_text.c); rdata has room for
 * SCN_RDATA_MAX. */
SCN_NODISCARD enum scn_status scn_caa_read(const struct scn_zone_source *source,
                                           const struct scn_zone_line *line,
                                           size_t first, uint8_t *rdata,
                                           size_t *len_out);
