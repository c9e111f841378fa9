/* SPDX-License-Identifier: BSD-2-Clause */
/* yaml.c - libfyaml's events into our tree. */
#include "yaml.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 16, KEYS_MAX = 512 };

struct reader {
    struct scn_arena *arena;
    const char *file;
    const char *text; /* the whole source */
    size_t len;
    struct scn_error *error;
    struct fy_diag *diag;
    struct fy_parser *parser;
    struct fy_event *event; /* the current one */
    struct scn_yaml *stack; /* children of the collections that are open */
    size_t stack_count;
    size_t stack_cap;
    unsigned depth;
};

static struct scn_at at_mark(const struct fy_mark *mark)
{
    struct scn_at at = { 0, 0 };

    if (mark != NULL) {
        at.line = (unsigned)mark->line + 1;
        at.column = (unsigned)mark->column + 1;
    }
    return at;
}

/* What libfyaml said first. */
static enum scn_status fail_syntax(const struct reader *r)
{
    void *iterator = NULL;
    const struct fy_diag_error *e = fy_diag_errors_iterate(r->diag, &iterator);
    struct scn_at at = { 1, 1 };

    if (e == NULL) {
        return scn_fail(r->error, r->file, at, "the YAML cannot be read");
    }
    at.line = e->line > 0 ? (unsigned)e->line : 1;
    at.column = e->column > 0 ? (unsigned)e->column : 1;
    return scn_fail(r->error, r->file, at, "YAML: %s", e->msg);
}

static enum scn_status next_event(struct reader *r)
{
    fy_parser_event_free(r->parser, r->event);
    r->event = fy_parser_parse(r->parser);
    return r->event != NULL ? SCN_OK : fail_syntax(r);
}

static enum scn_status refuse_decoration(const struct reader *r,
                                         const struct fy_token *anchor,
                                         const struct fy_token *tag,
                                         struct scn_at at)
{
    if (anchor != NULL) {
        return scn_fail(r->error, r->file, at,
                        "anchors are not used here: write the value out");
    }
    if (tag != NULL) {
        return scn_fail(r->error, r->file, at,
                        "tags are not used here: leave the tag out");
    }
    return SCN_OK;
}

static enum scn_yaml_style style_of(struct fy_token *token)
{
    switch (fy_token_scalar_style(token)) {
    case FYSS_SINGLE_QUOTED:
        return SCN_YAML_SINGLE;
    case FYSS_DOUBLE_QUOTED:
        return SCN_YAML_DOUBLE;
    case FYSS_LITERAL:
        return SCN_YAML_LITERAL;
    case FYSS_FOLDED:
        return SCN_YAML_FOLDED;
    case FYSS_ANY:
    case FYSS_PLAIN:
    case FYSS_MAX:
        break;
    }
    return SCN_YAML_PLAIN;
}

/* Columns that a block scalar's indentation takes: the first line of its text
 * is found again in the source. */
static unsigned indentation(const struct reader *r, const struct scn_yaml *node,
                            const struct fy_mark *mark)
{
    const char *line = r->text + mark->input_pos;
    const char *end = r->text + r->len;
    size_t first = strspn(node->text, "\n");
    size_t skip = first;

    while (skip > 0 && line < end) {
        skip -= *line == '\n' ? 1 : 0;
        line++;
    }
    unsigned source = 0;
    while (line < end && *line == ' ') {
        source++;
        line++;
    }
    unsigned kept = (unsigned)strspn(node->text + first, " ");
    return source > kept ? source - kept : 0;
}

/* The text of a token. That of single quotes is taken from the source:
 * libfyaml 0.7.12 leaks where many quotes are doubled. */
static enum scn_status copy_text(struct reader *r, struct fy_token *token,
                                 struct scn_yaml *node)
{
    const struct fy_mark *start = fy_token_start_mark(token);
    const struct fy_mark *end = fy_token_end_mark(token);

    if (start == NULL || end == NULL) { /* an empty value */
        node->text_at = node->at;
        node->text = scn_copy_text(r->arena, "", 0);
        return node->text != NULL ? SCN_OK : SCN_ENOMEM;
    }
    node->style = style_of(token);
    node->several_lines = start->line != end->line;
    node->text_at = at_mark(start);
    if (node->style == SCN_YAML_SINGLE && node->several_lines) {
        return scn_fail(r->error, r->file, node->text_at,
                        "a text in single quotes is one line: write several "
                        "as a block, after | or >");
    }
    if (node->style == SCN_YAML_SINGLE) {
        node->text =
            scn_yaml_unquote(r->arena, r->text + start->input_pos,
                             end->input_pos - start->input_pos, &node->len);
    } else {
        const char *text = fy_token_get_text(token, &node->len);
        node->text =
            text != NULL ? scn_copy_text(r->arena, text, node->len) : NULL;
    }
    if (node->text == NULL) {
        return SCN_ENOMEM;
    }
    if (node->style < SCN_YAML_LITERAL) {
        node->at = node->text_at;
    } else {
        node->text_at.column = 1 + indentation(r, node, start);
    }
    return SCN_OK;
}

