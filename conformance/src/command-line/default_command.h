/* SPDX-License-Identifier: BSD-2-Clause */
/* default_command.h - how caacheck is run when no command was given. */
#pragma once

#include "options.h"

/* Fills settings.command from the other settings: caacheck beside this program
 * when it is there, else the one in PATH. False when out of memory. */
bool cfm_default_command(struct cfm_invocation *invocation,
                         const char *program_dir);
