/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * issuer.h - whether a published issuer is one of the names of the CA (RFC 8659
 * section 4.2), and the ways to compare them wrongly that the rules name.
 */
#pragma once

#include "cursor.h"

#include <caacheck/decide.h>

/* issuer is what the rules compare, not empty. */
bool caa_issuer_is_own(struct caa_octets issuer,
                       const struct caa_request *request,
                       const struct caa_rules *rules);
