/* SPDX-License-Identifier: BSD-2-Clause */
/* unbound_conf.h - the configuration of an Unbound that lives in the lab. */
#pragma once

#include "settings.h"

struct cfm_unbound_setup {
    enum cfm_resolver_preset preset;
    struct scn_resolver resolver;   /* of the universe; trust_anchor: whether
                                       there is one at all */
    struct sim_address listen;      /* with port */
    struct sim_address send_from;   /* IPv4 */
    struct sim_address send_from_6; /* family 0: no IPv6 in this lab */
    const char *directory;          /* absolute; nothing is written there */
    const char *root_hints;         /* file */
    const char *trust_anchor;       /* file */
};

/* The text of unbound.conf. [owned] by the caller, free(); NULL when out of
 * memory. */
char *cfm_unbound_conf_text(const struct cfm_unbound_setup *setup);
