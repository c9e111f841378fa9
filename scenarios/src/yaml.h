/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * yaml.h - a YAML document as a plain tree with positions.
 *
 * The only file that knows libfyaml is yaml.c. The tree is the strict part of
 * YAML that FORMAT section 1 allows: scalars, lists and mappings with unique
 * plain keys; anchors, aliases, tags, merge keys and further documents are
 * refused here.
 */
#pragma once

#include "arena.h"
#include "error.h"

enum scn_yaml_kind { SCN_YAML_SCALAR, SCN_YAML_LIST, SCN_YAML_MAP };

enum scn_yaml_style {
    SCN_YAML_PLAIN,
    SCN_YAML_SINGLE,
    SCN_YAML_DOUBLE,
    SCN_YAML_LITERAL,
    SCN_YAML_FOLDED
};

struct scn_yaml {
    enum scn_yaml_kind kind;
    enum scn_yaml_style style; /* scalars */
    bool several_lines;        /* scalars: the source spans lines */
    struct scn_at at;          /* where the value begins */
    struct scn_at text_at;     /* scalars: where its text begins */
    const char *text;          /* scalars: terminated, no control characters
                                  but line feeds */
    size_t len;
    const struct scn_yaml *items; /* lists: values; maps: key, value, ... */
    size_t count;                 /* items of a list, pairs of a map */
};

/*
 * Reads one document.
 *   file  [borrowed] for messages
 *   text  [borrowed] for the call
 *   node_out  [borrowed] from the arena
 */
SCN_NODISCARD enum scn_status scn_yaml_read(struct scn_arena *arena,
                                            const char *file, const char *text,
                                            size_t len, struct scn_error *error,
                                            const struct scn_yaml **node_out);

/* Refuses what is no UTF-8, and directives: scn_yaml_read() begins with it. */
SCN_NODISCARD enum scn_status scn_yaml_check_source(const char *file,
                                                    const char *text,
                                                    size_t len,
                                                    struct scn_error *error);

/* Refuses control characters but line feeds in a scalar's text. */
SCN_NODISCARD enum scn_status scn_yaml_check_text(const char *file,
                                                  const struct scn_yaml *scalar,
                                                  struct scn_error *error);

/* What stands between single quotes, doubled quotes undone; NULL when out of
 * memory. */
char *scn_yaml_unquote(struct scn_arena *arena, const char *source, size_t len,
                       size_t *len_out);

/* The value of a key of a mapping, or NULL. */
const struct scn_yaml *scn_yaml_find(const struct scn_yaml *map,
                                     const char *key);

/* The place of octet `offset` of a scalar's text. */
struct scn_at scn_yaml_place(const struct scn_yaml *scalar, size_t offset);
