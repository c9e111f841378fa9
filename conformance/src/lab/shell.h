/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shell.h - an interactive shell inside the lab, on the caller's terminal.
 *
 * World and resolver stand ready, resolv.conf points at the front, and the
 * environment holds what a command under test would be given.
 */
#pragma once

#include "lab_context.h"

/* The lab finishes when the shell ends. NULL and a failed lab: errno says why.
 * [owned]; lab [borrowed]. */
struct cfm_shell *cfm_shell_start(struct cfm_lab_context *lab);
void cfm_shell_free(struct cfm_shell *shell);
