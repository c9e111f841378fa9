/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * serve.c - the world on sockets: on the loopback addresses of this system, or
 * in a sandbox beside the command that asks it.
 */
#include "serve.h"

#include "child.h"
#include "lab_files.h"
#include "notify.h"
#include "service.h"
#include "threads.h"

#include <authsim/loop.h>
#include <authsim/sandbox.h>

#include <event2/event.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int tell(const char *what, const char *why)
{
    (void)fprintf(stderr, "authsim: %s: %s\n", what, why);
    return EXIT_SYSTEM;
}

/* --- start, run, end --- */

/* The files that what happens goes to. */
static int open_outputs(struct service *s)
{
    const struct options *o = s->options;

    if (o->journal != NULL) {
        s->journal = journal_lines_open(o->journal, &s->lab);
        if (s->journal == NULL) {
            (void)tell(o->journal, strerror(errno));
            return EXIT_INPUT;
        }
    }
    if (o->pcap != NULL) {
        if (sim_recorder_open(o->pcap, &s->recorder) != SIM_OK) {
            (void)tell(o->pcap, strerror(errno));
            return EXIT_INPUT;
        }
        sim_server_record(s->server, s->recorder);
    }
    return EXIT_DONE;
}

static int start_control(struct service *s)
{
    const struct control_options options = {
        .listen = s->options->control,
        .token_file = s->options->control_token_file,
        .server = s->server,
    };
    int status = EXIT_DONE;

    s->control = control_open(&options, s->base, &s->lab, &status);
    return status;
}

static int start(struct service *s)
{
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    char why[SERVICE_WHY_MAX] = "";
    int status = lab_open(s->options, &s->lab);

    if (status == EXIT_DONE) {
        status = lab_warm(&s->lab);
    }
    if (status != EXIT_DONE) {
        return status;
    }
    (void)sigaction(SIGPIPE, &ignore, NULL); /* write errors tell as much */
    (void)sigaction(SIGXFSZ, &ignore, NULL);
    enum sim_status st = sim_loop_new(&s->base);
    if (st != SIM_OK || !service_hear(s)) {
        return tell("event loop",
                    st == SIM_ESYSTEM ? strerror(errno) : "out of memory");
    }
    st = sim_server_new(s->base, s->lab.world, s->options->port, why,
                        sizeof(why), &s->server);
    if (st == SIM_OK && s->options->beyond_loopback) {
        st = sim_server_guard(s->server);
    }
    if (st != SIM_OK) {
        return tell("serving", st == SIM_ESYSTEM ? why : sim_strstatus(st));
    }
    status = open_outputs(s);
    if (status != EXIT_DONE) {
        return status;
    }
    status = s->options->control != NULL ? start_control(s) : EXIT_DONE;
    return status == EXIT_DONE ? lab_files_write(s->options, &s->lab) : status;
}

/* Once nothing is forked any more: other threads are not copied. */
static int spread(struct service *s)
{
    char why[SERVICE_WHY_MAX] = "";
    const enum sim_status st = sim_server_spread(
        s->server, threads_wanted(s->options, &s->lab), why, sizeof(why));

    return st == SIM_OK
               ? EXIT_DONE
               : tell("serving", st == SIM_ESYSTEM ? why : sim_strstatus(st));
}

static bool reload_if_wanted(struct service *s)
{
    const bool wanted = s->reload && !s->stop;

    s->reload = false;
    return !wanted || service_reload(s);
}

/* Holding the world. */
static int end_turn(struct service *s)
{
    if (s->journal != NULL && !journal_lines_write(s->journal)) {
        return tell(s->options->journal, strerror(errno));
    }
    if (!sim_recorder_flush(s->recorder)) {
        return tell(s->options->pcap, strerror(errno));
    }
    if (s->control != NULL) {
        control_turn(s->control);
    } else if (lab_forget_old(&s->lab)) {
        lab_give_up_old(&s->lab);
    }
    return EXIT_DONE;
}

static int run(struct service *s)
{
    while (!s->stop) {
        if (event_base_loop(s->base, EVLOOP_ONCE) < 0) {
            return tell("event loop", strerror(errno));
        }
        sim_server_hold(s->server);
        const int status = end_turn(s);
        sim_server_release(s->server);
        if (status != EXIT_DONE) {
            return status;
        }
        if (!reload_if_wanted(s)) {
            return tell(s->options->journal, strerror(errno));
        }
    }
    notify_stopping(s->notify);
    sim_server_gather(s->server);
    if (s->journal != NULL && !journal_lines_end(s->journal)) {
        return tell(s->options->journal, strerror(errno));
    }
    return s->status;
}

static void finish(struct service *s)
{
    control_close(s->control);
    sim_server_free(s->server); /* which ends its connections */
    journal_lines_close(s->journal);
    (void)sim_recorder_flush(s->recorder);
    sim_recorder_close(s->recorder);
    for (size_t i = 0; i < s->signal_count; i++) {
        event_free(s->signals[i]);
    }
    if (s->base != NULL) {
        event_base_free(s->base);
    }
    lab_fini(&s->lab);
}

