/* SPDX-License-Identifier: BSD-2-Clause */
/* control_query.h - the parameters behind the '?' of a request. */
#pragma once

#include "control_answer.h"

enum { CONTROL_PAIRS_MAX = 16, CONTROL_QUERY_MAX = 2048 };

struct control_query {
    char text[CONTROL_QUERY_MAX]; /* what names and values point into */
    struct {
        const char *name;
        const char *value;
    } pairs[CONTROL_PAIRS_MAX];
    size_t count;
};

/*
 * Undoes the escapes of application/x-www-form-urlencoded.
 *   known  names that may be given, each once; ends in NULL
 * False: the answer says what is wrong.
 */
bool control_query_read(const struct control_request *request,
                        const char *const *known,
                        struct control_query *query_out,
                        struct control_answer *answer);

/* The same of a request that takes none. */
bool control_query_none(const struct control_request *request,
                        struct control_answer *answer);

/* The value of a name; NULL when it was not given. */
const char *control_query_get(const struct control_query *query,
                              const char *name);

/* A decimal number of at most max; false when text is none. */
bool control_number_from_text(const char *text, unsigned long long max,
                              unsigned long long *number_out);
