/* SPDX-License-Identifier: BSD-2-Clause */
/* control_desk.c - from a request to whom it is for. */
#include "control_desk.h"

#include "control_routes.h"

bool control_desk_init(struct control_desk *desk, struct lab *lab,
                       control_send_fn *send)
{
    *desk = (struct control_desk){ .lab = lab,
                                   .mocks = control_mocks_new(),
                                   .waits = { .send = send } };
    return desk->mocks != NULL;
}

void control_desk_fini(struct control_desk *desk)
{
    control_mocks_free(desk->mocks);
    *desk = (struct control_desk){ .lab = NULL };
}

static void give_up(struct control_desk *desk, struct sim_journal *journal)
{
    control_totals_add(&desk->gone, journal, sim_journal_first(journal),
                       sim_journal_window(journal));
    sim_journal_drop(journal);
}

void control_desk_turn(struct control_desk *desk, int64_t now_ns)
{
    control_waits_turn(&desk->waits, now_ns);
    if (!lab_forget_old(desk->lab) && !desk->cleared) {
        return;
    }
    for (size_t i = 0; i < desk->lab->count; i++) {
        give_up(desk, sim_instance_journal(desk->lab->instances[i]));
    }
    give_up(desk, sim_world_journal(desk->lab->world));
    desk->cleared = false;
}

void control_desk_forget(struct control_desk *desk)
{
    for (size_t i = 0; i < desk->lab->count; i++) {
        struct sim_instance *instance = desk->lab->instances[i];
        struct sim_journal *journal = sim_instance_journal(instance);

        control_waits_forget(&desk->waits, instance);
        control_mocks_forget(desk->mocks, instance);
        sim_journal_forget(journal);
        give_up(desk, journal);
    }
    sim_journal_forget(sim_world_journal(desk->lab->world));
    give_up(desk, sim_world_journal(desk->lab->world));
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
    if (answer->status != 0) {
        control_totals_add_request(&desk->gone, answer->status);
    }
}
