/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_owner.h - whose zones a name is in.
 *
 * A name belongs to the check of the shared universe below whose apex it is,
 * and else to the first that has a universe of its own, where every name is.
 */
#pragma once

#include "control_answer.h"
#include "lab.h"

/* NULL: the answer, unless it is NULL, says that nobody owns the name. */
struct sim_instance *control_owner_of(const struct lab *lab,
                                      const uint8_t *name,
                                      struct control_answer *answer);

/* The first instance that has a universe of its own, or NULL. */
struct sim_instance *control_owner_of_all(const struct lab *lab);

/* The one check that ID or ID/CHECK means; NULL: the answer says why not. */
struct sim_instance *control_owner_named(const struct lab *lab,
                                         const char *scenario,
                                         struct control_answer *answer);

/* The deepest zone of the instance that has the name, [borrowed], or NULL. */
const struct scn_zone *control_zone_of(const struct sim_instance *instance,
                                       const uint8_t *name);
