/* SPDX-License-Identifier: BSD-2-Clause */
/* status.h - what a function of libcaacheck can report. */
#pragma once

enum caa_status {
    CAA_OK,
    CAA_PENDING, /* an answer is not there yet: wait and call again */
    CAA_EFORMAT, /* octets or text that break their grammar */
    CAA_ENOMEM,
    CAA_ESYSTEM /* the system or the resolver library refused */
};

#define CAA_NODISCARD __attribute__((warn_unused_result))
