/* SPDX-License-Identifier: BSD-2-Clause */
/* start_request.c - strings one after the other, and back. */
#include "start_request.h"

#include <stdlib.h>
#include <string.h>

enum { SINGLE = 3 }; /* path, resolv_conf, state */

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* Octets of a NULL-terminated list, NULs counted; adds to *count. */
static size_t measure(const char *const *strings, uint32_t *count)
{
    size_t octets = 0;
    for (; *strings != NULL; strings++) {
        octets += strlen(*strings) + 1;
        (*count)++;
    }
    return octets;
}

static char *append(char *at, const char *const *strings)
{
    for (; *strings != NULL; strings++) {
        size_t len = strlen(*strings) + 1;
        memcpy(at, *strings, len);
        at += len;
    }
    return at;
}

char *cfm_start_pack(const struct cfm_process_spec *spec,
                     struct cfm_start_head *head_out)
{
    struct cfm_start_head head = { .octets = 0 };
    const char *const single[] = { spec->path, or_empty(spec->resolv_conf),
                                   or_empty(spec->state), NULL };
    const char *const *const lists[] = { single,
                                         (const char *const *)spec->argv,
                                         (const char *const *)spec->envp };
    uint32_t singles = 0;
    uint32_t *const counts[] = { &singles, &head.arguments, &head.variables };
    size_t octets = 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        octets += measure(lists[i], counts[i]);
    }
    char *packed = octets > UINT32_MAX ? NULL : malloc(octets);
    if (packed == NULL) {
        return NULL;
    }
    head.octets = (uint32_t)octets;
    char *at = packed;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        at = append(at, lists[i]);
    }
    *head_out = head;
    return packed;
}

/* The string at *at, which moves behind it; NULL at the end. */
static char *take(char **at, const char *end)
{
    char *string = *at;
    const char *nul =
        string < end ? memchr(string, '\0', (size_t)(end - string)) : NULL;
    if (nul == NULL) {
        return NULL;
    }
    *at += nul - string + 1;
    return string;
}

static bool take_all(char **at, const char *end, char **strings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        strings[i] = take(at, end);
        if (strings[i] == NULL) {
            return false;
        }
    }
    return true;
}

static const char *or_null(const char *text)
{
    return *text == '\0' ? NULL : text;
}

bool cfm_start_unpack(const struct cfm_start_head *head, char *octets,
                      struct cfm_start_request *request_out)
{
    char *at = octets;
    const char *end = octets + head->octets;
    char *single[SINGLE];
    struct cfm_start_request request = { .octets = octets };
    request.vectors =
        calloc((size_t)head->arguments + head->variables + 2, sizeof(char *));
    if (request.vectors == NULL) {
        free(octets);
        return false;
    }
    char **envp = request.vectors + head->arguments + 1;
    if (!take_all(&at, end, single, SINGLE) ||
        !take_all(&at, end, request.vectors, head->arguments) ||
        !take_all(&at, end, envp, head->variables) || at != end) {
        cfm_start_request_fini(&request);
        return false;
    }
    request.spec = (struct cfm_process_spec){
        .path = single[0],
        .argv = request.vectors,
        .envp = envp,
        .resolv_conf = or_null(single[1]),
        .state = or_null(single[2]),
    };
    *request_out = request;
    return true;
}

void cfm_start_request_fini(struct cfm_start_request *request)
{
    free(request->octets);
    free(request->vectors);
    *request = (struct cfm_start_request){ .octets = NULL };
}
