/* SPDX-License-Identifier: BSD-2-Clause */
/* show.c - one scenario: what it is about, its text, what it expects. */
#include "expectation.h"
#include "list.h"
#include "row_text.h"
#include "selected.h"

#include <scenario/blind.h>

#include <stdlib.h>
#include <string.h>

/* One heading, then text with every line indented. */
static void add_paragraph(struct cfm_text *text, const char *heading,
                          const char *paragraph)
{
    if (paragraph == NULL) {
        return;
    }
    cfm_text_addf(text, "\n%s\n", heading);
    while (*paragraph != '\0') {
        size_t len = strcspn(paragraph, "\n");
        cfm_text_add(text, len > 0 ? "  " : "");
        cfm_text_add_octets(text, paragraph, len);
        cfm_text_add(text, "\n");
        paragraph += len + (paragraph[len] == '\n' ? 1 : 0);
    }
}

static void add_sources(struct cfm_text *text,
                        const struct scn_scenario *scenario)
{
    size_t count = 0;
    const struct scn_source *sources = scn_scenario_sources(scenario, &count);

    cfm_text_add(text, "\nSources\n");
    for (size_t i = 0; i < count; i++) {
        cfm_text_addf(text, "  %s", sources[i].text);
        if (sources[i].section != NULL) {
            cfm_text_addf(text, ", section %s", sources[i].section);
        }
        if (sources[i].url != NULL) {
            cfm_text_addf(text, " <%s>", sources[i].url);
        }
        cfm_text_add(text, "\n");
    }
}

static void add_catches(struct cfm_text *text,
                        const struct scn_scenario *scenario)
{
    size_t count = 0;
    const char *const *catches = scn_scenario_catches(scenario, &count);

    if (count > 0) {
        cfm_text_add(text, "\nCatches\n ");
        for (size_t i = 0; i < count; i++) {
            cfm_text_addf(text, " %s", catches[i]);
        }
        cfm_text_add(text, "\n");
    }
}

/* Ids and what they say; requirements NULL: there is no table. */
static void add_requirements(struct cfm_text *text,
                             const struct scn_check *check,
                             const struct scn_requirements *requirements)
{
    for (size_t i = 0; i < check->requirement_count; i++) {
        const char *id = check->requirements[i];
        const struct scn_requirement *found =
            requirements == NULL ? NULL
                                 : scn_requirements_find(requirements, id);
        cfm_text_addf(text, "  tests: %s%s%s\n", id, found == NULL ? "" : " ",
                      found == NULL ? "" : found->says);
    }
}

static void add_request(struct cfm_text *text, const struct scn_check *check)
{
    enum { SHOWN = 5 };

    cfm_text_addf(text, "  request: %s certificate for",
                  check->kind == SCN_TLS ? "a TLS" : "an S/MIME");
    for (size_t i = 0; i < check->subject_count && i < SHOWN; i++) {
        cfm_text_addf(text, "%s %s", i == 0 ? "" : ",",
                      check->subjects[i].text);
    }
    if (check->subject_count > SHOWN) {
        cfm_text_addf(text, " and %zu more", check->subject_count - SHOWN);
    }
    cfm_text_add(text, "\n");
    if (check->features != 0) {
        cfm_text_add(text, "  needs: ");
        cfm_features_add(text, check->features, ", ");
        cfm_text_add(text, "\n");
    }
}

char *cfm_show_text(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct scn_requirements *requirements,
                    const struct cfm_settings *settings, const char *file_text)
{
    struct cfm_selected_check at = { 0 };
    struct cfm_text text = { 0 };
    bool first = true;

    while (cfm_next_selected(inventory, selection, &at)) {
        if (first) {
            cfm_text_addf(&text, "%s: %s\n", scn_scenario_id(at.scenario),
                          scn_scenario_title(at.scenario));
            add_paragraph(&text, "Story", scn_scenario_story(at.scenario));
            add_paragraph(&text, "Notes", scn_scenario_notes(at.scenario));
            add_sources(&text, at.scenario);
            add_catches(&text, at.scenario);
            add_paragraph(&text, "Twin", scn_scenario_twin(at.scenario));
            add_paragraph(&text, scn_scenario_file(at.scenario), file_text);
            first = false;
        }
        cfm_text_addf(&text, "\n%s expects\n", at.check->address);
        add_request(&text, at.check);
        add_requirements(&text, at.check, requirements);
        cfm_expectation_add(&text, at.check, settings->policy_date);
    }
    return cfm_text_take(&text);
}

/* Ids and where to read them: what they say tells the verdict. */
static void add_places(struct cfm_text *text, const struct scn_check *check,
                       const struct scn_requirements *requirements)
{
    for (size_t i = 0; i < check->requirement_count; i++) {
        const char *id = check->requirements[i];
        const struct scn_requirement *found =
            requirements == NULL ? NULL
                                 : scn_requirements_find(requirements, id);
        cfm_text_addf(text, "  tests: %s", id);
        if (found != NULL) {
            cfm_text_addf(text, " %s%s%s", found->text,
                          found->section == NULL ? "" : ", section ",
                          found->section == NULL ? "" : found->section);
        }
        cfm_text_add(text, "\n");
    }
}

char *cfm_show_blind_text(const struct cfm_inventory *inventory,
                          const struct cfm_selection *selection,
                          const struct scn_requirements *requirements,
                          const char *file_text)
{
    struct cfm_selected_check at = { 0 };
    struct cfm_text text = { 0 };
    char *blind = NULL;

    if (file_text != NULL &&
        scn_blind(file_text, strlen(file_text), &blind) == SCN_OK) {
        cfm_text_add(&text, blind);
    }
    free(blind);
    while (cfm_next_selected(inventory, selection, &at)) {
        cfm_text_addf(&text, "\n%s\n", at.check->address);
        add_request(&text, at.check);
        add_places(&text, at.check, requirements);
    }
    return cfm_text_take(&text);
}
