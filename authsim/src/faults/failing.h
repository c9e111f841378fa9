/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * failing.h - names for which every server of an instance says SERVFAIL,
 * whatever is asked: what a client of the control interface may want of a name
 * that no scenario has a fault for.
 */
#pragma once

#include <authsim/status.h>
#include <scenario/model.h>

struct sim_instance;

struct sim_failing {
    struct sim_failing *next; /* [owned] */
    unsigned matches;
    uint8_t name[];
};

/* The fault that acts on a question for name, counted; NULL: none does. */
const struct scn_fault *sim_failing_match(struct sim_instance *instance,
                                          const uint8_t *name,
                                          unsigned *match_number_out);

/* The whole list. */
void sim_failing_free(struct sim_failing *failing);
