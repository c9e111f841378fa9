/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h - the one place that reads time. */
#pragma once

#include <stdint.h>

/* Monotonic nanoseconds; only differences mean something. */
int64_t sim_clock_monotonic_ns(void);

/* Seconds since 1970-01-01T00:00:00Z. */
int64_t sim_clock_unix_s(void);

/* The same in nanoseconds. */
int64_t sim_clock_unix_ns(void);

/* Midnight UTC of the day that holds unix_s: the default epoch. */
int64_t sim_clock_day_start_s(int64_t unix_s);
