/* SPDX-License-Identifier: BSD-2-Clause */
/* told.c - reads the JSON line of an implementation. */
#include "told.h"

#include <scenario/catalogue.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *either_key(const json_t *object, const char *key,
                          const char *other_key)
{
    json_t *value = json_object_get(object, key);
    return value != NULL ? value : json_object_get(object, other_key);
}

static void read_reason(const json_t *object, struct cfm_told *told)
{
    const char *text = json_string_value(json_object_get(object, "reason"));
    enum scn_reason reason = SCN_REASON_NONE;
    if (text != NULL && scn_reason_from_text(text, &reason)) {
        told->reason = reason;
    }
}

static void read_found_at(const json_t *object, struct cfm_told *told)
{
    const char *text =
        json_string_value(either_key(object, "found-at", "found_at"));
    if (text != NULL && *text != '\0') {
        told->found_at = strdup(text);
    }
}

static void read_refused_names(const json_t *object, struct cfm_told *told)
{
    const json_t *list = either_key(object, "refused-names", "refused_names");
    size_t count = json_array_size(list);
    if (count == 0) {
        return;
    }
    told->refused_names = calloc(count, sizeof *told->refused_names);
    if (told->refused_names == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(list, i));
        char *copy = name == NULL ? NULL : strdup(name);
        if (copy != NULL) {
            told->refused_names[told->refused_name_count++] = copy;
        }
    }
}

void cfm_told_read(const char *line, size_t len, struct cfm_told *told_out)
{
    struct cfm_told told = { .reason = SCN_REASON_NONE };
    json_t *object = len == 0 ? NULL : json_loadb(line, len, 0, NULL);
    if (json_is_object(object)) {
        read_reason(object, &told);
        read_found_at(object, &told);
        read_refused_names(object, &told);
    }
    json_decref(object);
    *told_out = told;
}

void cfm_told_fini(struct cfm_told *told)
{
    free(told->found_at);
    for (size_t i = 0; i < told->refused_name_count; i++) {
        free(told->refused_names[i]);
    }
    free(told->refused_names);
    *told = (struct cfm_told){ .reason = SCN_REASON_NONE };
}
