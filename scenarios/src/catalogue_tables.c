/* SPDX-License-Identifier: BSD-2-Clause */
/* catalogue_tables.c - the tables beside a catalogue that scenarios cite. */
#include "file.h"
#include "loader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char deviations_name[] = "deviations.yaml";
static const char requirements_name[] = "requirements.yaml";

bool scn_is_table(const char *name)
{
    return strcmp(name, deviations_name) == 0 ||
           strcmp(name, requirements_name) == 0;
}

char *scn_loader_path(struct scn_loader *l, const char *dir, bool above,
                      const char *name)
{
    struct scn_arena *arena = &l->catalogue->arena;
    const char *slash = strrchr(dir, '/');
    const char *last = slash != NULL ? slash + 1 : dir;

    if (!above) {
        return scn_format(arena, "%s/%s", dir, name);
    }
    if (strcmp(last, ".") == 0 || strcmp(last, "..") == 0 || *last == '\0') {
        return scn_format(arena, "%s/../%s", dir, name);
    }
    return scn_format(arena, "%.*s%s", (int)(last - dir), dir, name);
}

typedef enum scn_status read_fn(struct scn_catalogue *catalogue,
                                const char *path, const char *text, size_t len,
                                struct scn_error *error);

static enum scn_status read_deviations(struct scn_catalogue *catalogue,
                                       const char *path, const char *text,
                                       size_t len, struct scn_error *error)
{
    return scn_deviations_read(path, text, len, error, &catalogue->deviations);
}

static enum scn_status read_requirements(struct scn_catalogue *catalogue,
                                         const char *path, const char *text,
                                         size_t len, struct scn_error *error)
{
    return scn_requirements_read(path, text, len, error,
                                 &catalogue->requirements);
}

static void load_table(struct scn_loader *l, const char *path, read_fn *read)
{
    struct scn_error error;
    size_t len = 0;
    char *text = scn_file_read(path, &len);

    if (text == NULL) {
        scn_loader_note_errno(l, path, errno);
        return;
    }
    enum scn_status status = read(l->catalogue, path, text, len, &error);
    free(text);
    if (status != SCN_OK) {
        scn_loader_note(l, status, &error);
    }
}

static void find_table(struct scn_loader *l, const char *dir, const char *name,
                       read_fn *read, bool *has)
{
    for (int above = 0; above < 2 && !*has; above++) {
        char *path = scn_loader_path(l, dir, above != 0, name);
        struct stat st;
        if (path == NULL) {
            scn_loader_note(l, SCN_ENOMEM, NULL);
            return;
        }
        if (stat(path, &st) == 0) {
            *has = true;
            load_table(l, path, read);
        }
    }
}

void scn_loader_find_tables(struct scn_loader *l, const char *dir)
{
    find_table(l, dir, deviations_name, read_deviations, &l->has_deviations);
    find_table(l, dir, requirements_name, read_requirements,
               &l->has_requirements);
}
