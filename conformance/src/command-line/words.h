/* SPDX-License-Identifier: BSD-2-Clause */
/* words.h - DNS numbers, dates and names as people write them. */
#pragma once

#include <authsim/journal.h>
#include <scenario/model.h>

#include <stdint.h>

enum { CFM_WORD_MAX = 24 };

/* "CAA", "TYPE65300". buf is used for types that have no name. */
const char *cfm_type_text(uint32_t type, char buf[CFM_WORD_MAX]);
/* "NOERROR", "SERVFAIL", "RCODE23". */
const char *cfm_rcode_text(unsigned rcode, char buf[CFM_WORD_MAX]);
/* "2026-11-01" from 20261101. */
const char *cfm_date_text(uint32_t date, char buf[CFM_WORD_MAX]);
/* yyyymmdd of the UTC day that holds unix_s. */
uint32_t cfm_date_of(int64_t unix_s);
/* Midnight UTC of the day yyyymmdd. */
int64_t cfm_date_start_s(uint32_t date);
/* "UDP", "TCP", "any". */
const char *cfm_transport_text(enum scn_transport transport);
/* "SIGSEGV", "signal 77". */
const char *cfm_signal_text(int number, char buf[CFM_WORD_MAX]);
