/* SPDX-License-Identifier: BSD-2-Clause */
/* expand.c - placeholders, and names below the apex. */
#include "expand.h"

#include "convert.h"

#include <string.h>

void scn_params_default(struct scn_params *params_out)
{
    *params_out = (struct scn_params){
        .issuer = "ca.test",
        .other = "other-ca.test",
        .account = "https://ca.test/account/1",
        .other_account = "https://ca.test/account/2",
        .method = "http-01",
        .other_method = "dns-01",
    };
}

static enum scn_status upper_case(const struct scn_scope *scope,
                                  const char *text, const char **value_out)
{
    char *copy = scn_copy_text(scope->arena, text, strlen(text));

    if (copy == NULL) {
        return SCN_ENOMEM;
    }
    for (char *c = copy; *c != '\0'; c++) {
        if (*c >= 'a' && *c <= 'z') {
            *c = (char)(*c - 32);
        }
    }
    *value_out = copy;
    return SCN_OK;
}

enum scn_status scn_placeholder(const struct scn_scope *scope, const char *word,
                                size_t len, const char **value_out)
{
    const struct scn_params *p = scope->params;
    const struct {
        const char *word;
        const char *value;
    } known[] = {
        { "issuer", p->issuer },      { "other", p->other },
        { "account", p->account },    { "other-account", p->other_account },
        { "method", p->method },      { "other-method", p->other_method },
        { "zone", scope->rule_zone },
    };

    *value_out = NULL;
    if (len == 6 && memcmp(word, "ISSUER", 6) == 0) {
        return upper_case(scope, p->issuer, value_out);
    }
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strlen(known[i].word) == len &&
            memcmp(known[i].word, word, len) == 0) {
            *value_out = known[i].value;
        }
    }
    return SCN_OK;
}

enum scn_status scn_expand_one(const struct scn_scope *scope,
                               const struct scn_yaml *node, size_t offset,
                               const char **value_out, size_t *len_out)
{
    const char *open = node->text + offset;
    size_t len = strcspn(open, "} \t\n");

    if (open[len] != '}') {
        return scn_fail(scope->error, scope->file, scn_yaml_place(node, offset),
                        "'{' without '}': a literal brace is '\\{'");
    }
    enum scn_status status =
        scn_placeholder(scope, open + 1, len - 1, value_out);
    if (status == SCN_OK && *value_out == NULL) {
        bool zone = len == 5 && memcmp(open + 1, "zone", 4) == 0;
        return scn_fail(
            scope->error, scope->file, scn_yaml_place(node, offset),
            zone ? "%.*s has no value: it is for rules, and their `apply` "
                   "says `zone`"
                 : "%.*s is no placeholder: known are {issuer}, {ISSUER}, "
                   "{other}, {account}, {other-account}, {method}, "
                   "{other-method}; a literal brace is '\\{'",
            (int)(len < 40 ? len + 1 : 40), open);
    }
    *len_out = len + 1;
    return status;
}

enum scn_status scn_keep(const struct scn_scope *scope,
                         const struct scn_yaml *node, const char **text_out)
{
    *text_out = NULL;
    if (node == NULL) {
        return SCN_OK;
    }
    *text_out = scn_copy_text(scope->arena, node->text, node->len);
    return *text_out != NULL ? SCN_OK : SCN_ENOMEM;
}

/* What text[at] stands for: *value_out is NULL when it stands for itself;
 * len_out: octets it takes. */
static enum scn_status expand_at(const struct scn_scope *scope,
                                 const struct scn_yaml *node, size_t at,
                                 const char **value_out, size_t *len_out)
{
    const char *c = node->text + at;

    *value_out = NULL;
    *len_out = 1;
    if (*c == '{') {
        return scn_expand_one(scope, node, at, value_out, len_out);
    }
    if (*c == '\\' && c[1] != '\0') {
        *value_out = c[1] == '{' ? "{" : NULL;
        *len_out = 2;
    }
    return SCN_OK;
}

