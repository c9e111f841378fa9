/* SPDX-License-Identifier: BSD-2-Clause */
/* program.h - all of caacheck behind its main(). */
#pragma once

#include "perspective.h"

/* Runs one command line; returns the exit status. */
int program_run(int argc, char **argv);

/* Checks every name from every perspective as far as the answers go, and judges
 * all of them. CAA_PENDING while one still waits. */
CAA_NODISCARD enum caa_status program_evaluate(
    const struct options *options, struct perspectives *perspectives);

/* Nothing is looked up when an earlier check, of checked_s, stands for this. */
void program_reuse(const struct options *options, int64_t checked_s,
                   struct caa_result *results);

/* The exit status that tells these results. */
int program_exit_code(const struct options *options,
                      const struct caa_result *results);
