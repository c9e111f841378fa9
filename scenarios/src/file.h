/* SPDX-License-Identifier: BSD-2-Clause */
/* file.h - read a whole file. */
#pragma once

#include <stddef.h>

/* The octets of a file of at most 64 MiB, [owned] by the caller, free(); NULL
 * with errno set. */
char *scn_file_read(const char *path, size_t *len_out);
