/* SPDX-License-Identifier: BSD-2-Clause */
/* zone_text.c - lines, $TTL and $GENERATE of zone text. */
#include "zone_text.h"

#include "convert.h"
#include "rdata_text.h"

#include <string.h>

struct zone_reader {
    struct scn_zone_source source;
    struct scn_zone_line line;
    struct scn_vec *records;
    uint32_t ttl;
    unsigned line_number;
};

/* TTL and class may stand in either order before the type. */
static enum scn_status read_head(struct zone_reader *r, uint32_t *ttl_out,
                                 uint16_t *type_out, size_t *next_out)
{
    const struct scn_zone_line *line = &r->line;
    bool has_class = false;
    bool has_ttl = false;
    char word[24];
    uint32_t type = 0;

    *ttl_out = r->ttl;
    for (size_t i = 1; i < line->word_count; i++) {
        const struct scn_word_of_line *w = &line->words[i];
        if (!has_class && scn_zone_line_is(line, i, "IN")) {
            has_class = true;
            continue;
        }
        if (!has_ttl && !w->quoted &&
            scn_number_from_text(line->text + w->start, w->len, UINT32_MAX,
                                 ttl_out)) {
            has_ttl = true;
            continue;
        }
        size_t len = w->len < sizeof(word) ? w->len : sizeof(word) - 1;
        memcpy(word, line->text + w->start, len);
        word[len] = '\0';
        if (w->quoted || !scn_type_from_text(word, &type)) {
            return scn_zone_line_fail(&r->source, line, i,
                                      "'%s' is no RR type: a line is `owner "
                                      "[TTL] [IN] TYPE RDATA`, types in "
                                      "capitals or TYPEnnn",
                                      word);
        }
        *type_out = (uint16_t)type;
        *next_out = i + 1;
        return SCN_OK;
    }
    return scn_zone_line_fail(&r->source, line, line->word_count,
                              "no RR type: a line is `owner [TTL] [IN] TYPE "
                              "RDATA`");
}

static enum scn_status add_record(struct zone_reader *r,
                                  struct scn_record record, size_t rdata_at)
{
    struct scn_arena *arena = r->source.scope->arena;

    if (r->records->count >= SCN_RECORDS_MAX) {
        return scn_zone_line_fail(&r->source, &r->line, 0,
                                  "more than %d records in one text",
                                  (int)SCN_RECORDS_MAX);
    }
    enum scn_status status =
        scn_rdata_read(&r->source, &r->line, rdata_at, record.type,
                       &record.rdata, &record.rdata_len);
    if (status != SCN_OK) {
        return status;
    }
    struct scn_record *slot = scn_vec_push(arena, r->records, sizeof(*slot));
    if (slot == NULL) {
        return SCN_ENOMEM;
    }
    *slot = record;
    return SCN_OK;
}

static enum scn_status read_owner(struct zone_reader *r,
                                  const uint8_t **owner_out)
{
    const struct scn_word_of_line *word = &r->line.words[0];
    struct scn_scope *scope = r->source.scope;

    if (word->quoted) {
        return scn_zone_line_fail(&r->source, &r->line, 0,
                                  "an owner is not quoted");
    }
    enum scn_status status =
        scn_scope_name_text(scope, r->source.node, r->line.text + word->start,
                            word->len, owner_out);
    if (status == SCN_EINPUT && scope->error != NULL) {
        /* Found only now: it takes a walk through the text. */
        struct scn_at at = scn_yaml_place(r->source.node, word->offset);
        scope->error->line = at.line;
        scope->error->column = at.column;
    }
    return status;
}

/* The line's words are there; makes one record of them. */
static enum scn_status read_record(struct zone_reader *r)
{
    struct scn_record record = { .line = r->line_number };
    size_t next = 0;
    enum scn_status status = read_owner(r, &record.owner);

    if (status == SCN_OK) {
        status = read_head(r, &record.ttl, &record.type, &next);
    }
    if (status == SCN_OK) {
        status = add_record(r, record, next);
    }
    return status;
}

static enum scn_status read_ttl(struct zone_reader *r)
{
    const struct scn_zone_line *line = &r->line;

    if (line->word_count != 2 || line->words[1].quoted ||
        !scn_number_from_text(line->text + line->words[1].start,
                              line->words[1].len, UINT32_MAX, &r->ttl)) {
        return scn_zone_line_fail(&r->source, line, 1,
                                  "$TTL is followed by seconds, in decimal "
                                  "digits");
    }
    return SCN_OK;
}

