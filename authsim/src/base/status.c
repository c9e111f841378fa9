/* SPDX-License-Identifier: BSD-2-Clause */
/* status.c - names of the outcomes. */
#include <authsim/status.h>

const char *sim_strstatus(enum sim_status st)
{
    switch (st) {
    case SIM_OK:
        return "SIM_OK";
    case SIM_ENOMEM:
        return "SIM_ENOMEM";
    case SIM_EFORMAT:
        return "SIM_EFORMAT";
    case SIM_ESYSTEM:
        return "SIM_ESYSTEM";
    case SIM_ECRYPTO:
        return "SIM_ECRYPTO";
    case SIM_ECONFLICT:
        return "SIM_ECONFLICT";
    }
    return "SIM_UNKNOWN"; /* LCOV_EXCL_LINE: DefensiveCoding */
}
