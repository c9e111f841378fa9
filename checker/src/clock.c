/* SPDX-License-Identifier: BSD-2-Clause */
#include "clock.h"

#include <time.h>

int64_t caa_clock_now(void)
{
    return (int64_t)time(NULL);
}

caa_date caa_clock_today(void)
{
    time_t now = time(NULL);
    struct tm utc = { .tm_year = 0 };

    (void)gmtime_r(&now, &utc);
    return (caa_date)((utc.tm_year + 1900) * 10000 + (utc.tm_mon + 1) * 100 +
                      utc.tm_mday);
}
