/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * records.h - records that come from elsewhere than a scenario file.
 *
 * The text is zone text as FORMAT section 3 has it; a name without a trailing
 * dot hangs below the root.
 */
#pragma once

#include <scenario/model.h>
#include <scenario/status.h>

struct scn_records;

/*
 * Reads zone text.
 *   source       names it in error, whose line and column are those of text
 *   text         [borrowed] for the call; need not be terminated
 *   records_out  [owned] written only on SCN_OK; scn_records_free()
 */
SCN_NODISCARD enum scn_status scn_records_read(
    const char *source, const char *text, size_t len, struct scn_error *error,
    struct scn_records **records_out);
void scn_records_free(struct scn_records *records);

/* In the order of the text, [borrowed] from records. */
const struct scn_record *scn_records_list(const struct scn_records *records,
                                          size_t *count_out);

/* The deepest zone that has the name, [borrowed], or NULL. */
typedef const struct scn_zone *scn_zone_at_fn(const void *ctx,
                                              const uint8_t *name);

/*
 * Refuses what no zone can have, as of `publish` in a scenario (FORMAT section
 * 11).
 *   zone_at  has a zone for every owner
 *   error    its line and column are those of the text
 */
SCN_NODISCARD enum scn_status scn_records_check(
    const struct scn_records *records, scn_zone_at_fn *zone_at, const void *ctx,
    struct scn_error *error);

/* An RR type by its mnemonic in capitals, or TYPEnnn (RFC 3597 section 5);
 * false when text is neither. ANY is none. */
bool scn_rrtype_from_text(const char *text, uint16_t *type_out);

/* Whether a name that has a CNAME may have records of the type beside it (RFC
 * 4034 sections 2.2 and 4); CNAME is such a type. */
bool scn_rrtype_goes_with_alias(uint16_t type);
