/* SPDX-License-Identifier: BSD-2-Clause */
/* status.h - how every authsim function reports its outcome. */
#pragma once

#define SIM_NODISCARD __attribute__((warn_unused_result))

enum sim_status {
    SIM_OK = 0,
    SIM_ENOMEM,   /* allocation failed */
    SIM_EFORMAT,  /* input is not well formed */
    SIM_ESYSTEM,  /* system call failed, see errno */
    SIM_ECRYPTO,  /* signing failed */
    SIM_ECONFLICT /* the request contradicts what is there already */
};

/* Name of st for logs and reports, for instance "SIM_EFORMAT"; never NULL. */
const char *sim_strstatus(enum sim_status st);
