/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * journal_lines.h - the journals of a lab as JSON Lines, while they grow.
 *
 * A line is made when its exchange is journaled, so that what a turn of the
 * event loop costs follows from its exchanges alone, however many instances
 * there are, and lines stand in the order of arrival. They are written together
 * after the turn.
 */
#pragma once

#include "lab.h"

struct journal_lines;

/*
 * Watches the world of the lab from now on.
 *   path  a file to append to, or "-" for standard output
 *   lab   [borrowed], which is open; its world answers no query after
 *         journal_lines_close()
 * NULL: see errno.
 */
struct journal_lines *journal_lines_open(const char *path, struct lab *lab);

/* Writes what was journaled since the last call. False when it cannot be
 * written: see errno. */
bool journal_lines_write(struct journal_lines *lines);

/* Writes that, and a line for every fault that has never acted. False
 * likewise. */
bool journal_lines_end(struct journal_lines *lines);

void journal_lines_close(struct journal_lines *lines);
