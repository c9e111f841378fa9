/* SPDX-License-Identifier: BSD-2-Clause */
/* control_guard.h - who may ask. */
#pragma once

#include "control_answer.h"

/* A token has to be as long as this, so that nobody guesses it. */
enum { CONTROL_TOKEN_MIN = 16, CONTROL_TOKEN_MAX = 512 };

/*
 * Lets a request in, or answers it.
 *   token          NULL: none is wanted
 *   authorization  the header's value, or NULL
 *   origin         likewise; browsers send it, and no page in a browser has
 *                  business here
 */
bool control_guard(const char *token, const char *authorization,
                   const char *origin, struct control_answer *answer);

/* Reads a token from a file: its first line. NULL when that cannot be had: why
 * says so. [owned] by the caller, free(). */
char *control_token_read(const char *path, char *why, size_t why_cap);
