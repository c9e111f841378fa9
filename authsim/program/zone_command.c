/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zone_command.c - every zone as a master file.
 *
 * All is written into a directory beside the one asked for, which then takes
 * its name: nothing is ever there by half.
 */
#include "zone_command.h"

#include "lab.h"

#include <scenario/name.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_DIRECTORIES = 16 };

/* File name of a zone; a '/' of a label must not be one of the path. */
static void file_name(const uint8_t *zone, char *name, size_t cap)
{
    char text[SCN_NAME_TEXT_MAX];
    size_t used = 0;

    if (zone[0] == 0) {
        (void)snprintf(name, cap, "root.zone");
        return;
    }
    scn_name_to_text(zone, text);
    for (const char *c = text; *c != '\0' && used + 4 < cap; c++) {
        used += (size_t)snprintf(name + used, cap - used, "%s",
                                 *c == '/' ? "\\047" : (char[]){ *c, '\0' });
    }
    (void)snprintf(name + used, cap - used, ".zone");
}

/* A comment that tells whose zone this is, before its text: whether it is
 * signed, and whether a validator is to find fault with it. NULL: out of
 * memory. */
static char *with_comment(const struct scn_instance *model, size_t index,
                          const char *text)
{
    static const char *const words[] = { [SCN_SIGNED] = "signed",
                                         [SCN_UNSIGNED] = "unsigned",
                                         [SCN_ISLAND] = "island" };
    const struct scn_zone *zone =
        index == SIM_ZONE_ROOT ? NULL : &model->zones[index];
    char *whole = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&whole, &len);

    if (out == NULL) {
        return NULL;
    }
    (void)fprintf(
        out, "; %s: %s%s\n%s", zone == NULL ? "the shared root" : model->key,
        words[zone == NULL ? SCN_SIGNED : zone->dnssec],
        zone != NULL && zone->damage_count > 0 ? ", damaged" : "", text);
    if (fclose(out) != 0) {
        free(whole);
        return NULL;
    }
    return whole;
}

static int write_zone(struct sim_instance *instance, size_t index,
                      const char *dir)
{
    const struct scn_instance *model = sim_instance_model(instance);
    static const uint8_t root[] = { 0 };
    const uint8_t *zone =
        index == SIM_ZONE_ROOT ? root : model->zones[index].name;
    char name[SCN_NAME_TEXT_MAX + 8];
    char *text = NULL;
    const enum sim_status st = sim_instance_zone_text(instance, index, &text);
    char *whole = st == SIM_OK ? with_comment(model, index, text) : NULL;
    int status = EXIT_DONE;

    free(text);
    file_name(zone, name, sizeof(name));
    if (whole == NULL) {
        (void)fprintf(stderr, "authsim: %s: zone %s: %s\n", model->key, name,
                      sim_strstatus(st != SIM_OK ? st : SIM_ENOMEM));
        return EXIT_SYSTEM;
    }
    if (!lab_write_file(dir, name, whole)) {
        (void)fprintf(stderr, "authsim: cannot write %s/%s: %s\n", dir, name,
                      strerror(errno));
        status = EXIT_INPUT;
    }
    free(whole);
    return status;
}

/* Zones of one instance, and its root's files where it has its own. */
static int write_instance(const struct lab *lab, size_t index, const char *dir)
{
    const struct scn_instance *model = lab->models[index];
    char path[PATH_MAX];
    int status = EXIT_DONE;

    if (snprintf(path, sizeof(path), "%s%s%s", dir, lab->count > 1 ? "/" : "",
                 lab->count > 1 ? model->key : "") >= PATH_MAX ||
        !lab_make_directories(path)) {
        (void)fprintf(stderr, "authsim: cannot make a directory in %s: %s\n",
                      dir, strerror(errno));
        return EXIT_INPUT;
    }
    for (size_t z = 0; status == EXIT_DONE && z < model->zone_count; z++) {
        status = write_zone(lab->instances[index], z, path);
    }
    if (status == EXIT_DONE && model->universe == SCN_PRIVATE) {
        status = lab_write_universe(lab, lab->instances[index], path);
    }
    return status;
}

/* The shared root and its files, when an instance hangs from it. */
static int write_shared_root(const struct lab *lab, const char *dir)
{
    for (size_t i = 0; i < lab->count; i++) {
        if (lab->models[i]->universe == SCN_SHARED) {
            int status = write_zone(lab->instances[i], SIM_ZONE_ROOT, dir);
            return status == EXIT_DONE ? lab_write_universe(lab, NULL, dir)
                                       : status;
        }
    }
    return EXIT_DONE;
}

static int write_all(const struct lab *lab, const char *dir)
{
    int status = write_shared_root(lab, dir);

    for (size_t i = 0; status == EXIT_DONE && i < lab->count; i++) {
        status = write_instance(lab, i, dir);
    }
    return status;
}

/* --- the directory --- */

static int remove_entry(const char *path, const struct stat *info, int kind,
                        struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

/* The path without slashes at its end. */
static bool trim(const char *dir, char path[PATH_MAX])
{
    size_t len = strlen(dir);

    while (len > 1 && dir[len - 1] == '/') {
        len--;
    }
    if (len == 0 || len >= PATH_MAX - sizeof(".XXXXXX")) {
        return false;
    }
    memcpy(path, dir, len);
    path[len] = '\0';
    return true;
}

static int tell_directory(const char *dir)
{
    const bool full = errno == ENOTEMPTY || errno == EEXIST;

    (void)fprintf(
        stderr, "authsim: cannot make %s: %s%s\n", dir, strerror(errno),
        full ? "; name a directory that is empty or not there yet" : "");
    return EXIT_INPUT;
}

/* Fills a directory beside dir, then renames it: onto an empty one at most. */
static int fill_directory(const struct lab *lab, const char *dir)
{
    char path[PATH_MAX];
    char draft[PATH_MAX];
    int status = EXIT_DONE;

    errno = ENAMETOOLONG;
    if (!trim(dir, path) ||
        snprintf(draft, sizeof(draft), "%s.XXXXXX", path) >= PATH_MAX ||
        mkdtemp(draft) == NULL) {
        return tell_directory(dir);
    }
    status = write_all(lab, draft);
    if (status == EXIT_DONE &&
        (chmod(draft, 0755) != 0 || rename(draft, path) != 0)) {
        status = tell_directory(dir);
    }
    if (status != EXIT_DONE) {
        (void)nftw(draft, remove_entry, OPEN_DIRECTORIES, FTW_DEPTH | FTW_PHYS);
    }
    return status;
}

int zone_command(const struct options *options)
{
    struct lab lab = { 0 };
    int status = lab_load(options, &lab);

    if (status != EXIT_DONE) {
        return status;
    }
    status = lab_open(options, &lab);
    if (status == EXIT_DONE) {
        status = fill_directory(&lab, options->dir);
    }
    lab_fini(&lab);
    return status;
}
