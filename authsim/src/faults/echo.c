/* SPDX-License-Identifier: BSD-2-Clause */
/* echo.c - questions that are not the one that was asked. */
#include "echo.h"

#include "rrtype.h"

#include <scenario/name.h>

/* The name of m becomes a copy that may be changed. NULL: out of memory. */
static uint8_t *own_name(struct sim_message *m, struct sim_arena *arena)
{
    uint8_t *name = sim_arena_copy(arena, m->name, scn_name_length(m->name));

    m->name = name != NULL ? name : m->name;
    return name;
}

/* What came in mixed case (0x20) is not echoed as it came. */
static enum sim_status lower_name(struct sim_message *m,
                                  struct sim_arena *arena)
{
    uint8_t *name = own_name(m, arena);

    if (name != NULL) {
        scn_name_lower(name);
    }
    return name != NULL ? SIM_OK : SIM_ENOMEM;
}

/* Another name than was asked for: the last octet of the first label differs,
 * the length of every label stays. For the root, another type. */
static enum sim_status change_name(struct sim_message *m,
                                   struct sim_arena *arena)
{
    uint8_t *name = NULL;

    if (m->name[0] == 0) {
        m->type ^= 1;
        return SIM_OK;
    }
    name = own_name(m, arena);
    if (name != NULL) {
        name[name[0]] = name[name[0]] == 'x' ? 'y' : 'x';
    }
    return name != NULL ? SIM_OK : SIM_ENOMEM;
}

enum sim_status sim_echo_change(enum scn_echo echo, struct sim_arena *arena,
                                struct sim_message *m)
{
    switch (echo) {
    case SCN_ECHO_RIGHT:
        return SIM_OK;
    case SCN_ECHO_LOWER:
        return lower_name(m, arena);
    case SCN_ECHO_OTHER_NAME:
        return change_name(m, arena);
    case SCN_ECHO_OTHER_TYPE:
        m->type ^= 1;
        return SIM_OK;
    case SCN_ECHO_OTHER_CLASS:
        m->class = SIM_CLASS_CH;
        return SIM_OK;
    case SCN_ECHO_TWICE:
        m->question = 2;
        return SIM_OK;
    }
    return SIM_OK; /* LCOV_EXCL_LINE: DefensiveCoding */
}
