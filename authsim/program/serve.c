/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * serve.c - the world on sockets: on the loopback addresses of this system, or
 * in a sandbox beside the command that asks it.
 */
#include "serve.h"

#include "child.h"
#include "control.h"
#include "journal_lines.h"
#include "lab.h"

#include <authsim/recorder.h>
#include <authsim/sandbox.h>
#include <authsim/server.h>

#include <event2/event.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { WHY_MAX = 512, SIGNALS = 4, EXIT_KILLED = 128 };

struct service {
    const struct options *options;  /* [borrowed] */
    struct lab lab;                 /* [owned] */
    struct event_base *base;        /* [owned] */
    struct sim_server *server;      /* [owned] */
    struct journal_lines *journal;  /* [owned] NULL: none wanted */
    struct sim_recorder *recorder;  /* [owned] NULL: none wanted */
    struct control *control;        /* [owned] NULL: none wanted */
    struct event *signals[SIGNALS]; /* [owned] */
    size_t signal_count;
    struct sigaction interrupt; /* SIGINT as authsim was started with it */
    pid_t child;                /* 0: no COMMAND */
    bool stop;
    int status;
};

static int tell(const char *what, const char *why)
{
    (void)fprintf(stderr, "authsim: %s: %s\n", what, why);
    return EXIT_SYSTEM;
}

/* --- signals --- */

static void on_stop(evutil_socket_t number, short what, void *arg)
{
    struct service *s = arg;

    (void)what;
    s->stop = true;
    s->status = s->child > 0 ? EXIT_KILLED + number : EXIT_DONE;
}

/* The child, and as PID 1 of a sandbox everything that lost its parent. */
static void on_child(evutil_socket_t number, short what, void *arg)
{
    struct service *s = arg;
    int wait_status = 0;
    pid_t pid = 0;

    (void)number;
    (void)what;
    while ((pid = waitpid(-1, &wait_status, WNOHANG)) > 0) {
        if (pid == s->child) {
            s->stop = true;
            s->status = child_exit_status(wait_status);
        }
    }
}

static bool add_signal(struct service *s, int number, event_callback_fn fn)
{
    struct event *event = evsignal_new(s->base, number, fn, s);

    if (event == NULL || event_add(event, NULL) != 0) {
        if (event != NULL) {
            event_free(event);
        }
        return false;
    }
    s->signals[s->signal_count++] = event;
    return true;
}

/* Ctrl-C belongs to COMMAND where there is one. */
static bool add_signals(struct service *s)
{
    return add_signal(s, SIGTERM, on_stop) && add_signal(s, SIGHUP, on_stop) &&
           (s->options->sandbox ? add_signal(s, SIGCHLD, on_child)
                                : add_signal(s, SIGINT, on_stop));
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

/* A journal on file is whole; a failure is met again after the turn. */
static void write_journal(void *arg)
{
    struct service *s = arg;

    if (s->journal != NULL) {
        (void)journal_lines_write(s->journal);
    }
}

static int start_control(struct service *s)
{
    const struct control_options options = {
        .listen = s->options->control,
        .token_file = s->options->control_token_file,
        .before_removal = write_journal,
        .before_removal_arg = s,
    };
    int status = EXIT_DONE;

    s->control = control_open(&options, s->base, &s->lab, &status);
    return status;
}

static int start(struct service *s)
{
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    char why[WHY_MAX] = "";
    int status = lab_open(s->options, &s->lab);

    if (status == EXIT_DONE) {
        status = lab_warm(&s->lab);
    }
    if (status != EXIT_DONE) {
        return status;
    }
    (void)sigaction(SIGPIPE, &ignore, NULL); /* write errors tell as much */
    s->base = event_base_new();
    if (s->base == NULL || !add_signals(s)) {
        return tell("event loop", "out of memory");
    }
    const enum sim_status st = sim_server_new(
        s->base, s->lab.world, s->options->port, why, sizeof(why), &s->server);
    if (st != SIM_OK) {
        return tell("serving", st == SIM_ESYSTEM ? why : sim_strstatus(st));
    }
    status = open_outputs(s);
    if (status != EXIT_DONE) {
        return status;
    }
    status = s->options->control != NULL ? start_control(s) : EXIT_DONE;
    return status == EXIT_DONE && s->options->lab_files != NULL
               ? lab_write_files(&s->lab, s->options->lab_files)
               : status;
}

static int run(struct service *s)
{
    while (!s->stop) {
        if (event_base_loop(s->base, EVLOOP_ONCE) < 0) {
            return tell("event loop", strerror(errno));
        }
        if (s->journal != NULL && !journal_lines_write(s->journal)) {
            return tell(s->options->journal, strerror(errno));
        }
        if (!sim_recorder_flush(s->recorder)) {
            return tell(s->options->pcap, strerror(errno));
        }
        if (s->control != NULL) {
            control_turn(s->control);
        }
    }
    if (s->journal != NULL && !journal_lines_end(s->journal)) {
        return tell(s->options->journal, strerror(errno));
    }
    return s->status;
}

static void finish(struct service *s)
{
    control_close(s->control);
    journal_lines_close(s->journal);
    sim_server_free(s->server); /* which ends its connections */
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

static bool say_ready(const struct service *s)
{
    const struct sim_address root =
        sim_network_place(s->options->sim.network, SIM_PLACE_ROOT, 0);
    char address[SIM_ADDRESS_TEXT_MAX];
    FILE *out =
        s->options->journal != NULL && strcmp(s->options->journal, "-") == 0
            ? stderr
            : stdout;
    char *servers = lab_servers_text(&s->lab);

    sim_address_text(&root, address);
    if (servers != NULL) {
        (void)fputs(servers, out);
    }
    free(servers);
    (void)fprintf(out, "ready: %zu instances on port %u, root server %s\n",
                  s->lab.count, s->options->port, address);
    return fflush(out) == 0;
}

static int serve_here(struct service *s)
{
    int status = start(s);

    if (status == EXIT_DONE) {
        status =
            say_ready(s) ? run(s) : tell("standard output", strerror(errno));
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

    unblock_signals();
    status = start(s);
    if (status == EXIT_DONE) {
        status = lab_write_files(&s->lab, SIM_SANDBOX_DIR);
    }
    if (status == EXIT_DONE) {
        status = start_child(s);
    }
    if (status == EXIT_DONE) {
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
    char why[WHY_MAX] = "";
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
    struct service s = { .options = options };
    const int status = lab_load(options, &s.lab);

    if (status != EXIT_DONE) {
        return status;
    }
    return options->sandbox ? serve_in_sandbox(&s) : serve_here(&s);
}
