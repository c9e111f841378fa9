/* SPDX-License-Identifier: BSD-2-Clause */
/* file.h - what grows by whole records: journals, captures. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Writes all len octets at the file's end, waiting for whoever reads them
 * there, or none: a full disk leaves no half of a record behind. What a pipe
 * has taken stays taken. False: see errno.
 */
bool sim_file_append(int fd, const void *octets, size_t len);
