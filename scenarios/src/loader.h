/* SPDX-License-Identifier: BSD-2-Clause */
/* loader.h - a catalogue while it is read: what it holds, what was heard. */
#pragma once

#include "scenario.h"

#include <scenario/deviations.h>
#include <scenario/requirements.h>

struct scn_catalogue {
    struct scn_arena arena;
    struct scn_vec scenarios;              /* struct scn_scenario * */
    struct scn_vec rules;                  /* struct scn_rules * */
    struct scn_deviations *deviations;     /* [owned] or NULL */
    struct scn_requirements *requirements; /* [owned] or NULL */
};

struct scn_loader {
    struct scn_catalogue *catalogue;
    scn_report_fn *report;
    void *ctx;
    enum scn_status worst; /* the first trouble */
    bool whole;            /* a directory was read: twins must be there */
    const struct scn_rules *fallback; /* of a rules.yaml named by itself */
    const char *fallback_dir; /* its own: for tables that are nowhere else */
    /* Of each table the first that is found serves all. */
    bool has_deviations;
    bool has_requirements;
};

/* Takes note of trouble, and reports it. */
void scn_loader_note(struct scn_loader *l, enum scn_status status,
                     const struct scn_error *error);

/* catalogue_lint.c: what one file says of another. Scenarios are sorted. */
void scn_loader_check_unique(struct scn_loader *l);
void scn_loader_check_twins(struct scn_loader *l);
void scn_loader_check_catches(struct scn_loader *l);
void scn_loader_check_requirements(struct scn_loader *l);

/* catalogue_tables.c: loads the tables that lie in a directory or above it. */
void scn_loader_find_tables(struct scn_loader *l, const char *dir);

/* A file of a directory, or of the one above; NULL when out of memory. */
char *scn_loader_path(struct scn_loader *l, const char *dir, bool above,
                      const char *name);
/* Reports that a file cannot be read. */
void scn_loader_note_errno(struct scn_loader *l, const char *file, int number);
bool scn_is_table(const char *name);
