/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * result_json.c - results as JSON, for the channel; both directions follow one
 * table of the strings and one of the arrays.
 */
#include "result.h"
#include "text.h"

#include <string.h>

struct field {
    const char *key;
    size_t offset;
    bool required;
};

static const struct field strings[] = {
    { "scenario", offsetof(struct cfm_result, scenario), true },
    { "check", offsetof(struct cfm_result, check), false },
    { "address", offsetof(struct cfm_result, address), true },
    { "title", offsetof(struct cfm_result, title), true },
    { "verdict", offsetof(struct cfm_result, verdict), false },
    { "expected", offsetof(struct cfm_result, expected), true },
    { "row", offsetof(struct cfm_result, row), true },
    { "because", offsetof(struct cfm_result, because), false },
    { "reason", offsetof(struct cfm_result, reason), false },
    { "explanation", offsetof(struct cfm_result, explanation), true },
    { "output", offsetof(struct cfm_result, output), false },
};

static const struct field arrays[] = {
    { "sources", offsetof(struct cfm_result, sources), true },
    { "evidence", offsetof(struct cfm_result, evidence), true },
    { "grounds", offsetof(struct cfm_result, grounds), false },
    { "story", offsetof(struct cfm_result, story), false },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void *at(const struct cfm_result *result, const struct field *field)
{
    /* Only cfm_result_from_json() writes through it, to its own result. */
    return (void *)((uintptr_t)result + field->offset);
}

json_t *cfm_result_to_json(const struct cfm_result *result)
{
    json_t *object =
        json_pack("{s:s,s:f}", "outcome", cfm_outcome_text(result->outcome),
                  "duration_ms", result->duration_ms);
    int rc = object == NULL ? -1 : 0;

    for (size_t i = 0; i < COUNT(strings) && rc == 0; i++) {
        const char *text = *(char **)at(result, &strings[i]);
        rc = text == NULL ? 0
                          : json_object_set_new(object, strings[i].key,
                                                json_string(text));
    }
    for (size_t i = 0; i < COUNT(arrays) && rc == 0; i++) {
        json_t *array = *(json_t **)at(result, &arrays[i]);
        rc = array == NULL ? 0 : json_object_set(object, arrays[i].key, array);
    }
    if (rc != 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static int outcome_from_text(const char *text, enum cfm_outcome *outcome_out)
{
    for (int i = 0; text != NULL && i < CFM_OUTCOME_COUNT; i++) {
        if (strcmp(text, cfm_outcome_text((enum cfm_outcome)i)) == 0) {
            *outcome_out = (enum cfm_outcome)i;
            return 0;
        }
    }
    return -1;
}

static int read_string(const json_t *object, const struct field *field,
                       struct cfm_result *result)
{
    const json_t *value = json_object_get(object, field->key);
    char **text = at(result, field);

    if (value == NULL) {
        return field->required ? -1 : 0;
    }
    *text = cfm_text_copy(json_string_value(value));
    return *text == NULL ? -1 : 0;
}

static int read_array(const json_t *object, const struct field *field,
                      struct cfm_result *result)
{
    json_t *value = json_object_get(object, field->key);
    json_t **array = at(result, field);

    if (value == NULL) {
        return field->required ? -1 : 0;
    }
    if (!json_is_array(value)) {
        return -1;
    }
    *array = json_incref(value);
    return 0;
}

int cfm_result_from_json(const json_t *object, struct cfm_result *result_out)
{
    struct cfm_result result = { 0 };
    int rc = outcome_from_text(
        json_string_value(json_object_get(object, "outcome")), &result.outcome);

    for (size_t i = 0; i < COUNT(strings) && rc == 0; i++) {
        rc = read_string(object, &strings[i], &result);
    }
    for (size_t i = 0; i < COUNT(arrays) && rc == 0; i++) {
        rc = read_array(object, &arrays[i], &result);
    }
    if (rc != 0) {
        cfm_result_fini(&result);
        return -1;
    }
    result.duration_ms =
        json_number_value(json_object_get(object, "duration_ms"));
    *result_out = result;
    return 0;
}
