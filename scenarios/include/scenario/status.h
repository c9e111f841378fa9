/* SPDX-License-Identifier: BSD-2-Clause */
/* status.h - how scenario functions report their outcome. */
#pragma once

#include <stddef.h>

#define SCN_NODISCARD __attribute__((warn_unused_result))

enum scn_status {
    SCN_OK = 0,
    SCN_ENOMEM, /* allocation failed */
    SCN_EINPUT, /* a file is wrong: the scn_error says where and what */
    SCN_ESYSTEM /* a file cannot be read, see the scn_error */
};

enum { SCN_ERROR_FILE_MAX = 512, SCN_ERROR_TEXT_MAX = 768 };

/* One diagnostic, filled once, where the trouble was found. `text` says what is
 * wrong and what would be right, in one line. line and column count from 1; 0
 * when unknown. */
struct scn_error {
    char file[SCN_ERROR_FILE_MAX];
    unsigned line;
    unsigned column;
    char text[SCN_ERROR_TEXT_MAX];
};

/* Writes "file:line:column: text", without a line feed; always terminates. */
void scn_error_format(const struct scn_error *error, char *buf, size_t cap);
