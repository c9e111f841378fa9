/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * anchor.h - does a file hold a trust anchor at all? libunbound takes an empty
 * one without a word, and then takes every zone for Insecure.
 */
#pragma once

#include <caacheck/status.h>

/*
 * CAA_OK: a line that is no comment has DS or DNSKEY as a field of its own.
 * CAA_EFORMAT: none has. CAA_ESYSTEM: the file cannot be read, see errno.
 */
CAA_NODISCARD enum caa_status caa_anchor_check(const char *path);
