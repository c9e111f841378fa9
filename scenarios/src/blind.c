/* SPDX-License-Identifier: BSD-2-Clause */
/* blind.c - take the expectation out of a scenario file. */
#include <scenario/blind.h>

#include <libfyaml.h>
#include <stdbool.h>

/* Keys of a check and of a scenario that tell or hint at the verdict. */
static const char *const check_keys[] = { "verdict",  "reason",
                                          "found-at", "refused-names",
                                          "because",  "evidence",
                                          "apply",    "except" };
static const char *const scenario_keys[] = { "story", "notes", "catches",
                                             "twin" };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void take_out(struct fy_node *map, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fy_node_free(fy_node_mapping_remove_by_key(
            map, fy_node_mapping_lookup_key_by_string(map, keys[i], FY_NT)));
    }
}

static void blind_check(struct fy_node *check)
{
    if (check != NULL && fy_node_is_mapping(check)) {
        take_out(check, check_keys, COUNT(check_keys));
    }
}

/* Every item of a list; of steps only those that are checks. */
static void blind_list(struct fy_node *list, bool steps)
{
    void *at = NULL;
    struct fy_node *item = NULL;

    if (list == NULL || !fy_node_is_sequence(list)) {
        return;
    }
    while ((item = fy_node_sequence_iterate(list, &at)) != NULL) {
        blind_check(steps
                        ? fy_node_mapping_lookup_by_string(item, "check", FY_NT)
                        : item);
    }
}

enum scn_status scn_blind(const char *text, size_t len, char **text_out)
{
    const struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET };
    struct fy_document *document =
        fy_document_build_from_string(&cfg, text, len);
    struct fy_node *root = document == NULL ? NULL : fy_document_root(document);
    enum scn_status status = SCN_EINPUT;

    if (root != NULL && fy_node_is_mapping(root)) {
        take_out(root, scenario_keys, COUNT(scenario_keys));
        blind_list(fy_node_mapping_lookup_by_string(root, "checks", FY_NT),
                   false);
        blind_list(fy_node_mapping_lookup_by_string(root, "steps", FY_NT),
                   true);
        char *blind = fy_emit_document_to_string(
            document,
            (enum fy_emitter_cfg_flags)(FYECF_MODE_BLOCK | FYECF_WIDTH_INF));
        status = blind == NULL ? SCN_ENOMEM : SCN_OK;
        if (blind != NULL) {
            *text_out = blind;
        }
    }
    fy_document_destroy(document);
    return status;
}
