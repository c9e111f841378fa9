/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sandbox.c - make the child, see it through its setup, tell why not.
 *
 * clone(2) by its number: it makes PID 1 of the new namespace in one call,
 * where unshare(2) would need a process in between. Two pipes join parent and
 * child during setup. `go` closes the race of PR_SET_PDEATHSIG: the parent
 * writes to it only after the child said that the signal is armed, so a parent
 * that dies early leaves an end of file, one that dies later sends the signal.
 * `report` carries a failure back.
 */
#include "sandbox_inside.h"
#include "sandbox_why.h"

#include <authsim/sandbox.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPORT_MAX = 512, EXIT_LAB = 3 };

/* What travels on the report pipe. */
enum word { WORD_ARMED = 'a', WORD_READY = 'r', WORD_FAILED = 'f' };

struct spawn {
    unsigned long flags; /* CLONE_NEW... */
    struct sim_sandbox_owner owner;
    sim_sandbox_fn *run;
    void *ctx;
    int report[2]; /* child writes */
    int go[2];     /* parent writes */
};

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
        *fd = -1;
    }
}

static void close_pipes(struct spawn *s)
{
    for (int i = 0; i < 2; i++) {
        close_fd(&s->report[i]);
        close_fd(&s->go[i]);
    }
}

static ssize_t read_retrying(int fd, void *buf, size_t len)
{
    ssize_t n = 0;

    do {
        n = read(fd, buf, len);
    } while (n < 0 && errno == EINTR);
    return n;
}

static bool send_word(int fd, enum word word)
{
    const char octet = (char)word;

    return write(fd, &octet, 1) == 1;
}

/* --- in the child --- */

static void child_fail(const struct spawn *s, const char *step, int error)
{
    char why[REPORT_MAX] = { WORD_FAILED };

    sim_sandbox_why(step, error, why + 1, sizeof(why) - 1);
    (void)!write(s->report[1], why, strlen(why));
    _exit(EXIT_LAB);
}

static void child_set_up(const struct spawn *s)
{
    const char *step = "";

    if ((s->flags & CLONE_NEWUSER) != 0 &&
        sim_sandbox_map_user(&s->owner, &step) != SIM_OK) {
        child_fail(s, step, errno);
    }
    if ((s->flags & CLONE_NEWNS) != 0 && sim_sandbox_mounts(&step) != SIM_OK) {
        child_fail(s, step, errno);
    }
    if ((s->flags & CLONE_NEWNET) != 0 &&
        sim_sandbox_network(&step) != SIM_OK) {
        child_fail(s, step, errno);
    }
}

_Noreturn static void child_main(struct spawn *s)
{
    char octet = 0;

    close_fd(&s->report[0]);
    close_fd(&s->go[1]);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
        !send_word(s->report[1], WORD_ARMED) ||
        read_retrying(s->go[0], &octet, 1) != 1) {
        _exit(EXIT_LAB);
    }
    child_set_up(s);
    if (!send_word(s->report[1], WORD_READY)) {
        _exit(EXIT_LAB);
    }
    close_pipes(s);
    exit(s->run(s->ctx));
}

/* --- in the parent --- */

static pid_t clone_child(struct spawn *s)
{
    (void)fflush(NULL); /* or the child would print it again */
    if (s->flags == 0) {
        return fork();
    }
    return (pid_t)syscall(SYS_clone, s->flags | SIGCHLD, NULL, NULL, NULL, 0);
}

/* Reads until the child is ready or has failed. */
static enum sim_status attend(const struct spawn *s, char *why, size_t cap)
{
    char report[REPORT_MAX] = "";

    if (read_retrying(s->report[0], report, 1) == 1 &&
        report[0] == WORD_ARMED && send_word(s->go[1], WORD_READY) &&
        read_retrying(s->report[0], report, sizeof(report) - 1) > 0) {
        if (report[0] == WORD_READY) {
            return SIM_OK;
        }
        (void)snprintf(why, cap, "%s", report + 1);
        return SIM_ESYSTEM;
    }
    (void)snprintf(why, cap, "the sandbox was killed while it was set up");
    return SIM_ESYSTEM;
}

static enum sim_status spawn_with(struct spawn *s, pid_t *pid_out, char *why,
                                  size_t cap)
{
    enum sim_status st = SIM_ESYSTEM;
    pid_t pid = -1;

    s->report[0] = s->report[1] = s->go[0] = s->go[1] = -1;
    if (pipe(s->report) != 0 || pipe(s->go) != 0) {
        (void)snprintf(why, cap, "cannot make a pipe: %s", strerror(errno));
        goto out;
    }
    pid = clone_child(s);
    if (pid < 0) {
        sim_sandbox_why("make namespaces for user, mounts, processes, IPC "
                        "and network",
                        errno, why, cap);
        goto out;
    }
    if (pid == 0) {
        child_main(s);
    }
    close_fd(&s->report[1]);
    close_fd(&s->go[0]);
    st = attend(s, why, cap);
    if (st == SIM_OK) {
        *pid_out = pid;
        pid = -1;
    }
out:
    close_pipes(s);
    if (pid > 0) {
        (void)kill(pid, SIGKILL);
        (void)waitpid(pid, NULL, 0);
    }
    return st;
}

enum sim_status sim_sandbox_spawn(enum sim_network_kind network,
                                  sim_sandbox_fn *run, void *ctx,
                                  pid_t *pid_out, char *why, size_t why_cap)
{
    /* A new user namespace loses the right to bind port 53 in a network
     * namespace that is not its own, hence the order for the loopback. */
    static const unsigned long sandbox[] = { CLONE_NEWUSER | CLONE_NEWNET |
                                             CLONE_NEWNS | CLONE_NEWPID |
                                             CLONE_NEWIPC };
    static const unsigned long loopback[] = { CLONE_NEWNS | CLONE_NEWPID, 0 };
    const bool own = network == SIM_NETWORK_SANDBOX;
    const unsigned long *flags = own ? sandbox : loopback;
    const size_t count = own ? 1 : sizeof(loopback) / sizeof(loopback[0]);
    struct spawn s = { .run = run, .ctx = ctx };
    enum sim_status st = SIM_ESYSTEM;

    s.owner.uid = geteuid();
    s.owner.gid = getegid();
    for (size_t i = 0; i < count && st != SIM_OK; i++) {
        s.flags = flags[i];
        st = spawn_with(&s, pid_out, why, why_cap);
    }
    return st;
}
