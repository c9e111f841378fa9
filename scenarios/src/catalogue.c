/* SPDX-License-Identifier: BSD-2-Clause */
/* catalogue.c - many scenario files, and what one says of another. */
#include "file.h"
#include "loader.h"

#include <scenario/catalogue.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char rules_name[] = "rules.yaml";

void scn_loader_note(struct scn_loader *l, enum scn_status status,
                     const struct scn_error *error)
{
    if (l->worst == SCN_OK) {
        l->worst = status;
    }
    if (l->report != NULL && status != SCN_ENOMEM) {
        l->report(l->ctx, error);
    }
}

void scn_loader_note_errno(struct scn_loader *l, const char *file, int number)
{
    struct scn_error error;
    char reason[128];
    struct scn_at nowhere = { 0, 0 };

    if (strerror_r(number, reason, sizeof(reason)) != 0) {
        (void)snprintf(reason, sizeof(reason), "error %d", number);
    }
    (void)scn_fail(&error, file, nowhere, "cannot be read: %s", reason);
    scn_loader_note(l, SCN_ESYSTEM, &error);
}

static const struct scn_rules *known_rules(const struct scn_catalogue *c,
                                           const char *path)
{
    struct scn_rules *const *rules = c->rules.items;

    for (size_t i = 0; i < c->rules.count; i++) {
        if (strcmp(rules[i]->file, path) == 0) {
            return rules[i];
        }
    }
    return NULL;
}

/* The rules at path; NULL when they cannot be had, which was reported. */
static const struct scn_rules *load_rules(struct scn_loader *l,
                                          const char *path)
{
    struct scn_error error;
    struct scn_rules *rules = NULL;
    size_t len = 0;
    char *text = scn_file_read(path, &len);

    if (text == NULL) {
        scn_loader_note_errno(l, path, errno);
        return NULL;
    }
    struct scn_rules **slot = scn_vec_push(
        &l->catalogue->arena, &l->catalogue->rules, sizeof(struct scn_rules *));
    enum scn_status status =
        slot != NULL ? scn_rules_read(path, text, len, &error, &rules)
                     : SCN_ENOMEM;
    free(text);
    if (status != SCN_OK) {
        l->catalogue->rules.count -= slot != NULL ? 1 : 0;
        scn_loader_note(l, status, &error);
        return NULL;
    }
    *slot = rules;
    return rules;
}

/* The rules for the files of a directory, else those that were named by
 * themselves, else NULL; *ok_out is false when there are some that cannot be
 * used, which was reported. */
static const struct scn_rules *find_rules(struct scn_loader *l, const char *dir,
                                          bool *ok_out)
{
    *ok_out = true;
    for (int above = 0; above < 2; above++) {
        char *path = scn_loader_path(l, dir, above != 0, rules_name);
        struct stat st;
        if (path == NULL) {
            scn_loader_note(l, SCN_ENOMEM, NULL);
            *ok_out = false;
            return NULL;
        }
        const struct scn_rules *rules = known_rules(l->catalogue, path);
        if (rules == NULL && stat(path, &st) == 0) {
            rules = load_rules(l, path);
            *ok_out = rules != NULL;
            return rules;
        }
        if (rules != NULL) {
            return rules;
        }
    }
    return l->fallback;
}

static void load_file(struct scn_loader *l, const char *path,
                      const struct scn_rules *rules)
{
    struct scn_error error;
    struct scn_scenario *scenario = NULL;
    size_t len = 0;
    char *text = scn_file_read(path, &len);

    if (text == NULL) {
        scn_loader_note_errno(l, path, errno);
        return;
    }
    enum scn_status status =
        scn_scenario_read(path, text, len, rules, &error, &scenario);
    free(text);
    if (status != SCN_OK) {
        scn_loader_note(l, status, &error);
        return;
    }
    struct scn_scenario **slot =
        scn_vec_push(&l->catalogue->arena, &l->catalogue->scenarios,
                     sizeof(struct scn_scenario *));
    if (slot == NULL) {
        scn_scenario_free(scenario);
        scn_loader_note(l, SCN_ENOMEM, NULL);
        return;
    }
    *slot = scenario;
}

static int is_scenario_file(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return entry->d_name[0] != '.' && len > 5 &&
           strcmp(entry->d_name + len - 5, ".yaml") == 0 &&
           strcmp(entry->d_name, rules_name) != 0 &&
           !scn_is_table(entry->d_name);
}

static void load_directory(struct scn_loader *l, const char *dir)
{
    struct dirent **entries = NULL;
    bool ok = false;
    const struct scn_rules *rules = find_rules(l, dir, &ok);
    int count = ok ? scandir(dir, &entries, is_scenario_file, alphasort) : 0;

    if (count < 0) {
        scn_loader_note_errno(l, dir, errno);
        return;
    }
    l->whole = true;
    for (int i = 0; i < count; i++) {
        char *path =
            scn_format(&l->catalogue->arena, "%s/%s", dir, entries[i]->d_name);
        if (path == NULL) {
            scn_loader_note(l, SCN_ENOMEM, NULL);
        } else {
            load_file(l, path, rules);
        }
        free(entries[i]);
    }
    free(entries);
}

