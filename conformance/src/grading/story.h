/* SPDX-License-Identifier: BSD-2-Clause */
/* story.h - a journal told as lines of text, for `caaconform repro`. */
#pragma once

#include <authsim/journal.h>
#include <scenario/model.h>

#include <jansson.h>

/*
 * Each query and answer in order of arrival with times relative to origin_ns,
 * on both sides of the resolver, the fault that hit, then, in words drawn from
 * the journal alone, what happened ("the alias was met by a type A query; the
 * server of agency was never asked for CAA").
 * An array of strings, [owned] by the caller; NULL when out of memory.
 */
json_t *cfm_story_tell(const struct scn_instance *instance,
                       const struct scn_check *check,
                       const struct sim_journal *journal, int64_t origin_ns);
