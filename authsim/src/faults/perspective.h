/* SPDX-License-Identifier: BSD-2-Clause */
/* perspective.h - as whom a client asks (FORMAT section 4). */
#pragma once

#include <authsim/world.h>

enum { SIM_PERSPECTIVE_MAX = 32 };

/* "primary", unless the client's address is that of a remote of the instance:
 * "remote-1" and so on.
 *   instance  NULL: it has no remotes
 *   local     the server asked, in whose network the remotes are
 *   text      where what is returned may be */
const char *sim_perspective(const struct sim_instance *instance,
                            const struct sim_address *local,
                            const struct sim_address *client,
                            char text[SIM_PERSPECTIVE_MAX]);
