/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lab_child.c - builds the lab, runs its loop, takes it down.
 *
 * World, server, place of the shared universe and resolvers of the remote
 * perspectives; then, when that place is ready, the schedule or the shell.
 */
#include "lab_child.h"

#include "ask.h"
#include "channel.h"
#include "lab_context.h"
#include "remotes.h"
#include "schedule.h"
#include "shell.h"
#include "starter.h"
#include "surroundings.h"

#include <authsim/sandbox.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WHY_MAX = 1024, DNS_PORT = 53 };

enum { TYPE_NS = 2, PROBE_LIMIT_MS = 5000, PROBE_TEXT_MAX = 256 };

static const int stop_signals[] = { SIGINT, SIGTERM, SIGHUP };

void cfm_lab_finish(struct cfm_lab_context *lab)
{
    (void)event_base_loopbreak(lab->host.base);
}

void cfm_lab_fail(struct cfm_lab_context *lab, const char *text)
{
    lab->exit_code = CFM_LAB_EXIT_FAILED;
    (void)cfm_channel_send_text(lab->channel_fd, CFM_EVENT_FAILED, text);
    cfm_lab_finish(lab);
}

void cfm_lab_reject(struct cfm_lab_context *lab, const char *text)
{
    lab->exit_code = CFM_LAB_EXIT_USAGE;
    (void)cfm_channel_send_text(lab->channel_fd, CFM_EVENT_USAGE, text);
    cfm_lab_finish(lab);
}

struct cfm_place_config cfm_lab_place_config(
    const struct cfm_lab_context *lab, const struct cfm_lab_instance *private)
{
    return (struct cfm_place_config){
        .host = lab->host,
        .settings = lab->job->settings,
        .world = &lab->world,
        .server = lab->server,
        .private = private,
        .network = lab->network,
        .ipv6 = lab->facts.ipv6,
        .covers_resolv_conf = lab->covers_resolv_conf,
        .unbound = lab->unbound,
    };
}

/* --- the parts --- */

static void on_stop(evutil_socket_t signal_number, short what, void *ctx)
{
    (void)signal_number;
    (void)what;
    struct cfm_lab_context *lab = ctx;
    lab->exit_code = CFM_LAB_EXIT_FAILED;
    cfm_lab_finish(lab);
}

static bool open_loop(struct cfm_lab_context *lab)
{
    lab->host.base = event_base_new();
    if (lab->host.base == NULL) {
        return false;
    }
    lab->host.reaper = cfm_reaper_new(lab->host.base);
    bool well = lab->host.reaper != NULL;
    for (size_t i = 0; i < sizeof stop_signals / sizeof *stop_signals; i++) {
        lab->stop_signals[i] =
            evsignal_new(lab->host.base, stop_signals[i], on_stop, lab);
        well = well && lab->stop_signals[i] != NULL &&
               evsignal_add(lab->stop_signals[i], NULL) == 0;
    }
    return well;
}

/* First of all, so that it is up when the world is. */
static bool open_starter(struct cfm_lab_context *lab)
{
    char why[WHY_MAX];
    if (lab->job->mode == CFM_LAB_SHELL) {
        return true;
    }
    int rc = cfm_starter_new(&lab->host.starter);
    if (rc != 0) {
        (void)snprintf(why, sizeof why,
                       "cannot start the process that starts commands: %s",
                       strerror(rc));
        cfm_lab_fail(lab, why);
    }
    return rc == 0;
}

static bool open_world(struct cfm_lab_context *lab)
{
    char why[WHY_MAX] = "";
    if (lab->job->world != NULL) {
        lab->world = *lab->job->world;
        return true;
    }
    enum cfm_world_status st =
        cfm_lab_world_open(lab->job->catalogue, lab->job->settings,
                           lab->network, &lab->world, why, sizeof why);
    if (st == CFM_WORLD_INPUT) {
        cfm_lab_reject(lab, why);
    } else if (st != CFM_WORLD_OK) {
        cfm_lab_fail(lab, why);
    }
    return st == CFM_WORLD_OK;
}

