/* SPDX-License-Identifier: BSD-2-Clause */
/* control_routes.c - one table, which authsim/openapi.json mirrors. */
#include "control_routes.h"

#include <string.h>

static const struct control_route routes[] = {
    { "/health", CONTROL_GET, control_get_health },
    { "/openapi.json", CONTROL_GET, control_get_openapi },
    { "/metrics", CONTROL_GET, control_get_metrics },
    { "/scenarios", CONTROL_GET, control_get_scenarios },
    { "/scenarios", CONTROL_POST, control_load_scenario },
    { "/scenarios/{scenario}", CONTROL_DELETE, control_remove_scenario },
    { "/faults", CONTROL_GET, control_get_faults },
    { "/faults", CONTROL_POST, control_switch_fault },
    { "/journal", CONTROL_GET, control_get_journal },
    { "/journal", CONTROL_DELETE, control_clear_journal },
    { "/wait", CONTROL_POST, control_begin_wait },
    { "/records", CONTROL_POST, control_change_records },
    { "/add-a", CONTROL_POST, control_add_a },
    { "/clear-a", CONTROL_POST, control_clear_a },
    { "/add-aaaa", CONTROL_POST, control_add_aaaa },
    { "/clear-aaaa", CONTROL_POST, control_clear_aaaa },
    { "/add-caa", CONTROL_POST, control_add_caa },
    { "/clear-caa", CONTROL_POST, control_clear_caa },
    { "/set-cname", CONTROL_POST, control_set_cname },
    { "/clear-cname", CONTROL_POST, control_clear_cname },
    { "/set-txt", CONTROL_POST, control_set_txt },
    { "/clear-txt", CONTROL_POST, control_clear_txt },
    { "/set-servfail", CONTROL_POST, control_set_servfail },
    { "/clear-servfail", CONTROL_POST, control_clear_servfail },
    { "/set-default-ipv4", CONTROL_POST, control_set_default_ipv4 },
    { "/set-default-ipv6", CONTROL_POST, control_set_default_ipv6 },
    { "/dns-request-history", CONTROL_POST, control_get_history },
    { "/clear-request-history", CONTROL_POST, control_clear_history },
};

enum { ROUTES = sizeof(routes) / sizeof(routes[0]) };

const struct control_route *control_route_at(size_t index)
{
    return index < ROUTES ? &routes[index] : NULL;
}

const char *control_method_text(enum control_method method)
{
    switch (method) {
    case CONTROL_GET:
        return "GET";
    case CONTROL_POST:
        return "POST";
    case CONTROL_DELETE:
        return "DELETE";
    case CONTROL_OTHER_METHOD:
        break;
    }
    return "";
}

const char *control_route_segment(const struct control_request *request)
{
    const char *slash = strrchr(request->path, '/');

    return slash != NULL ? slash + 1 : request->path;
}

static bool is_at(const char *pattern, const char *path)
{
    const char *brace = strstr(pattern, "/{");
    const size_t len = brace != NULL ? (size_t)(brace - pattern) + 1 : 0;

    if (brace == NULL) {
        return strcmp(pattern, path) == 0;
    }
    return strncmp(pattern, path, len) == 0 && path[len] != '\0' &&
           strchr(path + len, '/') == NULL;
}

/* What a 405 has to say (RFC 9110 section 15.5.6), by the methods a path has.
 */
static const char *allow_of(bool get, bool post, bool delete)
{
    if (get && post) {
        return delete ? "GET, POST, DELETE" : "GET, POST";
    }
    if (get) {
        return delete ? "GET, DELETE" : "GET";
    }
    return post ? "POST" : "DELETE";
}

/* Verbs of pebble-challtestsrv for challenges that are no DNS. */
static bool is_of_other_challenges(const char *path)
{
    static const char *const paths[] = {
        "/add-http01",           "/del-http01",
        "/add-redirect",         "/del-redirect",
        "/add-tlsalpn01",        "/del-tlsalpn01",
        "/http-request-history", "/tlsalpn01-request-history",
    };
    size_t i = 0;

    while (i < sizeof(paths) / sizeof(paths[0]) &&
           strcmp(paths[i], path) != 0) {
        i++;
    }
    return i < sizeof(paths) / sizeof(paths[0]);
}

static void answer_unknown(const char *path, struct control_answer *answer)
{
    if (is_of_other_challenges(path)) {
        (void)control_problem(
            answer, 404,
            "there is no path '%s': authsim answers DNS, not "
            "HTTP-01 and TLS-ALPN-01; run pebble-challtestsrv "
            "-dns01 '' beside it, and send this there",
            path);
    } else {
        (void)control_problem(answer, 404,
                              "there is no path '%s': see /openapi.json", path);
    }
}

const struct control_route *control_route_find(
    const struct control_request *request, struct control_answer *answer)
{
    bool has[CONTROL_OTHER_METHOD] = { false };
    bool known = false;

    for (size_t i = 0; i < ROUTES; i++) {
        if (!is_at(routes[i].path, request->path)) {
            continue;
        }
        if (routes[i].method == request->method) {
            return &routes[i];
        }
        has[routes[i].method] = true;
        known = true;
    }
    if (!known) {
        answer_unknown(request->path, answer);
        return NULL;
    }
    const char *allow =
        allow_of(has[CONTROL_GET], has[CONTROL_POST], has[CONTROL_DELETE]);
    (void)control_problem(answer, 405, "'%s' has other methods: %s",
                          request->path, allow);
    answer->allow = allow;
    return NULL;
}
