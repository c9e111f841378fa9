/* SPDX-License-Identifier: BSD-2-Clause */
/* control.c - evhttp's part: sockets, headers, octets. */
#include "control.h"

#include "control_connections.h"
#include "control_desk.h"
#include "control_guard.h"

#include <authsim/clock.h>

#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is larger than BODY_MAX gets a problem; what is larger than BODY_READ is
 * not even read, and evhttp says so in its own words. */
enum {
    BODY_MAX = 1 << 20,
    BODY_READ = 4 << 20,
    HEADERS_MAX = 16 << 10,
    IDLE_S = 20,
    BACKLOG = 16,
    WHY_MAX = 512,
    NS_PER_US = 1000,
    US_PER_S = 1000000
};

struct control {
    struct control_desk desk;
    struct sim_server *server; /* [borrowed] */
    struct control_connections connections;
    struct control_address address;
    struct evhttp *http; /* [owned] */
    struct event *timer; /* [owned] for the wait that ends first */
    char *token;         /* [owned] NULL: none */
    bool has_path;       /* a Unix socket to be removed */
};

/* --- one request --- */

static enum control_method method_of(struct evhttp_request *http)
{
    switch (evhttp_request_get_command(http)) {
    case EVHTTP_REQ_GET:
        return CONTROL_GET;
    case EVHTTP_REQ_POST:
        return CONTROL_POST;
    case EVHTTP_REQ_DELETE:
        return CONTROL_DELETE;
    case EVHTTP_REQ_HEAD:
    case EVHTTP_REQ_PUT:
    case EVHTTP_REQ_OPTIONS:
    case EVHTTP_REQ_TRACE:
    case EVHTTP_REQ_CONNECT:
    case EVHTTP_REQ_PATCH:
        break;
    }
    return CONTROL_OTHER_METHOD;
}

static void send_answer(struct evhttp_request *http,
                        const struct control_answer *answer)
{
    struct evkeyvalq *headers = evhttp_request_get_output_headers(http);
    struct evbuffer *body = evhttp_request_get_output_buffer(http);

    if (answer->type != NULL) {
        (void)evhttp_add_header(headers, "Content-Type", answer->type);
        (void)evbuffer_add(body, answer->body, answer->body_len);
    }
    if (answer->allow != NULL) {
        (void)evhttp_add_header(headers, "Allow", answer->allow);
    }
    if (answer->status == 401) {
        (void)evhttp_add_header(headers, "WWW-Authenticate", "Bearer");
    }
    evhttp_send_reply(http, (int)answer->status, control_reason(answer->status),
                      NULL);
}

static bool is_let_in(const struct control *control,
                      struct evhttp_request *http,
                      struct control_answer *answer)
{
    const struct evkeyvalq *headers = evhttp_request_get_input_headers(http);

    return control_guard(control->token,
                         evhttp_find_header(headers, "Authorization"),
                         evhttp_find_header(headers, "Origin"), answer);
}

static void handle(struct control *control, struct evhttp_request *http,
                   struct control_answer *answer)
{
    const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(http);
    struct evbuffer *body = evhttp_request_get_input_buffer(http);
    const size_t len = evbuffer_get_length(body);
    const char *path = uri != NULL ? evhttp_uri_get_path(uri) : NULL;

    if (len > BODY_MAX) {
        (void)control_problem(answer, 413,
                              "the body has %zu octets: at most %d are taken",
                              len, (int)BODY_MAX);
        return;
    }
    const struct control_request request = {
        .method = method_of(http),
        .path = path != NULL ? path : "",
        .query = uri != NULL ? evhttp_uri_get_query(uri) : NULL,
        .body = len > 0 ? (const char *)evbuffer_pullup(body, -1) : "",
        .body_len = len,
        .reply_to = http,
    };
    if (request.body == NULL) {
        control_answer_empty(answer, 500); /* LCOV_EXCL_LINE: out of memory */
        return;                            /* LCOV_EXCL_LINE */
    }
    control_desk_handle(&control->desk, &request, answer);
}

/* An answer that came later; desk's waits know only whom it is for. */
static void send_later(void *reply_to, const struct control_answer *answer)
{
    struct evhttp_request *http = reply_to;

    evhttp_connection_set_closecb(evhttp_request_get_connection(http), NULL,
                                  NULL);
    send_answer(http, answer);
}

/* The client of a request that waits is gone, and the request with it. */
static void on_close(struct evhttp_connection *connection, void *arg)
{
    struct control_waits *waits = arg;

    for (size_t i = waits->count; i-- > 0;) {
        struct evhttp_request *http = waits->waits[i].reply_to;
        if (evhttp_request_get_connection(http) == connection) {
            control_waits_drop(waits, http);
        }
    }
}

static void on_request(struct evhttp_request *http, void *arg)
{
    struct control *control = arg;
    struct control_answer answer = { 0 };

    if (is_let_in(control, http, &answer)) {
        sim_server_hold(control->server);
        handle(control, http, &answer);
        sim_server_release(control->server);
    }
    if (answer.status != 0) {
        send_answer(http, &answer);
    } else {
        evhttp_connection_set_closecb(evhttp_request_get_connection(http),
                                      on_close, &control->desk.waits);
    }
    control_answer_fini(&answer);
}

