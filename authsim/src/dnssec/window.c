/* SPDX-License-Identifier: BSD-2-Clause */
/* window.c - when signatures made for an epoch are valid. */
#include "sign.h"

#include <authsim/world.h>

static const int64_t year_s = 365 * INT64_C(86400);
static const int64_t day_s = 86400;
/* 2037-12-31T00:00:00Z: common tools refuse later ends of validity. */
static const int64_t last_end_s = 2145830400;

struct sim_window sim_window_valid(int64_t epoch_s)
{
    int64_t end_s = epoch_s + 10 * year_s;

    if (end_s > last_end_s) {
        end_s = last_end_s;
    }
    return (struct sim_window){ (uint32_t)(epoch_s - year_s), (uint32_t)end_s };
}

struct sim_window sim_window_expired(int64_t epoch_s)
{
    return (struct sim_window){ (uint32_t)(epoch_s - 3 * year_s),
                                (uint32_t)(epoch_s - 2 * year_s) };
}

struct sim_window sim_window_future(int64_t epoch_s)
{
    uint32_t start_s = sim_window_valid(epoch_s).expiration_s;

    return (struct sim_window){ start_s, start_s + (uint32_t)year_s };
}

bool sim_epoch_is_usable(int64_t epoch_s, int64_t now_s)
{
    struct sim_window window = sim_window_valid(epoch_s);

    /* Validators allow for clocks that are off by up to a day. */
    return epoch_s >= 3 * year_s && epoch_s < last_end_s - 2 * day_s &&
           now_s > (int64_t)window.inception_s + 2 * day_s &&
           now_s < (int64_t)window.expiration_s - 2 * day_s;
}
