/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schema.c - the JSON Schema of a scenario file, from the key tables.
 *
 * For editors: completion, and most of what the loader refuses. Draft 7, which
 * editors know best.
 */
#include "keys.h"

#include <scenario/catalogue.h>

#include <jansson.h>
#include <string.h>

static const char id_pattern[] = "^[a-z](-?[a-z0-9])*$";
static const char deviation_pattern[] = "^[A-Z][1-9][0-9]{0,2}$";
static const char requirement_pattern[] = "^R[0-9]{3}$";

struct writer {
    json_t *definitions; /* table id to schema */
    bool ok;             /* false: out of memory */
};

static json_t *made(struct writer *w, json_t *value)
{
    w->ok = w->ok && value != NULL;
    return value;
}

/* Consumes value. */
static void put(struct writer *w, json_t *object, const char *key,
                json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) {
        w->ok = false;
    }
}

/* Consumes value. */
static void append(struct writer *w, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0) {
        w->ok = false;
    }
}

static json_t *of_type(struct writer *w, const char *type)
{
    json_t *schema = made(w, json_object());

    put(w, schema, "type", json_string(type));
    return schema;
}

static json_t *matching(struct writer *w, const char *pattern)
{
    json_t *schema = of_type(w, "string");

    put(w, schema, "pattern", json_string(pattern));
    return schema;
}

static json_t *some_text(struct writer *w, const struct scn_key *key)
{
    json_t *schema = of_type(w, "string");

    if (!key->may_be_empty) {
        put(w, schema, "minLength", json_integer(1));
    }
    return schema;
}

static json_t *number(struct writer *w, const struct scn_key *key)
{
    json_t *schema = of_type(w, "integer");

    put(w, schema, "minimum", json_integer(key->min));
    put(w, schema, "maximum", json_integer(key->max));
    return schema;
}

static json_t *one_word(struct writer *w, const struct scn_word *words)
{
    json_t *schema = made(w, json_object());
    json_t *list = made(w, json_array());

    for (; words->text != NULL; words++) {
        append(w, list, json_string(words->text));
    }
    put(w, schema, "enum", list);
    return schema;
}

/* Consumes item. */
static json_t *list_of(struct writer *w, json_t *item)
{
    json_t *schema = of_type(w, "array");

    put(w, schema, "items", item);
    put(w, schema, "minItems", json_integer(1));
    return schema;
}

/* Consumes item. */
static json_t *set_of(struct writer *w, json_t *item)
{
    json_t *schema = list_of(w, item);

    put(w, schema, "uniqueItems", json_true());
    return schema;
}

static json_t *rr_type(struct writer *w, const struct scn_key *key)
{
    json_t *schema = made(w, json_object());
    json_t *any = made(w, json_array());

    append(w, any, matching(w, "^[A-Z][A-Z0-9-]*$"));
    if (key->words != NULL) {
        append(w, any, one_word(w, key->words));
    }
    put(w, schema, "anyOf", any);
    return schema;
}

/* Digits alone are a number to other readers of YAML. */
static json_t *hexadecimal(struct writer *w)
{
    json_t *schema = matching(w, "^([0-9A-Fa-f]{2})+$");
    json_t *types = made(w, json_array());

    append(w, types, json_string("string"));
    append(w, types, json_string("integer"));
    put(w, schema, "type", types);
    return schema;
}

static json_t *reference(struct writer *w, const struct scn_key_table *table);

