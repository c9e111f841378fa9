/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * path.h - which names a climb asks: from the name of the request to its
 * top-level domain (RFC 8659 section 3), unless a rule has it otherwise.
 */
#pragma once

#include <caacheck/rules.h>
#include <caacheck/subject.h>

/* The first name. */
struct caa_name caa_path_start(const struct caa_subject *subject,
                               const struct caa_rules *rules);

/* Whether the climb ends before `name` is asked, as number `asked` from 0. */
bool caa_path_ends(const struct caa_name *name, size_t asked,
                   const struct caa_rules *rules);

/* Whether it ends after `name`. */
bool caa_path_ends_after(const struct caa_name *name,
                         const struct caa_subject *subject,
                         const struct caa_rules *rules);