struct range {
    uint32_t first;
    uint32_t last;
    uint32_t step;
};

/* a-b or a-b/step */
static bool read_range(const char *text, size_t len, struct range *range_out)
{
    const char *hyphen = memchr(text, '-', len);
    const char *end = text + len;
    const char *slash = memchr(text, '/', len);
    const uint32_t most = UINT16_MAX;

    range_out->step = 1;
    if (slash == NULL) {
        slash = end;
    } else if (!scn_number_from_text(slash + 1, (size_t)(end - slash - 1), most,
                                     &range_out->step) ||
               range_out->step == 0) {
        return false;
    }
    return hyphen != NULL && hyphen < slash &&
           scn_number_from_text(text, (size_t)(hyphen - text), most,
                                &range_out->first) &&
           scn_number_from_text(hyphen + 1, (size_t)(slash - hyphen - 1), most,
                                &range_out->last) &&
           range_out->first <= range_out->last;
}

static enum scn_status read_generate(struct zone_reader *r, size_t to)
{
    struct range range = { 0 };
    const struct scn_word_of_line *word = &r->line.words[1];
    enum scn_status status = SCN_OK;

    if (r->line.word_count < 3 || word->quoted ||
        !read_range(r->line.text + word->start, word->len, &range)) {
        return scn_zone_line_fail(&r->source, &r->line, 1,
                                  "$GENERATE is followed by first-last or "
                                  "first-last/step, at most 65535, and a "
                                  "record");
    }
    size_t from = r->line.words[2].offset;
    r->source.generating = true;
    for (uint32_t i = range.first; status == SCN_OK && i <= range.last;
         i += range.step) {
        r->source.generated = i;
        status = scn_zone_line_read(&r->source, from, to, &r->line);
        if (status == SCN_OK) {
            status = read_record(r);
        }
    }
    r->source.generating = false;
    return status;
}

static enum scn_status read_line(struct zone_reader *r, size_t from, size_t to)
{
    const char *text = r->source.node->text;
    enum scn_status status = scn_zone_line_read(&r->source, from, to, &r->line);

    if (status != SCN_OK || r->line.word_count == 0) {
        return status;
    }
    if (r->line.words[0].offset != from) {
        return scn_zone_line_fail(&r->source, &r->line, 0,
                                  "the line begins with a blank: every line "
                                  "names its owner");
    }
    if (text[from] != '$') {
        return read_record(r);
    }
    if (scn_zone_line_is(&r->line, 0, "$TTL")) {
        return read_ttl(r);
    }
    if (scn_zone_line_is(&r->line, 0, "$GENERATE")) {
        return read_generate(r, to);
    }
    return scn_zone_line_fail(&r->source, &r->line, 0,
                              "unknown directive: $TTL and $GENERATE are "
                              "known; names are relative to the apex, an "
                              "owner's '$' is '\\$'");
}

enum scn_status scn_zone_text_read(struct scn_scope *scope,
                                   const struct scn_yaml *node,
                                   struct scn_vec *records)
{
    struct zone_reader r = { .source = { .scope = scope, .node = node },
                             .records = records,
                             .ttl = SCN_TTL_DEFAULT,
                             .line_number = node->text_at.line };
    enum scn_status status = SCN_OK;
    size_t from = 0;

    while (status == SCN_OK && from < node->len) {
        size_t len = strcspn(node->text + from, "\n");
        status = read_line(&r, from, from + len);
        from += len + 1;
        r.line_number++;
    }
    scn_zone_line_fini(&r.line);
    return status;
}

enum scn_status scn_caa_text_read(struct scn_scope *scope,
                                  const struct scn_yaml *node,
                                  const uint8_t *owner, struct scn_vec *records)
{
    struct zone_reader r = { .source = { .scope = scope, .node = node },
                             .records = records };
    const struct scn_record record = { .owner = owner,
                                       .ttl = SCN_TTL_DEFAULT,
                                       .type = SCN_TYPE_CAA };
    enum scn_status status =
        scn_zone_line_read(&r.source, 0, node->len, &r.line);

    if (status == SCN_OK && r.line.has_comment) {
        status = scn_zone_line_fail(&r.source, &r.line, r.line.word_count,
                                    "an unquoted ';' begins a comment and "
                                    "cuts the CAA record: quote the value");
    }
    if (status == SCN_OK) {
        status = add_record(&r, record, 0);
    }
    scn_zone_line_fini(&r.line);
    return status;
}
