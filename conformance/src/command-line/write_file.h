/* SPDX-License-Identifier: BSD-2-Clause */
/* write_file.h - whole files, or none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Writes text to a new file beside path and renames it over path, so that a
 * reader never sees half of it. 0, or -1 with one line in why. */
int cfm_write_file(const char *path, const char *text, char *why,
                   size_t why_cap);

/* Could cfm_write_file() write there? 0, or -1 with one line in why. */
int cfm_can_write_file(const char *path, char *why, size_t why_cap);

/* Whether both paths name one place. */
bool cfm_same_file(const char *path, const char *other);

/* The text of a file, [owned] by the caller; NULL when it cannot be read. */
char *cfm_read_file(const char *path);
