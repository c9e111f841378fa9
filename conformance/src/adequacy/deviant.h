/* SPDX-License-Identifier: BSD-2-Clause */
/* deviant.h - the reference checker, made to deviate. */
#pragma once

#include "settings.h"

#include <scenario/deviations.h>

/* The second program, and the switches it has. */
struct cfm_deviant {
    char *program;  /* [owned] caacheck-deviant */
    char *switches; /* [owned] an id a line; NULL: it cannot be run */
};

/* Looks for the program beside this one, then in PATH, and asks it. 0, or -1
 * when out of memory; a program that is not there has no switches. */
int cfm_deviant_init(const char *program_dir, struct cfm_deviant *deviant_out);
void cfm_deviant_fini(struct cfm_deviant *deviant);

/* A misreading always; a bug when the program has its switch. */
bool cfm_deviant_can(const struct cfm_deviant *deviant,
                     const struct scn_deviation *deviation);

/*
 * The settings of a run of the reference, with this deviation.
 *   base          [borrowed], with the reference's command
 *   settings_out  lists [borrowed] from base, but for `command`: [owned], free
 *                 it. Written only on 0; -1 when out of memory.
 */
int cfm_deviant_settings(const struct cfm_deviant *deviant,
                         const struct cfm_settings *base,
                         const struct scn_deviation *deviation,
                         struct cfm_settings *settings_out);

/* The same for caacheck-deviant without a deviation, which compares these
 * candidates (alike.h), asking for more where it may. candidates is [borrowed]
 * by settings_out. */
int cfm_deviant_compare_settings(const struct cfm_deviant *deviant,
                                 const struct cfm_settings *base,
                                 const char *candidates, bool asking,
                                 struct cfm_settings *settings_out);
