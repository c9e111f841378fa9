/* SPDX-License-Identifier: BSD-2-Clause */
/* open.h - find and load the catalogue a command works on. */
#pragma once

#include "inventory.h"
#include "options.h"

/* What a command works on. [owned] parts; cfm_opened_fini(). */
struct cfm_opened {
    struct scn_catalogue *catalogue;
    struct cfm_inventory inventory;
    struct cfm_selection selection;
    char *target_id;    /* of the ID operand, or NULL */
    char *target_check; /* of ID/CHECK, or NULL */
};

/*
 * Loads the catalogue of the settings: those named, else ./scenarios/catalogue,
 * else the one beside the program (in a build tree, or installed). An operand
 * (NULL: none) is ID, ID/CHECK, or the path of a scenario file, perhaps with
 * /CHECK behind it: then that file alone is loaded.
 * Diagnostics go to standard error. Returns 0, or the exit status 2.
 */
int cfm_open(const struct cfm_invocation *invocation, const char *program_dir,
             const char *operand, struct cfm_opened *opened_out);
void cfm_opened_fini(struct cfm_opened *opened);

/* Loads the catalogue alone: these paths, or the default one when there are
 * none. 0, or the exit status 2. */
int cfm_load(const char *const *paths, size_t count, const char *program_dir,
             struct cfm_opened *opened);

/* Where the catalogue is; [owned], NULL when there is none. */
char *cfm_default_catalogue(const char *program_dir);

/* The directory of this program; [owned], NULL when unknown. */
char *cfm_program_dir(void);

/* A scn_report_fn that prints "file:line:column: text" to standard error. */
void cfm_print_diagnostic(void *ctx, const struct scn_error *error);
