/* SPDX-License-Identifier: BSD-2-Clause */
/* coverage.c - requirement, to checks, to deviations. */
#include "coverage.h"

#include "selected.h"
#include "text.h"
#include "words.h"

#include <string.h>

struct page {
    const struct cfm_inventory *inventory; /* [borrowed] all */
    const struct cfm_selection *selection;
    const struct scn_requirements *requirements;
    const struct scn_deviations *deviations;
    struct cfm_text text;
};

static bool has(const char *const *list, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static bool cites(const struct scn_check *check, const char *requirement)
{
    return has(check->requirements, check->requirement_count, requirement);
}

static bool is_tested(const struct page *page, const char *requirement)
{
    struct cfm_selected_check at = { 0 };

    while (cfm_next_selected(page->inventory, page->selection, &at)) {
        if (cites(at.check, requirement)) {
            return true;
        }
    }
    return false;
}

/* --- the columns --- */

/* Checks of one scenario, told together: "id", when all of them cite it, else
 * "id/{a,b}". */
struct group {
    const struct scn_scenario *scenario;
    struct cfm_text checks;
    size_t count;
    size_t total;
};

static void end_group(struct page *page, struct group *group, bool *first)
{
    if (group->count > 0) {
        cfm_text_addf(&page->text, "%s%s", *first ? "" : " ",
                      scn_scenario_id(group->scenario));
        *first = false;
    }
    if (group->count > 0 && group->count < group->total) {
        cfm_text_addf(&page->text, group->count == 1 ? "/%s" : "/{%s}",
                      group->checks.data);
    }
    cfm_text_fini(&group->checks);
    *group = (struct group){ .scenario = NULL };
}

static void add_checks(struct page *page, const char *requirement)
{
    struct cfm_selected_check at = { 0 };
    struct group group = { .scenario = NULL };
    bool first = true;

    while (cfm_next_selected(page->inventory, page->selection, &at)) {
        if (at.scenario != group.scenario) {
            end_group(page, &group, &first);
            group.scenario = at.scenario;
        }
        group.total++;
        if (cites(at.check, requirement)) {
            const char *id = at.check->id == NULL ? "" : at.check->id;
            cfm_text_addf(&group.checks, "%s%s", group.count > 0 ? "," : "",
                          id);
            group.count++;
        }
    }
    end_group(page, &group, &first);
    cfm_text_add(&page->text, first ? "**gap**" : "");
}

/* Whether a file that has a check for the requirement claims the deviation. */
static bool is_claimed(const struct page *page, const char *requirement,
                       const char *deviation)
{
    struct cfm_selected_check at = { 0 };

    while (cfm_next_selected(page->inventory, page->selection, &at)) {
        size_t count = 0;
        const char *const *catches = scn_scenario_catches(at.scenario, &count);
        if ((requirement == NULL || cites(at.check, requirement)) &&
            has(catches, count, deviation)) {
            return true;
        }
    }
    return false;
}

static size_t deviation_count(const struct page *page)
{
    return page->deviations == NULL ? 0
                                    : scn_deviations_count(page->deviations);
}

static void add_deviations(struct page *page, const char *requirement)
{
    for (size_t i = 0; i < deviation_count(page); i++) {
        const char *id = scn_deviations_at(page->deviations, i)->id;
        if (is_claimed(page, requirement, id)) {
            cfm_text_addf(&page->text, " %s", id);
        }
    }
}

static void add_when(struct cfm_text *text,
                     const struct scn_requirement *requirement)
{
    char buf[CFM_WORD_MAX];
    const char *comma = "; ";

    for (int i = 0; i <= SCN_SMIME_BR; i++) {
        if ((requirement->profiles & 1U << i) != 0) {
            cfm_text_addf(text, "%s%s", comma,
                          scn_profile_text((enum scn_profile)i));
            comma = ", ";
        }
    }
    if (requirement->from != 0) {
        cfm_text_addf(text, " from %s", cfm_date_text(requirement->from, buf));
    }
    if (requirement->until != 0) {
        cfm_text_addf(text, " until %s",
                      cfm_date_text(requirement->until, buf));
    }
}

/* A bar would end the cell of a table. */
static void add_cell(struct cfm_text *text, const char *words)
{
    for (; *words != '\0'; words++) {
        cfm_text_add(text, *words == '|' ? "\\" : "");
        cfm_text_add_octets(text, words, 1);
    }
}

static void add_row(struct page *page,
                    const struct scn_requirement *requirement)
{
    struct cfm_text *text = &page->text;

    cfm_text_addf(text, "| %s | ", requirement->id);
    add_cell(text, requirement->says);
    cfm_text_addf(text, " | %s", requirement->text);
    if (requirement->section != NULL) {
        cfm_text_addf(text, " section %s", requirement->section);
    }
    cfm_text_addf(text, "; %s", scn_strength_text(requirement->strength));
    add_when(text, requirement);
    cfm_text_add(text, " | ");
    add_checks(page, requirement->id);
    cfm_text_add(text, " |");
    add_deviations(page, requirement->id);
    cfm_text_add(text, " |\n");
}

/* --- the page --- */

static bool is_in(const struct scn_requirement *requirement,
                  const struct scn_chapter *chapter)
{
    return strncmp(requirement->id, chapter->id, 2) == 0;
}

static void add_summary(struct page *page, const struct scn_chapter *chapter)
{
    size_t count = 0;
    size_t all = 0;
    size_t tested = 0;
    const struct scn_requirement *list =
        scn_requirements_list(page->requirements, &count);

    for (size_t i = 0; i < count; i++) {
        if (is_in(&list[i], chapter)) {
            all++;
            tested += is_tested(page, list[i].id) ? 1 : 0;
        }
    }
    cfm_text_addf(&page->text, "| %s %s | %zu | %zu | %zu |\n", chapter->id,
                  chapter->title, all, tested, all - tested);
}

static void add_chapter(struct page *page, const struct scn_chapter *chapter)
{
    size_t count = 0;
    const struct scn_requirement *list =
        scn_requirements_list(page->requirements, &count);

    cfm_text_addf(&page->text,
                  "\n## %s %s\n\n"
                  "| id | requirement | authority | checks | deviations |\n"
                  "|---|---|---|---|---|\n",
                  chapter->id, chapter->title);
    for (size_t i = 0; i < count; i++) {
        if (is_in(&list[i], chapter)) {
            add_row(page, &list[i]);
        }
    }
}

static void add_unclaimed(struct page *page)
{
    bool any = false;

    cfm_text_add(&page->text, "\n## Deviations that no scenario claims\n\n");
    for (size_t i = 0; i < deviation_count(page); i++) {
        const struct scn_deviation *deviation =
            scn_deviations_at(page->deviations, i);
        if (!is_claimed(page, NULL, deviation->id)) {
            cfm_text_addf(
                &page->text, "- %s: %s%s%s\n", deviation->id, deviation->what,
                deviation->equivalent_count > 0 ? "; equivalent: " : "",
                deviation->equivalent_count > 0
                    ? deviation->equivalents[0].because
                    : "");
            any = true;
        }
    }
    cfm_text_add(&page->text, any ? "" : "None.\n");
}

char *cfm_coverage_text(const struct cfm_inventory *inventory,
                        const struct cfm_selection *selection,
                        const struct scn_requirements *requirements,
                        const struct scn_deviations *deviations)
{
    struct page page = { .inventory = inventory,
                         .selection = selection,
                         .requirements = requirements,
                         .deviations = deviations };
    size_t count = 0;
    const struct scn_chapter *chapters =
        scn_requirements_chapters(requirements, &count);

    cfm_text_addf(&page.text,
                  "# Coverage\n\n"
                  "Which check tests which requirement, and which deviations "
                  "the files of those checks\nclaim to catch. Made by "
                  "`caaconform coverage`; do not edit.\n\n"
                  "%zu checks in the catalogue.\n\n"
                  "| chapter | requirements | tested | gaps |\n"
                  "|---|---|---|---|\n",
                  selection->check_count);
    for (size_t i = 0; i < count; i++) {
        add_summary(&page, &chapters[i]);
    }
    for (size_t i = 0; i < count; i++) {
        add_chapter(&page, &chapters[i]);
    }
    add_unclaimed(&page);
    return cfm_text_take(&page.text);
}
