/* SPDX-License-Identifier: BSD-2-Clause */
/* process_init.c - starts the command, reaps, tells how it ended, exits. */
#include "process_init.h"

#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NICENESS_TEXT "10"

enum { STATUS_FD = 3, NICENESS = 10 };

/* LCOV_EXCL_START: it leaves through _exit(), which writes no counters;
 * tests/unit/test_process.c runs all of it. */
static _Noreturn void tell(int fd, enum cfm_process_end end, int number)
{
    struct cfm_init_message message = { .end = (int32_t)end,
                                        .number = (int32_t)number };
    ssize_t written = write(fd, &message, sizeof message);
    _exit(written == (ssize_t)sizeof message ? 0 : 1);
}

/* Descriptors 1 to 3 as planned, nothing above them; 0 is the starter's empty
 * input. */
static int arrange_descriptors(const struct cfm_init_plan *plan)
{
    int high[3] = { fcntl(plan->stdout_fd, F_DUPFD, 16),
                    fcntl(plan->stderr_fd, F_DUPFD, 16),
                    fcntl(plan->status_fd, F_DUPFD, 16) };
    if (high[0] < 0 || high[1] < 0 || high[2] < 0 ||
        dup2(high[0], STDOUT_FILENO) < 0 || dup2(high[1], STDERR_FILENO) < 0 ||
        dup2(high[2], STATUS_FD) < 0 ||
        fcntl(STATUS_FD, F_SETFD, FD_CLOEXEC) < 0) {
        return -1;
    }
    return (int)syscall(SYS_close_range, STATUS_FD + 1, ~0U, 0);
}

/* /proc of this namespace, where it may be had: masked in some containers. */
static int arrange_mounts(const struct cfm_process_spec *spec)
{
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
        return -1;
    }
    (void)mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
                NULL);
    if (spec->resolv_conf != NULL &&
        mount(spec->resolv_conf, "/etc/resolv.conf", NULL, MS_BIND, NULL) !=
            0) {
        return -1;
    }
    if (spec->state != NULL &&
        mount(NULL, spec->state, NULL,
              MS_REMOUNT | MS_BIND | MS_NOSUID | MS_NODEV, NULL) != 0) {
        return -1;
    }
    return cfm_confine_files();
}

/*
 * The simulated servers and the resolver must answer in time however much the
 * commands compute. Where the kernel groups sessions (autogroup), niceness
 * counts between groups, not within.
 */
static void yield_to_lab(void)
{
    int fd = open("/proc/self/autogroup", O_WRONLY);
    (void)setpriority(PRIO_PROCESS, 0, NICENESS);
    if (fd >= 0) {
        ssize_t written = write(fd, NICENESS_TEXT, sizeof NICENESS_TEXT - 1);
        (void)written; /* no autogroups in this kernel */
        (void)close(fd);
    }
}

/* posix_spawn() tells a failed exec at once and copies no memory. */
static int start_command(const struct cfm_process_spec *spec, pid_t *pid_out)
{
    posix_spawnattr_t attributes;
    sigset_t none;
    (void)sigemptyset(&none);
    int rc = posix_spawnattr_init(&attributes);
    if (rc != 0) {
        return rc;
    }
    rc = posix_spawnattr_setsigmask(&attributes, &none);
    if (rc == 0) {
        rc = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    }
    if (rc == 0) {
        rc = posix_spawn(pid_out, spec->path, NULL, &attributes, spec->argv,
                         spec->envp);
    }
    (void)posix_spawnattr_destroy(&attributes);
    return rc;
}

_Noreturn void cfm_init_run(const struct cfm_init_plan *plan)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || setsid() < 0 ||
        arrange_descriptors(plan) != 0) {
        tell(plan->status_fd, CFM_PROCESS_TROUBLE, errno);
    }
    yield_to_lab();
    if (arrange_mounts(plan->spec) != 0 || cfm_confine_rights() != 0) {
        tell(STATUS_FD, CFM_PROCESS_TROUBLE, errno);
    }
    pid_t command = 0;
    int rc = start_command(plan->spec, &command);
    if (rc != 0) {
        tell(STATUS_FD, CFM_PROCESS_NOT_STARTED, rc);
    }
    int status = 0;
    pid_t ended = 0;
    do {
        ended = waitpid(-1, &status, 0);
    } while (ended != command && (ended > 0 || errno == EINTR));
    if (WIFSIGNALED(status)) {
        tell(STATUS_FD, CFM_PROCESS_SIGNALLED, WTERMSIG(status));
    }
    tell(STATUS_FD, CFM_PROCESS_EXITED, WEXITSTATUS(status));
}
/* LCOV_EXCL_STOP */
