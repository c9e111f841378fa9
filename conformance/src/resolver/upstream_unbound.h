/* SPDX-License-Identifier: BSD-2-Clause */
/* upstream_unbound.h - an Unbound that the lab runs behind a front. */
#pragma once

#include "process.h"
#include "unbound_conf.h"

struct cfm_unbound;

/* trouble NULL: it answers now. Else one line [borrowed]: it could not start,
 * or has ended. Always from the loop. */
typedef void cfm_unbound_event_fn(void *ctx, const char *trouble);

/* Absolute path of unbound, looked for in PATH and where Debian puts it.
 * [owned], free(); NULL: not installed, or out of memory. */
char *cfm_unbound_find(void);

/*
 * Starts it with setup's configuration, written to setup->directory.
 *   path         of the program
 *   unbound_out  [owned] written only on success
 * 0, or an errno value.
 */
int cfm_unbound_start(const struct cfm_process_host *host, const char *path,
                      const struct cfm_unbound_setup *setup,
                      cfm_unbound_event_fn *event, void *ctx,
                      struct cfm_unbound **unbound_out);

/* Ends it; event is not called any more. NULL is fine. */
void cfm_unbound_free(struct cfm_unbound *unbound);
