/* SPDX-License-Identifier: BSD-2-Clause */
/* plan.h - where the simulated servers live: the plan of authsim/network.h. */
#pragma once

#include <authsim/network.h>

/* hash: octets that are a function of seed, instance and server. Port is 53;
 * family is 0 where the network has no IPv6. */
struct sim_address sim_plan_shared4(enum sim_network_kind kind, uint32_t hash);
struct sim_address sim_plan_private4(enum sim_network_kind kind, uint32_t hash);
struct sim_address sim_plan_shared6(enum sim_network_kind kind,
                                    const uint8_t hash[8]);
struct sim_address sim_plan_private6(enum sim_network_kind kind,
                                     const uint8_t hash[8]);
