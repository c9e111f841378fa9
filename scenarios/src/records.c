/* SPDX-License-Identifier: BSD-2-Clause */
/* records.c - zone text that stands in no scenario file. */
#include "convert.h"
#include "zone_text.h"

#include <scenario/records.h>

#include <stdlib.h>

struct scn_records {
    struct scn_arena arena;
    struct scn_vec list; /* struct scn_record */
};

enum scn_status scn_records_read(const char *source, const char *text,
                                 size_t len, struct scn_error *error,
                                 struct scn_records **records_out)
{
    static const uint8_t root[] = { 0 };
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
    if (node.text != NULL) {
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

bool scn_rrtype_from_text(const char *text, uint16_t *type_out)
{
    uint32_t type = 0;

    if (!scn_type_from_text(text, &type)) {
        return false;
    }
    *type_out = (uint16_t)type;
    return true;
}
