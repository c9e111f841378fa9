/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * process.h - one command, run in a PID namespace of its own.
 *
 * The command is not the namespace's PID 1 (a PID 1 survives its own SIGSEGV
 * and would exit 0, which reads as a permit): a small init starts it, reaps
 * what it leaves, tells how it ended, and exits; then the kernel ends every
 * descendant, whatever session or process group it fled to.
 */
#pragma once

#include "capture.h"
#include "reaper.h"

#include <event2/event.h>

#include <stdint.h>

struct cfm_starter;

/* What the processes of one lab share. [borrowed] */
struct cfm_process_host {
    struct event_base *base;
    struct cfm_reaper *reaper;
    struct cfm_starter *starter; /* NULL where no command is run */
};

struct cfm_process_spec {
    const char *path;        /* the program, absolute */
    char *const *argv;       /* [borrowed] for the call */
    char *const *envp;       /* [borrowed] for the call */
    const char *resolv_conf; /* a file to bind over /etc/resolv.conf, or NULL */
    const char *state;       /* a mount that it may write to, or NULL */
    unsigned time_limit_ms;  /* 0: none */
};

enum cfm_process_end {
    CFM_PROCESS_EXITED,      /* number: exit code */
    CFM_PROCESS_SIGNALLED,   /* number: signal */
    CFM_PROCESS_TIMED_OUT,   /* number: 0 */
    CFM_PROCESS_NOT_STARTED, /* number: errno of exec */
    CFM_PROCESS_TROUBLE      /* number: errno of what the lab could not do */
};

struct cfm_process_report {
    enum cfm_process_end end;
    int number;
    int64_t duration_ns;
    const struct cfm_capture *capture; /* [borrowed] for the call */
};

struct cfm_process;

/* Called once, from the loop, when the namespace is empty. The process may be
 * freed in it. */
typedef void cfm_process_done_fn(void *ctx,
                                 const struct cfm_process_report *report);

/*
 * Starts a command.
 *   host         [borrowed], outlives the process
 *   process_out  [owned] by the caller, written only on success
 * 0, or an errno value when namespaces, memory or descriptors ran out.
 */
int cfm_process_start(const struct cfm_process_host *host,
                      const struct cfm_process_spec *spec,
                      cfm_process_done_fn *done, void *ctx,
                      struct cfm_process **process_out);

/* Ends it when it still runs; done is not called any more. NULL is fine. */
void cfm_process_free(struct cfm_process *process);
