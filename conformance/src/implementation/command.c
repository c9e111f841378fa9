/* SPDX-License-Identifier: BSD-2-Clause */
/* command.c - replaces placeholders; pure. */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Grows as text is appended; failed once, it stays failed. */
struct text {
    char *octets; /* [owned] */
    size_t len;
    size_t cap;
    bool failed;
};

/* A NULL-terminated list that grows. */
struct list {
    char **strings; /* [owned] */
    size_t count;
    size_t cap;
    bool failed;
};

static const struct {
    const char *word;     /* in braces */
    const char *variable; /* in the environment */
} placeholders[CFM_P_COUNT] = {
    [CFM_P_NAME] = { "{name}", "CAA_NAME" },
    [CFM_P_NAMES] = { "{names}", "CAA_NAMES" },
    [CFM_P_ISSUER] = { "{issuer}", "CAA_ISSUER" },
    [CFM_P_ACCOUNT] = { "{account}", "CAA_ACCOUNT" },
    [CFM_P_METHOD] = { "{method}", "CAA_METHOD" },
    [CFM_P_KIND] = { "{kind}", "CAA_KIND" },
    [CFM_P_RESOLVER] = { "{resolver}", "CAA_RESOLVER" },
    [CFM_P_ROOT_HINTS] = { "{root-hints}", "CAA_ROOT_HINTS" },
    [CFM_P_TRUST_ANCHOR] = { "{trust-anchor}", "CAA_TRUST_ANCHOR" },
    [CFM_P_REMOTES] = { "{remotes}", "CAA_REMOTES" },
    [CFM_P_NOW] = { "{now}", "CAA_NOW" },
    [CFM_P_STATE] = { "{state}", "CAA_STATE" },
};

static void append(struct text *text, const char *octets, size_t len)
{
    if (text->failed) {
        return;
    }
    size_t need = text->len + len + 1;
    if (need > text->cap) {
        char *grown = realloc(text->octets, need * 2);
        if (grown == NULL) {
            text->failed = true;
            return;
        }
        text->octets = grown;
        text->cap = need * 2;
    }
    memcpy(text->octets + text->len, octets, len);
    text->len += len;
    text->octets[text->len] = '\0';
}

static void append_text(struct text *text, const char *string)
{
    append(text, string, strlen(string));
}

/* Takes string [consumed]; NULL fails the list. */
static void push(struct list *list, char *string)
{
    if (!list->failed && string != NULL && list->count + 1 >= list->cap) {
        size_t cap = list->cap * 2 + 16;
        char **grown = realloc(list->strings, cap * sizeof *grown);
        if (grown == NULL) {
            list->failed = true;
        } else {
            list->strings = grown;
            list->cap = cap;
        }
    }
    if (list->failed || string == NULL) {
        list->failed = true;
        free(string);
        return;
    }
    list->strings[list->count++] = string;
    list->strings[list->count] = NULL;
}

static char **finish(struct list *list)
{
    if (list->failed) {
        cfm_strings_free(list->strings);
        return NULL;
    }
    return list->strings;
}

/* The placeholder that begins at text, or CFM_P_COUNT. */
static enum cfm_placeholder placeholder_at(const char *text)
{
    for (int i = 0; i < CFM_P_COUNT; i++) {
        const char *word = placeholders[i].word;
        if (strncmp(text, word, strlen(word)) == 0) {
            return (enum cfm_placeholder)i;
        }
    }
    return CFM_P_COUNT;
}

/* The next one in an argument that counts; NULL when there is none. */
static const char *find_placeholder(const char *argument, const char *from,
                                    enum cfm_placeholder *which_out)
{
    for (const char *at = strchr(from, '{'); at != NULL;
         at = strchr(at + 1, '{')) {
        bool shell = at > argument && at[-1] == '$';
        enum cfm_placeholder which = shell ? CFM_P_COUNT : placeholder_at(at);
        if (which != CFM_P_COUNT) {
            *which_out = which;
            return at;
        }
    }
    return NULL;
}

