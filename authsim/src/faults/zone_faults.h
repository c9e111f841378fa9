/* SPDX-License-Identifier: BSD-2-Clause */
/* zone_faults.h - where the counters of a zone's faults are kept. */
#pragma once

#include "answer.h"
#include "fault.h"

/* The zone's faults, made when first asked for; *state_out is NULL for a zone
 * without any. [borrowed] from the zone. */
SIM_NODISCARD enum sim_status sim_zone_faults(
    struct sim_zone *zone, struct sim_fault_state **state_out);
