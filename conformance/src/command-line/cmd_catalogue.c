/* SPDX-License-Identifier: BSD-2-Clause */
/* cmd_catalogue.c - list, show, lint, coverage: commands that need no lab. */
#include "commands.h"
#include "coverage.h"
#include "list.h"
#include "open.h"
#include "write_file.h"

#include <stdio.h>
#include <stdlib.h>

int cfm_command_list(const struct cfm_invocation *invocation,
                     const char *program_dir)
{
    struct cfm_opened opened = { 0 };
    int rc = cfm_open(invocation, program_dir, NULL, &opened);

    if (rc == 0) {
        rc = cfm_print(invocation->json
                           ? cfm_list_json(&opened.inventory, &opened.selection,
                                           &invocation->settings)
                           : cfm_list_text(&opened.inventory, &opened.selection,
                                           &invocation->settings));
    }
    cfm_opened_fini(&opened);
    return rc;
}

int cfm_command_show(const struct cfm_invocation *invocation,
                     const char *program_dir)
{
    struct cfm_opened opened = { 0 };
    int rc =
        cfm_open(invocation, program_dir, invocation->operands[0], &opened);

    if (rc == 0) {
        const struct scn_scenario *scenario = opened.selection.items->scenario;
        char *file = cfm_read_file(scn_scenario_file(scenario));
        const struct scn_requirements *requirements =
            scn_catalogue_requirements(opened.catalogue);
        rc = cfm_print(
            invocation->blind
                ? cfm_show_blind_text(&opened.inventory, &opened.selection,
                                      requirements, file)
                : cfm_show_text(&opened.inventory, &opened.selection,
                                requirements, &invocation->settings, file));
        free(file);
    }
    cfm_opened_fini(&opened);
    return rc;
}

int cfm_command_lint(const struct cfm_invocation *invocation,
                     const char *program_dir)
{
    const struct cfm_settings *settings = &invocation->settings;
    struct cfm_opened opened = { 0 };
    const char *const *paths = invocation->operands;
    size_t count = invocation->operand_count;

    if (count == 0) {
        paths = settings->catalogue;
        count = settings->catalogue_count;
    }
    int rc = cfm_load(paths, count, program_dir, &opened);
    if (rc == 0) {
        /* Some mistakes show only when names are made absolute. */
        struct scn_error error = { .line = 0 };
        enum scn_status st = cfm_inventory_init(
            opened.catalogue, &settings->params, &error, &opened.inventory);
        if (st != SCN_OK) {
            cfm_print_diagnostic(NULL, &error);
            rc = 2;
        }
    }
    cfm_opened_fini(&opened);
    return rc;
}

int cfm_command_coverage(const struct cfm_invocation *invocation,
                         const char *program_dir)
{
    struct cfm_opened opened = { 0 };
    int rc = cfm_open(invocation, program_dir, NULL, &opened);

    if (rc == 0) {
        const struct scn_requirements *requirements =
            scn_catalogue_requirements(opened.catalogue);
        if (requirements == NULL) {
            (void)fprintf(stderr,
                          "caaconform: the catalogue has no requirements.yaml "
                          "beside it or above it\n");
            rc = 2;
        } else {
            rc = cfm_print(cfm_coverage_text(
                &opened.inventory, &opened.selection, requirements,
                scn_catalogue_deviations(opened.catalogue)));
        }
    }
    cfm_opened_fini(&opened);
    return rc;
}
