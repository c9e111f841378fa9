/* SPDX-License-Identifier: BSD-2-Clause */
/* window.c - when signatures made for an epoch are valid. */
#include "sign.h"

#include <authsim/world.h>

static const int64_t YEAR_S = 365 * INT64_C(86400);
static const int64_t DAY_S = 86400;
/* 2037-12-31T00:00:00Z: common tools refuse later ends of validity. */
static const int64_t LAST_END_S = 2145830400;

struct sim_window sim_window_valid(int64_t epoch_s)
{
    int64_t end_s = epoch_s + 10 * YEAR_S;

    if (end_s > LAST_END_S) {
        end_s = LAST_END_S;
    }
    return (struct sim_window){ (uint32_t)(epoch_s - YEAR_S), (uint32_t)end_s };
}

struct sim_window sim_window_expired(int64_t epoch_s)
{
    return (struct sim_window){ (uint32_t)(epoch_s - 3 * YEAR_S),
                                (uint32_t)(epoch_s - 2 * YEAR_S) };
}

struct sim_window sim_window_future(int64_t epoch_s)
{
    uint32_t start_s = sim_window_valid(epoch_s).expiration_s;

    return (struct sim_window){ start_s, start_s + (uint32_t)YEAR_S };
}

bool sim_epoch_is_usable(int64_t epoch_s, int64_t now_s)
{
    struct sim_window window = sim_window_valid(epoch_s);

    /* Validators allow for clocks that are off by up to a day. */
    return epoch_s >= 3 * YEAR_S && epoch_s < LAST_END_S - 2 * DAY_S &&
           now_s > (int64_t)window.inception_s + 2 * DAY_S &&
           now_s < (int64_t)window.expiration_s - 2 * DAY_S;
}
