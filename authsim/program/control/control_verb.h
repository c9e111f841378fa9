/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_verb.h - what the verbs of pebble-challtestsrv have in common: a body
 * that names a host.
 *
 * Bodies are those of its management interface. As there, keys are taken in
 * any case, those it does not know are passed over, and what changed is
 * answered by nothing but a status.
 */
#pragma once

#include "control_body.h"
#include "control_desk.h"

#include <scenario/name.h>

struct control_verb {
    json_t *body; /* [owned] */
    uint8_t name[SCN_NAME_MAX];
    struct control_host host; /* its name is that above */
};

/* Reads "host" and one field more; NULL: there is no other. False: the answer
 * says what is wrong; fini is due either way. */
bool control_verb_init(struct control_verb *verb,
                       const struct control_desk *desk,
                       const struct control_request *request,
                       const struct control_field *field,
                       struct control_answer *answer);
void control_verb_fini(struct control_verb *verb);

void control_verb_answer(struct control_answer *answer, enum sim_status st);