/* A rules.yaml that is named by itself, for the files behind it that have
 * none. */
static void load_fallback(struct scn_loader *l, const char *path)
{
    l->fallback = known_rules(l->catalogue, path);
    if (l->fallback == NULL) {
        l->fallback = load_rules(l, path);
    }
}

/* The directory that a file lies in; NULL when out of memory. */
static const char *directory_of(struct scn_loader *l, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL) {
        return ".";
    }
    return scn_copy_text(&l->catalogue->arena, path,
                         slash == path ? 1 : (size_t)(slash - path));
}

static void load_path(struct scn_loader *l, const char *path)
{
    struct stat st;
    const char *slash = strrchr(path, '/');
    size_t len = strlen(path);
    bool ok = false;

    if (stat(path, &st) != 0) {
        scn_loader_note_errno(l, path, errno);
        return;
    }
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    const char *dir = S_ISDIR(st.st_mode)
                          ? scn_copy_text(&l->catalogue->arena, path, len)
                          : directory_of(l, path);
    if (dir == NULL) {
        scn_loader_note(l, SCN_ENOMEM, NULL);
        return;
    }
    if (strcmp(slash == NULL ? path : slash + 1, rules_name) == 0) {
        load_fallback(l, path);
        l->fallback_dir = l->fallback_dir != NULL ? l->fallback_dir : dir;
        return;
    }
    scn_loader_find_tables(l, dir);
    if (S_ISDIR(st.st_mode)) {
        load_directory(l, dir);
        return;
    }
    const struct scn_rules *rules = find_rules(l, dir, &ok);
    if (ok) {
        load_file(l, path, rules);
    }
}

static int by_id(const void *a, const void *b)
{
    const struct scn_scenario *const *x = a;
    const struct scn_scenario *const *y = b;

    return strcmp((*x)->id, (*y)->id);
}

enum scn_status scn_catalogue_load(const char *const *paths, size_t path_count,
                                   scn_report_fn *report, void *ctx,
                                   struct scn_catalogue **catalogue_out)
{
    struct scn_loader l = { .report = report, .ctx = ctx };

    l.catalogue = calloc(1, sizeof(*l.catalogue));
    if (l.catalogue == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < path_count; i++) {
        load_path(&l, paths[i]);
    }
    if (l.fallback_dir != NULL) {
        scn_loader_find_tables(&l, l.fallback_dir); /* what others had not */
    }
    if (l.catalogue->scenarios.count > 0) {
        qsort(l.catalogue->scenarios.items, l.catalogue->scenarios.count,
              sizeof(struct scn_scenario *), by_id);
    }
    scn_loader_check_unique(&l);
    scn_loader_check_catches(&l);
    scn_loader_check_requirements(&l);
    /* A file that could not be read may be somebody's twin. */
    if (l.whole && l.worst == SCN_OK) {
        scn_loader_check_twins(&l);
    }
    if (l.worst != SCN_OK) {
        scn_catalogue_free(l.catalogue);
        return l.worst;
    }
    *catalogue_out = l.catalogue;
    return SCN_OK;
}

enum scn_status scn_catalogue_read(const struct scn_catalogue *catalogue,
                                   const char *file, const char *text,
                                   size_t len, struct scn_error *error,
                                   struct scn_scenario **scenario_out)
{
    struct scn_rules *const *rules = catalogue->rules.items;

    return scn_scenario_read(file, text, len,
                             catalogue->rules.count > 0 ? rules[0] : NULL,
                             error, scenario_out);
}

void scn_catalogue_forget_scenarios(struct scn_catalogue *catalogue)
{
    struct scn_scenario **scenarios = catalogue->scenarios.items;

    for (size_t i = 0; i < catalogue->scenarios.count; i++) {
        scn_scenario_free(scenarios[i]);
    }
    catalogue->scenarios.count = 0;
}

void scn_catalogue_free(struct scn_catalogue *catalogue)
{
    if (catalogue == NULL) {
        return;
    }
    scn_catalogue_forget_scenarios(catalogue);
    struct scn_rules **rules = catalogue->rules.items;
    for (size_t i = 0; i < catalogue->rules.count; i++) {
        scn_rules_free(rules[i]);
    }
    scn_deviations_free(catalogue->deviations);
    scn_requirements_free(catalogue->requirements);
    scn_arena_fini(&catalogue->arena);
    free(catalogue);
}

size_t scn_catalogue_count(const struct scn_catalogue *catalogue)
{
    return catalogue->scenarios.count;
}

const struct scn_scenario *scn_catalogue_at(
    const struct scn_catalogue *catalogue, size_t index)
{
    struct scn_scenario *const *list = catalogue->scenarios.items;

    return list[index];
}

const struct scn_deviations *scn_catalogue_deviations(
    const struct scn_catalogue *catalogue)
{
    return catalogue->deviations;
}

const struct scn_requirements *scn_catalogue_requirements(
    const struct scn_catalogue *catalogue)
{
    return catalogue->requirements;
}
