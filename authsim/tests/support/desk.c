/* SPDX-License-Identifier: BSD-2-Clause */
/* desk.c - what is refused is held against all that was served before it. */
#include "desk.h"

#include "control_owner.h"
#include "models.h"
#include "packet.h"
#include "respond.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RCODE_MASK = 0xf };

/* Nobody waits in these tests. */
static void on_late_answer(void *reply_to, const struct control_answer *answer)
{
    (void)reply_to;
    (void)answer;
    fail();
}

int test_desk_setup(void **state)
{
    static const char *const paths[] = { AUTHSIM_DESK, AUTHSIM_EVERY_NAME };
    const struct options options = { .scenarios = paths,
                                     .scenario_count = 2,
                                     .control = "unix:desk",
                                     .sim = test_options() };
    struct test_desk *d = calloc(1, sizeof(*d));

    assert_non_null(d);
    assert_int_equal(lab_load(&options, &d->lab), EXIT_DONE);
    assert_int_equal(lab_open(&options, &d->lab), EXIT_DONE);
    assert_int_equal(sim_responder_new(d->lab.world, &d->responder), SIM_OK);
    assert_true(control_desk_init(&d->desk, &d->lab, on_late_answer));
    *state = d;
    return 0;
}

int test_desk_teardown(void **state)
{
    struct test_desk *d = *state;

    control_answer_fini(&d->answer);
    control_desk_fini(&d->desk);
    sim_responder_free(d->responder);
    lab_fini(&d->lab);
    free(d);
    return 0;
}

/* --- asking --- */

static unsigned handle(struct test_desk *d, struct control_request *request,
                       const char *path)
{
    char *copy = strdup(path);
    char *query = strchr(copy, '?');

    if (query != NULL) {
        *query++ = '\0';
    }
    request->path = copy;
    request->query = query;
    control_answer_fini(&d->answer);
    control_desk_handle(&d->desk, request, &d->answer);
    free(copy);
    return d->answer.status;
}

unsigned test_desk_get(struct test_desk *d, const char *path)
{
    struct control_request request = { .method = CONTROL_GET, .body = "" };

    return handle(d, &request, path);
}

unsigned test_desk_delete(struct test_desk *d, const char *path)
{
    struct control_request request = { .method = CONTROL_DELETE, .body = "" };

    return handle(d, &request, path);
}

unsigned test_desk_post_octets(struct test_desk *d, const char *path,
                               const void *body, size_t len)
{
    struct control_request request = { .method = CONTROL_POST,
                                       .body = body,
                                       .body_len = len };

    return handle(d, &request, path);
}

unsigned test_desk_post(struct test_desk *d, const char *path, const char *body)
{
    return test_desk_post_octets(d, path, body, strlen(body));
}

/* --- looking --- */

static size_t index_of(const struct test_desk *d, const char *key)
{
    size_t i = 0;

    while (i < d->lab.count && strcmp(d->lab.models[i]->key, key) != 0) {
        i++;
    }
    assert_true(i < d->lab.count);
    return i;
}

struct sim_instance *test_desk_instance(struct test_desk *d, const char *key)
{
    return d->lab.instances[index_of(d, key)];
}

unsigned test_desk_query(struct test_desk *d, const char *key, const char *name,
                         uint16_t type)
{
    struct sim_instance *instance = test_desk_instance(d, key);
    uint8_t wire[SCN_NAME_MAX];
    struct sim_reaction reaction;
    struct packet query;

    assert_true(scn_name_from_text(name, strlen(name), NULL, wire));
    packet_query(&query, wire, type, 0);
    const uint16_t server = control_zone_of(instance, wire)->servers[0];
    const struct sim_incoming in = {
        .octets = query.octets,
        .len = query.len,
        .local = sim_instance_server(
            instance, sim_instance_model(instance)->servers[server].label, 4),
        .client = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT, 0),
        .transport = SCN_UDP,
    };
    assert_int_equal(sim_respond(d->responder, &in, &reaction), SIM_OK);
    assert_int_equal(reaction.count, 1);
    return reaction.messages[0].octets[3] & RCODE_MASK;
}

