/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expand.h - how names and texts of one instance are read: where relative
 * names hang, and what placeholders stand for (FORMAT section 2).
 */
#pragma once

#include "yaml.h"

#include <scenario/catalogue.h>
#include <scenario/name.h>

struct scn_scope {
    struct scn_arena *arena;
    const char *file; /* of the node that is read now */
    struct scn_error *error;
    const struct scn_params *params;
    const uint8_t *origin; /* the apex of relative names */
    bool absolute_allowed; /* a private universe */
    bool origin_used;      /* set when a relative name was read */
    const char *rule_zone; /* {zone}; NULL outside a rule, or not given */
};

/* What {word} stands for, NULL when it is no placeholder. {ISSUER} is made in
 * the arena. */
SCN_NODISCARD enum scn_status scn_placeholder(const struct scn_scope *scope,
                                              const char *word, size_t len,
                                              const char **value_out);

/* One {word} at text[offset] of node; len_out counts both braces. */
SCN_NODISCARD enum scn_status scn_expand_one(const struct scn_scope *scope,
                                             const struct scn_yaml *node,
                                             size_t offset,
                                             const char **value_out,
                                             size_t *len_out);

/* The text with its placeholders replaced; `\{` is a brace. Other escapes are
 * kept for who reads the text next. */
SCN_NODISCARD enum scn_status scn_expand(const struct scn_scope *scope,
                                         const struct scn_yaml *node,
                                         const char **text_out);

/* A copy of a scalar's text, so that an instance outlives its scenario; NULL
 * for a NULL node. */
SCN_NODISCARD enum scn_status scn_keep(const struct scn_scope *scope,
                                       const struct scn_yaml *node,
                                       const char **text_out);

/* The name a node says, lower-case, absolute, [owned] by the arena. */
SCN_NODISCARD enum scn_status scn_scope_name(struct scn_scope *scope,
                                             const struct scn_yaml *node,
                                             const uint8_t **name_out);

/* The same for text that was expanded before; node is for messages. */
SCN_NODISCARD enum scn_status scn_scope_name_text(struct scn_scope *scope,
                                                  const struct scn_yaml *node,
                                                  const char *text, size_t len,
                                                  const uint8_t **name_out);

/* A name as the file would write it; text has SCN_NAME_TEXT_MAX + 1
 * octets. */
void scn_scope_show(const struct scn_scope *scope, const uint8_t *name,
                    char *text);

/* True when a name may stand where DNS of a shared universe is meant: below
 * the apex, or what DNS must not see. Always true in a private universe. */
bool scn_scope_allows(const struct scn_scope *scope, const uint8_t *name);
