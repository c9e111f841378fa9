/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_hosts.c - the other verbs of pebble-challtestsrv: failures, default
 * addresses, the history of requests.
 */
#include "control_owner.h"
#include "control_verb.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* --- failures --- */

static void set_failing(struct control_desk *desk,
                        const struct control_request *request, bool failing,
                        struct control_answer *answer)
{
    struct control_verb verb;

    if (control_verb_init(&verb, desk, request, NULL, answer)) {
        control_verb_answer(
            answer,
            sim_instance_set_failing(verb.host.instance, verb.name, failing));
    }
    control_verb_fini(&verb);
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
    control_verb_answer(
        answer, control_mocks_set_default(desk->mocks, instance,
                                          family == AF_INET ? CONTROL_SET_A
                                                            : CONTROL_SET_AAAA,
                                          text[0] != '\0' ? address : NULL));
}

static void set_default(struct control_desk *desk,
                        const struct control_request *request, int family,
                        struct control_answer *answer)
{
    static const struct control_field field = { "ip", CONTROL_TEXT, true };
    static const struct control_form form = { &field, 1,
                                              CONTROL_OTHERS_IGNORED };
    json_t *body = NULL;

    if (control_body_read(request, &form, &body, answer)) {
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
    struct control_verb verb;

    if (control_verb_init(&verb, desk, request, NULL, answer)) {
        control_answer_json(
            answer, 200,
            history_json(&verb.host,
                         control_mocks_hidden(desk->mocks, &verb.host)));
    }
    control_verb_fini(&verb);
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
    control_verb_answer(answer, st);
}

void control_clear_history(struct control_desk *desk,
                           const struct control_request *request,
                           struct control_answer *answer)
{
    static const struct control_field field = { "type", CONTROL_TEXT, true };
    struct control_verb verb;

    if (control_verb_init(&verb, desk, request, &field, answer)) {
        const char *type = control_body_text(verb.body, "type");
        if (strcmp(type, "dns") == 0) {
            hide_history(desk, &verb.host, answer);
        } else if (is_other_history(type)) {
            control_verb_answer(answer, SIM_OK);
        } else {
            (void)control_problem(answer, 400,
                                  "type is '%s': dns, http or tlsalpn is "
                                  "wanted",
                                  type);
        }
    }
    control_verb_fini(&verb);
}
