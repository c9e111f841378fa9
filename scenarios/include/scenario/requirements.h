/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * requirements.h - what an implementation must do, numbered for good.
 *
 * requirements.yaml beside the catalogue: chapters (R1) of requirements (R101).
 * Checks cite them in the key `requirements`.
 */
#pragma once

#include <scenario/model.h>
#include <scenario/status.h>

struct scn_catalogue;

/* How much the text demands. fact: what an implementation has to meet;
 * contested: the texts allow both verdicts. */
enum scn_strength { SCN_MUST, SCN_SHOULD, SCN_MAY, SCN_FACT, SCN_CONTESTED };

struct scn_chapter {
    const char *id; /* the first two octets of its requirements' ids */
    const char *title;
};

struct scn_requirement {
    const char *id;
    const char *text;    /* the document */
    const char *section; /* or NULL */
    const char *says;    /* a paraphrase, one line */
    enum scn_strength strength;
    unsigned profiles; /* 1 << enum scn_profile or-ed; 0: all */
    uint32_t from;     /* yyyymmdd, 0: always */
    uint32_t until;    /* first day no longer, 0: for good */
};

struct scn_requirements;

/*
 * Reads the text of a requirements file; ids rise, and each lies in a chapter
 * of the file.
 *   file              names it in error
 *   requirements_out  [owned] written only on SCN_OK
 * SCN_EINPUT with one error, SCN_ENOMEM.
 */
SCN_NODISCARD enum scn_status scn_requirements_read(
    const char *file, const char *text, size_t len, struct scn_error *error,
    struct scn_requirements **requirements_out);

void scn_requirements_free(struct scn_requirements *requirements);

/* [borrowed], in the order of the file. */
const struct scn_chapter *scn_requirements_chapters(
    const struct scn_requirements *requirements, size_t *count_out);
const struct scn_requirement *scn_requirements_list(
    const struct scn_requirements *requirements, size_t *count_out);
/* NULL when there is none of that id. */
const struct scn_requirement *scn_requirements_find(
    const struct scn_requirements *requirements, const char *id);

/* The table of a catalogue, [borrowed] from it; NULL when it has none. */
const struct scn_requirements *scn_catalogue_requirements(
    const struct scn_catalogue *catalogue);

/* The word of the format, never NULL. */
const char *scn_strength_text(enum scn_strength strength);
