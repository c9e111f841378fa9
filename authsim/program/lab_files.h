/* SPDX-License-Identifier: BSD-2-Clause */
/* lab_files.h - what --lab-files asks for. */
#pragma once

#include "lab.h"

/* lab_write_files(), and outside a sandbox stub-zones.conf, from which Unbound
 * knows the port of the servers. Nothing without --lab-files. Returns an exit
 * status; trouble is told. */
int lab_files_write(const struct options *options, const struct lab *lab);
