/* SPDX-License-Identifier: BSD-2-Clause */
/* loader.h - a catalogue while it is read: what it holds, what was heard. */
#pragma once

#include "scenario.h"

#include <scenario/deviations.h>

struct scn_catalogue {
    struct scn_arena arena;
    struct scn_vec scenarios;          /* struct scn_scenario * */
    struct scn_vec rules;              /* struct scn_rules * */
    struct scn_deviations *deviations; /* [owned] or NULL */
};

struct scn_loader {
    struct scn_catalogue *catalogue;
    scn_report_fn *report;
    void *ctx;
    enum scn_status worst; /* the first trouble */
    bool whole;            /* a directory was read: twins must be there */
    const struct scn_rules *fallback; /* of a rules.yaml named by itself */
    bool has_table; /* of deviations: the first that is found serves all */
};

/* Takes note of trouble, and reports it. */
void scn_loader_note(struct scn_loader *l, enum scn_status status,
                     const struct scn_error *error);

/* catalogue_lint.c: what one file says of another. Scenarios are sorted. */
void scn_loader_check_unique(struct scn_loader *l);
void scn_loader_check_twins(struct scn_loader *l);
void scn_loader_check_catches(struct scn_loader *l);
