/* SPDX-License-Identifier: BSD-2-Clause */
/* idn.h - U-labels as the DNS knows them (RFC 5891). */
#pragma once

#include <caacheck/name.h>

/*
 * Copies a domain, with every label that is not ASCII as an A-label. Nothing is
 * mapped: what IDNA2008 does not have as a U-label, capitals for instance, is
 * CAA_EFORMAT, as is what does not fit; another name must not be asked instead.
 */
CAA_NODISCARD enum caa_status caa_idn_to_ascii(const char *domain,
                                               char text[CAA_NAME_TEXT_MAX]);
