/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * catalogue.h - read scenario files, check them, make instances of them.
 *
 * A scn_scenario is one file, read and validated; a scn_catalogue is a set of
 * them, sorted by id, with the shared rows of rules.yaml.
 */
#pragma once

#include <scenario/model.h>
#include <scenario/status.h>

struct scn_scenario;
struct scn_catalogue;

/* What placeholders stand for, and below which name the apexes hang. */
struct scn_params {
    const char *issuer;        /* {issuer}; {ISSUER} is its upper case */
    const char *other;         /* {other} */
    const char *account;       /* {account}, a URI */
    const char *other_account; /* {other-account} */
    const char *method;        /* {method} */
    const char *other_method;  /* {other-method} */
    const char *suffix;        /* presentation format, or NULL */
};

/* ca.test and friends; the other-ones differ from those. */
void scn_params_default(struct scn_params *params_out);

/* Receives one diagnostic at a time; error is [borrowed] for the call. */
typedef void scn_report_fn(void *ctx, const struct scn_error *error);

/*
 * Reads every *.yaml of each path that is a directory, and each path that is a
 * file. rules.yaml is taken from the directory itself or the one above it; for
 * a file likewise from its own directory or the one above. A path that is a
 * rules.yaml serves the paths behind it that have none.
 * The table of deviations (deviations.h) is looked for in the same places; the
 * first found serves the whole catalogue.
 * Goes on after a bad file so that every bad file is reported once; then
 * returns SCN_EINPUT. Lint (FORMAT section 11) is part of it.
 *   catalogue_out  [owned] written only on SCN_OK; scn_catalogue_free()
 */
SCN_NODISCARD enum scn_status scn_catalogue_load(
    const char *const *paths, size_t path_count, scn_report_fn *report,
    void *ctx, struct scn_catalogue **catalogue_out);
void scn_catalogue_free(struct scn_catalogue *catalogue);

/* Frees all scenarios, for whoever needs only the instances made of them. What
 * scn_catalogue_read() needs, and the tables, stay. */
void scn_catalogue_forget_scenarios(struct scn_catalogue *catalogue);

/*
 * Reads the text of one more scenario, which may apply the rules of the
 * catalogue but is no part of it.
 *   file          its name gives the id
 *   scenario_out  [owned] written only on SCN_OK; scn_scenario_free() before
 *                 the catalogue
 */
SCN_NODISCARD enum scn_status scn_catalogue_read(
    const struct scn_catalogue *catalogue, const char *file, const char *text,
    size_t len, struct scn_error *error, struct scn_scenario **scenario_out);
void scn_scenario_free(struct scn_scenario *scenario);

size_t scn_catalogue_count(const struct scn_catalogue *catalogue);
/* [borrowed] from the catalogue; sorted by id. */
const struct scn_scenario *scn_catalogue_at(
    const struct scn_catalogue *catalogue, size_t index);

/* Facts of a scenario, all [borrowed] from it. */
const char *scn_scenario_file(const struct scn_scenario *scenario);
const char *scn_scenario_id(const struct scn_scenario *scenario);
const char *scn_scenario_title(const struct scn_scenario *scenario);
const char *scn_scenario_story(const struct scn_scenario *scenario); /* NULL */
const char *scn_scenario_notes(const struct scn_scenario *scenario); /* NULL */
const char *scn_scenario_twin(const struct scn_scenario *scenario);  /* NULL */
const char *const *scn_scenario_catches(const struct scn_scenario *scenario,
                                        size_t *count_out);
const struct scn_source *scn_scenario_sources(
    const struct scn_scenario *scenario, size_t *count_out);
unsigned scn_scenario_features(const struct scn_scenario *scenario);

/* Instances a scenario has: its checks, or 1 when it has steps. */
size_t scn_scenario_instances(const struct scn_scenario *scenario);

/*
 * Makes instance `index` of the scenario with these parameters.
 *   params       [borrowed] for the call
 *   instance_out [owned] written only on SCN_OK; scn_instance_free()
 * SCN_EINPUT when a parameter makes a record impossible (a name too long).
 */
SCN_NODISCARD enum scn_status scn_instance_new(
    const struct scn_scenario *scenario, size_t index,
    const struct scn_params *params, struct scn_error *error,
    struct scn_instance **instance_out);
void scn_instance_free(struct scn_instance *instance);

/* Words of the format for enum values, never NULL. */
const char *scn_verdict_text(enum scn_verdict verdict);
const char *scn_reason_text(enum scn_reason reason); /* "" for none */
const char *scn_profile_text(enum scn_profile profile);
const char *scn_predicate_kind_text(enum scn_predicate_kind kind);
/* False when text is no such word. */
bool scn_profile_from_text(const char *text, enum scn_profile *profile_out);
bool scn_reason_from_text(const char *text, enum scn_reason *reason_out);
/* One feature bit to its word and back. */
const char *scn_feature_text(enum scn_feature feature);
bool scn_feature_from_text(const char *text, enum scn_feature *feature_out);
/* yyyymmdd from "2026-11-01"; false when it is no date of the calendar. */
bool scn_date_from_text(const char *text, uint32_t *date_out);

/* The JSON Schema of a scenario file, generated from the loader's tables.
 * [owned] by the caller, free(); NULL when out of memory. */
char *scn_schema_text(void);
