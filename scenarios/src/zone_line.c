/* SPDX-License-Identifier: BSD-2-Clause */
/* zone_line.c - words of a line of master format (RFC 1035 section 5.1). */
#include "zone_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void scn_zone_line_fini(struct scn_zone_line *line)
{
    free(line->text);
    free(line->words);
    *line = (struct scn_zone_line){ 0 };
}

static enum scn_status fail_at(const struct scn_zone_source *source,
                               size_t offset, const char *text)
{
    return scn_fail(source->scope->error, source->scope->file,
                    scn_yaml_place(source->node, offset), "%s", text);
}

enum scn_status scn_zone_line_fail(const struct scn_zone_source *source,
                                   const struct scn_zone_line *line, size_t i,
                                   const char *format, ...)
{
    char text[SCN_ERROR_TEXT_MAX];
    size_t offset =
        i < line->word_count ? line->words[i].offset : line->end_offset;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return fail_at(source, offset, text);
}

static enum scn_status put(struct scn_zone_line *line, const char *text,
                           size_t len)
{
    if (line->len + len > line->cap) {
        size_t cap = 2 * line->cap + len + 64;
        char *grown = realloc(line->text, cap);
        if (grown == NULL) {
            return SCN_ENOMEM;
        }
        line->text = grown;
        line->cap = cap;
    }
    memcpy(line->text + line->len, text, len);
    line->len += len;
    return SCN_OK;
}

/* A placeholder's value must not end a word or a string, nor escape. */
static enum scn_status put_value(struct scn_zone_line *line, const char *value)
{
    enum scn_status status = SCN_OK;

    for (; status == SCN_OK && *value != '\0'; value++) {
        unsigned char c = (unsigned char)*value;
        if (c <= 0x20 || c >= 0x7f || strchr("\\\"();$", c) != NULL) {
            char escape[5];
            (void)snprintf(escape, sizeof(escape), "\\%03u", (unsigned)c);
            status = put(line, escape, 4);
        } else {
            status = put(line, value, 1);
        }
    }
    return status;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `\DDD` or `\X` at text[at]; taken_out: how many octets it takes. */
static enum scn_status put_escape(const struct scn_zone_source *source,
                                  size_t at, size_t to, size_t *taken_out,
                                  struct scn_zone_line *line)
{
    const char *c = source->node->text + at;

    if (at + 1 >= to) {
        return fail_at(source, at, "'\\' ends the line: a backslash is '\\\\'");
    }
    if (!is_digit(c[1])) {
        *taken_out = 2;
        return c[1] == '{' ? put(line, "{", 1) : put(line, c, 2);
    }
    if (at + 3 >= to || !is_digit(c[2]) || !is_digit(c[3]) ||
        (c[1] - '0') * 100 + (c[2] - '0') * 10 + (c[3] - '0') > 255) {
        return fail_at(source, at,
                       "'\\' and a digit: an octet is '\\' and three decimal "
                       "digits, at most 255");
    }
    *taken_out = 4;
    return put(line, c, 4);
}

/* One character, escape, placeholder or `$` inside a word. */
static enum scn_status put_one(const struct scn_zone_source *source, size_t at,
                               size_t to, size_t *taken_out,
                               struct scn_zone_line *line)
{
    const char *c = source->node->text + at;
    const char *value = NULL;
    char number[16];

    *taken_out = 1;
    if (*c == '\\') {
        return put_escape(source, at, to, taken_out, line);
    }
    if (*c == '$' && source->generating) {
        if (at + 1 < to && c[1] == '{') {
            return fail_at(source, at, "'${': $GENERATE has the bare '$' only");
        }
        int len = snprintf(number, sizeof(number), "%lu",
                           (unsigned long)source->generated);
        return put(line, number, (size_t)len);
    }
    if (*c != '{') {
        return put(line, c, 1);
    }
    enum scn_status status =
        scn_expand_one(source->scope, source->node, at, &value, taken_out);
    return status == SCN_OK ? put_value(line, value) : status;
}

static struct scn_word_of_line *add_word(struct scn_zone_line *line)
{
    if (line->word_count == line->word_cap) {
        size_t cap = line->word_cap == 0 ? 16 : 2 * line->word_cap;
        struct scn_word_of_line *grown =
            realloc(line->words, cap * sizeof(*grown));
        if (grown == NULL) {
            return NULL;
        }
        line->words = grown;
        line->word_cap = cap;
    }
    return &line->words[line->word_count++];
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static enum scn_status read_quoted(const struct scn_zone_source *source,
                                   size_t *at, size_t to,
                                   struct scn_zone_line *line)
{
    const char *text = source->node->text;
    size_t open = (*at)++;