/* --- on the loopback --- */

/* A journal on standard output has it for itself, and so has COMMAND. */
static FILE *line_output(const struct service *s)
{
    const char *journal = s->options->journal;

    return s->options->sandbox || (journal != NULL && strcmp(journal, "-") == 0)
               ? stderr
               : stdout;
}

bool service_say(const struct service *service, const char *word)
{
    const struct sim_address root =
        sim_network_place(service->options->sim.network, SIM_PLACE_ROOT, 0);
    char address[SIM_ADDRESS_TEXT_MAX];
    FILE *out = line_output(service);

    sim_address_text(&root, address);
    (void)fprintf(out, "%s: %zu instances on port %u, root server %s\n", word,
                  service->lab.count, service->options->port, address);
    return fflush(out) == 0;
}

static bool say_ready(const struct service *s)
{
    char *servers = lab_servers_text(&s->lab);

    if (servers != NULL) {
        (void)fputs(servers, line_output(s));
    }
    free(servers);
    return service_say(s, "ready");
}

static int serve_here(struct service *s)
{
    int status = start(s);

    if (status == EXIT_DONE) {
        status = spread(s);
    }
    if (status == EXIT_DONE && !say_ready(s)) {
        status = tell("standard output", strerror(errno));
    }
    if (status == EXIT_DONE) {
        notify_ready(s->notify);
        status = run(s);
    }
    finish(s);
    return status;
}

/* --- in a sandbox --- */

static int start_child(struct service *s)
{
    static const struct child_place places[] = {
        { "{root-hints}", "CAA_ROOT_HINTS", SIM_SANDBOX_DIR "/root.hints" },
        { "{trust-anchor}", "CAA_TRUST_ANCHOR",
          SIM_SANDBOX_DIR "/trust-anchor" },
        { "{servers}", "CAA_SERVERS", SIM_SANDBOX_DIR "/servers" },
    };
    const struct child child = {
        .words = s->options->child,
        .places = places,
        .place_count = sizeof(places) / sizeof(places[0]),
        .interrupt = s->interrupt,
    };

    if (child_start(&child, &s->child) != SIM_OK) {
        (void)tell(s->options->child[0], strerror(errno));
        return EXIT_INPUT;
    }
    return EXIT_DONE;
}

static void unblock_signals(void)
{
    sigset_t none;

    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static int serve_inside(void *ctx)
{
    struct service *s = ctx;
    int status = EXIT_DONE;

    status = start(s);
    /* What has come meanwhile finds who listens: process 1 of a namespace loses
     * signals that have no handler, pid_namespaces(7). */
    unblock_signals();
    if (status == EXIT_DONE) {
        status = lab_write_files(&s->lab, SIM_SANDBOX_DIR);
    }
    if (status == EXIT_DONE) {
        status = start_child(s);
    }
    if (status == EXIT_DONE) {
        status = spread(s);
    }
    if (status == EXIT_DONE) {
        notify_ready(s->notify);
        status = run(s);
    }
    finish(s);
    return status;
}

/* Signals that the parent waits for instead of dying of them. */
static void block_signals(sigset_t *set)
{
    (void)sigemptyset(set);
    (void)sigaddset(set, SIGTERM);
    (void)sigaddset(set, SIGHUP);
    (void)sigaddset(set, SIGCHLD);
    (void)sigprocmask(SIG_BLOCK, set, NULL);
}

/* Hands signals on until the sandbox is gone. */
static int wait_for(pid_t pid, const sigset_t *set)
{
    int wait_status = 0;

    for (;;) {
        int number = 0;
        if (waitpid(pid, &wait_status, WNOHANG) == pid) {
            return child_exit_status(wait_status);
        }
        if (sigwait(set, &number) == 0 && number != SIGCHLD) {
            (void)kill(pid, number);
        }
    }
}

static int serve_in_sandbox(struct service *s)
{
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    char why[SERVICE_WHY_MAX] = "";
    sigset_t set;
    pid_t pid = -1;
    int status = EXIT_SYSTEM;

    block_signals(&set);
    (void)sigaction(SIGINT, &ignore, &s->interrupt);
    const enum sim_status st = sim_sandbox_spawn(
        SIM_NETWORK_SANDBOX, serve_inside, s, &pid, why, sizeof(why));
    status = st == SIM_OK ? wait_for(pid, &set) : tell("sandbox", why);
    finish(s);
    return status;
}

int serve_command(const struct options *options)
{
    struct service s = { .options = options, .notify = notify_open() };
    int status = lab_load(options, &s.lab);

    if (status == EXIT_DONE) {
        status = options->sandbox ? serve_in_sandbox(&s) : serve_here(&s);
    }
    if (s.notify >= 0) {
        (void)close(s.notify);
    }
    return status;
}