enum scn_status scn_expand(const struct scn_scope *scope,
                           const struct scn_yaml *node, const char **text_out)
{
    const char *text = node->text;
    const char *done = "";
    size_t from = 0;
    size_t len = 0;

    if (strchr(text, '{') == NULL) {
        return scn_keep(scope, node, text_out);
    }
    for (size_t at = 0; at < node->len; at += len) {
        const char *value = NULL;
        enum scn_status status = expand_at(scope, node, at, &value, &len);
        if (status != SCN_OK) {
            return status;
        }
        if (value != NULL) {
            done = scn_format(scope->arena, "%s%.*s%s", done, (int)(at - from),
                              text + from, value);
            from = at + len;
        }
        if (done == NULL) {
            return SCN_ENOMEM;
        }
    }
    *text_out = scn_format(scope->arena, "%s%s", done, text + from);
    return *text_out != NULL ? SCN_OK : SCN_ENOMEM;
}

/* The last label of a name, or the root. */
static const uint8_t *top_label(const uint8_t *name)
{
    while (*name != 0 && *scn_name_parent(name) != 0) {
        name = scn_name_parent(name);
    }
    return name;
}

bool scn_scope_allows(const struct scn_scope *scope, const uint8_t *name)
{
    const uint8_t *top = top_label(name);

    return scope->absolute_allowed || scn_name_is_under(name, scope->origin) ||
           scn_is_special_use((const char *)top + 1, *top);
}

void scn_scope_show(const struct scn_scope *scope, const uint8_t *name,
                    char *text)
{
    uint8_t relative[SCN_NAME_MAX];
    size_t len = scn_name_length(name);
    size_t origin_len = scn_name_length(scope->origin);

    if (!scn_name_is_under(name, scope->origin)) {
        scn_name_to_text(name, text);
        (void)strncat(text, ".", 2);
        return;
    }
    if (len == origin_len) {
        memcpy(text, "@", 2);
        return;
    }
    memcpy(relative, name, len - origin_len);
    relative[len - origin_len] = 0;
    scn_name_to_text(relative, text);
}

/* A last dot that no backslash escapes. */
static bool is_absolute(const char *text, size_t len)
{
    size_t escapes = 0;

    if (text[len - 1] != '.') {
        return false;
    }
    while (escapes + 1 < len && text[len - 2 - escapes] == '\\') {
        escapes++;
    }
    return escapes % 2 == 0;
}

enum scn_status scn_scope_name_text(struct scn_scope *scope,
                                    const struct scn_yaml *node,
                                    const char *text, size_t len,
                                    const uint8_t **name_out)
{
    uint8_t wire[SCN_NAME_MAX];

    if (!scn_name_from_text(text, len, scope->origin, wire)) {
        return scn_fail(scope->error, scope->file, node->at,
                        "'%.*s' is no domain name: labels of 1 to 63 octets, "
                        "at most 255 in all, with the apex",
                        (int)(len < 300 ? len : 300), text);
    }
    scn_name_lower(wire);
    if (!scn_scope_allows(scope, wire)) {
        return scn_fail(scope->error, scope->file, node->at,
                        "'%.*s' lies outside the apex: leave the last dot "
                        "out, or state `universe: private`",
                        (int)(len < 300 ? len : 300), text);
    }
    if (!is_absolute(text, len)) {
        scope->origin_used = true;
    }
    *name_out = scn_copy(scope->arena, wire, scn_name_length(wire));
    return *name_out != NULL ? SCN_OK : SCN_ENOMEM;
}

enum scn_status scn_scope_name(struct scn_scope *scope,
                               const struct scn_yaml *node,
                               const uint8_t **name_out)
{
    const char *text = NULL;
    enum scn_status status = scn_expand(scope, node, &text);

    if (status != SCN_OK) {
        return status;
    }
    return scn_scope_name_text(scope, node, text, strlen(text), name_out);
}
