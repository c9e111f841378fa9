/* SPDX-License-Identifier: BSD-2-Clause */
/* mailbox.h - where the domain of a mailbox begins (RFC 5321 section 4.1.2). */
#pragma once

#include <caacheck/status.h>

/*
 * Finds the domain of local@domain; the local part may be a quoted string, and
 * hold an @ then. A text without a local part is a domain itself. CAA_EFORMAT:
 * *problem_out says why, as a static phrase to put behind the text.
 */
CAA_NODISCARD enum caa_status caa_mailbox_domain(const char *text,
                                                 const char **domain_out,
                                                 const char **problem_out);