static bool open_server(struct cfm_lab_context *lab)
{
    char why[WHY_MAX] = "";
    enum sim_status st =
        sim_server_new(lab->host.base, lab->world.world, DNS_PORT, why,
                       sizeof why, &lab->server);
    if (st != SIM_OK) {
        cfm_lab_fail(lab, st == SIM_ESYSTEM ? why : sim_strstatus(st));
        return false;
    }
    lab->facts.ipv6 = sim_server_has_ipv6(lab->server);
    return true;
}

static void send_ready(struct cfm_lab_context *lab)
{
    size_t results =
        lab->schedule == NULL ? 0 : cfm_schedule_results(lab->schedule);
    (void)cfm_channel_send_ready(lab->channel_fd, results);
}

static void start_work(struct cfm_lab_context *lab)
{
    lab->ready = true;
    if (lab->job->mode == CFM_LAB_SHELL) {
        send_ready(lab);
        lab->shell = cfm_shell_start(lab);
        if (lab->shell == NULL) {
            cfm_lab_fail(lab, "cannot start a shell");
        }
        return;
    }
    lab->schedule = cfm_schedule_new(lab);
    if (lab->schedule == NULL) {
        cfm_lab_fail(lab, "out of memory");
        return;
    }
    send_ready(lab);
    cfm_schedule_start(lab->schedule);
}

static void on_probed(void *ctx, bool answered)
{
    struct cfm_lab_context *lab = ctx;
    char address[SIM_ADDRESS_TEXT_MAX];
    char text[PROBE_TEXT_MAX];

    cfm_ask_free(lab->probe);
    lab->probe = NULL;
    if (answered) {
        start_work(lab);
        return;
    }
    sim_address_text(&lab->job->settings->resolver_address, address);
    (void)snprintf(text, sizeof text,
                   "no resolver answers at %s port %u: start yours first, in "
                   "this network, with the lab's root hints (caaconform(1))",
                   address,
                   (unsigned)lab->job->settings->resolver_address.port);
    cfm_lab_fail(lab, text);
}

/* What a dead resolver does to an implementation is not its fault. */
static void probe_resolver(struct cfm_lab_context *lab)
{
    static const uint8_t root[] = { 0 };

    lab->probe =
        cfm_ask_start(lab->host.base, &lab->job->settings->resolver_address,
                      root, TYPE_NS, PROBE_LIMIT_MS);
    if (lab->probe == NULL) {
        on_probed(lab, false);
        return;
    }
    cfm_ask_then(lab->probe, on_probed, lab);
}

/* A shell is for all that its check needs; of a run, each check waits for what
 * it needs itself. */
static void start_when_ready(struct cfm_lab_context *lab)
{
    bool enough = lab->remotes_ready || lab->job->mode != CFM_LAB_SHELL;
    if (lab->place_ready && enough && !lab->ready) {
        start_work(lab);
    }
}

static void on_place(void *ctx, const char *trouble)
{
    struct cfm_lab_context *lab = ctx;
    if (trouble != NULL) {
        cfm_lab_fail(lab, trouble);
    } else if (lab->ready || lab->probe != NULL) {
        return;
    } else if (lab->job->settings->resolver == CFM_RESOLVER_ADDRESS) {
        probe_resolver(lab);
    } else {
        lab->place_ready = true;
        start_when_ready(lab);
    }
}

static void on_remotes(void *ctx, const char *trouble)
{
    struct cfm_lab_context *lab = ctx;
    if (trouble != NULL) {
        cfm_lab_fail(lab, trouble);
        return;
    }
    lab->remotes_ready = true;
    if (lab->schedule != NULL) {
        cfm_schedule_remotes_ready(lab->schedule);
    } else {
        start_when_ready(lab);
    }
}

static bool open_remotes(struct cfm_lab_context *lab)
{
    const struct cfm_lab_job *job = lab->job;
    const struct cfm_place_config config = cfm_lab_place_config(lab, NULL);
    unsigned count = cfm_remotes_needed(job->settings, &lab->world,
                                        job->selected, job->selected_count);
    if (count == 0) {
        lab->remotes_ready = true;
        return true;
    }
    lab->remotes =
        cfm_remotes_open(&config, lab->place, count, on_remotes, lab);
    if (lab->remotes == NULL) {
        cfm_lab_fail(lab, "out of memory");
    }
    return lab->remotes != NULL;
}

