/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rrsets.h - sets of a section that are cut, doubled or out of order.
 *
 * A set is a run of records with one owner and type; RRSIG are no set.
 */
#pragma once

#include "answer.h"

/* Turns each set so that its record number `by` (from 0) comes first. */
void sim_rrsets_rotate(unsigned by, struct sim_rr_list *list);

/*
 * Applies the enum scn_rrsets of words, in their order; rotate excepted, which
 * is no damage. The list may move to new memory in arena.
 */
SIM_NODISCARD enum sim_status sim_rrsets_damage(unsigned words,
                                                struct sim_arena *arena,
                                                struct sim_rr_list *list);
