/* SPDX-License-Identifier: BSD-2-Clause */
/* adapter.c - finds the command, and what speaks against it. */
#include "adapter.h"

#include "command.h"
#include "files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool uses(const struct cfm_adapter *adapter, enum cfm_placeholder which)
{
    return (adapter->uses & 1U << which) != 0;
}

static char **copy_strings(const char *const *strings, size_t count)
{
    char **copy = calloc(count + 1, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        copy[i] = strdup(strings[i]);
        if (copy[i] == NULL) {
            cfm_strings_free(copy);
            return NULL;
        }
    }
    return copy;
}

static enum cfm_adapter_status not_found(const struct cfm_settings *settings,
                                         int error, char *why, size_t why_cap)
{
    if (error == ENOMEM) {
        return CFM_ADAPTER_NO_MEMORY;
    }
    const char *what = error == EACCES ? "may not be executed" : "not found";
    const char *remedy =
        settings->default_command
            ? "it is graded when no command stands after --, and must lie "
              "beside caaconform or in PATH"
            : "the command after -- must be a program, with its path or in "
              "PATH";
    (void)snprintf(why, why_cap, "%s: %s; %s", settings->command[0], what,
                   remedy);
    return CFM_ADAPTER_USAGE;
}

static enum cfm_adapter_status find(const struct cfm_settings *settings,
                                    struct cfm_adapter *adapter, char *why,
                                    size_t why_cap)
{
    if (settings->command_count == 0) {
        (void)snprintf(why, why_cap, "no command after --");
        return CFM_ADAPTER_USAGE;
    }
    adapter->command = copy_strings(settings->command, settings->command_count);
    adapter->path = cfm_path_find_program(settings->command[0], NULL);
    int error = errno;
    if (adapter->command == NULL) {
        return CFM_ADAPTER_NO_MEMORY;
    }
    if (adapter->path == NULL) {
        return not_found(settings, error, why, why_cap);
    }
    return CFM_ADAPTER_OK;
}

enum cfm_adapter_status cfm_adapter_init(const struct cfm_settings *settings,
                                         struct cfm_adapter *adapter_out,
                                         char *why, size_t why_cap)
{
    struct cfm_adapter adapter = { .time_limit_ms = settings->time_limit_ms,
                                   .parallel = settings->jobs };
    enum cfm_adapter_status st = find(settings, &adapter, why, why_cap);
    if (st == CFM_ADAPTER_OK) {
        adapter.uses = cfm_command_uses((const char *const *)adapter.command);
    }
    if (st == CFM_ADAPTER_OK && settings->resolver == CFM_RESOLVER_NONE &&
        uses(&adapter, CFM_P_RESOLVER)) {
        (void)snprintf(why, why_cap,
                       "the command uses {resolver}, but --resolver none has "
                       "none; use {root-hints} and {trust-anchor}");
        st = CFM_ADAPTER_USAGE;
    }
    if (st != CFM_ADAPTER_OK) {
        cfm_adapter_fini(&adapter);
        return st;
    }
    *adapter_out = adapter;
    return CFM_ADAPTER_OK;
}

void cfm_adapter_fini(struct cfm_adapter *adapter)
{
    cfm_strings_free(adapter->command);
    free(adapter->path);
    *adapter = (struct cfm_adapter){ .command = NULL };
}