static bool open_place(struct cfm_lab_context *lab)
{
    const struct cfm_place_config config = cfm_lab_place_config(lab, NULL);
    if (lab->job->settings->resolver == CFM_RESOLVER_UNBOUND &&
        lab->unbound == NULL) {
        cfm_lab_fail(lab, "unbound is not installed, and the lab runs it as "
                          "its resolver: apt install unbound");
        return false;
    }
    lab->place = cfm_place_open(&config, on_place, lab);
    if (lab->place == NULL) {
        cfm_lab_fail(lab, "out of memory");
    }
    return lab->place != NULL;
}

/* While the resolver starts, and not while an answer is waited for. */
static bool warm_instances(struct cfm_lab_context *lab)
{
    for (size_t i = 0; i < lab->job->selected_count; i++) {
        const struct cfm_selected *selected = &lab->job->selected[i];
        const struct cfm_lab_instance *entry = cfm_lab_world_find(
            &lab->world, selected->scenario, selected->index);
        enum sim_status st =
            entry == NULL ? SIM_OK : sim_instance_warm(entry->instance);
        if (st != SIM_OK) {
            cfm_lab_fail(lab, sim_strstatus(st));
            return false;
        }
    }
    return true;
}

/* --- the process --- */

static void open_lab(struct cfm_lab_context *lab)
{
    if (!sim_sandbox_sealed()) {
        cfm_lab_fail(lab, "commands cannot be run each in a namespace of its "
                          "own: --resolver ADDRESS needs root, with the right "
                          "to make PID and mount namespaces");
        return;
    }
    if (!open_loop(lab)) {
        cfm_lab_fail(lab, "cannot make an event loop");
        return;
    }
    cfm_surroundings_arrange(&lab->unbound);
    if (open_starter(lab) && open_world(lab) && open_server(lab) &&
        open_place(lab) && open_remotes(lab) && warm_instances(lab) &&
        event_base_dispatch(lab->host.base) < 0) {
        cfm_lab_fail(lab, "the event loop failed");
    }
}

static void close_lab(struct cfm_lab_context *lab)
{
    cfm_shell_free(lab->shell);
    cfm_schedule_free(lab->schedule);
    cfm_ask_free(lab->probe);
    cfm_remotes_close(lab->remotes);
    cfm_place_close(lab->place);
    sim_server_free(lab->server);
    if (lab->job->world == NULL) {
        cfm_lab_world_close(&lab->world);
    }
    for (size_t i = 0; i < sizeof stop_signals / sizeof *stop_signals; i++) {
        if (lab->stop_signals[i] != NULL) {
            event_free(lab->stop_signals[i]);
        }
    }
    cfm_starter_free(lab->host.starter);
    cfm_reaper_free(lab->host.reaper);
    if (lab->host.base != NULL) {
        event_base_free(lab->host.base);
    }
    cfm_adapter_fini(&lab->adapter);
    free(lab->unbound);
}

int cfm_lab_child_run(void *ctx)
{
    struct cfm_lab_child *child = ctx;
    const struct cfm_settings *settings = child->job->settings;
    struct cfm_lab_context lab = {
        .job = child->job,
        .channel_fd = child->channel_fd,
        .adapter = child->adapter,
        .unbound = child->unbound,
        .network = settings->resolver == CFM_RESOLVER_ADDRESS
                       ? SIM_NETWORK_LOOPBACK
                       : SIM_NETWORK_SANDBOX,
        .facts = { .resolver = settings->resolver },
        .covers_resolv_conf = access("/etc/resolv.conf", F_OK) == 0,
    };
    (void)close(child->parent_fd);
    (void)signal(SIGPIPE, SIG_IGN);
    open_lab(&lab);
    close_lab(&lab);
    (void)close(lab.channel_fd);
    return lab.exit_code;
}
