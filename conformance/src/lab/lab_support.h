/* SPDX-License-Identifier: BSD-2-Clause */
/* lab_support.h - what an instance asks of this lab, and a run of it; pure. */
#pragma once

#include "settings.h"

#include <scenario/model.h>

struct cfm_lab_facts {
    enum cfm_resolver_kind resolver;
    bool ipv6;
};

/* Why no check of this instance can be run; a literal. NULL: all can. */
const char *cfm_lab_cannot_run(const struct scn_instance *instance,
                               const struct cfm_lab_facts *facts);

/* When an instance must start, so that the whole ends soon. */
enum cfm_urgency {
    CFM_URGENT, /* it waits in real time */
    CFM_SOON,   /* time-outs, delays, a resolver of its own */
    CFM_LATER
};

enum cfm_urgency cfm_lab_urgency(const struct scn_instance *model);

struct cfm_selected;

/* Whether a check of this address is among those that were asked for. */
bool cfm_lab_wants(const struct cfm_selected *selected, const char *address);

/* How many results the run of an instance sends. */
size_t cfm_lab_results(const struct cfm_selected *selected,
                       const struct scn_instance *model);
