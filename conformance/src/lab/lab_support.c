/* SPDX-License-Identifier: BSD-2-Clause */
/* lab_support.c - resolver modes, IPv6, perspectives. */
#include "lab_support.h"

#include "lab.h"
#include "lab_world.h"

#include <string.h>

static bool has_query_step(const struct scn_instance *instance)
{
    for (size_t i = 0; i < instance->step_count; i++) {
        if (instance->steps[i].kind == SCN_STEP_QUERY) {
            return true;
        }
    }
    return false;
}

static bool needs_ipv6(const struct scn_instance *instance)
{
    for (size_t i = 0; i < instance->server_count; i++) {
        if (instance->servers[i].family == SCN_IPV6) {
            return true;
        }
    }
    return false;
}

/* Anything but what a resolver does by itself. */
static bool asks_for_resolver(const struct scn_resolver *resolver)
{
    return resolver->qname_minimisation != SCN_QMIN_RELAXED ||
           resolver->case_randomisation ||
           resolver->trust_anchor != SCN_ANCHOR_RIGHT ||
           resolver->negative_trust_anchor_count > 0;
}

static const char *cannot_without_resolver(const struct scn_instance *instance)
{
    if (has_query_step(instance)) {
        return "a step asks the lab's resolver, and --resolver none has none";
    }
    if (asks_for_resolver(&instance->resolver)) {
        return "the scenario sets up the lab's resolver, and --resolver none "
               "has none";
    }
    return NULL;
}

static const char *cannot_see_remotely(const struct scn_instance *instance,
                                       const struct cfm_lab_facts *facts)
{
    if (facts->resolver != CFM_RESOLVER_UNBOUND) {
        return "remote perspectives are resolvers of the lab, which it has "
               "not with --resolver ADDRESS or none";
    }
    if (instance->universe == SCN_PRIVATE) {
        return "the lab has remote perspectives in the shared universe alone";
    }
    /* A query over IPv6 would not tell whose it is. */
    return needs_ipv6(instance) ? "a server has IPv6 only, and remote "
                                  "perspectives have none"
                                : NULL;
}

const char *cfm_lab_cannot_run(const struct scn_instance *instance,
                               const struct cfm_lab_facts *facts)
{
    if (instance->remotes > 0 && cannot_see_remotely(instance, facts) != NULL) {
        return cannot_see_remotely(instance, facts);
    }
    if (needs_ipv6(instance) && !facts->ipv6) {
        return facts->resolver == CFM_RESOLVER_ADDRESS
                   ? "a server has IPv6 only, and beside --resolver ADDRESS "
                     "the lab has none"
                   : "a server has IPv6 only, and this kernel gives the "
                     "sandbox none";
    }
    switch (facts->resolver) {
    case CFM_RESOLVER_UNBOUND:
        return NULL;
    case CFM_RESOLVER_ADDRESS:
        return instance->universe == SCN_PRIVATE
                   ? "the scenario has a root of its own, which the resolver "
                     "of --resolver ADDRESS does not know"
                   : NULL;
    case CFM_RESOLVER_NONE:
        return cannot_without_resolver(instance);
    }
    return NULL;
}

static bool has_slow_fault(const struct scn_zone *zone)
{
    for (size_t i = 0; i < zone->fault_count; i++) {
        const struct scn_action *action = &zone->faults[i].action;
        if (action->drop != SCN_DROP_NOTHING || action->delay_ms > 0 ||
            action->jitter_ms > 0 || action->tcp != SCN_TCP_NORMAL) {
            return true;
        }
    }
    return false;
}

static bool is_slow(const struct scn_instance *model)
{
    bool slow = model->universe == SCN_PRIVATE; /* a resolver starts first */
    for (size_t i = 0; i < model->zone_count; i++) {
        slow = slow || has_slow_fault(&model->zones[i]);
    }
    return slow;
}

enum cfm_urgency cfm_lab_urgency(const struct scn_instance *model)
{
    for (size_t i = 0; i < model->step_count; i++) {
        if (model->steps[i].kind == SCN_STEP_WAIT) {
            return CFM_URGENT;
        }
    }
    return is_slow(model) ? CFM_SOON : CFM_LATER;
}

bool cfm_lab_wants(const struct cfm_selected *selected, const char *address)
{
    for (size_t i = 0; i < selected->wanted_count; i++) {
        if (strcmp(selected->wanted[i], address) == 0) {
            return true;
        }
    }
    return selected->wanted == NULL;
}

size_t cfm_lab_results(const struct cfm_selected *selected,
                       const struct scn_instance *model)
{
    size_t results = 0;
    for (size_t i = 0; i < model->step_count; i++) {
        const struct scn_step *step = &model->steps[i];
        if (step->kind == SCN_STEP_CHECK &&
            cfm_lab_wants(selected, step->check->address)) {
            results++;
        }
    }
    return results;
}
