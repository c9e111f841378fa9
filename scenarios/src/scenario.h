/* SPDX-License-Identifier: BSD-2-Clause */
/* scenario.h - one scenario file in memory, and the rules beside it. */
#pragma once

#include "spec.h"

#include <scenario/catalogue.h>

struct scn_rule {
    const char *name;
    struct scn_spec_list rows; /* of struct scn_spec_row */
    bool uses_zone;            /* some text of it has {zone} */
};

/* rules.yaml: rows that many scenarios share. */
struct scn_rules {
    struct scn_arena arena;
    char *file; /* in the arena */
    const struct scn_rule *rules;
    size_t count;
};

/* Reads the text of a rules file; rules_out is [owned], scn_rules_free(). */
SCN_NODISCARD enum scn_status scn_rules_read(const char *file, const char *text,
                                             size_t len,
                                             struct scn_error *error,
                                             struct scn_rules **rules_out);
void scn_rules_free(struct scn_rules *rules);
const struct scn_rule *scn_rules_find(const struct scn_rules *rules,
                                      const char *name);

struct scn_scenario {
    struct scn_arena arena;
    const char *file;
    const char *id;
    const struct scn_rules *rules; /* [borrowed], NULL when there are none */
    struct scn_spec_scenario spec;
    const char **catches;
    const struct scn_source *sources;
};

/*
 * Reads the text of a scenario and checks it, all of its checks included.
 *   file  its name gives the id
 *   rules [borrowed] for the life of the scenario; may be NULL
 */
SCN_NODISCARD enum scn_status scn_scenario_read(
    const char *file, const char *text, size_t len,
    const struct scn_rules *rules, struct scn_error *error,
    struct scn_scenario **scenario_out);

/* The check of `checks`, or of the steps, by its own id; NULL id: any. Returns
 * the number of checks whose own row has this verdict. */
size_t scn_scenario_verdicts(const struct scn_scenario *scenario,
                             const char *check_id, enum scn_verdict verdict);

/* A source list from its spec, `more` appended. */
SCN_NODISCARD enum scn_status scn_sources_new(
    struct scn_arena *arena, const struct scn_spec_list *first,
    const struct scn_spec_list *more, const struct scn_source **sources_out);

/* Checks of the scenario in file order, those of steps included. */
size_t scn_scenario_check_count(const struct scn_scenario *scenario);
const struct scn_spec_check *scn_scenario_check(
    const struct scn_scenario *scenario, size_t index);
