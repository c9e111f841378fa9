/* SPDX-License-Identifier: BSD-2-Clause */
/* serve.h - authsim serve. */
#pragma once

#include "options.h"

/* Returns the exit status. */
int serve_command(const struct options *options);