static enum scn_status read_scalar(struct reader *r, struct scn_yaml *node)
{
    struct fy_token *token = r->event->scalar.value;
    const struct fy_mark *start = fy_token_start_mark(token);
    enum scn_status status =
        refuse_decoration(r, r->event->scalar.anchor, r->event->scalar.tag,
                          start != NULL ? at_mark(start) : node->at);

    node->kind = SCN_YAML_SCALAR;
    if (status == SCN_OK) {
        status = copy_text(r, token, node);
    }
    return status == SCN_OK ? scn_yaml_check_text(r->file, node, r->error)
                            : status;
}

static enum scn_status read_node(struct reader *r, struct scn_yaml *node);

static enum scn_status push(struct reader *r, const struct scn_yaml *node)
{
    if (r->stack_count == r->stack_cap) {
        size_t cap = r->stack_cap == 0 ? 64 : 2 * r->stack_cap;
        struct scn_yaml *grown = realloc(r->stack, cap * sizeof(*grown));
        if (grown == NULL) {
            return SCN_ENOMEM;
        }
        r->stack = grown;
        r->stack_cap = cap;
    }
    r->stack[r->stack_count++] = *node;
    return SCN_OK;
}

/* Takes the children from `base` on off the stack and gives them to node. */
static enum scn_status adopt(struct reader *r, size_t base,
                             struct scn_yaml *node)
{
    size_t count = r->stack_count - base;

    r->stack_count = base;
    if (count == 0) {
        return SCN_OK;
    }
    node->items =
        scn_copy(r->arena, r->stack + base, count * sizeof(*node->items));
    node->count = node->kind == SCN_YAML_MAP ? count / 2 : count;
    return node->items != NULL ? SCN_OK : SCN_ENOMEM;
}

static enum scn_status read_list(struct reader *r, struct scn_yaml *node)
{
    size_t base = r->stack_count;
    enum scn_status status = next_event(r);

    node->kind = SCN_YAML_LIST;
    while (status == SCN_OK && r->event->type != FYET_SEQUENCE_END) {
        struct scn_yaml item = { .at = node->at };
        status = read_node(r, &item);
        if (status == SCN_OK) {
            status = push(r, &item);
        }
        if (status == SCN_OK) {
            status = next_event(r);
        }
    }
    return status == SCN_OK ? adopt(r, base, node) : status;
}

/* pairs: those before this one. */
static enum scn_status check_key(const struct reader *r,
                                 const struct scn_yaml *key,
                                 const struct scn_yaml *pairs, size_t count)
{
    if (key->kind != SCN_YAML_SCALAR || key->style != SCN_YAML_PLAIN ||
        key->several_lines || key->len == 0) {
        return scn_fail(r->error, r->file, key->at,
                        "a key is one plain word, without quotes");
    }
    if (strcmp(key->text, "<<") == 0) {
        return scn_fail(r->error, r->file, key->at,
                        "merge keys are not used here: write the keys out");
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(pairs[2 * i].text, key->text) == 0) {
            return scn_fail(r->error, r->file, key->at,
                            "the key '%s' stands twice, first in line %u: "
                            "leave one out",
                            key->text, pairs[2 * i].at.line);
        }
    }
    if (count >= KEYS_MAX) {
        return scn_fail(r->error, r->file, key->at,
                        "more than %d keys in one mapping", (int)KEYS_MAX);
    }
    return SCN_OK;
}

static enum scn_status read_pair(struct reader *r, size_t base,
                                 struct scn_at map_at)
{
    struct scn_yaml key = { .at = map_at };
    struct scn_yaml value = { 0 };
    enum scn_status status = read_node(r, &key);

    if (status == SCN_OK) {
        size_t count = (r->stack_count - base) / 2;
        status = check_key(r, &key, count > 0 ? r->stack + base : NULL, count);
    }
    if (status == SCN_OK) {
        status = next_event(r);
    }
    value.at = key.at;
    if (status == SCN_OK) {
        status = push(r, &key);
    }
    if (status == SCN_OK) {
        status = read_node(r, &value);
    }
    return status == SCN_OK ? push(r, &value) : status;
}

