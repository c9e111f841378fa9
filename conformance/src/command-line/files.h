/* SPDX-License-Identifier: BSD-2-Clause */
/* files.h - small things of the file system. */
#pragma once

#include <stdbool.h>

/* Writes the whole text to path, made or cut. 0, or an errno value. */
int cfm_file_write(const char *path, const char *text);

/* directory "/" name. [owned], free(); NULL when out of memory. */
char *cfm_path_join(const char *directory, const char *name);

/* Where a command is: with a slash as it stands, else along PATH, then extra
 * (directories separated by colons, or NULL). Absolute; it may be executed.
 * [owned], free(). NULL and errno: ENOENT, EACCES, ENOMEM, ... */
char *cfm_path_find_program(const char *command, const char *extra);
