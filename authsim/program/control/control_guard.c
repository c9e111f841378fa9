/* SPDX-License-Identifier: BSD-2-Clause */
/* control_guard.c - a token, compared in a time that does not tell it. */
#include "control_guard.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_token(const char *token, const char *authorization)
{
    static const char scheme[] = "Bearer ";
    const size_t len = strlen(token);
    unsigned difference = 0;

    if (authorization == NULL ||
        strncasecmp(authorization, scheme, sizeof(scheme) - 1) != 0) {
        return false;
    }
    authorization += sizeof(scheme) - 1;
    if (strlen(authorization) != len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        difference |= (unsigned char)token[i] ^ (unsigned char)authorization[i];
    }
    return difference == 0;
}

bool control_guard(const char *token, const char *authorization,
                   const char *origin, struct control_answer *answer)
{
    if (origin != NULL) {
        return control_problem(answer, 403,
                               "a page in a browser asks (Origin: %s): use a "
                               "client that sends no Origin",
                               origin);
    }
    if (token != NULL && !is_token(token, authorization)) {
        return control_problem(answer, 401,
                               "the token is missing or wrong: send "
                               "'Authorization: Bearer TOKEN' with the one of "
                               "--control-token-file");
    }
    return true;
}

static bool is_printable(const char *text)
{
    while (*text > ' ' && *text <= '~') {
        text++;
    }
    return *text == '\0';
}

char *control_token_read(const char *path, char *why, size_t why_cap)
{
    char line[CONTROL_TOKEN_MAX + 2] = "";
    FILE *in = fopen(path, "re");

    if (in == NULL) {
        (void)snprintf(why, why_cap, "%s: %s", path, strerror(errno));
        return NULL;
    }
    const bool read = fgets(line, sizeof(line), in) != NULL;
    (void)fclose(in);
    line[strcspn(line, "\r\n")] = '\0';
    const size_t len = strlen(line);
    if (!read || len < CONTROL_TOKEN_MIN || len > CONTROL_TOKEN_MAX ||
        !is_printable(line)) {
        (void)snprintf(why, why_cap,
                       "%s: the first line is the token: %d to %d printable "
                       "ASCII characters without blanks",
                       path, CONTROL_TOKEN_MIN, CONTROL_TOKEN_MAX);
        return NULL;
    }
    char *token = strdup(line);
    if (token == NULL) {
        (void)snprintf(why, why_cap, "out of memory");
    }
    return token;
}
