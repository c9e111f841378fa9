/* SPDX-License-Identifier: BSD-2-Clause */
/* list.c - what the catalogue holds, for machines and at a glance. */
#include "list.h"

#include "expectation.h"
#include "explain.h"
#include "result.h"
#include "selected.h"

#include <stdlib.h>

static json_t *strings_to_json(const char *const *strings, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; array != NULL && i < count; i++) {
        if (json_array_append_new(array, json_string(strings[i])) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *features_to_json(unsigned features)
{
    json_t *array = json_array();

    for (unsigned bit = 1; array != NULL && bit != 0 && bit <= features;
         bit <<= 1) {
        if ((features & bit) != 0 &&
            json_array_append_new(array, json_string(scn_feature_text(
                                             (enum scn_feature)bit))) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *text_or_null(const char *text)
{
    return text == NULL ? json_null() : json_string(text);
}

static json_t *check_to_json(const struct scn_scenario *scenario,
                             const struct scn_check *check,
                             const struct cfm_policy *policy)
{
    size_t count = 0;
    const char *const *catches = scn_scenario_catches(scenario, &count);

    return json_pack(
        "{s:s,s:s,s:o,s:s,s:o,s:o,s:o,s:o,s:s,s:o}", "id", check->address,
        "scenario", scn_scenario_id(scenario), "check", text_or_null(check->id),
        "title", scn_scenario_title(scenario), "sources",
        cfm_sources_to_json(check), "catches", strings_to_json(catches, count),
        "requirements",
        strings_to_json(check->requirements, check->requirement_count),
        "features", features_to_json(check->features), "expected",
        scn_verdict_text(cfm_row_unseen(check, policy)->verdict), "twin",
        text_or_null(scn_scenario_twin(scenario)));
}

char *cfm_list_json(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct cfm_settings *settings)
{
    const struct cfm_policy policy = cfm_policy_of(settings);
    struct cfm_selected_check at = { 0 };
    json_t *array = json_array();
    char *text = NULL;

    while (array != NULL && cfm_next_selected(inventory, selection, &at)) {
        json_t *object = check_to_json(at.scenario, at.check, &policy);
        if (json_array_append_new(array, object) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    char *json = array == NULL ? NULL : json_dumps(array, JSON_INDENT(2));
    text = json == NULL ? NULL : cfm_textf("%s\n", json);
    free(json);
    json_decref(array);
    return text;
}

char *cfm_list_text(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct cfm_settings *settings)
{
    const struct cfm_policy policy = cfm_policy_of(settings);
    struct cfm_selected_check at = { 0 };
    const char *scenario = NULL;
    struct cfm_text text = { 0 };

    while (cfm_next_selected(inventory, selection, &at)) {
        const char *id = scn_scenario_id(at.scenario);
        if (id != scenario) {
            cfm_text_addf(&text, "%s%s: %s\n", scenario == NULL ? "" : "\n", id,
                          scn_scenario_title(at.scenario));
            scenario = id;
        }
        cfm_text_addf(
            &text, "  %-7s %s\n",
            scn_verdict_text(cfm_row_unseen(at.check, &policy)->verdict),
            at.check->address);
    }
    cfm_text_addf(&text, "\n%zu checks\n", selection->check_count);
    return cfm_text_take(&text);
}
