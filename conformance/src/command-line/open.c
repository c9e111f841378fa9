/* SPDX-License-Identifier: BSD-2-Clause */
/* open.c - from the command line to scenarios, instances and checks. */
#include "open.h"

#include "text.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BAD_INPUT = 2 };

static bool is_directory(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_file(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

char *cfm_program_dir(void)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

    if (len <= 0) {
        return NULL;
    }
    path[len] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return NULL;
    }
    *slash = '\0';
    return cfm_text_copy(path);
}

char *cfm_default_catalogue(const char *program_dir)
{
    static const char *const beside[] = { "../../../scenarios/catalogue",
                                          "../share/caa-testbed/catalogue" };

    if (is_directory("scenarios/catalogue")) {
        return cfm_text_copy("scenarios/catalogue");
    }
    for (size_t i = 0; program_dir != NULL && i < 2; i++) {
        char *path = cfm_textf("%s/%s", program_dir, beside[i]);
        char *real = path == NULL ? NULL : realpath(path, NULL);
        free(path);
        if (real != NULL && is_directory(real)) {
            return real;
        }
        free(real);
    }
    return NULL;
}

void cfm_print_diagnostic(void *ctx, const struct scn_error *error)
{
    char line[SCN_ERROR_FILE_MAX + SCN_ERROR_TEXT_MAX + 32];
    char *clean = NULL;

    (void)ctx;
    scn_error_format(error, line, sizeof(line));
    clean = cfm_text_clean(line, sizeof(line));
    (void)fprintf(stderr, "%s\n", clean == NULL ? line : clean);
    free(clean);
}

/* --- which files --- */

/* "x/y.yaml" or "x/y.yaml/CHECK": the length of the path in it, else 0. */
static size_t length_of_path(const char *operand)
{
    const char *ending = strstr(operand, ".yaml");
    size_t len = 0;

    while (ending != NULL && ending[5] != '\0' && ending[5] != '/') {
        ending = strstr(ending + 5, ".yaml");
    }
    if (ending == NULL) {
        return 0;
    }
    len = (size_t)(ending - operand) + 5;
    return len;
}

/* Shared rows for a file that has no rules.yaml beside it or above it. */
static char *rules_of(const char *catalogue)
{
    char *path = cfm_textf("%s/rules.yaml", catalogue);

    if (path != NULL && !is_file(path)) {
        free(path);
        path = cfm_textf("%s/../rules.yaml", catalogue);
    }
    if (path != NULL && !is_file(path)) {
        free(path);
        path = NULL;
    }
    return path;
}

/* The catalogue's own rules stand first: files named by themselves, which may
 * lie anywhere, use them when they have none beside them. */
static int load(const char *const *paths, size_t count, const char *catalogue,
                struct cfm_opened *opened)
{
    char *rules = catalogue == NULL ? NULL : rules_of(catalogue);
    const char **all = NULL;
    size_t all_count = 0;
    enum scn_status st = SCN_ENOMEM;

    if (rules != NULL && !cfm_list_add(&all, &all_count, rules)) {
        goto out;
    }
    for (size_t i = 0; i < count; i++) {
        if (!cfm_list_add(&all, &all_count, paths[i])) {
            goto out;
        }
    }
    st = scn_catalogue_load(all, all_count, cfm_print_diagnostic, NULL,
                            &opened->catalogue);
out:
    if (st == SCN_ENOMEM) {
        (void)fprintf(stderr, "caaconform: out of memory\n");
    }
    free((void *)all);
    free(rules);
    return st == SCN_OK ? 0 : BAD_INPUT;
}

int cfm_load(const char *const *paths, size_t count, const char *program_dir,
             struct cfm_opened *opened)
{
    char *found = cfm_default_catalogue(program_dir);
    const char *const instead[] = { found };
    int rc = BAD_INPUT;

    if (count > 0) {
        rc = load(paths, count, found, opened);
    } else if (found != NULL) {
        rc = load(instead, 1, NULL, opened);
    } else {
        (void)fprintf(stderr, "caaconform: no catalogue here or beside the "
                              "program; name one with --catalogue PATH\n");
    }
    free(found);
    return rc;
}

/* --- the operand --- */

static int split_operand(const char *operand, size_t path_len,
                         struct cfm_opened *opened)
{
    const char *check = operand + path_len;

