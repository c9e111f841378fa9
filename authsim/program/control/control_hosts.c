/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_hosts.c - the other verbs of pebble-challtestsrv: failures, default
 * addresses, the history of requests.
 */
#include "control_body.h"
#include "control_desk.h"
#include "control_owner.h"

#include <scenario/name.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* Reads "host", which is in name then. */
static bool read_host(const struct control_desk *desk, const json_t *body,
                      uint8_t name[SCN_NAME_MAX], struct control_host *host_out,
                      struct control_answer *answer)
{
    if (!control_name_read("host", control_body_text(body, "host"), name,
                           answer)) {
        return false;
    }
    *host_out = (struct control_host){
        .instance = control_owner_of(desk->lab, name, answer),
        .name = name,
    };
    return host_out->instance != NULL;
}

static bool read_body(const struct control_request *request,
                      const struct control_field *fields, size_t count,
                      json_t **body_out, struct control_answer *answer)
{
    const struct control_form form = { fields, count, CONTROL_OTHERS_IGNORED };

    return control_body_read(request, &form, body_out, answer);
}

static void answer_status(struct control_answer *answer, enum sim_status st)
{
    control_answer_empty(answer, st == SIM_OK ? 200 : 500);
}

static const struct control_field only_host[] = { { "host", CONTROL_TEXT,
                                                    true } };

/* --- failures --- */

static void set_failing(struct control_desk *desk,
                        const struct control_request *request, bool failing,
                        struct control_answer *answer)
{
    uint8_t name[SCN_NAME_MAX];
    struct control_host host;
    json_t *body = NULL;

    if (!read_body(request, only_host, 1, &body, answer)) {
        return;
    }
    if (read_host(desk, body, name, &host, answer)) {
        answer_status(answer,
                      sim_instance_set_failing(host.instance, name, failing));
    }
    json_decref(body);
}

void control_set_servfail(struct control_desk *desk,
                          const struct control_request *request,
                          struct control_answer *answer)
{
    set_failing(desk, request, true, answer);
}

void control_clear_servfail(struct control_desk *desk,
                            const struct control_request *request,
                            struct control_answer *answer)
{
    set_failing(desk, request, false, answer);
}

/* --- default addresses --- */

/* text: an address, or "" for none. */
static void set_address(struct control_desk *desk, const char *text, int family,
                        struct control_answer *answer)
{
    struct sim_instance *instance = control_owner_of_all(desk->lab);
    uint8_t address[16];

    if (text[0] != '\0' && inet_pton(family, text, address) != 1) {
        (void)control_problem(answer, 400,
                              "ip is '%s': an IPv%d address is wanted, or \"\" "
                              "for none",
                              text, family == AF_INET ? 4 : 6);
        return;
    }
    if (instance == NULL) {
        (void)control_problem(answer, 409,
                              "no scenario has every name: serve one with "
                              "'universe: private'");
        return;
    }
    answer_status(answer,
                  control_mocks_set_default(
                      desk->mocks, instance,
                      family == AF_INET ? CONTROL_SET_A : CONTROL_SET_AAAA,
                      text[0] != '\0' ? address : NULL));
}

static void set_default(struct control_desk *desk,
                        const struct control_request *request, int family,
                        struct control_answer *answer)
{
    static const struct control_field field = { "ip", CONTROL_TEXT, true };
    json_t *body = NULL;

    if (read_body(request, &field, 1, &body, answer)) {
        set_address(desk, control_body_text(body, "ip"), family, answer);
        json_decref(body);
    }
}

void control_set_default_ipv4(struct control_desk *desk,
                              const struct control_request *request,
                              struct control_answer *answer)
{
    set_default(desk, request, AF_INET, answer);
}

void control_set_default_ipv6(struct control_desk *desk,
                              const struct control_request *request,
                              struct control_answer *answer)
{
    set_default(desk, request, AF_INET6, answer);
}

/* --- history --- */

/* As challtestsrv has it: the question, with a last dot. */
static json_t *event_json(const struct sim_exchange *x)
{
    char name[SCN_NAME_TEXT_MAX + 1];

    scn_name_to_text(x->name, name);
    if (x->name[0] != 0) {
        (void)strncat(name, ".", 2);
    }
    return json_pack("{s:{s:s, s:i, s:i}}", "Question", "Name", name, "Qtype",
                     (int)x->type, "Qclass", (int)x->class);
}

static json_t *history_json(const struct control_host *host, uint64_t hidden)
{
    const struct sim_journal *journal = sim_instance_journal(host->instance);
    json_t *list = json_array();

    for (size_t i = sim_journal_window(journal); i < sim_journal_count(journal);
         i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        if (x->number > hidden && scn_name_equal(x->name, host->name)) {
            (void)json_array_append_new(list, event_json(x));
        }
    }
    return list;
}

void control_get_history(struct control_desk *desk,
                         const struct control_request *request,
                         struct control_answer *answer)
{
    uint8_t name[SCN_NAME_MAX];
    struct control_host host;
    json_t *body = NULL;

    if (!read_body(request, only_host, 1, &body, answer)) {
        return;
    }
    if (read_host(desk, body, name, &host, answer)) {
        control_answer_json(
            answer, 200,
            history_json(&host, control_mocks_hidden(desk->mocks, &host)));
    }
    json_decref(body);
}

/* Nothing is kept of what is not DNS. */
static bool is_other_history(const char *type)
{
    return strcmp(type, "http") == 0 || strcmp(type, "tlsalpn") == 0;
}

static void hide_history(struct control_desk *desk,
                         const struct control_host *host,
                         struct control_answer *answer)
{
    const struct sim_journal *journal = sim_instance_journal(host->instance);
    const size_t count = sim_journal_count(journal);
    enum sim_status st = SIM_OK;

    if (count > sim_journal_first(journal)) {
        st = control_mocks_hide(desk->mocks, host,
                                sim_journal_at(journal, count - 1)->number);
    }
    answer_status(answer, st);
}

void control_clear_history(struct control_desk *desk,
                           const struct control_request *request,
                           struct control_answer *answer)
{
    static const struct control_field fields[] = {
        { "host", CONTROL_TEXT, true },
        { "type", CONTROL_TEXT, true },
    };
    uint8_t name[SCN_NAME_MAX];
    struct control_host host;
    json_t *body = NULL;

    if (!read_body(request, fields, 2, &body, answer)) {
        return;
    }
    const char *type = control_body_text(body, "type");
    if (!is_other_history(type) && strcmp(type, "dns") != 0) {
        (void)control_problem(
            answer, 400, "type is '%s': dns, http or tlsalpn is wanted", type);
    } else if (read_host(desk, body, name, &host, answer)) {
        if (is_other_history(type)) {
            answer_status(answer, SIM_OK);
        } else {
            hide_history(desk, &host, answer);
        }
    }
    json_decref(body);
}
