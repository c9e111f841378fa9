/* SPDX-License-Identifier: BSD-2-Clause */
/* control_body.c - strict where the interface is our own. */
#include "control_body.h"

#include <scenario/name.h>

#include <string.h>
#include <strings.h>

static const char *kind_text(enum control_kind kind)
{
    switch (kind) {
    case CONTROL_TEXT:
        return "a string";
    case CONTROL_NUMBER:
        return "an integer from 0 on";
    case CONTROL_FLAG:
        return "true or false";
    case CONTROL_LIST:
        return "an array";
    }
    return ""; /* LCOV_EXCL_LINE: DefensiveCoding */
}

static bool is_of_kind(const json_t *value, enum control_kind kind)
{
    switch (kind) {
    case CONTROL_TEXT:
        return json_is_string(value);
    case CONTROL_NUMBER:
        return json_is_integer(value) && json_integer_value(value) >= 0;
    case CONTROL_FLAG:
        return json_is_boolean(value);
    case CONTROL_LIST:
        return json_is_array(value);
    }
    return false; /* LCOV_EXCL_LINE: DefensiveCoding */
}

static bool check_fields(const json_t *object, const struct control_form *form,
                         struct control_answer *answer)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct control_field *field = &form->fields[i];
        const json_t *value = json_object_get(object, field->name);
        if (value == NULL ? field->required : !is_of_kind(value, field->kind)) {
            return control_problem(answer, 400, "the body wants '%s': %s",
                                   field->name, kind_text(field->kind));
        }
    }
    return true;
}

static bool check_others(json_t *object, const struct control_form *form,
                         struct control_answer *answer)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(object, key, value)
    {
        size_t i = 0;
        while (i < form->count && strcmp(form->fields[i].name, key) != 0) {
            i++;
        }
        if (i == form->count) {
            return control_problem(answer, 400,
                                   "the body holds '%s', which this path does "
                                   "not know: see /openapi.json",
                                   key);
        }
    }
    return true;
}

void control_body_fold(json_t *object, const char *field)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_t *found = json_object_get(object, field);

    json_object_foreach(object, key, value)
    {
        if (found == NULL && strcasecmp(key, field) == 0) {
            found = value;
        }
    }
    if (found != NULL) {
        (void)json_object_set(object, field, found);
    }
}

bool control_body_read(const struct control_request *request,
                       const struct control_form *form, json_t **object_out,
                       struct control_answer *answer)
{
    json_error_t error;
    json_t *object = json_loadb(request->body, request->body_len,
                                JSON_REJECT_DUPLICATES, &error);
    bool good = json_is_object(object);

    if (object == NULL) {
        return control_problem(answer, 400,
                               "the body is no JSON: line %d, column %d: %s",
                               error.line, error.column, error.text);
    }
    if (!good) {
        (void)control_problem(answer, 400, "the body is no JSON object");
    }
    for (size_t i = 0;
         form->others == CONTROL_OTHERS_IGNORED && i < form->count; i++) {
        control_body_fold(object, form->fields[i].name);
    }
    if (good) {
        good = check_fields(object, form, answer);
    }
    if (good && form->others == CONTROL_OTHERS_REFUSED) {
        good = check_others(object, form, answer);
    }
    if (!good) {
        json_decref(object);
        return false;
    }
    *object_out = object;
    return true;
}

const char *control_body_text(const json_t *object, const char *field)
{
    return json_string_value(json_object_get(object, field));
}

bool control_name_read(const char *what, const char *text, uint8_t *name_out,
                       struct control_answer *answer)
{
    if (text[0] == '\0' ||
        !scn_name_from_text(text, strlen(text), NULL, name_out)) {
        return control_problem(answer, 400,
                               "%s is '%s', which is no domain name: labels of "
                               "1 to 63 octets, at most 255 in all",
                               what, text);
    }
    scn_name_lower(name_out);
    return true;
}
