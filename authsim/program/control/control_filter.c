/* SPDX-License-Identifier: BSD-2-Clause */
/* control_filter.c - all that is given must match. */
#include "control_filter.h"

#include "control_body.h"

#include <scenario/records.h>

#include <string.h>

static bool read_transport(const char *text, enum scn_transport *transport_out,
                           struct control_answer *answer)
{
    if (strcmp(text, "udp") == 0) {
        *transport_out = SCN_UDP;
        return true;
    }
    if (strcmp(text, "tcp") == 0) {
        *transport_out = SCN_TCP;
        return true;
    }
    return control_problem(answer, 400,
                           "transport is '%s': udp or tcp is wanted", text);
}

bool control_filter_read(const struct control_filter_text *text,
                         struct control_filter *filter_out,
                         struct control_answer *answer)
{
    struct control_filter *filter = filter_out;

    *filter = (struct control_filter){ .scenario = text->scenario,
                                       .server = text->server,
                                       .has_name = text->name != NULL,
                                       .transport = SCN_ANY_TRANSPORT,
                                       .after = text->after };
    if (text->name != NULL &&
        !control_name_read("name", text->name, filter->name, answer)) {
        return false;
    }
    if (text->type != NULL &&
        !scn_rrtype_from_text(text->type, &filter->type)) {
        return control_problem(answer, 400,
                               "type is '%s', which is no RR type: capitals, "
                               "or TYPEnnn",
                               text->type);
    }
    return text->transport == NULL ||
           read_transport(text->transport, &filter->transport, answer);
}

bool control_filter_takes(const struct control_filter *filter,
                          const struct sim_exchange *x)
{
    if (x->number <= filter->after) {
        return false;
    }
    if (filter->type != 0 && filter->type != x->type) {
        return false;
    }
    if (filter->transport != SCN_ANY_TRANSPORT &&
        filter->transport != x->transport) {
        return false;
    }
    if (filter->has_name &&
        (x->name == NULL || !scn_name_equal(filter->name, x->name))) {
        return false;
    }
    return filter->server == NULL ||
           (x->server != NULL && strcmp(filter->server, x->server) == 0);
}

bool control_lab_selects(const struct lab *lab, size_t index,
                         const char *scenario)
{
    const struct scn_instance *model = lab->models[index];

    return scenario == NULL || strcmp(model->id, scenario) == 0 ||
           strcmp(model->key, scenario) == 0;
}

bool control_lab_has(const struct lab *lab, const char *scenario,
                     struct control_answer *answer)
{
    for (size_t i = 0; i < lab->count; i++) {
        if (control_lab_selects(lab, i, scenario)) {
            return true;
        }
    }
    return control_problem(answer, 404,
                           "there is no scenario '%s': GET /scenarios lists "
                           "those there are",
                           scenario);
}

bool control_lab_choose(const struct lab *lab,
                        const struct control_request *request,
                        struct control_query *query_out,
                        const char **scenario_out,
                        struct control_answer *answer)
{
    static const char *const known[] = { "scenario", NULL };

    if (!control_query_read(request, known, query_out, answer)) {
        return false;
    }
    *scenario_out = control_query_get(query_out, "scenario");
    return *scenario_out == NULL || control_lab_has(lab, *scenario_out, answer);
}
