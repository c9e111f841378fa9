/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lab.c - the parent's side: looks up programs before the sandbox hides any,
 * starts the child, ends it.
 */
#include "lab.h"

#include "adapter.h"
#include "channel.h"
#include "lab_child.h"
#include "upstream_unbound.h"

#include <authsim/sandbox.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WHY_MAX = 1024, NO_CHILD = 0, PATIENCE_MS = 10000 };

/* The command's user erred: tells so in place of a child that would. */
static void tell_usage(int fd, const char *why)
{
    (void)cfm_channel_send_text(fd, CFM_EVENT_USAGE, why);
}

static int open_channel(int fds[2])
{
    if (pipe(fds) != 0) {
        return -1;
    }
    if (fcntl(fds[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(fds[1], F_SETFD, FD_CLOEXEC) != 0) {
        (void)close(fds[0]);
        (void)close(fds[1]);
        return -1;
    }
    return 0;
}

static enum cfm_lab_status spawn(const struct cfm_lab_job *job,
                                 struct cfm_lab_child *child, pid_t *pid_out,
                                 char *why, size_t why_cap)
{
    enum sim_network_kind network =
        job->settings->resolver == CFM_RESOLVER_ADDRESS ? SIM_NETWORK_LOOPBACK
                                                        : SIM_NETWORK_SANDBOX;
    enum sim_status st = sim_sandbox_spawn(network, cfm_lab_child_run, child,
                                           pid_out, why, why_cap);
    if (st == SIM_ENOMEM) {
        return CFM_LAB_NO_MEMORY;
    }
    return st == SIM_OK ? CFM_LAB_OK : CFM_LAB_NO_SANDBOX;
}

/* A command that cannot be had is told through the channel, without a child:
 * whether there may be a sandbox does not matter then. */
static enum cfm_lab_status prepare(const struct cfm_lab_job *job,
                                   struct cfm_lab_child *child, bool *usage_out)
{
    char why[WHY_MAX] = "";
    *usage_out = false;
    if (job->mode == CFM_LAB_SHELL) {
        return CFM_LAB_OK;
    }
    enum cfm_adapter_status st =
        cfm_adapter_init(job->settings, &child->adapter, why, sizeof why);
    if (st == CFM_ADAPTER_USAGE) {
        tell_usage(child->channel_fd, why);
        *usage_out = true;
    }
    return st == CFM_ADAPTER_NO_MEMORY ? CFM_LAB_NO_MEMORY : CFM_LAB_OK;
}

enum cfm_lab_status cfm_lab_start(const struct cfm_lab_job *job,
                                  struct cfm_lab *lab_out, char *why,
                                  size_t why_cap)
{
    struct cfm_lab_child child = { .job = job };
    struct cfm_lab lab = { .pid = NO_CHILD,
                           .takes_terminal = job->mode == CFM_LAB_SHELL };
    bool usage = false;
    int fds[2];
    if (open_channel(fds) != 0) {
        (void)snprintf(why, why_cap, "cannot make a pipe: %s", strerror(errno));
        return CFM_LAB_NO_SANDBOX;
    }
    child.parent_fd = fds[0];
    child.channel_fd = fds[1];
    child.unbound = cfm_unbound_find();
    enum cfm_lab_status st = prepare(job, &child, &usage);
    if (st == CFM_LAB_OK && !usage) {
        st = spawn(job, &child, &lab.pid, why, why_cap);
    }
    (void)close(fds[1]);
    cfm_adapter_fini(&child.adapter);
    free(child.unbound);
    if (st != CFM_LAB_OK) {
        (void)close(fds[0]);
        return st;
    }
    lab.channel_fd = fds[0];
    *lab_out = lab;
    return CFM_LAB_OK;
}

/* A child that does not go by itself is killed, and all its sandbox with it. */
static void end_child(pid_t pid)
{
    (void)kill(pid, SIGTERM);
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd ended = { .fd = fd, .events = POLLIN };
    if (fd < 0 || poll(&ended, 1, PATIENCE_MS) <= 0) {
        (void)kill(pid, SIGKILL);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
}

/* The shell inside had made itself the foreground; SIGTTOU would stop us. */
static void take_terminal_back(void)
{
    sigset_t stop;
    sigset_t before;
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGTTOU);
    (void)sigprocmask(SIG_BLOCK, &stop, &before);
    (void)tcsetpgrp(STDIN_FILENO, getpgrp());
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
}

int cfm_lab_wait(struct cfm_lab *lab)
{
    int status = 0;
    pid_t pid = lab->pid;
    if (lab->channel_fd >= 0) {
        (void)close(lab->channel_fd);
        lab->channel_fd = -1;
    }
    lab->pid = NO_CHILD;
    if (pid == NO_CHILD) {
        return 0;
    }
    end_child(pid);
    pid_t ended = 0;
    do {
        ended = waitpid(pid, &status, 0);
    } while (ended < 0 && errno == EINTR);
    if (lab->takes_terminal && isatty(STDIN_FILENO)) {
        take_terminal_back();
    }
    return ended == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