    while (*at < to && text[*at] != '"') {
        size_t taken = 0;
        enum scn_status status = put_one(source, *at, to, &taken, line);
        if (status != SCN_OK) {
            return status;
        }
        *at += taken;
    }
    if (*at >= to) {
        return fail_at(source, open, "no '\"' ends this string");
    }
    (*at)++;
    if (*at < to && !is_blank(text[*at])) {
        return fail_at(source, *at, "a blank is missing after the string");
    }
    return SCN_OK;
}

static enum scn_status read_bare(const struct scn_zone_source *source,
                                 size_t *at, size_t to,
                                 struct scn_zone_line *line)
{
    const char *text = source->node->text;

    while (*at < to && !is_blank(text[*at])) {
        size_t taken = 0;
        if (text[*at] == ';') {
            return fail_at(source, *at,
                           "an unquoted ';' cuts this word: quote it, or put "
                           "a blank before a comment");
        }
        if (text[*at] == '"') {
            return fail_at(source, *at,
                           "'\"' inside a word: quote the whole word, or "
                           "write '\\\"'");
        }
        if (text[*at] == '(' || text[*at] == ')') {
            return fail_at(source, *at,
                           "parentheses: one record is one line; a literal "
                           "one is quoted or escaped");
        }
        enum scn_status status = put_one(source, *at, to, &taken, line);
        if (status != SCN_OK) {
            return status;
        }
        *at += taken;
    }
    return SCN_OK;
}

enum scn_status scn_zone_line_read(const struct scn_zone_source *source,
                                   size_t from, size_t to,
                                   struct scn_zone_line *line)
{
    const char *text = source->node->text;
    enum scn_status status = SCN_OK;
    size_t at = from;

    line->len = 0;
    line->word_count = 0;
    line->has_comment = false;
    line->end_offset = from;
    for (;;) {
        while (at < to && is_blank(text[at])) {
            at++;
        }
        if (at >= to) {
            return SCN_OK;
        }
        if (text[at] == ';') {
            line->has_comment = true;
            line->end_offset = at;
            return SCN_OK;
        }
        struct scn_word_of_line *word = add_word(line);
        if (word == NULL) {
            return SCN_ENOMEM;
        }
        word->start = line->len;
        word->offset = at;
        word->quoted = text[at] == '"';
        status = word->quoted ? read_quoted(source, &at, to, line)
                              : read_bare(source, &at, to, line);
        if (status != SCN_OK) {
            return status;
        }
        word->len = line->len - word->start;
        line->end_offset = at;
    }
}

size_t scn_zone_line_decode(const struct scn_zone_line *line, size_t i,
                            uint8_t *out)
{
    const struct scn_word_of_line *word = &line->words[i];
    size_t len = 0;

    for (size_t at = 0; at < word->len; at++) {
        const char *c = line->text + word->start + at;
        if (*c != '\\') {
            out[len++] = (uint8_t)*c;
        } else if (is_digit(c[1])) {
            out[len++] = (uint8_t)((c[1] - '0') * 100 + (c[2] - '0') * 10 +
                                   (c[3] - '0'));
            at += 3;
        } else {
            out[len++] = (uint8_t)c[1];
            at += 1;
        }
    }
    return len;
}

bool scn_zone_line_is(const struct scn_zone_line *line, size_t i,
                      const char *text)
{
    if (i >= line->word_count) {
        return false;
    }
    const struct scn_word_of_line *word = &line->words[i];
    return !word->quoted && word->len == strlen(text) &&
           memcmp(line->text + word->start, text, word->len) == 0;
}
