/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * command.h - the command under test: its placeholders and its environment.
 *
 * A placeholder is one of the words below in braces, anywhere in an argument,
 * but not after `$`: `${name}` is a shell's and stays. Braces around other
 * words stay too. An argument that is exactly {names} becomes one argument a
 * name; within a longer argument the names are joined by blanks.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum cfm_placeholder {
    CFM_P_NAME,
    CFM_P_NAMES,
    CFM_P_ISSUER,
    CFM_P_ACCOUNT,
    CFM_P_METHOD,
    CFM_P_KIND,
    CFM_P_RESOLVER,
    CFM_P_ROOT_HINTS,
    CFM_P_TRUST_ANCHOR,
    CFM_P_REMOTES,
    CFM_P_NOW,
    CFM_P_STATE,
    CFM_P_COUNT
};

/* What the placeholders stand for in one run; [borrowed], none of it NULL but
 * resolver (no resolver in this lab) and the last three (not for this check).
 * names[0] is {name}. */
struct cfm_values {
    const char *const *names;
    size_t name_count;
    const char *issuer;
    const char *account;
    const char *method;
    const char *kind;
    const char *resolver;
    const char *root_hints;
    const char *trust_anchor;
    const char *remotes; /* addresses joined by commas */
    const char *now;     /* Unix seconds */
    const char *state;   /* directory */
};

/* Bits 1 << enum cfm_placeholder of those that occur in command, which is
 * NULL-terminated. */
unsigned cfm_command_uses(const char *const *command);

/* The arguments with placeholders replaced, NULL-terminated. [owned] by the
 * caller, cfm_strings_free(); NULL when out of memory. */
char **cfm_command_expand(const char *const *command,
                          const struct cfm_values *values);

/* A copy of the environment (NULL-terminated) with CAA_NAME, CAA_NAMES
 * (separated by blanks), CAA_ISSUER, CAA_ACCOUNT, CAA_METHOD, CAA_KIND,
 * CAA_RESOLVER, CAA_ROOT_HINTS, CAA_TRUST_ANCHOR, CAA_REMOTES, CAA_NOW,
 * CAA_STATE. [owned], likewise. */
char **cfm_command_environment(char *const *environment,
                               const struct cfm_values *values);

/* Frees a NULL-terminated list and its strings. */
void cfm_strings_free(char **strings);
