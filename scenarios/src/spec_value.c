/* SPDX-License-Identifier: BSD-2-Clause */
/* spec_value.c - strict readings of the values of keys. */
#include "spec_value.h"

#include "convert.h"

#include <scenario/catalogue.h>

#include <stdint.h>
#include <string.h>

/* Words of a list for a message: "a, b, c". */
void scn_spec_join(char *buf, size_t cap,
                   const char *(*word_at)(const void *, size_t),
                   const void *list)
{
    size_t used = 0;
    const char *word = NULL;

    buf[0] = '\0';
    for (size_t i = 0; (word = word_at(list, i)) != NULL; i++) {
        size_t need = strlen(word) + 2;
        if (used + need + 1 > cap) {
            return;
        }
        if (i > 0) {
            memcpy(buf + used, ", ", 3);
            used += 2;
        }
        memcpy(buf + used, word, need - 1);
        used += need - 2;
    }
}

static enum scn_status fail_word(const struct scn_spec_reader *r,
                                 const struct scn_key *key,
                                 const struct scn_yaml *node)
{
    char known[400];
    const char *nearest = scn_nearest(node->text, scn_word_at, key->words);

    scn_spec_join(known, sizeof(known), scn_word_at, key->words);
    if (nearest != NULL) {
        return scn_fail(r->error, r->file, node->at,
                        "'%.64s' is no word for '%s': did you mean '%s'? "
                        "Known are %s",
                        node->text, key->name, nearest, known);
    }
    return scn_fail(r->error, r->file, node->at,
                    "'%.64s' is no word for '%s': known are %s", node->text,
                    key->name, known);
}

enum scn_status scn_spec_need_kind(const struct scn_spec_reader *r,
                                   const struct scn_key *key,
                                   const struct scn_yaml *node,
                                   enum scn_yaml_kind kind)
{
    static const char *const a[] = { "one value", "a list", "a mapping" };

    if (node->kind != kind) {
        return scn_fail(r->error, r->file, node->at, "'%s' is %s, not %s",
                        key->name, a[kind], a[node->kind]);
    }
    if (kind == SCN_YAML_LIST && node->count == 0) {
        return scn_fail(r->error, r->file, node->at,
                        "'%s' is an empty list: leave the key out", key->name);
    }
    if (kind == SCN_YAML_SCALAR && node->len == 0 && !key->may_be_empty) {
        return scn_fail(r->error, r->file, node->at,
                        "'%s' has no value: leave the key out", key->name);
    }
    return SCN_OK;
}

static enum scn_status fail_value(const struct scn_spec_reader *r,
                                  const struct scn_key *key,
                                  const struct scn_yaml *node,
                                  const char *wanted)
{
    return scn_fail(r->error, r->file, node->at, "'%s' is '%.64s', not %s",
                    key->name, node->text, wanted);
}

static enum scn_status read_number(const struct scn_spec_reader *r,
                                   const struct scn_key *key,
                                   const struct scn_yaml *node, long *out)
{
    uint32_t number = 0;

    if (!scn_number_from_text(node->text, node->len, (uint32_t)key->max,
                              &number) ||
        (long)number < key->min) {
        return scn_fail(r->error, r->file, node->at,
                        "'%s' is '%.64s', not a number from %ld to %ld in "
                        "decimal digits without leading zero",
                        key->name, node->text, key->min, key->max);
    }
    *out = (long)number;
    return SCN_OK;
}

static enum scn_status read_type(const struct scn_spec_reader *r,
                                 const struct scn_key *key,
                                 const struct scn_yaml *node, long *out)
{
    uint32_t type = 0;

    if (key->words != NULL && scn_word_find(key->words, node->text, out)) {
        return SCN_OK;
    }
    if (!scn_type_from_text(node->text, &type)) {
        return fail_value(r, key, node,
                          key->words == NULL
                              ? "an RR type in capitals or TYPEnnn"
                              : "an RR type in capitals, TYPEnnn, or any");
    }
    *out = (long)type;
    return SCN_OK;
}

static bool is_address(const char *text)
{
    const char *slash = strchr(text, '/');
    size_t len = slash != NULL ? (size_t)(slash - text) : strlen(text);

    return scn_is_id(text, len) &&
           (slash == NULL || scn_is_id(slash + 1, strlen(slash + 1)));
}

static enum scn_status check_zone_text(const struct scn_spec_reader *r,
                                       const struct scn_key *key,
                                       const struct scn_yaml *node,
                                       bool literal_too)
{
    bool quoted = node->style == SCN_YAML_SINGLE && !node->several_lines;

    if (quoted || (literal_too && node->style == SCN_YAML_LITERAL)) {
        return SCN_OK;
    }
    return scn_fail(r->error, r->file, node->at,
                    "'%s' is zone text: write it %son one line in single "
                    "quotes",
                    key->name, literal_too ? "in a literal block (|) or " : "");
}

static bool is_hex(const char *text, size_t len)
{
    uint8_t octets[255];

    return len <= 2 * sizeof(octets) && scn_hex_from_text(text, len, octets);
}

#define ID_WANTED                                                              \
    "an id: small letters, digits and single hyphens, a letter first, and no " \
    "word that YAML may take for something else"

