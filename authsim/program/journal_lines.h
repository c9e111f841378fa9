/* SPDX-License-Identifier: BSD-2-Clause */
/* journal_lines.h - the journals of a lab as JSON Lines, while they grow. */
#pragma once

#include "lab.h"

struct journal_lines;

/* path: a file to append to, or "-" for standard output. NULL: see errno. */
struct journal_lines *journal_lines_open(const char *path, struct lab *lab);

/* Writes what was journaled since the last call, in the order of arrival, and
 * flushes. False when it cannot be written: see errno. */
bool journal_lines_write(struct journal_lines *lines);

/* Writes a line for every fault that has never acted, once all is written.
 * False likewise. */
bool journal_lines_end(struct journal_lines *lines);

void journal_lines_close(struct journal_lines *lines);
