/* SPDX-License-Identifier: BSD-2-Clause */
/* starter_serve.c - receives requests, clones inits. */
#include "starter_serve.h"

#include "process_init.h"
#include "start_request.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

bool cfm_starter_is_meant(char *const *argv)
{
    return argv[0] != NULL && strcmp(argv[0], CFM_STARTER_NAME) == 0;
}

/* False at the end, or when it came without descriptors. */
static bool receive_head(struct cfm_start_head *head_out, int *fds_out)
{
    union {
        char octets[CMSG_SPACE(CFM_PLAN_FDS * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct iovec part = { .iov_base = head_out, .iov_len = sizeof *head_out };
    struct msghdr message = { .msg_iov = &part,
                              .msg_iovlen = 1,
                              .msg_control = control.octets,
                              .msg_controllen = sizeof control.octets };
    ssize_t got =
        recvmsg(CFM_STARTER_FD, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC);
    const struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    if (got != (ssize_t)sizeof *head_out || rights == NULL ||
        rights->cmsg_len != CMSG_LEN(CFM_PLAN_FDS * sizeof(int))) {
        return false;
    }
    memcpy(fds_out, CMSG_DATA(rights), CFM_PLAN_FDS * sizeof(int));
    return true;
}

static bool receive_strings(const struct cfm_start_head *head,
                            struct cfm_start_request *request_out)
{
    char *octets = malloc(head->octets);
    if (octets == NULL) {
        return false;
    }
    if (recv(CFM_STARTER_FD, octets, head->octets, MSG_WAITALL) !=
        (ssize_t)head->octets) {
        free(octets);
        return false;
    }
    return cfm_start_unpack(head, octets, request_out);
}

/*
 * clone() without a stack: a fork, in namespaces of its own. CLONE_PARENT: the
 * lab is the parent, and is told of the end as it is of this process's end.
 */
static struct cfm_starter_answer clone_init(const struct cfm_init_plan *plan)
{
    long pid = syscall(SYS_clone, CLONE_NEWPID | CLONE_NEWNS | CLONE_PARENT,
                       NULL, NULL, NULL, 0UL);
    if (pid == 0) {
        cfm_init_run(plan);
    }
    return (struct cfm_starter_answer){ .pid = (int32_t)pid,
                                        .error = pid < 0 ? errno : 0 };
}

/* False when there is nobody more to serve. */
static bool serve_one(void)
{
    struct cfm_start_head head;
    struct cfm_start_request request;
    int fds[CFM_PLAN_FDS];
    if (!receive_head(&head, fds) || !receive_strings(&head, &request)) {
        return false;
    }
    const struct cfm_init_plan plan = { .spec = &request.spec,
                                        .stdout_fd = fds[0],
                                        .stderr_fd = fds[1],
                                        .status_fd = fds[2] };
    const struct cfm_starter_answer answer = clone_init(&plan);
    for (size_t i = 0; i < CFM_PLAN_FDS; i++) {
        (void)close(fds[i]);
    }
    cfm_start_request_fini(&request);
    return send(CFM_STARTER_FD, &answer, sizeof answer, MSG_NOSIGNAL) ==
           (ssize_t)sizeof answer;
}

int cfm_starter_serve(void)
{
    (void)prctl(PR_SET_NAME, CFM_STARTER_NAME); /* it would be "exe" */
    (void)syscall(SYS_close_range, CFM_STARTER_FD + 1, ~0U, 0);
    while (serve_one()) {
    }
    return 0;
}
