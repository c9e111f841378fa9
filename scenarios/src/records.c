/* SPDX-License-Identifier: BSD-2-Clause */
/* records.c - zone text that stands in no scenario file. */
#include "convert.h"
#include "lint_records.h"
#include "zone_text.h"

#include <scenario/records.h>

#include <stdlib.h>
#include <string.h>

static const uint8_t root[] = { 0 };

struct scn_records {
    struct scn_arena arena;
    const char *source;  /* [owned] by the arena */
    struct scn_vec list; /* struct scn_record */
};

enum scn_status scn_records_read(const char *source, const char *text,
                                 size_t len, struct scn_error *error,
                                 struct scn_records **records_out)
{
    struct scn_records *records = calloc(1, sizeof(*records));
    enum scn_status status = SCN_ENOMEM;
    struct scn_params params;

    if (records == NULL) {
        return SCN_ENOMEM;
    }
    scn_params_default(&params);
    const struct scn_yaml node = {
        .style = SCN_YAML_LITERAL,
        .several_lines = true,
        .at = { 1, 1 },
        .text_at = { 1, 1 },
        .text = scn_copy_text(&records->arena, text, len),
        .len = len,
    };
    struct scn_scope scope = { .arena = &records->arena,
                               .file = source,
                               .error = error,
                               .params = &params,
                               .origin = root,
                               .absolute_allowed = true };
    records->source = scn_copy_text(&records->arena, source, strlen(source));
    if (node.text != NULL && records->source != NULL) {
        status = scn_yaml_check_source(source, text, len, error);
    }
    if (status == SCN_OK) {
        status = scn_yaml_check_text(source, &node, error);
    }
    if (status == SCN_OK) {
        status = scn_zone_text_read(&scope, &node, &records->list);
    }
    if (status != SCN_OK) {
        scn_records_free(records);
        return status;
    }
    *records_out = records;
    return SCN_OK;
}

void scn_records_free(struct scn_records *records)
{
    if (records != NULL) {
        scn_arena_fini(&records->arena);
        free(records);
    }
}

const struct scn_record *scn_records_list(const struct scn_records *records,
                                          size_t *count_out)
{
    *count_out = records->list.count;
    return records->list.items;
}

enum scn_status scn_records_check(const struct scn_records *records,
                                  scn_zone_at_fn *zone_at, const void *ctx,
                                  struct scn_error *error)
{
    const struct scn_scope scope = { .file = records->source,
                                     .error = error,
                                     .origin = root,
                                     .absolute_allowed = true };
    const struct scn_lint_text text = {
        .scope = &scope, .column = 1, .zone_at = zone_at, .ctx = ctx
    };

    return scn_lint_text(&text, &records->list);
}

bool scn_rrtype_from_text(const char *text, uint16_t *type_out)
{
    uint32_t type = 0;

    if (!scn_type_from_text(text, &type)) {
        return false;
    }
    *type_out = (uint16_t)type;
    return true;
}

bool scn_rrtype_goes_with_alias(uint16_t type)
{
    enum { CNAME = 5, RRSIG = 46, NSEC = 47 };

    return type == CNAME || type == RRSIG || type == NSEC;
}
