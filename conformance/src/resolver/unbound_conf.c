/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unbound_conf.c - what every Unbound of the lab is told, and what only the
 * brisk one is; pure.
 *
 * Brisk: time-outs of a network whose round trips take no time, so that a
 * dropped query costs about a second, no look-up that nobody asked for, and a
 * start that takes no longer than it must.
 * Default: as packaged, but for what it takes to live in the lab.
 */
#include "unbound_conf.h"

#include <scenario/name.h>

#include <stdio.h>
#include <stdlib.h>

static const char living_in_the_lab[] =
    "server:\n"
    "    chroot: \"\"\n"
    "    username: \"\"\n"
    "    pidfile: \"\"\n"
    "    do-daemonize: no\n"
    "    use-syslog: no\n"
    "    logfile: \"\"\n"
    "    verbosity: 0\n"
    "    num-threads: 1\n"
    "    so-reuseport: no\n"
    "    module-config: \"validator iterator\"\n"
    "    access-control: 0.0.0.0/0 allow\n"
    "    access-control: ::0/0 allow\n"
    "    trust-anchor-signaling: no\n"
    "    ip-ratelimit: 0\n"
    "    ede: yes\n"
    /* Every client of the front arrives through its connections. */
    "    incoming-num-tcp: 256\n"
    "    local-zone: \"test.\" nodefault\n"
    "    local-zone: \"invalid.\" nodefault\n"
    "    local-zone: \"home.arpa.\" nodefault\n";

static const char brisk[] =
    "    infra-cache-min-rtt: 250\n"
    "    infra-cache-max-rtt: 1000\n"
    "    unknown-server-time-limit: 250\n"
    "    outbound-msg-retry: 2\n"
    "    infra-keep-probing: yes\n"
    "    infra-host-ttl: 1\n"
    "    jostle-timeout: 5000\n"
    "    outgoing-range: 900\n"
    "    num-queries-per-thread: 2048\n"
    "    outgoing-num-tcp: 64\n"
    "    target-fetch-policy: \"0 0 0 0 0\"\n"
    "    prefetch: no\n"
    "    aggressive-nsec: no\n"
    "    root-key-sentinel: no\n"
    "    val-sig-skew-min: 0\n"
    "    val-sig-skew-max: 0\n"
    /* It shuffles the ports it may use when it starts, at a system call each:
     * with all of them, that is most of its start. */
    "    outgoing-port-avoid: 0-65535\n"
    "    outgoing-port-permit: 20000-24095\n";

static void write_addresses(FILE *out, const struct cfm_unbound_setup *setup)
{
    char text[SIM_ADDRESS_TEXT_MAX];
    sim_address_text(&setup->listen, text);
    (void)fprintf(out, "    interface: %s@%u\n", text,
                  (unsigned)setup->listen.port);
    sim_address_text(&setup->send_from, text);
    (void)fprintf(out, "    outgoing-interface: %s\n", text);
    if (setup->send_from_6.family == 0) {
        (void)fputs("    do-ip6: no\n", out);
        return;
    }
    sim_address_text(&setup->send_from_6, text);
    (void)fprintf(out, "    do-ip6: yes\n    outgoing-interface: %s\n", text);
}

static const char *yes_or_no(bool yes)
{
    return yes ? "yes" : "no";
}

static void write_universe(FILE *out, const struct cfm_unbound_setup *setup)
{
    const struct scn_resolver *resolver = &setup->resolver;
    enum scn_qmin qmin = resolver->qname_minimisation;
    (void)fprintf(out, "    directory: \"%s\"\n", setup->directory);
    (void)fprintf(out, "    root-hints: \"%s\"\n", setup->root_hints);
    if (resolver->trust_anchor != SCN_ANCHOR_NONE) {
        (void)fprintf(out, "    trust-anchor-file: \"%s\"\n",
                      setup->trust_anchor);
    }
    (void)fprintf(out, "    qname-minimisation: %s\n",
                  yes_or_no(qmin != SCN_QMIN_DISABLED));
    (void)fprintf(out, "    qname-minimisation-strict: %s\n",
                  yes_or_no(qmin == SCN_QMIN_STRICT));
    (void)fprintf(out, "    use-caps-for-id: %s\n",
                  yes_or_no(resolver->case_randomisation));
    for (size_t i = 0; i < resolver->negative_trust_anchor_count; i++) {
        char name[SCN_NAME_TEXT_MAX];
        scn_name_to_text(resolver->negative_trust_anchors[i], name);
        (void)fprintf(out, "    domain-insecure: \"%s\"\n", name);
    }
}

char *cfm_unbound_conf_text(const struct cfm_unbound_setup *setup)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (out == NULL) {
        return NULL;
    }
    (void)fputs(living_in_the_lab, out);
    write_addresses(out, setup);
    write_universe(out, setup);
    if (setup->preset == CFM_PRESET_BRISK) {
        (void)fputs(brisk, out);
    }
    (void)fputs("remote-control:\n    control-enable: no\n", out);
    bool failed = ferror(out) != 0;
    if (fclose(out) != 0 || failed) {
        free(text);
        return NULL;
    }
    return text;
}
