/* SPDX-License-Identifier: BSD-2-Clause */
/* starter.c - the lab's side of its starter: spawn, ask, end. */
#include "starter.h"

#include "spawn_program.h"
#include "start_request.h"
#include "starter_serve.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct cfm_starter {
    pid_t pid;
    int fd;
};

/* --- start and end --- */

/* The terminal's signals are for the lab. */
static int spawn(int fd, pid_t *pid_out)
{
    static char name[] = CFM_STARTER_NAME;
    char *const argv[] = { name, NULL };
    const struct cfm_spawn starter = { .path = "/proc/self/exe",
                                       .argv = argv,
                                       .fd = fd,
                                       .places = { CFM_STARTER_FD },
                                       .place_count = 1,
                                       .signals_blocked = true };
    return cfm_spawn(&starter, pid_out);
}

int cfm_starter_new(struct cfm_starter **starter_out)
{
    struct cfm_starter *starter = calloc(1, sizeof *starter);
    int fds[2];
    if (starter == NULL) {
        return ENOMEM;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
        int rc = errno;
        free(starter);
        return rc;
    }
    int rc = spawn(fds[1], &starter->pid);
    (void)close(fds[1]);
    if (rc != 0) {
        (void)close(fds[0]);
        free(starter);
        return rc;
    }
    starter->fd = fds[0];
    *starter_out = starter;
    return 0;
}

void cfm_starter_free(struct cfm_starter *starter)
{
    if (starter == NULL) {
        return;
    }
    (void)close(starter->fd);
    while (waitpid(starter->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    free(starter);
}

/* --- ask --- */

static ssize_t send_head(int fd, const struct cfm_start_head *head,
                         const int *fds)
{
    union {
        char octets[CMSG_SPACE(CFM_PLAN_FDS * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct cfm_start_head copy = *head;
    struct iovec part = { .iov_base = &copy, .iov_len = sizeof copy };
    struct msghdr message = { .msg_iov = &part,
                              .msg_iovlen = 1,
                              .msg_control = control.octets,
                              .msg_controllen = sizeof control.octets };
    memset(&control, 0, sizeof control);
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(CFM_PLAN_FDS * sizeof(int));
    memcpy(CMSG_DATA(rights), fds, CFM_PLAN_FDS * sizeof(int));
    return sendmsg(fd, &message, MSG_NOSIGNAL);
}

static bool send_request(int fd, const struct cfm_init_plan *plan)
{
    const int fds[CFM_PLAN_FDS] = { plan->stdout_fd, plan->stderr_fd,
                                    plan->status_fd };
    struct cfm_start_head head;
    char *octets = cfm_start_pack(plan->spec, &head);
    if (octets == NULL) {
        errno = ENOMEM;
        return false;
    }
    bool sent = send_head(fd, &head, fds) == (ssize_t)sizeof head;
    for (size_t at = 0; sent && at < head.octets;) {
        ssize_t some = send(fd, octets + at, head.octets - at, MSG_NOSIGNAL);
        sent = some > 0 || (some < 0 && errno == EINTR);
        at += some > 0 ? (size_t)some : 0;
    }
    int error = errno;
    free(octets);
    errno = error;
    return sent;
}

pid_t cfm_starter_clone(struct cfm_starter *starter,
                        const struct cfm_init_plan *plan)
{
    struct cfm_starter_answer answer;
    if (!send_request(starter->fd, plan)) {
        return -1;
    }
    ssize_t got = 0;
    do {
        got = recv(starter->fd, &answer, sizeof answer, MSG_WAITALL);
    } while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof answer) {
        errno = got < 0 ? errno : EPIPE; /* it was killed */
        return -1;
    }
    errno = answer.error;
    return answer.pid;
}
