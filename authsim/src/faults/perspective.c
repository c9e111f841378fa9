/* SPDX-License-Identifier: BSD-2-Clause */
/* perspective.c - remotes send from places of their own. */
#include "perspective.h"

#include <stdio.h>

const char *sim_perspective(const struct sim_instance *instance,
                            const struct sim_address *local,
                            const struct sim_address *client,
                            char text[SIM_PERSPECTIVE_MAX])
{
    const unsigned remotes =
        instance != NULL ? sim_instance_model(instance)->remotes : 0;
    const enum sim_network_kind kind =
        local->octets[0] == 127 ? SIM_NETWORK_LOOPBACK : SIM_NETWORK_SANDBOX;

    for (unsigned i = 1; i <= remotes; i++) {
        const struct sim_address remote =
            sim_network_place(kind, SIM_PLACE_CLIENT, i);
        if (sim_address_same_host(&remote, client)) {
            (void)snprintf(text, SIM_PERSPECTIVE_MAX, "remote-%u", i);
            return text;
        }
    }
    return "primary";
}
