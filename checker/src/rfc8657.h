/* SPDX-License-Identifier: BSD-2-Clause */
/* rfc8657.h - the parameters accounturi and validationmethods (RFC 8657). */
#pragma once

#include "issue_value.h"

enum caa_8657 { CAA_8657_SATISFIED, CAA_8657_ACCOUNT, CAA_8657_METHOD };

/*
 * Judges the parameters of one property. account, method: NUL-terminated, or
 * NULL when the request has none: a parameter that restricts them is then not
 * satisfied. Several accounturi are never satisfied (section 3); several
 * validationmethods must all be.
 */
enum caa_8657 caa_8657_judge(struct caa_octets parameters,
                             const struct caa_rules *rules, const char *account,
                             const char *method);
