/* SPDX-License-Identifier: BSD-2-Clause */
/* control_query.c - names and values, each checked against what may be given.
 */
#include "control_query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* What two hexadecimal digits stand for; -1 when they are none. */
static int octet_of(const char *digits)
{
    const int high = hex_value(digits[0]);
    const int low = high < 0 ? -1 : hex_value(digits[1]);

    return low < 0 ? -1 : high * 16 + low;
}

/* Undoes escapes in place; false when one is none, or stands for NUL. */
static bool decode(char *text)
{
    unsigned char *to = (unsigned char *)text;

    for (const char *from = text; *from != '\0'; from++) {
        int octet = *from == '+' ? ' ' : (unsigned char)*from;
        if (*from == '%') {
            octet = octet_of(from + 1);
            from += 2;
        }
        if (octet <= 0) {
            return false;
        }
        *to++ = (unsigned char)octet;
    }
    *to = '\0';
    return true;
}

static bool is_known(const char *const *known, const char *name)
{
    while (*known != NULL && strcmp(*known, name) != 0) {
        known++;
    }
    return *known != NULL;
}

/* One "name=value", cut out of the text already. */
static bool read_pair(char *pair, const char *const *known,
                      struct control_query *query,
                      struct control_answer *answer)
{
    char *equals = strchr(pair, '=');

    if (equals == NULL) {
        return control_problem(
            answer, 400, "the query holds '%s': name=value is wanted", pair);
    }
    *equals = '\0';
    if (!decode(pair) || !decode(equals + 1)) {
        return control_problem(answer, 400,
                               "the query has an escape that is none: %%XX "
                               "with two hexadecimal digits, not %%00");
    }
    if (!is_known(known, pair)) {
        return control_problem(answer, 400,
                               "the query names '%s', which this path does "
                               "not know: see /openapi.json",
                               pair);
    }
    if (control_query_get(query, pair) != NULL) {
        return control_problem(
            answer, 400, "the query gives '%s' twice: once is enough", pair);
    }
    if (query->count == CONTROL_PAIRS_MAX) {
        return control_problem(answer, 400, "the query has too many names");
    }
    query->pairs[query->count].name = pair;
    query->pairs[query->count].value = equals + 1;
    query->count++;
    return true;
}

bool control_query_read(const struct control_request *request,
                        const char *const *known,
                        struct control_query *query_out,
                        struct control_answer *answer)
{
    struct control_query *query = query_out;
    const char *text = request->query != NULL ? request->query : "";
    const size_t len = strlen(text);
    bool good = true;

    query->count = 0;
    if (len >= sizeof(query->text)) {
        return control_problem(answer, 400,
                               "the query has %zu octets: at most %d", len,
                               CONTROL_QUERY_MAX - 1);
    }
    memcpy(query->text, text, len + 1);
    for (char *at = query->text; good && *at != '\0';) {
        char *end = at + strcspn(at, "&");
        char *next = *end == '&' ? end + 1 : end;
        *end = '\0';
        good = read_pair(at, known, query, answer);
        at = next;
    }
    return good;
}

bool control_query_none(const struct control_request *request,
                        struct control_answer *answer)
{
    static const char *const known[] = { NULL };
    struct control_query query;

    return control_query_read(request, known, &query, answer);
}

const char *control_query_get(const struct control_query *query,
                              const char *name)
{
    for (size_t i = 0; i < query->count; i++) {
        if (strcmp(query->pairs[i].name, name) == 0) {
            return query->pairs[i].value;
        }
    }
    return NULL;
}

bool control_number_from_text(const char *text, unsigned long long max,
                              unsigned long long *number_out)
{
    char *end = NULL;

    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    errno = 0;
    const unsigned long long number = strtoull(text, &end, 10);
    if (errno != 0 || *end != '\0' || number > max) {
        return false;
    }
    *number_out = number;
    return true;
}
