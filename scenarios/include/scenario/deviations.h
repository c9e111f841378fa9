/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * deviations.h - the table of named wrong behaviours, deviations.yaml.
 *
 * A catalogue exists to catch them. `catches` of a scenario names rows of the
 * table; the table says how the reference checker is made to behave so.
 */
#pragma once

#include <scenario/model.h>
#include <scenario/status.h>

struct scn_catalogue;

/* What a check that catches it shows (FORMAT section 9). */
enum scn_shown {
    SCN_SHOWN_UNSAFE,
    SCN_SHOWN_OVERSTRICT,
    SCN_SHOWN_HANG,
    SCN_SHOWN_CRASH,
    SCN_SHOWN_NO_EVIDENCE,
    SCN_SHOWN_WRONG_REASON
};

/* Where it is the right behaviour, or may not be told from it. */
struct scn_equivalent {
    unsigned profiles; /* bit 1 << enum scn_profile; 0: any */
    uint32_t from;     /* first day, yyyymmdd; 0: always */
    uint32_t until;    /* first day no longer; 0: for ever */
    const char *because;
};

struct scn_deviation {
    const char *id;     /* "A1" */
    const char *what;   /* it does, in one line */
    const char *source; /* a bug, an incident, a paper; or the text misread */
    enum scn_shown shown;
    const char *const *rules; /* "name=value" of `caacheck --rule`, alone or
                                 with a switch of caacheck-deviant */
    size_t rule_count;
    const struct scn_equivalent *equivalents;
    size_t equivalent_count;
    unsigned line;
};

struct scn_deviations;

/*
 * Reads the text of a table.
 *   file            [borrowed] for the call
 *   deviations_out  [owned] written only on SCN_OK; scn_deviations_free()
 */
SCN_NODISCARD enum scn_status scn_deviations_read(
    const char *file, const char *text, size_t len, struct scn_error *error,
    struct scn_deviations **deviations_out);
void scn_deviations_free(struct scn_deviations *deviations);

const char *scn_deviations_file(const struct scn_deviations *deviations);
size_t scn_deviations_count(const struct scn_deviations *deviations);
/* [borrowed]; in the order of the file. */
const struct scn_deviation *scn_deviations_at(
    const struct scn_deviations *deviations, size_t index);
/* NULL when there is none. */
const struct scn_deviation *scn_deviations_find(
    const struct scn_deviations *deviations, const char *id);

/* The table of a catalogue, [borrowed] from it; NULL when it has none. */
const struct scn_deviations *scn_catalogue_deviations(
    const struct scn_catalogue *catalogue);

/* The word of the format, never NULL. */
const char *scn_shown_text(enum scn_shown shown);
