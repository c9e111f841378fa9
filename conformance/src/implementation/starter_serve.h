/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * starter_serve.h - what a program does that was started to be a starter.
 *
 * Over its socket come requests, one at a time: a head with the descriptors of
 * the plan, then the strings (start_request.h). Each is answered once. It ends
 * with the other end of the socket, that is with its lab.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* argv[0] of a starter, and its socket. */
#define CFM_STARTER_NAME "caaconform-starter"
enum { CFM_STARTER_FD = 3, CFM_PLAN_FDS = 3 };

struct cfm_starter_answer {
    int32_t pid; /* of the init, or -1 */
    int32_t error;
};

/* For main(), before it looks at its arguments. */
bool cfm_starter_is_meant(char *const *argv);

/* The exit status. */
int cfm_starter_serve(void);
