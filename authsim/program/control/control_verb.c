/* SPDX-License-Identifier: BSD-2-Clause */
/* control_verb.c - the host, and whose it is. */
#include "control_verb.h"

#include "control_owner.h"

bool control_verb_init(struct control_verb *verb,
                       const struct control_desk *desk,
                       const struct control_request *request,
                       const struct control_field *field,
                       struct control_answer *answer)
{
    struct control_field fields[2] = { { "host", CONTROL_TEXT, true } };
    const struct control_form form = { fields, field != NULL ? 2 : 1,
                                       CONTROL_OTHERS_IGNORED };

    *verb = (struct control_verb){ .body = NULL };
    if (field != NULL) {
        fields[1] = *field;
    }
    if (!control_body_read(request, &form, &verb->body, answer) ||
        !control_name_read("host", control_body_text(verb->body, "host"),
                           verb->name, answer)) {
        return false;
    }
    verb->host.name = verb->name;
    verb->host.instance = control_owner_of(desk->lab, verb->name, answer);
    return verb->host.instance != NULL;
}

void control_verb_fini(struct control_verb *verb)
{
    json_decref(verb->body);
}

void control_verb_answer(struct control_answer *answer, enum sim_status st)
{
    control_answer_empty(answer, st == SIM_OK ? 200 : 500);
}
