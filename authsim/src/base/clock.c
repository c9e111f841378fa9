/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.c - the only reader of time; everything else is told the time. */
#include <authsim/clock.h>

#include <time.h>

static int64_t read_ns(clockid_t clock)
{
    struct timespec now = { 0 };

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t sim_clock_monotonic_ns(void)
{
    return read_ns(CLOCK_MONOTONIC);
}

int64_t sim_clock_unix_ns(void)
{
    return read_ns(CLOCK_REALTIME);
}

int64_t sim_clock_unix_s(void)
{
    struct timespec now = { 0 };

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec;
}

int64_t sim_clock_day_start_s(int64_t unix_s)
{
    const int64_t day_s = 86400;
    int64_t rest = unix_s % day_s;

    if (rest < 0) {
        rest += day_s;
    }
    return unix_s - rest;
}