    if (path_len == 0) {
        const char *slash = strchr(operand, '/');
        size_t len =
            slash == NULL ? strlen(operand) : (size_t)(slash - operand);
        opened->target_id = strndup(operand, len);
        check = slash == NULL ? "" : slash;
    }
    if (check[0] == '/' && check[1] != '\0') {
        opened->target_check = cfm_text_copy(check + 1);
    }
    return opened->target_id == NULL ? BAD_INPUT : 0;
}

static int select_target(const char *operand, struct cfm_opened *opened)
{
    if (cfm_select_one(&opened->inventory, opened->target_id,
                       opened->target_check, &opened->selection) != 0) {
        (void)fprintf(stderr, "caaconform: out of memory\n");
        return BAD_INPUT;
    }
    if (opened->selection.check_count == 0) {
        (void)fprintf(stderr,
                      "caaconform: %s: no such check; see caaconform list\n",
                      operand);
        return BAD_INPUT;
    }
    return 0;
}

static int make_inventory(const struct cfm_settings *settings,
                          struct cfm_opened *opened)
{
    struct scn_error error = { .line = 0 };
    enum scn_status st = cfm_inventory_init(
        opened->catalogue, &settings->params, &error, &opened->inventory);

    if (st == SCN_OK) {
        return 0;
    }
    if (st == SCN_ENOMEM) {
        (void)fprintf(stderr, "caaconform: out of memory\n");
    } else {
        cfm_print_diagnostic(NULL, &error);
    }
    return BAD_INPUT;
}

static int choose(const struct cfm_settings *settings, const char *operand,
                  struct cfm_opened *opened)
{
    if (operand != NULL) {
        return select_target(operand, opened);
    }
    if (cfm_select(&opened->inventory, settings, &opened->selection) != 0) {
        (void)fprintf(stderr, "caaconform: out of memory\n");
        return BAD_INPUT;
    }
    if (opened->selection.check_count == 0) {
        (void)fprintf(stderr, "caaconform: %s\n",
                      scn_catalogue_count(opened->catalogue) == 0
                          ? "there is no scenario in the catalogue; name "
                            "another with --catalogue PATH"
                          : "--only and --skip leave no check; see caaconform "
                            "list");
        return BAD_INPUT;
    }
    return 0;
}

/* The operand may be the path of one file; else it is an id in the catalogue.
 */
static int load_for(const struct cfm_invocation *invocation,
                    const char *program_dir, const char *operand,
                    struct cfm_opened *opened)
{
    const struct cfm_settings *settings = &invocation->settings;
    size_t path_len = operand == NULL ? 0 : length_of_path(operand);

    if (path_len == 0) {
        int rc = cfm_load(settings->catalogue, settings->catalogue_count,
                          program_dir, opened);
        return rc == 0 && operand != NULL ? split_operand(operand, 0, opened)
                                          : rc;
    }
    char *file = strndup(operand, path_len);
    const char *const paths[] = { file };
    int rc = file == NULL ? BAD_INPUT : cfm_load(paths, 1, program_dir, opened);
    free(file);
    if (rc == 0 && scn_catalogue_count(opened->catalogue) == 1) {
        opened->target_id = cfm_text_copy(
            scn_scenario_id(scn_catalogue_at(opened->catalogue, 0)));
        return split_operand(operand, path_len, opened);
    }
    if (rc == 0) {
        (void)fprintf(stderr, "caaconform: %s holds no scenario\n", operand);
    }
    return BAD_INPUT;
}

int cfm_open(const struct cfm_invocation *invocation, const char *program_dir,
             const char *operand, struct cfm_opened *opened_out)
{
    const struct cfm_settings *settings = &invocation->settings;
    struct cfm_opened opened = { 0 };
    int rc = load_for(invocation, program_dir, operand, &opened);

    if (rc == 0) {
        rc = make_inventory(settings, &opened);
    }
    if (rc == 0) {
        rc = choose(settings, operand, &opened);
    }
    if (rc != 0) {
        cfm_opened_fini(&opened);
        return rc;
    }
    *opened_out = opened;
    return 0;
}

void cfm_opened_fini(struct cfm_opened *opened)
{
    cfm_selection_fini(&opened->selection);
    cfm_inventory_fini(&opened->inventory);
    scn_catalogue_free(opened->catalogue);
    free(opened->target_id);
    free(opened->target_check);
    *opened = (struct cfm_opened){ 0 };
}
