/* SPDX-License-Identifier: BSD-2-Clause */
/* threads.h - in how many threads serve answers. */
#pragma once

#include "lab.h"

/*
 * What --threads says. Without it one for each core that this process may use,
 * but a single one where a scenario has faults, whose counters are to meet
 * queries as they arrive, or where packets are captured in their order.
 */
unsigned threads_wanted(const struct options *options, const struct lab *lab);