static json_t *value_schema(struct writer *w, const struct scn_key *key)
{
    switch (key->kind) {
    case SCN_KEY_LINE:
    case SCN_KEY_PROSE:
    case SCN_KEY_NAME:
    case SCN_KEY_ZONE_TEXT:
        return some_text(w, key);
    case SCN_KEY_ID:
        return matching(w, id_pattern);
    case SCN_KEY_ADDRESS:
        return matching(w, "^[a-z0-9-]+(/[a-z0-9-]+)?$");
    case SCN_KEY_HEX:
        return hexadecimal(w);
    case SCN_KEY_NUMBER:
        return number(w, key);
    case SCN_KEY_DATE:
        return matching(w, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    case SCN_KEY_WORD:
        return one_word(w, key->words);
    case SCN_KEY_WORDS:
    case SCN_KEY_PROFILES:
        return set_of(w, one_word(w, key->words));
    case SCN_KEY_TYPE:
        return rr_type(w, key);
    case SCN_KEY_IDS:
        return set_of(w, matching(w, id_pattern));
    case SCN_KEY_DEVIATION:
        return matching(w, deviation_pattern);
    case SCN_KEY_DEVIATIONS:
        return set_of(w, matching(w, deviation_pattern));
    case SCN_KEY_REQUIREMENT:
        return matching(w, requirement_pattern);
    case SCN_KEY_REQUIREMENTS:
        return set_of(w, matching(w, requirement_pattern));
    case SCN_KEY_LINES:
    case SCN_KEY_NAMES:
    case SCN_KEY_RDATA_LIST:
    case SCN_KEY_RRSET_LIST:
        return list_of(w, some_text(w, key));
    case SCN_KEY_NUMBERS:
        return list_of(w, number(w, key));
    case SCN_KEY_MAP:
        return reference(w, key->table);
    case SCN_KEY_MAPS:
        return list_of(w, reference(w, key->table));
    }
    return NULL;
}

static json_t *key_schema(struct writer *w, const struct scn_key *key)
{
    json_t *schema = value_schema(w, key);

    put(w, schema, "description", json_string(key->help));
    return schema;
}

static json_t *table_schema(struct writer *w, const struct scn_key_table *table)
{
    json_t *schema = of_type(w, "object");
    json_t *properties = made(w, json_object());
    json_t *required = made(w, json_array());

    for (size_t i = 0; i < table->count; i++) {
        const struct scn_key *key = &table->keys[i];
        put(w, properties, key->name, key_schema(w, key));
        if (key->required) {
            append(w, required, json_string(key->name));
        }
    }
    put(w, schema, "additionalProperties", json_false());
    put(w, schema, "properties", properties);
    if (json_array_size(required) > 0) {
        put(w, schema, "required", required);
    } else {
        json_decref(required);
    }
    if (table->shape != SCN_ANY_KEYS) {
        put(w, schema, "minProperties", json_integer(1));
    }
    if (table->shape == SCN_ONE_KEY) {
        put(w, schema, "maxProperties", json_integer(1));
    }
    return schema;
}

/* A reference to the table's definition, which is made when first needed. */
static json_t *reference(struct writer *w, const struct scn_key_table *table)
{
    char target[64] = "#/definitions/";
    json_t *schema = made(w, json_object());
    json_t *list = made(w, json_array());
    json_t *link = made(w, json_object());

    if (json_object_get(w->definitions, table->id) == NULL) {
        put(w, w->definitions, table->id, json_object()); /* ends recursion */
        put(w, w->definitions, table->id, table_schema(w, table));
    }
    strncat(target, table->id, sizeof(target) - strlen(target) - 1);
    put(w, link, "$ref", json_string(target));
    /* allOf, because draft 7 ignores what stands beside a $ref */
    append(w, list, link);
    put(w, schema, "allOf", list);
    return schema;
}

static json_t *needs(struct writer *w, const char *key)
{
    json_t *schema = made(w, json_object());
    json_t *list = made(w, json_array());

    append(w, list, json_string(key));
    put(w, schema, "required", list);
    return schema;
}

char *scn_schema_text(void)
{
    struct writer w = { .ok = true };
    char *text = NULL;

    w.definitions = made(&w, json_object());
    json_t *schema = table_schema(&w, &scn_keys_scenario);
    json_t *either = made(&w, json_array());
    append(&w, either, needs(&w, "checks"));
    append(&w, either, needs(&w, "steps"));
    put(&w, schema, "$schema",
        json_string("http://json-schema.org/draft-07/schema#"));
    put(&w, schema, "title", json_string("A scenario of the CAA lab"));
    put(&w, schema, "oneOf", either);
    put(&w, schema, "definitions", w.definitions);
    if (w.ok) {
        text = json_dumps(schema, JSON_INDENT(2) | JSON_SORT_KEYS);
    }
    json_decref(schema);
    return text;
}
