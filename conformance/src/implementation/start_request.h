/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * start_request.h - what the lab asks of its starter, as octets; pure.
 *
 * A head of known length, and then the strings that it announces, each with its
 * NUL: path, resolv_conf, state (empty for NULL), arguments, environment. Both
 * sides are of one program and one machine.
 */
#pragma once

#include "process.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cfm_start_head {
    uint32_t octets; /* of all strings */
    uint32_t arguments;
    uint32_t variables;
};

/* The strings of spec [owned] by the caller, and their head; NULL when out of
 * memory. The time limit is the lab's business and not among them. */
char *cfm_start_pack(const struct cfm_process_spec *spec,
                     struct cfm_start_head *head_out);

struct cfm_start_request {
    struct cfm_process_spec spec; /* points into the other two */
    char *octets;                 /* [owned] */
    char **vectors;               /* [owned] argv, then envp */
};

/* octets [consumed], on failure too: false when out of memory, or when they are
 * not what head says. */
bool cfm_start_unpack(const struct cfm_start_head *head, char *octets,
                      struct cfm_start_request *request_out);
void cfm_start_request_fini(struct cfm_start_request *request);
