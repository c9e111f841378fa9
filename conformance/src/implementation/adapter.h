/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * adapter.h - how the implementation is driven: a command, once a request (or
 * once a name), in a PID namespace of its own.
 *
 * Exit code 0 permit, 1 refuse, 2 refuse because a look-up failed, 3 not
 * supported; anything else, or a signal, is a crash.
 */
#pragma once

#include "observed.h"
#include "process.h"
#include "settings.h"

/* A command that is known to be there. */
struct cfm_adapter {
    char **command; /* [owned] with its placeholders, NULL-terminated */
    char *path;     /* [owned] the program, absolute */
    unsigned uses;  /* cfm_command_uses() */
    unsigned time_limit_ms;
    unsigned parallel; /* runs of one request at once */
};

enum cfm_adapter_status {
    CFM_ADAPTER_OK = 0,
    CFM_ADAPTER_USAGE, /* why says what is wrong with the command */
    CFM_ADAPTER_NO_MEMORY
};

/* Looks settings->command up, before any sandbox hides a part of the file
 * system. */
__attribute__((warn_unused_result)) enum cfm_adapter_status cfm_adapter_init(
    const struct cfm_settings *settings, struct cfm_adapter *adapter_out,
    char *why, size_t why_cap);
void cfm_adapter_fini(struct cfm_adapter *adapter);

/* What a command finds of the lab. Strings [borrowed]. */
struct cfm_place_texts {
    const char *resolver; /* bare address; NULL: there is none */
    const char *root_hints;
    const char *trust_anchor;
    const char *remotes;     /* resolvers of the remote perspectives, or NULL */
    const char *now;         /* the check's own clock, or NULL */
    const char *state;       /* directory the command may write to, or NULL */
    const char *resolv_conf; /* to bind for it alone; NULL: the lab's */
};

/*
 * Called once, from the loop. observed is the caller's to keep: the callee
 * takes it [owned] and calls cfm_observed_fini(). usage, else NULL: the command
 * could not be started at all, which is its user's mistake. The run may be
 * freed in it.
 */
typedef void cfm_run_done_fn(void *ctx, struct cfm_observed *observed,
                             const char *usage);

struct cfm_run;

/* Runs the command for a check. host, adapter, check and place [borrowed] until
 * done. NULL when out of memory; run [owned] by the caller. */
struct cfm_run *cfm_run_start(const struct cfm_process_host *host,
                              const struct cfm_adapter *adapter,
                              const struct scn_check *check,
                              const struct cfm_place_texts *place,
                              cfm_run_done_fn *done, void *ctx);

/* Ends what still runs; done is not called any more. NULL is fine. */
void cfm_run_free(struct cfm_run *run);
