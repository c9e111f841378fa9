/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * blind.h - a scenario file without what it expects.
 *
 * Whoever derives the verdicts again from the texts should see the zones and
 * the requests, but not the answers.
 */
#pragma once

#include <scenario/status.h>

#include <stddef.h>

/*
 * The YAML of a scenario file that was read without error, less verdicts, rows,
 * reasons, evidence, what it catches, story, notes, twin and comments.
 *   text_out  [owned] by the caller, free(); written only on SCN_OK
 * SCN_EINPUT when it is no YAML, SCN_ENOMEM.
 */
SCN_NODISCARD enum scn_status scn_blind(const char *text, size_t len,
                                        char **text_out);
