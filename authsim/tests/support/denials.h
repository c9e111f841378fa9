/* SPDX-License-Identifier: BSD-2-Clause */
/* denials.h - a universe whose server "top" denies, and what it says. */
#pragma once

#include "denial.h"
#include "models.h"

struct denials {
    struct test_model *model;
    struct sim_world *world;
    struct sim_instance *instance;
    struct sim_arena *arena;
};

/* Opens the world of the model, which is complete. */
void denials_open(struct denials *denials);
void denials_close(struct denials *denials);

struct sim_answer denials_ask(struct denials *denials, const char *name,
                              uint16_t type);

/* Fails the test unless one NSEC has that owner, and next as given; its types.
 */
struct sim_type_set denials_nsec(const struct sim_answer *answer,
                                 const char *owner, const char *next);
