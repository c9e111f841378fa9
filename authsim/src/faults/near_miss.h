/* SPDX-License-Identifier: BSD-2-Clause */
/* near_miss.h - why a fault's filter did not match, where it nearly did. */
#pragma once

#include "fault.h"

/* The only key of filter that q does not match, when it matches another one;
 * NULL otherwise. Static text. */
const char *sim_near_miss_key(const struct scn_filter *filter,
                              const struct sim_fault_query *q);
