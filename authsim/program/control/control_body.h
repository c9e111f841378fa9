/* SPDX-License-Identifier: BSD-2-Clause */
/* control_body.h - the JSON object in the body of a request. */
#pragma once

#include "control_answer.h"

#include <stdint.h>

enum control_kind { CONTROL_TEXT, CONTROL_NUMBER, CONTROL_FLAG, CONTROL_LIST };

struct control_field {
    const char *name;
    enum control_kind kind; /* a number is an integer from 0 on */
    bool required;
};

/* Keys that no field has: refused, or passed over as challtestsrv does, which
 * takes "Host" for "host", too. */
enum control_others { CONTROL_OTHERS_REFUSED, CONTROL_OTHERS_IGNORED };

struct control_form {
    const struct control_field *fields;
    size_t count;
    enum control_others others;
};

/*
 * Reads the body and holds it against the form.
 *   object_out  [owned] written only when true is returned; json_decref()
 * False: the answer says what is wrong.
 */
bool control_body_read(const struct control_request *request,
                       const struct control_form *form, json_t **object_out,
                       struct control_answer *answer);

/* Gives a field that is not there the value of a key that differs from it in
 * case alone. */
void control_body_fold(json_t *object, const char *field);

/* The text of a field that the form has; NULL when it was not given. */
const char *control_body_text(const json_t *object, const char *field);

/* A domain name, lower-case, with or without its last dot. `what` names it in
 * the answer; name_out has SCN_NAME_MAX octets. */
bool control_name_read(const char *what, const char *text, uint8_t *name_out,
                       struct control_answer *answer);
