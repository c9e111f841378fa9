/* SPDX-License-Identifier: BSD-2-Clause */
/* models.h - instances made by hand, for tests that need no scenario file. */
#pragma once

#include "answer.h"

#include <authsim/world.h>

struct test_model;

/* key and apex in presentation format, absolute; "." is private. */
struct test_model *test_model_new(const char *key, const char *apex);
void test_model_free(struct test_model *model);
struct scn_instance *test_model_instance(struct test_model *model);

/* A zone with one server of that label; [borrowed], to be changed at will.
 * Parents first. */
struct scn_zone *test_zone(struct test_model *model, const char *name,
                           const char *server);

/* Records of the zone added last; owners absolute. */
void test_record(struct test_model *model, const char *owner, uint16_t type,
                 const void *rdata, size_t len);
/* RDATA is a name: NS, CNAME, DNAME. */
void test_alias(struct test_model *model, const char *owner, uint16_t type,
                const char *target);
void test_address(struct test_model *model, const char *owner);
/* CAA 0 issue VALUE */
void test_caa(struct test_model *model, const char *owner, const char *value);
void test_damage(struct test_model *model, enum scn_damage_what what,
                 const char *name, uint32_t type);

/* A name in memory of the model. */
const uint8_t *test_name(struct test_model *model, const char *text);

/* A world with this model, opened. Epoch 2026-11-01, seed 7. */
struct sim_options test_options(void);
struct sim_world *test_world(struct test_model *model,
                             const struct sim_options *options,
                             struct sim_instance **instance_out);

/* Asks the server with that label ("root": the root). dnssec_ok is set. */
struct sim_answer test_ask(struct sim_instance *instance, const char *server,
                           const char *name, uint16_t type,
                           struct sim_arena *arena);

/* Records of that type in a section; owner NULL: any. */
size_t test_count(const struct sim_rr_list *list, const char *owner,
                  uint16_t type);
