/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * quorum.h - whether remote perspectives corroborate what the primary found
 * (TLS-BR section 3.2.2.9, SMIME-BR section 4.2.2.2 on multi-perspective
 * corroboration); pure.
 */
#pragma once

#include <caacheck/check.h>

/*
 * How many of `remotes` perspectives may fail to corroborate. Where the
 * requirements apply, none of a single one: they begin at two.
 */
size_t caa_quorum_allows(const struct caa_rules *rules, size_t remotes);

/*
 * Turns a permission of the primary, with its remotes in the result, into a
 * refusal when too few of them permit as well. Nothing turns a refusal into a
 * permission, and without remotes there is nothing to count.
 */
void caa_quorum_judge(const struct caa_rules *rules, struct caa_result *result);
