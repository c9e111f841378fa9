/* SPDX-License-Identifier: BSD-2-Clause */
#include "unbound_context.h"

#include "deviation.h"

#include <event2/event.h>

#include <stdio.h>
#include <unbound-event.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct option {
    const char *name;
    const char *value;
};

/* For every way of looking up. */
static const struct option common_options[] = {
    { "module-config:", "validator iterator" },
    { "do-not-query-localhost:", "no" },
    { "aggressive-nsec:", "no" }, /* a name is asked for, not concluded */
    { "qname-minimisation:", "yes" },
    { "trust-anchor-signaling:", "no" },
    { "root-key-sentinel:", "no" },
    { "target-fetch-policy:", "0 0 0 0 0" },
    { "unblock-lan-zones:", "yes" }, /* nothing is answered from a table */
    { "outgoing-range:", "512" },
    { "num-queries-per-thread:", "512" },
    { "infra-keep-probing:", "yes" },
    { "outbound-msg-retry:", "3" },
};

/* Own recursion: a silent server costs about two seconds, not twenty. */
static const struct option recursion_options[3] = {
    { "infra-cache-min-rtt:", "250" },
    { "unknown-server-time-limit:", "250" },
    { "infra-cache-max-rtt:", "500" },
};

/* A resolver may need seconds for what it must fetch: asking it again and
 * again would only turn a slow answer into none. The greatest time-out is also
 * where libunbound gives a server up, and with a resolver every other name of
 * the request: it lies far beyond our own deadline. */
static const struct option resolver_options[3] = {
    { "infra-cache-min-rtt:", "1300" },
    { "unknown-server-time-limit:", "1300" },
    { "infra-cache-max-rtt:", "12000" },
};

/* libunbound answers for these itself until they are taken away (the option
 * "nodefault" does not reach it); that they do not exist is for the root to
 * say, with a signature. */
static const char *const special_zones[] = {
    "localhost.",
    "test.",
    "invalid.",
    "home.arpa.",
    "127.in-addr.arpa.",
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.",
};

static enum caa_status problem(char text[CAA_PROBLEM_MAX], const char *what,
                               const char *value, int error)
{
    (void)snprintf(text, CAA_PROBLEM_MAX, "libunbound: %s %s: %s", what, value,
                   ub_strerror(error));
    return CAA_ESYSTEM;
}

static enum caa_status set_options(struct ub_ctx *context,
                                   const struct option *options, size_t count,
                                   char problem_out[CAA_PROBLEM_MAX])
{
    for (size_t i = 0; i < count; i++) {
        const struct option *option = &options[i];
        int error = ub_ctx_set_option(context, option->name, option->value);
        if (error != 0) {
            return problem(problem_out, option->name, option->value, error);
        }
    }
    return CAA_OK;
}

/* Bugs that libunbound has options for. */
static enum caa_status set_bugs(struct ub_ctx *context,
                                char problem_out[CAA_PROBLEM_MAX])
{
    static const struct option stale = { "val-override-date:", "-1" };
    static const struct option no_ip6 = { "do-ip6:", "no" };
    static const struct option strict = { "harden-algo-downgrade:", "yes" };
    static const struct option no_tcp = { "do-tcp:", "no" };
    const struct option *bug = CAA_DEVIATES(B16)   ? &stale
                               : CAA_DEVIATES(B26) ? &no_ip6
                               : CAA_DEVIATES(G16) ? &strict
                               : CAA_DEVIATES(G17) ? &no_tcp
                                                   : NULL;

    return bug != NULL ? set_options(context, bug, 1, problem_out) : CAA_OK;
}

/* Where answers come from: root hints or a resolver, and the anchor. */
static enum caa_status set_sources(struct ub_ctx *context,
                                   const struct caa_unbound_settings *settings,
                                   char problem_out[CAA_PROBLEM_MAX])
{
    int error = 0;

    if (settings->root_hints != NULL) {
        error = ub_ctx_set_option(context, "root-hints:", settings->root_hints);
        if (error != 0) {
            return problem(problem_out, "root-hints:", settings->root_hints,
                           error);
        }
    }
    if (settings->resolver != NULL) {
        error = ub_ctx_set_fwd(context, settings->resolver);
        if (error != 0) {
            return problem(problem_out, "resolver", settings->resolver, error);
        }
    }
    error = ub_ctx_add_ta_file(context, settings->trust_anchor);
    if (error != 0) {
        return problem(problem_out, "trust anchor", settings->trust_anchor,
                       error);
    }
    return CAA_OK;
}

/* The last step: from here on the context takes no more options. */
static enum caa_status remove_zones(struct ub_ctx *context,
                                    const char *trust_anchor,
                                    char problem_out[CAA_PROBLEM_MAX])
{
    size_t zones = sizeof(special_zones) / sizeof(special_zones[0]);

    for (size_t i = 0; i < zones; i++) {
        int error = ub_ctx_zone_remove(context, special_zones[i]);
        if (error != 0) {
            /* the first call is what reads the files */
            return problem(problem_out, "trust anchor", trust_anchor, error);
        }
    }
    if (CAA_DEVIATES(J13)) { /* libunbound keeps these from the DNS as well */
        (void)ub_ctx_zone_remove(context, "onion.");
    }
    return CAA_OK;
}

enum caa_status caa_unbound_context_new(
    struct event_base *base, const struct caa_unbound_settings *settings,
    char problem_out[CAA_PROBLEM_MAX], struct ub_ctx **context_out)
{
    struct ub_ctx *context = ub_ctx_create_event(base);
    const struct option *timing =
        settings->resolver != NULL ? resolver_options : recursion_options;

    if (context == NULL) {
        (void)snprintf(problem_out, CAA_PROBLEM_MAX,
                       "libunbound: no context could be made");
        return CAA_ESYSTEM;
    }
    (void)ub_ctx_debugout(context, NULL);
    enum caa_status st = set_options(context, common_options,
                                     COUNT(common_options), problem_out);
    if (st == CAA_OK) {
        st =
            set_options(context, timing, COUNT(recursion_options), problem_out);
    }
    if (st == CAA_OK) {
        st = set_bugs(context, problem_out);
    }
    if (st == CAA_OK) {
        st = set_sources(context, settings, problem_out);
    }
    if (st == CAA_OK) {
        st = remove_zones(context, settings->trust_anchor, problem_out);
    }
    if (st != CAA_OK) {
        ub_ctx_delete(context);
        return st;
    }
    *context_out = context;
    return CAA_OK;
}
