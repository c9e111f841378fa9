/* SPDX-License-Identifier: BSD-2-Clause */
/* control_desk.c - from a request to whom it is for. */
#include "control_desk.h"

#include "control_routes.h"

bool control_desk_init(struct control_desk *desk, struct lab *lab)
{
    *desk = (struct control_desk){ .lab = lab, .mocks = control_mocks_new() };
    return desk->mocks != NULL;
}

void control_desk_fini(struct control_desk *desk)
{
    control_mocks_free(desk->mocks);
    *desk = (struct control_desk){ .lab = NULL };
}

void control_desk_turn(struct control_desk *desk)
{
    for (size_t i = 0; desk->cleared && i < desk->lab->count; i++) {
        sim_journal_drop(sim_instance_journal(desk->lab->instances[i]));
    }
    desk->cleared = false;
}

void control_desk_handle(struct control_desk *desk,
                         const struct control_request *request,
                         struct control_answer *answer)
{
    const struct control_route *route = control_route_find(request, answer);

    if (route != NULL) {
        route->handle(desk, request, answer);
    }
}
