/* SPDX-License-Identifier: BSD-2-Clause */
/* program.h - all of caacheck behind its main(). */
#pragma once

/* Runs one command line; returns the exit status. */
int program_run(int argc, char **argv);