unsigned cfm_command_uses(const char *const *command)
{
    unsigned uses = 0;
    for (; *command != NULL; command++) {
        enum cfm_placeholder which = CFM_P_COUNT;
        const char *at = find_placeholder(*command, *command, &which);
        while (at != NULL) {
            uses |= 1U << which;
            at = find_placeholder(*command, at + 1, &which);
        }
    }
    return uses;
}

static void append_names(struct text *text, const struct cfm_values *values)
{
    for (size_t i = 0; i < values->name_count; i++) {
        append_text(text, i == 0 ? "" : " ");
        append_text(text, values->names[i]);
    }
}

/* Of those that are one string. */
static const char *value_of(enum cfm_placeholder which,
                            const struct cfm_values *values)
{
    const char *const by_placeholder[CFM_P_COUNT] = {
        [CFM_P_NAME] = values->name_count > 0 ? values->names[0] : NULL,
        [CFM_P_ISSUER] = values->issuer,
        [CFM_P_ACCOUNT] = values->account,
        [CFM_P_METHOD] = values->method,
        [CFM_P_KIND] = values->kind,
        [CFM_P_RESOLVER] = values->resolver,
        [CFM_P_ROOT_HINTS] = values->root_hints,
        [CFM_P_TRUST_ANCHOR] = values->trust_anchor,
        [CFM_P_REMOTES] = values->remotes,
        [CFM_P_NOW] = values->now,
        [CFM_P_STATE] = values->state,
    };
    return by_placeholder[which] == NULL ? "" : by_placeholder[which];
}

static void append_value(struct text *text, enum cfm_placeholder which,
                         const struct cfm_values *values)
{
    if (which == CFM_P_NAMES) {
        append_names(text, values);
        return;
    }
    append_text(text, value_of(which, values));
}

static char *expand_argument(const char *argument,
                             const struct cfm_values *values)
{
    struct text text = { 0 };
    append_text(&text, "");
    const char *from = argument;
    enum cfm_placeholder which = CFM_P_COUNT;
    const char *at = find_placeholder(argument, from, &which);
    while (at != NULL) {
        append(&text, from, (size_t)(at - from));
        append_value(&text, which, values);
        from = at + strlen(placeholders[which].word);
        at = find_placeholder(argument, from, &which);
    }
    append_text(&text, from);
    if (text.failed) {
        free(text.octets);
        return NULL;
    }
    return text.octets;
}

char **cfm_command_expand(const char *const *command,
                          const struct cfm_values *values)
{
    struct list list = { 0 };
    for (; *command != NULL; command++) {
        if (strcmp(*command, placeholders[CFM_P_NAMES].word) != 0) {
            push(&list, expand_argument(*command, values));
            continue;
        }
        for (size_t i = 0; i < values->name_count; i++) {
            push(&list, strdup(values->names[i]));
        }
    }
    return finish(&list);
}

/* True when an entry "NAME=value" sets one of ours. */
static bool is_ours(const char *entry)
{
    for (int i = 0; i < CFM_P_COUNT; i++) {
        const char *variable = placeholders[i].variable;
        size_t len = strlen(variable);
        if (strncmp(entry, variable, len) == 0 && entry[len] == '=') {
            return true;
        }
    }
    return false;
}

static char *assignment(enum cfm_placeholder which,
                        const struct cfm_values *values)
{
    struct text text = { 0 };
    append_text(&text, placeholders[which].variable);
    append_text(&text, "=");
    append_value(&text, which, values);
    if (text.failed) {
        free(text.octets);
        return NULL;
    }
    return text.octets;
}

char **cfm_command_environment(char *const *environment,
                               const struct cfm_values *values)
{
    struct list list = { 0 };
    for (; *environment != NULL; environment++) {
        if (!is_ours(*environment)) {
            push(&list, strdup(*environment));
        }
    }
    for (int i = 0; i < CFM_P_COUNT; i++) {
        bool absent = i == CFM_P_RESOLVER && values->resolver == NULL;
        if (!absent) {
            push(&list, assignment((enum cfm_placeholder)i, values));
        }
    }
    return finish(&list);
}

void cfm_strings_free(char **strings)
{
    for (char **string = strings; string != NULL && *string != NULL; string++) {
        free(*string);
    }
    free(strings);
}
