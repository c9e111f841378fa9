/* SPDX-License-Identifier: BSD-2-Clause */
/* Zone text of any octets but NUL, in both universes. */
#include "zone_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_text(const char *text, size_t len, bool absolute)
{
    static const uint8_t apex[] = "\4apex";
    struct scn_arena arena = { 0 };
    struct scn_error error = { 0 };
    struct scn_params params;
    struct scn_vec records = { 0 };
    const struct scn_yaml node = { .style = SCN_YAML_LITERAL,
                                   .text = text,
                                   .len = len,
                                   .at = { 1, 1 },
                                   .text_at = { 1, 1 } };
    struct scn_scope scope = { .arena = &arena,
                               .file = "zone.yaml",
                               .error = &error,
                               .params = &params,
                               .origin = apex,
                               .absolute_allowed = absolute };

    scn_params_default(&params);
    enum scn_status status = scn_zone_text_read(&scope, &node, &records);
    const struct scn_record *list = records.items;
    for (size_t i = 0; status == SCN_OK && i < records.count; i++) {
        if (list[i].line == 0 || scn_name_length(list[i].owner) > 255) {
            abort();
        }
    }
    if (status == SCN_EINPUT && (error.line == 0 || error.text[0] == '\0')) {
        abort(); /* a refusal without place or reason */
    }
    scn_arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    if (text == NULL) {
        return 0;
    }
    for (size_t i = 0; i < size; i++) {
        text[i] = (char)data[i];
        if (data[i] == 0) {
            text[i] = ' ';
        }
    }
    text[size] = '\0';
    read_text(text, size, false);
    read_text(text, size, true);
    free(text);
    return 0;
}
