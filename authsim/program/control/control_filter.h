/* SPDX-License-Identifier: BSD-2-Clause */
/* control_filter.h - which exchanges of the journals are meant. */
#pragma once

#include "control_query.h"
#include "lab.h"

#include <authsim/journal.h>
#include <scenario/name.h>

/* As a client gives it; NULL: any. [borrowed] */
struct control_filter_text {
    const char *scenario; /* ID or ID/CHECK */
    const char *name;
    const char *type;
    const char *server;
    const char *transport;
    uint64_t after; /* only exchanges with a higher number */
};

struct control_filter {
    const char *scenario; /* [borrowed] as above */
    const char *server;   /* [borrowed] */
    bool has_name;
    uint8_t name[SCN_NAME_MAX];
    uint16_t type; /* 0: any */
    enum scn_transport transport;
    uint64_t after;
};

/* False: the answer says what is wrong. */
bool control_filter_read(const struct control_filter_text *text,
                         struct control_filter *filter_out,
                         struct control_answer *answer);

bool control_filter_takes(const struct control_filter *filter,
                          const struct sim_exchange *x);

/* Whether instance `index` of the lab is meant by ID or ID/CHECK; NULL: all. */
bool control_lab_selects(const struct lab *lab, size_t index,
                         const char *scenario);
/* False with a problem when nothing is meant. */
bool control_lab_has(const struct lab *lab, const char *scenario,
                     struct control_answer *answer);

/* Reads ?scenario=, the one parameter of a request: NULL when it is not given,
 * else [borrowed] from query_out. False with a problem when it is wrong. */
bool control_lab_choose(const struct lab *lab,
                        const struct control_request *request,
                        struct control_query *query_out,
                        const char **scenario_out,
                        struct control_answer *answer);
