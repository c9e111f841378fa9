/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests of any octets to the control interface, as evhttp hands them on: a
 * line "METHOD PATH?QUERY" and a body behind it, several of them with a NUL
 * between. A query is in the journal before the first.
 */
#include "control_desk.h"
#include "fuzz_universe.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { REQUESTS_MAX = 8 };

/* No answer lacks its body, none says that the server is at fault, and what is
 * wrong is a problem. */
static void judge(const struct control_answer *answer)
{
    const bool problem = answer->type != NULL &&
                         strcmp(answer->type, "application/problem+json") == 0;

    if (answer->status < 200 || answer->status >= 500 ||
        problem != (answer->status >= 400)) {
        abort();
    }
    if (answer->type != NULL && strstr(answer->type, "json") != NULL) {
        json_t *body =
            json_loadb(answer->body, answer->body_len, JSON_DECODE_ANY, NULL);
        if (body == NULL) {
            abort();
        }
        json_decref(body);
    }
}

static void on_late_answer(void *reply_to, const struct control_answer *answer)
{
    unsigned *waiting = reply_to;

    (*waiting)--;
    judge(answer);
}

/* What both universes are asked for. */
static void fill_journals(const struct lab *lab)
{
    static const uint8_t query[] = "\0\1\0\0\0\1\0\0\0\0\0\0\3www\1u\0\1\1\0\1";
    struct sim_responder *responder = NULL;

    if (sim_responder_new(lab->world, &responder) != SIM_OK) {
        abort();
    }
    for (size_t i = 0; i < lab->count; i++) {
        struct sim_reaction reaction;
        const struct sim_incoming in = {
            .octets = query,
            .len = sizeof(query) - 1,
            .local = fuzz_server(lab->instances[i], 0),
            .client =
                sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT, 0),
            .transport = SCN_UDP,
        };
        if (sim_respond(responder, &in, &reaction) != SIM_OK) {
            abort();
        }
    }
    sim_responder_free(responder);
}

static enum control_method read_method(const char *word)
{
    for (enum control_method m = CONTROL_GET; m < CONTROL_OTHER_METHOD; m++) {
        static const char *const texts[] = { "GET", "POST", "DELETE" };
        if (strcmp(word, texts[m]) == 0) {
            return m;
        }
    }
    return CONTROL_OTHER_METHOD;
}

static bool changes_scenarios(const struct control_request *request)
{
    return request->method != CONTROL_GET &&
           strncmp(request->path, "/scenarios", strlen("/scenarios")) == 0;
}

/* text is one request, and is cut up. True when it changes what is served. */
static bool request_one(struct control_desk *desk, char *text, size_t len,
                        unsigned *waiting)
{
    char *end = memchr(text, '\n', len);
    struct control_request request = { .body = "", .reply_to = waiting };
    struct control_answer answer = { 0 };
    char *query = NULL;
    char *path = NULL;

    if (end != NULL) {
        *end = '\0';
        request.body = end + 1;
        request.body_len = (size_t)(text + len - request.body);
    }
    query = strchr(text, '?');
    if (query != NULL) {
        *query++ = '\0';
    }
    path = strchr(text, ' ');
    if (path != NULL) {
        *path++ = '\0';
    }
    request.method = read_method(text);
    request.path = path != NULL ? path : "";
    request.query = query;
    control_desk_handle(desk, &request, &answer);
    if (answer.status == 0) {
        (*waiting)++;
    } else {
        judge(&answer);
    }
    control_answer_fini(&answer);
    return changes_scenarios(&request);
}

/* Reads the scenarios where they are not as they were, and makes the world. */
static struct lab *load_lab(void)
{
    static const char *const paths[] = { AUTHSIM_FUZZ_UNIVERSE,
                                         AUTHSIM_EVERY_NAME };
    static struct lab lab;
    struct options options = { .scenarios = paths, .scenario_count = 2 };

    if (lab.catalogue == NULL && lab_load(&options, &lab) != EXIT_DONE) {
        abort();
    }
    sim_options_default(&options.sim);
    if (lab_open(&options, &lab) != EXIT_DONE) {
        abort();
    }
    return &lab;
}

static void close_lab(struct lab *lab, bool changed)
{
    if (changed) {
        lab_fini(lab);
        return;
    }
    sim_world_free(lab->world);
    lab->world = NULL;
}

static void sign_zone(struct sim_instance *instance, size_t zone)
{
    char *text = NULL;

    if (sim_instance_zone_text(instance, zone, &text) != SIM_OK) {
        abort();
    }
    free(text);
}

/* Whatever was changed can be served. */
static void sign_all(const struct lab *lab)
{
    for (size_t i = 0; i < lab->count; i++) {
        for (size_t z = 0; z < lab->models[i]->zone_count; z++) {
            sign_zone(lab->instances[i], z);
        }
    }
}

/* True when what is served was changed. */
static bool request_all(struct control_desk *desk, char *text, size_t size)
{
    unsigned waiting = 0;
    bool changed = false;
    size_t at = 0;

    for (int i = 0; i < REQUESTS_MAX && at < size; i++) {
        const size_t len = strlen(text + at);
        changed |= request_one(desk, text + at, len, &waiting);
        control_desk_turn(desk, 0);
        at += len + 1;
    }
    control_desk_turn(desk, INT64_MAX);
    if (waiting != 0) {
        abort(); /* somebody was not answered */
    }
    return changed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lab *lab = NULL;
    struct control_desk desk;
    char *text = malloc(size + 1);

    if (text == NULL) {
        return 0;
    }
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    lab = load_lab();
    fill_journals(lab);
    if (!control_desk_init(&desk, lab, on_late_answer)) {
        abort();
    }
    const bool changed = request_all(&desk, text, size);
    sign_all(lab);
    control_desk_fini(&desk);
    close_lab(lab, changed);
    free(text);
    return 0;
}
