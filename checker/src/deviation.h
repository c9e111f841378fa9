/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * deviation.h - bugs that can be switched on, each by the id it has in
 * scenarios/deviations.yaml, at the place where an implementation would have
 * it. They exist in caacheck-deviant alone, which shows that the catalogue
 * catches them: in caacheck every CAA_DEVIATES() is the constant false.
 * A misreading of the texts is no bug but a value of struct caa_rules.
 */
#pragma once

#ifdef CAA_WITH_DEVIATIONS

#include <caacheck/status.h>

#include <stdbool.h>
#include <stddef.h>

#define CAA_DEVIATES(id) caa_deviates(#id)

struct caa_deviation {
    const char *id;
    const char *what; /* the bug does */
};

/* All of them; *count_out lines. */
const struct caa_deviation *caa_deviation_table(size_t *count_out);

/* Switches one on and every other off; CAA_EFORMAT when there is none. */
CAA_NODISCARD enum caa_status caa_deviation_select(const char *id);

/* Whether this one is on. */
bool caa_deviates(const char *id);

#else

#define CAA_DEVIATES(id) false

#endif
