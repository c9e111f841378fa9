/* SPDX-License-Identifier: BSD-2-Clause */
/* zone_command.h - authsim zone. */
#pragma once

#include "options.h"

/* Returns the exit status. */
int zone_command(const struct options *options);
