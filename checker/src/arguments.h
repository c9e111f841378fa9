/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * arguments.h - the values of options that have a form of their own. What is
 * misspelt there would refuse every name, or ask nobody, without a word.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* An issuer-domain-name (RFC 8659 section 4.2): another can match no record. */
bool argument_is_issuer(const char *text);

/* ADDRESS or ADDRESS@PORT, the port from 1 to 65535. */
bool argument_is_resolver(const char *text);

/* Decimal digits, from 1 to `most`; number_out only when it is one. */
bool argument_is_number(const char *text, unsigned most, unsigned *number_out);

/* Unix seconds: one to twelve decimal digits. */
bool argument_is_time(const char *text, int64_t *time_out);