static enum scn_status read_map(struct reader *r, struct scn_yaml *node)
{
    size_t base = r->stack_count;
    enum scn_status status = next_event(r);

    node->kind = SCN_YAML_MAP;
    while (status == SCN_OK && r->event->type != FYET_MAPPING_END) {
        status = read_pair(r, base, node->at);
        if (status == SCN_OK) {
            status = next_event(r);
        }
    }
    return status == SCN_OK ? adopt(r, base, node) : status;
}

static enum scn_status read_collection(struct reader *r, struct scn_yaml *node)
{
    bool list = r->event->type == FYET_SEQUENCE_START;
    const struct fy_token *anchor =
        list ? r->event->sequence_start.anchor : r->event->mapping_start.anchor;
    const struct fy_token *tag =
        list ? r->event->sequence_start.tag : r->event->mapping_start.tag;

    node->at = at_mark(fy_event_start_mark(r->event));
    enum scn_status status = refuse_decoration(r, anchor, tag, node->at);
    if (status != SCN_OK) {
        return status;
    }
    if (++r->depth > DEPTH_MAX) {
        return scn_fail(r->error, r->file, node->at,
                        "nested more than %d levels deep", (int)DEPTH_MAX);
    }
    status = list ? read_list(r, node) : read_map(r, node);
    r->depth--;
    return status;
}

/* Reads the node that begins with the current event; leaves its last one. */
static enum scn_status read_node(struct reader *r, struct scn_yaml *node)
{
    switch (r->event->type) {
    case FYET_SCALAR:
        return read_scalar(r, node);
    case FYET_SEQUENCE_START:
    case FYET_MAPPING_START:
        return read_collection(r, node);
    case FYET_ALIAS:
        return scn_fail(r->error, r->file,
                        at_mark(fy_event_start_mark(r->event)),
                        "aliases are not used here: write the value out");
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_START:
    case FYET_DOCUMENT_END:
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        break;
    }
    return fail_syntax(r);
}

static enum scn_status read_document(struct reader *r, struct scn_yaml *node)
{
    struct scn_at start = { 1, 1 };
    enum scn_status status = next_event(r); /* the stream's start */

    if (status == SCN_OK) {
        status = next_event(r);
    }
    if (status == SCN_OK && r->event->type == FYET_STREAM_END) {
        return scn_fail(r->error, r->file, start, "the file is empty");
    }
    if (status == SCN_OK) {
        status = next_event(r);
    }
    node->at = start;
    if (status == SCN_OK) {
        status = read_node(r, node);
    }
    for (int i = 0; status == SCN_OK && i < 2; i++) {
        status = next_event(r);
    }
    if (status == SCN_OK && r->event->type != FYET_STREAM_END) {
        struct scn_at at = at_mark(fy_event_start_mark(r->event));
        return scn_fail(r->error, r->file, at.line != 0 ? at : start,
                        "a second document: one file is one document");
    }
    return status;
}

enum scn_status scn_yaml_read(struct scn_arena *arena, const char *file,
                              const char *text, size_t len,
                              struct scn_error *error,
                              const struct scn_yaml **node_out)
{
    struct fy_diag_cfg diag_cfg;
    struct reader r = {
        .arena = arena, .file = file, .text = text, .len = len, .error = error
    };
    enum scn_status status = scn_yaml_check_source(file, text, len, error);
    struct scn_yaml *node = scn_alloc(arena, sizeof(*node));

    if (status != SCN_OK) {
        return status;
    }
    status = SCN_ENOMEM;

    fy_diag_cfg_default(&diag_cfg);
    diag_cfg.fp = NULL;
    r.diag = fy_diag_create(&diag_cfg);
    if (node == NULL || r.diag == NULL) {
        goto out;
    }
    fy_diag_set_collect_errors(r.diag, true);
    struct fy_parse_cfg cfg = { .diag = r.diag };
    r.parser = fy_parser_create(&cfg);
    if (r.parser == NULL || fy_parser_set_string(r.parser, text, len) != 0) {
        goto out;
    }
    status = read_document(&r, node);
    if (status == SCN_OK) {
        *node_out = node;
    }
out:
    if (r.parser != NULL) {
        fy_parser_event_free(r.parser, r.event);
        fy_parser_destroy(r.parser);
    }
    fy_diag_destroy(r.diag);
    free(r.stack);
    return status;
}
