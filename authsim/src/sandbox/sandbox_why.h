/* SPDX-License-Identifier: BSD-2-Clause */
/* sandbox_why.h - what to change when the kernel refuses a namespace. */
#pragma once

#include <stddef.h>

/*
 * Writes one line: "cannot STEP: ERROR; REMEDY", the remedy found by reading
 * this system's settings.
 *   step   for instance "make user, network, mount and PID namespaces"
 *   error  an errno value
 */
void sim_sandbox_why(const char *step, int error, char *why, size_t cap);

/* The same with settings read below proc_dir instead of "/proc". */
void sim_sandbox_why_at(const char *proc_dir, const char *step, int error,
                        char *why, size_t cap);
