/* SPDX-License-Identifier: BSD-2-Clause */
/* commands.h - one function a command; each returns the exit status. */
#pragma once

#include "options.h"

typedef int cfm_command_fn(const struct cfm_invocation *invocation,
                           const char *program_dir);

cfm_command_fn cfm_command_run;
cfm_command_fn cfm_command_list;
cfm_command_fn cfm_command_show;
cfm_command_fn cfm_command_lint;
cfm_command_fn cfm_command_coverage;
cfm_command_fn cfm_command_repro;
cfm_command_fn cfm_command_shell;
cfm_command_fn cfm_command_adequacy;

/* Should FILE be written in colour? NO_COLOR and TERM=dumb say no. */
bool cfm_wants_colour(const struct cfm_invocation *invocation, int fd);

/* Prints text, [consumed]; 0, or 3 with a message when it is NULL. */
int cfm_print(char *text);