/* One scalar, alone or in a list. */
enum scn_status scn_spec_check_scalar(const struct scn_spec_reader *r,
                                      const struct scn_key *key,
                                      const struct scn_yaml *node)
{
    enum scn_status status = scn_spec_need_kind(r, key, node, SCN_YAML_SCALAR);
    long ignored = 0;

    if (status != SCN_OK) {
        return status;
    }
    switch (key->kind) {
    case SCN_KEY_ID:
    case SCN_KEY_IDS:
        return scn_is_id(node->text, node->len)
                   ? SCN_OK
                   : fail_value(r, key, node, ID_WANTED);
    case SCN_KEY_ADDRESS:
        return is_address(node->text)
                   ? SCN_OK
                   : fail_value(r, key, node, "ID or ID/CHECK");
    case SCN_KEY_DEVIATION:
    case SCN_KEY_DEVIATIONS:
        return scn_is_deviation(node->text)
                   ? SCN_OK
                   : fail_value(r, key, node, "a deviation such as A1 or B20");
    case SCN_KEY_REQUIREMENT:
    case SCN_KEY_REQUIREMENTS:
        return scn_is_requirement(node->text)
                   ? SCN_OK
                   : fail_value(r, key, node, "a requirement such as R101");
    case SCN_KEY_HEX:
        return is_hex(node->text, node->len)
                   ? SCN_OK
                   : fail_value(r, key, node, "pairs of hexadecimal digits");
    case SCN_KEY_NUMBERS:
        return read_number(r, key, node, &ignored);
    case SCN_KEY_ZONE_TEXT:
        return check_zone_text(r, key, node, true);
    case SCN_KEY_RDATA_LIST:
        return check_zone_text(r, key, node, false);
    case SCN_KEY_PROSE:
        return SCN_OK;
    case SCN_KEY_LINE:
    case SCN_KEY_LINES:
    case SCN_KEY_NAME:
    case SCN_KEY_NAMES:
    case SCN_KEY_RRSET_LIST:
    case SCN_KEY_NUMBER:
    case SCN_KEY_DATE:
    case SCN_KEY_WORD:
    case SCN_KEY_WORDS:
    case SCN_KEY_PROFILES:
    case SCN_KEY_TYPE:
    case SCN_KEY_MAP:
    case SCN_KEY_MAPS:
        break;
    }
    if (node->several_lines || strchr(node->text, '\n') != NULL) {
        return scn_fail(r->error, r->file, node->at, "'%s' is one line",
                        key->name);
    }
    return SCN_OK;
}

enum scn_status scn_spec_check_list(const struct scn_spec_reader *r,
                                    const struct scn_key *key,
                                    const struct scn_yaml *node)
{
    enum scn_status status = scn_spec_need_kind(r, key, node, SCN_YAML_LIST);

    for (size_t i = 0; status == SCN_OK && i < node->count; i++) {
        const struct scn_yaml *item = &node->items[i];
        status = item->kind == SCN_YAML_SCALAR
                     ? scn_spec_check_scalar(r, key, item)
                     : scn_fail(r->error, r->file, item->at,
                                "an entry of '%s' is one value, no list and "
                                "no mapping",
                                key->name);
    }
    return status;
}

static enum scn_status read_words(const struct scn_spec_reader *r,
                                  const struct scn_key *key,
                                  const struct scn_yaml *node, long *out)
{
    long set = 0;
    enum scn_status status = scn_spec_check_list(r, key, node);

    for (size_t i = 0; status == SCN_OK && i < node->count; i++) {
        long value = 0;
        if (!scn_word_find(key->words, node->items[i].text, &value)) {
            return fail_word(r, key, &node->items[i]);
        }
        long bit = key->kind == SCN_KEY_PROFILES ? 1L << value : value;
        if ((set & bit) != 0) {
            return scn_fail(r->error, r->file, node->items[i].at,
                            "'%s' stands twice in '%s'", node->items[i].text,
                            key->name);
        }
        set |= bit;
    }
    *out = set;
    return status;
}

enum scn_status scn_spec_read_long(const struct scn_spec_reader *r,
                                   const struct scn_key *key,
                                   const struct scn_yaml *node, long *out)
{
    uint32_t date = 0;
    enum scn_status status = SCN_OK;

    if (key->kind == SCN_KEY_WORDS || key->kind == SCN_KEY_PROFILES) {
        return read_words(r, key, node, out);
    }
    status = scn_spec_check_scalar(r, key, node);
    if (status != SCN_OK) {
        return status;
    }
    if (key->kind == SCN_KEY_NUMBER) {
        return read_number(r, key, node, out);
    }
    if (key->kind == SCN_KEY_TYPE) {
        return read_type(r, key, node, out);
    }
    if (key->kind == SCN_KEY_WORD) {
        return scn_word_find(key->words, node->text, out)
                   ? SCN_OK
                   : fail_word(r, key, node);
    }
    if (!scn_date_from_text(node->text, &date)) {
        return fail_value(r, key, node, "a day such as 2025-07-21");
    }
    *out = (long)date;
    return SCN_OK;
}
