/* SPDX-License-Identifier: BSD-2-Clause */
/* cmd_lab.c - repro and shell: one check, looked at closely. */
#include "commands.h"
#include "open.h"
#include "report.h"
#include "supervise.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct repro {
    const struct cfm_invocation *invocation;
    struct cfm_results results; /* [owned] */
};

static int on_result(void *ctx, struct cfm_result *result)
{
    struct repro *repro = ctx;

    return cfm_results_add(&repro->results, result);
}

static void print_lines(const json_t *lines)
{
    size_t i = 0;
    json_t *line = NULL;

    json_array_foreach(lines, i, line)
    {
        (void)printf("%s\n", json_string_value(line));
    }
}

static void print_story(const struct cfm_result *result, bool first)
{
    (void)printf("%s%s: %s\n\n", first ? "" : "\n", result->address,
                 result->title);
    print_lines(result->story);
    if (result->story != NULL) {
        (void)printf("\n");
    }
    print_lines(result->grounds);
    if (result->output != NULL && result->output[0] != '\0') {
        (void)printf("It printed:\n%s\n", result->output);
    }
}

static int run_lab(const struct cfm_invocation *invocation,
                   const struct cfm_opened *opened, enum cfm_lab_mode mode,
                   const struct cfm_watcher *watcher)
{
    const struct cfm_lab_job job = {
        .mode = mode,
        .settings = &invocation->settings,
        .catalogue = opened->catalogue,
        .selected = opened->selection.items,
        .selected_count = opened->selection.count,
    };

    return cfm_supervise(&job, watcher);
}

int cfm_command_repro(const struct cfm_invocation *invocation,
                      const char *program_dir)
{
    struct repro repro = { .invocation = invocation };
    const struct cfm_watcher watcher = { .ctx = &repro,
                                         .on_result = on_result };
    struct cfm_opened opened = { 0 };
    int rc =
        cfm_open(invocation, program_dir, invocation->operands[0], &opened);

    if (rc == 0) {
        rc = run_lab(invocation, &opened, CFM_LAB_REPRO, &watcher);
    }
    if (rc == 0) {
        cfm_results_sort(&repro.results);
        for (size_t i = 0; i < repro.results.count; i++) {
            print_story(&repro.results.items[i].result, i == 0);
        }
        rc = cfm_results_exit(&repro.results);
    }
    cfm_results_fini(&repro.results);
    cfm_opened_fini(&opened);
    return rc;
}

int cfm_command_shell(const struct cfm_invocation *invocation,
                      const char *program_dir)
{
    const struct cfm_watcher watcher = { .ctx = NULL };
    struct cfm_opened opened = { 0 };
    int rc =
        cfm_open(invocation, program_dir, invocation->operands[0], &opened);

    if (rc == 0 && opened.selection.count > 1) {
        (void)fprintf(stderr,
                      "caaconform: %s has several checks; name one, for "
                      "instance %s\n",
                      invocation->operands[0],
                      opened.selection.items->wanted[0]);
        rc = 2;
    }
    if (rc == 0) {
        rc = run_lab(invocation, &opened, CFM_LAB_SHELL, &watcher);
    }
    cfm_opened_fini(&opened);
    return rc;
}