/* The text of a zone, [owned]. */
static char *zone_text(struct test_desk *d, size_t instance, size_t zone)
{
    char *text = NULL;

    assert_int_equal(
        sim_instance_zone_text(d->lab.instances[instance], zone, &text),
        SIM_OK);
    return text;
}

/* Appends "RDATA" of a line "OWNER TTL CLASS TYPE RDATA", parted by tabs, when
 * it is of that owner and type. */
static void put_rdata(FILE *out, char *line, const char *owner,
                      const char *type)
{
    char *rest = NULL;
    const char *words[4] = { strtok_r(line, "\t", &rest) };

    for (int i = 1; i < 4; i++) {
        words[i] = strtok_r(NULL, "\t", &rest);
    }
    if (words[3] != NULL && strcmp(words[0], owner) == 0 &&
        strcmp(words[3], type) == 0) {
        (void)fprintf(out, "%s%s", ftell(out) > 0 ? "|" : "", rest);
    }
}

char *test_desk_records(struct test_desk *d, const char *key, const char *owner,
                        const char *type)
{
    const size_t index = index_of(d, key);
    char *found = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&found, &len);

    assert_non_null(out);
    for (size_t z = 0; z < d->lab.models[index]->zone_count; z++) {
        char *text = zone_text(d, index, z);
        char *rest = NULL;
        for (char *line = strtok_r(text, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest)) {
            put_rdata(out, line, owner, type);
        }
        free(text);
    }
    assert_int_equal(fclose(out), 0);
    return found;
}

void test_desk_shows(struct test_desk *d, const char *key, const char *owner,
                     const char *type, const char *wanted)
{
    char *found = test_desk_records(d, key, owner, type);

    assert_string_equal(found, wanted);
    free(found);
}

static void put_answer(FILE *out, struct test_desk *d, const char *path)
{
    assert_int_equal(test_desk_get(d, path), 200);
    (void)fprintf(out, "%s", d->answer.body);
}

char *test_desk_state(struct test_desk *d)
{
    char *state = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&state, &len);

    assert_non_null(out);
    put_answer(out, d, "/scenarios");
    put_answer(out, d, "/faults");
    put_answer(out, d, "/journal");
    for (size_t i = 0; i < d->lab.count; i++) {
        for (size_t z = 0; z < d->lab.models[i]->zone_count; z++) {
            char *text = zone_text(d, i, z);
            (void)fprintf(out, "%s", text);
            free(text);
        }
    }
    assert_int_equal(fclose(out), 0);
    return state;
}

/* --- refusals --- */

/* RFC 9457 section 3.1. */
static void is_problem(const struct control_answer *answer, unsigned status,
                       const char *words)
{
    json_t *problem = NULL;
    const char *detail = NULL;
    const char *title = NULL;
    const char *type = NULL;
    int number = 0;

    if (answer->status != status || answer->type == NULL ||
        strstr(answer->body, words) == NULL) {
        print_error("%u: %s\n", answer->status,
                    answer->body != NULL ? answer->body : "(no body)");
    }
    assert_int_equal(answer->status, status);
    assert_non_null(answer->type);
    assert_string_equal(answer->type, "application/problem+json");
    problem = json_loadb(answer->body, answer->body_len, 0, NULL);
    assert_int_equal(json_unpack(problem, "{s:s, s:s, s:i, s:s !}", "type",
                                 &type, "title", &title, "status", &number,
                                 "detail", &detail),
                     0);
    assert_string_equal(type, "about:blank");
    assert_string_equal(title, control_reason(status));
    assert_int_equal(number, status);
    assert_non_null(strstr(detail, words));
    json_decref(problem);
}

void test_desk_refused(struct test_desk *d, char *before, unsigned status,
                       const char *words)
{
    is_problem(&d->answer, status, words);
    char *after = test_desk_state(d);
    assert_string_equal(after, before);
    free(after);
    free(before);
}

void test_desk_refuses_octets(struct test_desk *d, const char *path,
                              const void *body, size_t len, unsigned status,
                              const char *words)
{
    char *before = test_desk_state(d);

    (void)test_desk_post_octets(d, path, body, len);
    test_desk_refused(d, before, status, words);
}

void test_desk_refuses(struct test_desk *d, const char *path, const char *body,
                       unsigned status, const char *words)
{
    test_desk_refuses_octets(d, path, body, strlen(body), status, words);
}
