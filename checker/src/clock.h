/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h - the one place that reads the time of day. */
#pragma once

#include <caacheck/rules.h>

/* Today, in UTC. */
caa_date caa_clock_today(void);

/* Unix seconds. */
int64_t caa_clock_now(void);
