/* SPDX-License-Identifier: BSD-2-Clause */
/* adapter.c - finds the command, and what speaks against it. */
#include "adapter.h"

#include "command.h"
#include "files.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DATE_MAX = 16, DEFAULT_WORDS = 20 };

static bool uses(const struct cfm_adapter *adapter, enum cfm_placeholder which)
{
    return (adapter->uses & 1U << which) != 0;
}

/* caacheck in the directory of this program, else in PATH. [owned], or NULL. */
static char *find_caacheck(void)
{
    char self[PATH_MAX];
    char path[PATH_MAX + 16];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    self[len > 0 ? len : 0] = '\0';
    char *slash = strrchr(self, '/');
    if (slash == NULL) {
        return cfm_path_find_program("caacheck", NULL);
    }
    *slash = '\0';
    (void)snprintf(path, sizeof path, "%s/caacheck", self);
    char *beside = cfm_path_find_program(path, NULL);
    return beside != NULL ? beside : cfm_path_find_program("caacheck", NULL);
}

static char **copy_strings(const char *const *strings)
{
    size_t count = 0;
    while (strings[count] != NULL) {
        count++;
    }
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

static char **default_command(const struct cfm_settings *settings)
{
    char date[DATE_MAX];
    const char *words[DEFAULT_WORDS] = { "caacheck", "--json" };
    size_t count = 2;
    (void)snprintf(
        date, sizeof date, "%04u-%02u-%02u", settings->policy_date / 10000,
        settings->policy_date / 100 % 100, settings->policy_date % 100);
    bool none = settings->resolver == CFM_RESOLVER_NONE;
    words[count++] = none ? "--root-hints" : "--resolver";
    words[count++] = none ? "{root-hints}" : "{resolver}";
    words[count++] = "--trust-anchor";
    words[count++] = "{trust-anchor}";
    words[count++] = "--issuer";
    words[count++] = "{issuer}";
    words[count++] = "--account";
    words[count++] = "{account}";
    words[count++] = "--method";
    words[count++] = "{method}";
    words[count++] = "--kind";
    words[count++] = "{kind}";
    words[count++] = "--profile";
    words[count++] = scn_profile_text(settings->profile);
    words[count++] = "--date";
    words[count++] = date;
    words[count] = "{names}";
    return copy_strings(words);
}

static enum cfm_adapter_status not_found(const char *command, int error,
                                         char *why, size_t why_cap)
{
    if (error == ENOMEM) {
        return CFM_ADAPTER_NO_MEMORY;
    }
    const char *what = error == EACCES ? "may not be executed" : "not found";
    (void)snprintf(why, why_cap,
                   "%s: %s; the command after -- must be a program, with its "
                   "path or in PATH",
                   command, what);
    return CFM_ADAPTER_USAGE;
}

static enum cfm_adapter_status find(const struct cfm_settings *settings,
                                    struct cfm_adapter *adapter, char *why,
                                    size_t why_cap)
{
    if (settings->default_command) {
        adapter->command = default_command(settings);
        adapter->path = find_caacheck();
    } else if (settings->command_count == 0) {
        (void)snprintf(why, why_cap, "no command after --");
        return CFM_ADAPTER_USAGE;
    } else {
        adapter->command = copy_strings(settings->command);
        adapter->path = cfm_path_find_program(settings->command[0], NULL);
    }
    int error = errno;
    if (adapter->command == NULL) {
        return CFM_ADAPTER_NO_MEMORY;
    }
    if (adapter->path == NULL) {
        return not_found(adapter->command[0], error, why, why_cap);
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
