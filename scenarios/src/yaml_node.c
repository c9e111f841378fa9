/* SPDX-License-Identifier: BSD-2-Clause */
/* yaml_node.c - look into the tree. */
#include "yaml.h"

#include <string.h>

const struct scn_yaml *scn_yaml_find(const struct scn_yaml *map,
                                     const char *key)
{
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->items[2 * i].text, key) == 0) {
            return &map->items[2 * i + 1];
        }
    }
    return NULL;
}

struct scn_at scn_yaml_place(const struct scn_yaml *scalar, size_t offset)
{
    struct scn_at at = scalar->text_at;
    size_t line_start = 0;
    size_t quotes = 0;

    if (scalar->style != SCN_YAML_LITERAL && scalar->several_lines) {
        return at; /* folded: only the beginning is known */
    }
    for (size_t i = 0; i < offset && i < scalar->len; i++) {
        if (scalar->text[i] == '\n') {
            at.line++;
            line_start = i + 1;
        }
        quotes += scalar->text[i] == '\'' ? 1 : 0;
    }
    at.column += (unsigned)(offset - line_start);
    if (scalar->style == SCN_YAML_SINGLE) {
        at.column += (unsigned)quotes; /* written twice in the source */
    }
    return at;
}
