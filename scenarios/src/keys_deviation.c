/* SPDX-License-Identifier: BSD-2-Clause */
/* keys_deviation.c - the keys of deviations.yaml. */
#include "keys_deviation.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct scn_key equivalent_keys_list[] = {
    { .name = "for",
      .kind = SCN_KEY_PROFILES,
      .offset = offsetof(struct scn_spec_equivalent, profiles),
      .words = scn_words_profile,
      .help = "profiles for which it is; all if not said" },
    { .name = "from",
      .kind = SCN_KEY_DATE,
      .offset = offsetof(struct scn_spec_equivalent, from),
      .help = "first day on which it is; needs for" },
    { .name = "until",
      .kind = SCN_KEY_DATE,
      .offset = offsetof(struct scn_spec_equivalent, until),
      .help = "first day on which it is no longer; needs for" },
    { .name = "because",
      .kind = SCN_KEY_LINE,
      .offset = offsetof(struct scn_spec_equivalent, because),
      .required = true,
      .help = "the text that makes it so" },
};
static const struct scn_key_table equivalent_keys = {
    "an entry of `equivalent`",
    "equivalent",
    SCN_SOME_KEYS,
    sizeof(struct scn_spec_equivalent),
    equivalent_keys_list,
    COUNT(equivalent_keys_list)
};

static const struct scn_key deviation_keys_list[] = {
    { .name = "id",
      .kind = SCN_KEY_DEVIATION,
      .offset = offsetof(struct scn_spec_deviation, id),
      .required = true,
      .help = "a capital letter and a number" },
    { .name = "what",
      .kind = SCN_KEY_LINE,
      .offset = offsetof(struct scn_spec_deviation, what),
      .required = true,
      .help = "it does, in one line" },
    { .name = "source",
      .kind = SCN_KEY_LINE,
      .offset = offsetof(struct scn_spec_deviation, source),
      .required = true,
      .help = "a bug, an incident, a paper, or the text that is misread" },
    { .name = "outcome",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_deviation, shown),
      .words = scn_words_shown,
      .required = true,
      .help = "what a check that catches it shows" },
    { .name = "rules",
      .kind = SCN_KEY_LINES,
      .offset = offsetof(struct scn_spec_deviation, rules),
      .help = "values of caacheck --rule" },
    { .name = "equivalent",
      .kind = SCN_KEY_MAPS,
      .offset = offsetof(struct scn_spec_deviation, equivalents),
      .table = &equivalent_keys,
      .help = "where it is the right behaviour, or may not be told from it" },
};
static const struct scn_key_table deviation_keys = {
    "a deviation",       "deviation",
    SCN_SOME_KEYS,       sizeof(struct scn_spec_deviation),
    deviation_keys_list, COUNT(deviation_keys_list)
};

static const struct scn_key deviations_keys_list[] = {
    { .name = "deviations",
      .kind = SCN_KEY_MAPS,
      .offset = offsetof(struct scn_spec_deviations, deviations),
      .table = &deviation_keys,
      .required = true,
      .help = "the list of them" },
};
const struct scn_key_table scn_keys_deviations = {
    "a table of deviations", "deviations",
    SCN_SOME_KEYS,           sizeof(struct scn_spec_deviations),
    deviations_keys_list,    COUNT(deviations_keys_list)
};
