/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build.h - from a scenario as written to the model of one instance.
 *
 * Order of use: init, zones, then checks (and their CAA records), then finish.
 * Reading a scenario goes the same way up to the checks, so that every error of
 * an instance is found when its file is read.
 */
#pragma once

#include "expand.h"
#include "scenario.h"

#include <scenario/model.h>

/* A zone in the making. */
struct scn_draft {
    struct scn_zone zone;
    const struct scn_spec_zone *spec; /* NULL: not declared */
    struct scn_vec records;           /* struct scn_record */
};

struct scn_build {
    struct scn_scope scope;
    struct scn_arena *scratch; /* what the instance has no use of later */
    const struct scn_scenario *scenario;
    struct scn_vec drafts;  /* struct scn_draft, in scratch */
    struct scn_vec servers; /* struct scn_server */
    /* Owners of all records, sorted, in scratch; made when first needed. */
    const uint8_t **owners;
    size_t owner_count;
};

/* Both arenas outlive the build; they may be one. */
void scn_build_init(struct scn_build *build,
                    const struct scn_scenario *scenario,
                    const struct scn_params *params, struct scn_arena *arena,
                    struct scn_arena *scratch, struct scn_error *error);
/* label: the apex, as FORMAT section 2 makes it from the ids. */
SCN_NODISCARD enum scn_status scn_build_origin(struct scn_build *build,
                                               const char *label);

/* zones.c */
SCN_NODISCARD enum scn_status scn_build_zones(struct scn_build *build);
SCN_NODISCARD enum scn_status scn_build_finish(struct scn_build *build,
                                               struct scn_instance *instance);
/* Adds zones that no file need declare: the apex, in a private universe once a
 * relative name was read, and a private root. */
SCN_NODISCARD enum scn_status scn_build_imply(struct scn_build *build);
/* The deepest draft at or above name; NULL when there is none. */
struct scn_draft *scn_build_deepest(const struct scn_build *build,
                                    const uint8_t *name);
const struct scn_draft *scn_build_find_zone(const struct scn_build *build,
                                            const uint8_t *name);

/* servers.c: what the file describes, then who serves each draft. */
SCN_NODISCARD enum scn_status scn_build_read_servers(struct scn_build *build);
SCN_NODISCARD enum scn_status scn_build_link_servers(struct scn_build *build);
bool scn_build_has_server(const struct scn_build *build, const char *label,
                          size_t *index_out);

enum { SCN_RCODE_PLAIN_MAX = 15 }; /* of the header: RFC 1035 4.1.1 */

/* action.c */
SCN_NODISCARD enum scn_status scn_build_action(struct scn_build *build,
                                               const struct scn_spec_do *spec,
                                               struct scn_action *action_out);

/* faults.c */
SCN_NODISCARD enum scn_status scn_build_faults(struct scn_build *build,
                                               struct scn_draft *draft);
SCN_NODISCARD enum scn_status scn_build_filter(
    struct scn_build *build, const struct scn_spec_filter *spec,
    struct scn_filter *filter_out);
/* fault_text.c: NULL when out of memory. */
char *scn_fault_summary(struct scn_arena *arena,
                        const struct scn_action *action);
/* True when every query that b takes is taken by a. */
bool scn_filter_covers(const struct scn_filter *a, const struct scn_filter *b);

/* checks.c */
SCN_NODISCARD enum scn_status scn_build_check(struct scn_build *build,
                                              const struct scn_spec_check *spec,
                                              bool sole,
                                              struct scn_check *check_out);
/* The records of `caa`, appended to records; draft_out: where they belong. */
SCN_NODISCARD enum scn_status scn_build_caa(struct scn_build *build,
                                            const struct scn_spec_check *spec,
                                            const struct scn_check *check,
                                            struct scn_vec *records,
                                            struct scn_draft **draft_out);

/* Makes `owners`; done when first needed, too. */
SCN_NODISCARD enum scn_status scn_build_index_owners(struct scn_build *build);

/* rows.c */
SCN_NODISCARD enum scn_status scn_build_rows(struct scn_build *build,
                                             const struct scn_spec_check *spec,
                                             struct scn_check *check);
SCN_NODISCARD enum scn_status scn_build_subjects(
    struct scn_build *build, const struct scn_yaml *names, enum scn_kind kind,
    const struct scn_subject **subjects_out, size_t *count_out);

/* lint.c: rows of a finished check, in their spec's order. */
SCN_NODISCARD enum scn_status scn_lint_row(struct scn_build *build,
                                           const struct scn_spec_row *spec,
                                           const struct scn_row *row,
                                           const struct scn_check *check);
SCN_NODISCARD enum scn_status scn_lint_shadow(struct scn_build *build,
                                              const struct scn_spec_row *specs,
                                              const struct scn_row *rows,
                                              size_t count);
/* lint_damage.c: of damages[i] of the draft, those before it being there. */
SCN_NODISCARD enum scn_status scn_lint_damage(const struct scn_build *build,
                                              const struct scn_draft *draft,
                                              const struct scn_damage *damages,
                                              size_t i);
/* lint_records.c: of one zone, all zones being there. */
SCN_NODISCARD enum scn_status scn_lint_records(struct scn_build *build,
                                               const struct scn_draft *draft);
/* The same of a step's records, each of which lies in some zone. */
SCN_NODISCARD enum scn_status scn_lint_published(struct scn_build *build,
                                                 const struct scn_yaml *node,
                                                 const struct scn_vec *records);
/* lint_steps.c: of all steps, each of whose records lies in some zone, beside
 * what was there before; once the CAA records of checks are there too. */
SCN_NODISCARD enum scn_status scn_lint_steps(
    struct scn_build *build, const struct scn_instance *instance);
/* What needs no instance. */
SCN_NODISCARD enum scn_status scn_lint_scenario(
    const struct scn_scenario *scenario, struct scn_error *error);
