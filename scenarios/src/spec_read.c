/* SPDX-License-Identifier: BSD-2-Clause */
/* spec_read.c - one strict reading for every mapping of the format. */
#include "spec_read.h"

#include "spec_value.h"

#include <string.h>

static enum scn_status fail_unknown(const struct scn_spec_reader *r,
                                    const struct scn_key_table *table,
                                    const struct scn_yaml *key)
{
    char known[400];
    const char *nearest = scn_nearest(key->text, scn_key_at, table);

    if (nearest != NULL) {
        return scn_fail(r->error, r->file, key->at,
                        "unknown key '%.64s' in %s: did you mean '%s'?",
                        key->text, table->what, nearest);
    }
    scn_spec_join(known, sizeof(known), scn_key_at, table);
    return scn_fail(r->error, r->file, key->at,
                    "unknown key '%.64s' in %s: known are %s", key->text,
                    table->what, known);
}

static enum scn_status read_map(const struct scn_spec_reader *r,
                                const struct scn_key *key,
                                const struct scn_yaml *node, void *field)
{
    enum scn_status status = scn_spec_need_kind(r, key, node, SCN_YAML_MAP);

    if (status != SCN_OK) {
        return status;
    }
    void *spec = scn_alloc(r->arena, key->table->size);
    if (spec == NULL) {
        return SCN_ENOMEM;
    }
    memcpy(field, &spec, sizeof(spec));
    return scn_spec_read(r, key->table, node, spec);
}

enum scn_status scn_spec_read_list(const struct scn_spec_reader *r,
                                   const struct scn_key_table *table,
                                   const struct scn_yaml *node, const char *key,
                                   struct scn_spec_list *list_out)
{
    const struct scn_key as_key = { .name = key };
    enum scn_status status =
        scn_spec_need_kind(r, &as_key, node, SCN_YAML_LIST);

    if (status != SCN_OK) {
        return status;
    }
    char *items = scn_alloc_array(r->arena, node->count, table->size);
    if (items == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct scn_yaml *item = &node->items[i];
        if (item->kind != SCN_YAML_MAP) {
            return scn_fail(r->error, r->file, item->at,
                            "%s is a mapping: key: value", table->what);
        }
        status = scn_spec_read(r, table, item, items + i * table->size);
        if (status != SCN_OK) {
            return status;
        }
    }
    list_out->items = items;
    list_out->count = node->count;
    return SCN_OK;
}

static enum scn_status read_value(const struct scn_spec_reader *r,
                                  const struct scn_key *key,
                                  const struct scn_yaml *node, char *field)
{
    struct scn_spec_list list = { 0 };
    enum scn_status status = SCN_OK;
    long number = 0;

    switch (key->kind) {
    case SCN_KEY_MAP:
        return read_map(r, key, node, field);
    case SCN_KEY_MAPS:
        status = scn_spec_read_list(r, key->table, node, key->name, &list);
        memcpy(field, &list, sizeof(list));
        return status;
    case SCN_KEY_NUMBER:
    case SCN_KEY_DATE:
    case SCN_KEY_WORD:
    case SCN_KEY_WORDS:
    case SCN_KEY_PROFILES:
    case SCN_KEY_TYPE:
        status = scn_spec_read_long(r, key, node, &number);
        memcpy(field, &number, sizeof(number));
        return status;
    case SCN_KEY_IDS:
    case SCN_KEY_DEVIATIONS:
    case SCN_KEY_LINES:
    case SCN_KEY_REQUIREMENTS:
    case SCN_KEY_NAMES:
    case SCN_KEY_NUMBERS:
    case SCN_KEY_RDATA_LIST:
    case SCN_KEY_RRSET_LIST:
        status = scn_spec_check_list(r, key, node);
        break;
    case SCN_KEY_LINE:
    case SCN_KEY_PROSE:
    case SCN_KEY_ID:
    case SCN_KEY_DEVIATION:
    case SCN_KEY_ADDRESS:
    case SCN_KEY_NAME:
    case SCN_KEY_HEX:
    case SCN_KEY_REQUIREMENT:
    case SCN_KEY_ZONE_TEXT:
        status = scn_spec_check_scalar(r, key, node);
        break;
    }
    memcpy(field, &node, sizeof(const struct scn_yaml *));
    return status;
}

/* The fields of keys that are not there. */
static enum scn_status fill_missing(const struct scn_spec_reader *r,
                                    const struct scn_key_table *table,
                                    const struct scn_yaml *node, char *spec)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct scn_key *key = &table->keys[i];
        if (key->missing != 0) {
            memcpy(spec + key->offset, &key->missing, sizeof(key->missing));
        }
        if (key->required && scn_yaml_find(node, key->name) == NULL) {
            return scn_fail(r->error, r->file, node->at,
                            "%s needs the key '%s': %s", table->what, key->name,
                            key->help);
        }
    }
    return SCN_OK;
}

static enum scn_status check_shape(const struct scn_spec_reader *r,
                                   const struct scn_key_table *table,
                                   const struct scn_yaml *node)
{
    if (node->count == 0 && table->shape != SCN_ANY_KEYS) {
        return scn_fail(r->error, r->file, node->at,
                        "%s is empty: it needs a key", table->what);
    }
    if (node->count > 1 && table->shape == SCN_ONE_KEY) {
        return scn_fail(r->error, r->file, node->items[2].at,
                        "%s has one key: write '%s' as an entry of its own",
                        table->what, node->items[2].text);
    }
    return SCN_OK;
}

static const struct scn_key *find_key(const struct scn_key_table *table,
                                      const char *name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->keys[i].name, name) == 0) {
            return &table->keys[i];
        }
    }
    return NULL;
}

/* Every key is known, and there are as many as the table's shape wants. */
static enum scn_status check_keys(const struct scn_spec_reader *r,
                                  const struct scn_key_table *table,
                                  const struct scn_yaml *node)
{
    for (size_t i = 0; i < node->count; i++) {
        const struct scn_yaml *name = &node->items[2 * i];
        if (find_key(table, name->text) == NULL) {
            return fail_unknown(r, table, name);
        }
    }
    return check_shape(r, table, node);
}

enum scn_status scn_spec_read(const struct scn_spec_reader *r,
                              const struct scn_key_table *table,
                              const struct scn_yaml *node, void *spec)
{
    char *base = spec;
    enum scn_status status = check_keys(r, table, node);

    memcpy(base, &node, sizeof(const struct scn_yaml *));
    if (status == SCN_OK) {
        status = fill_missing(r, table, node, base);
    }
    for (size_t i = 0; status == SCN_OK && i < node->count; i++) {
        const struct scn_key *key = find_key(table, node->items[2 * i].text);
        if (key == NULL) {
            return SCN_EINPUT; /* check_keys() has told */
        }
        if (table->shape == SCN_ONE_KEY) {
            memcpy(base + sizeof(const struct scn_yaml *), &key->choice,
                   sizeof(key->choice));
        }
        status =
            read_value(r, key, &node->items[2 * i + 1], base + key->offset);
    }
    return status;
}
