/* SPDX-License-Identifier: BSD-2-Clause */
/* canonical.h - canonical form and order of RDATA (RFC 4034 section 6). */
#pragma once

#include "rrset.h"

/* Lower-cases the names in RDATA of the types that RFC 4034 section 6.2 lists,
 * as corrected by RFC 6840 section 5.1. Malformed RDATA is left as it is from
 * the first octet that does not fit. */
void sim_canonical_rdata(uint16_t type, uint8_t *octets, size_t len);

/* Order of RFC 4034 section 6.3: left-justified octet strings. */
int sim_canonical_compare(const struct sim_rdata *a, const struct sim_rdata *b);