/* --- life --- */

static int tell(const struct control_options *options, const char *why)
{
    (void)fprintf(stderr, "authsim: --control %s: %s\n", options->listen, why);
    return EXIT_SYSTEM;
}

/* A socket that nobody answers on is what an earlier run left. */
static void remove_stale(const struct control_address *address)
{
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct stat st;

    if (fd < 0) {
        return;
    }
    if (lstat(address->to.local.sun_path, &st) == 0 && S_ISSOCK(st.st_mode) &&
        connect(fd, &address->to.any, address->len) != 0 &&
        errno == ECONNREFUSED) {
        (void)unlink(address->to.local.sun_path);
    }
    (void)close(fd);
}

static struct evconnlistener *listen_on(struct control *control,
                                        struct event_base *base)
{
    const unsigned flags =
        LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE;
    struct evconnlistener *listener = NULL;
    const bool local = control->address.to.any.sa_family == AF_UNIX;

    if (local) {
        remove_stale(&control->address);
    }
    /* A Unix socket is for its owner alone. */
    const mode_t mask = umask(S_IRWXG | S_IRWXO);
    listener = evconnlistener_new_bind(base, NULL, NULL, flags, BACKLOG,
                                       &control->address.to.any,
                                       (int)control->address.len);
    (void)umask(mask);
    control->has_path = local && listener != NULL;
    return listener;
}

/* Time itself wakes the loop; what waits is answered after the turn. */
static void on_deadline(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    (void)arg;
}

static int start(struct control *control, const struct control_options *options,
                 struct event_base *base)
{
    char why[WHY_MAX] = "";
    struct evconnlistener *listener = NULL;

    if (options->token_file != NULL) {
        control->token =
            control_token_read(options->token_file, why, sizeof(why));
        if (control->token == NULL) {
            (void)fprintf(stderr, "authsim: --control-token-file %s\n", why);
            return EXIT_INPUT;
        }
    }
    control->timer = evtimer_new(base, on_deadline, NULL);
    control->http = evhttp_new(base);
    if (control->http == NULL || control->timer == NULL) {
        return tell(options, "out of memory");
    }
    evhttp_set_allowed_methods(control->http, UINT16_MAX); /* 405 is ours */
    evhttp_set_max_body_size(control->http, BODY_READ);
    evhttp_set_max_headers_size(control->http, HEADERS_MAX);
    evhttp_set_timeout(control->http, IDLE_S);
    evhttp_set_default_content_type(control->http, NULL);
    evhttp_set_gencb(control->http, on_request, control);
    listener = listen_on(control, base);
    if (listener == NULL) {
        return tell(options, strerror(errno));
    }
    control_connections_init(&control->connections, control->http, listener);
    if (evhttp_bind_listener(control->http, listener) == NULL) {
        evconnlistener_free(listener);
        return tell(options, "out of memory");
    }
    return EXIT_DONE;
}

struct control *control_open(const struct control_options *options,
                             struct event_base *base, struct lab *lab,
                             int *status_out)
{
    struct control *control = calloc(1, sizeof(*control));

    if (control == NULL) {
        *status_out = tell(options, "out of memory");
        return NULL;
    }
    control->server = options->server;
    if (!control_desk_init(&control->desk, lab, send_later)) {
        *status_out = tell(options, "out of memory");
    } else if (!control_address_from_text(options->listen, &control->address)) {
        *status_out = EXIT_INPUT;
    } else {
        control->desk.server = options->server;
        *status_out = start(control, options, base);
    }
    if (*status_out != EXIT_DONE) {
        control_close(control);
        return NULL;
    }
    return control;
}

static void set_timer(struct control *control, int64_t now_ns)
{
    int64_t deadline_ns = 0;

    if (!control_waits_deadline(&control->desk.waits, &deadline_ns)) {
        (void)event_del(control->timer);
        return;
    }
    /* Rounded up: not a turn too early. */
    const int64_t left_us =
        deadline_ns > now_ns ? (deadline_ns - now_ns) / NS_PER_US + 1 : 0;
    const struct timeval left = {
        .tv_sec = (time_t)(left_us / US_PER_S),
        .tv_usec = (suseconds_t)(left_us % US_PER_S),
    };
    (void)event_add(control->timer, &left);
}

void control_turn(struct control *control)
{
    const int64_t now_ns = sim_clock_monotonic_ns();

    control_desk_turn(&control->desk, now_ns);
    set_timer(control, now_ns);
    control_connections_sweep(&control->connections);
}

void control_forget(struct control *control)
{
    control_desk_forget(&control->desk);
}

void control_close(struct control *control)
{
    if (control == NULL) {
        return;
    }
    if (control->http != NULL) {
        evhttp_free(control->http); /* which closes what waits */
    }
    if (control->timer != NULL) {
        event_free(control->timer);
    }
    control_desk_fini(&control->desk);
    control_connections_fini(&control->connections);
    if (control->has_path) {
        (void)unlink(control->address.to.local.sun_path);
    }
    free(control->token);
    free(control);
}
