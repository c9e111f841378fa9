/* SPDX-License-Identifier: BSD-2-Clause */
/* requirements.c - the table requirements.yaml. */
#include "scenario.h"
#include "spec_read.h"

#include <scenario/requirements.h>

#include <stdlib.h>
#include <string.h>

struct scn_requirements {
    struct scn_arena arena;
    struct scn_chapter *chapters;
    size_t chapter_count;
    struct scn_requirement *list;
    size_t count;
};

static const char *text_of(const struct scn_yaml *node)
{
    return node != NULL ? node->text : NULL;
}

/* R and one digit, and not there twice. */
static bool is_new_chapter(const struct scn_requirements *requirements,
                           const char *id)
{
    if (strlen(id) != 2 || id[0] != 'R' || id[1] < '0' || id[1] > '9') {
        return false;
    }
    for (size_t i = 0; i < requirements->chapter_count; i++) {
        if (strcmp(requirements->chapters[i].id, id) == 0) {
            return false;
        }
    }
    return true;
}

static enum scn_status take_chapters(const struct scn_spec_reader *reader,
                                     const struct scn_spec_list *list,
                                     struct scn_requirements *requirements)
{
    const struct scn_spec_chapter *specs = list->items;

    requirements->chapters = scn_alloc_array(reader->arena, list->count,
                                             sizeof(*requirements->chapters));
    if (requirements->chapters == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct scn_yaml *id = specs[i].id;
        if (!is_new_chapter(requirements, id->text)) {
            return scn_fail(reader->error, reader->file, id->at,
                            "'%.64s' is no id for a chapter here: R and one "
                            "digit, each once",
                            id->text);
        }
        requirements->chapters[requirements->chapter_count++] =
            (struct scn_chapter){ id->text, specs[i].title->text };
    }
    return SCN_OK;
}

static bool has_chapter(const struct scn_requirements *requirements,
                        const char *id)
{
    for (size_t i = 0; i < requirements->chapter_count; i++) {
        if (strncmp(requirements->chapters[i].id, id, 2) == 0) {
            return true;
        }
    }
    return false;
}

static enum scn_status check_id(const struct scn_spec_reader *reader,
                                const struct scn_yaml *id,
                                const struct scn_requirements *requirements)
{
    if (!has_chapter(requirements, id->text)) {
        return scn_fail(reader->error, reader->file, id->at,
                        "%s lies in no chapter: add %.2s to `chapters`",
                        id->text, id->text);
    }
    if (requirements->count > 0 &&
        strcmp(requirements->list[requirements->count - 1].id, id->text) >= 0) {
        return scn_fail(reader->error, reader->file, id->at,
                        "%s stands behind %s: ids rise, each once", id->text,
                        requirements->list[requirements->count - 1].id);
    }
    return SCN_OK;
}

static enum scn_status take_list(const struct scn_spec_reader *reader,
                                 const struct scn_spec_list *list,
                                 struct scn_requirements *requirements)
{
    const struct scn_spec_requirement *specs = list->items;

    requirements->list = scn_alloc_array(reader->arena, list->count,
                                         sizeof(*requirements->list));
    if (requirements->list == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct scn_spec_requirement *spec = &specs[i];
        enum scn_status status = check_id(reader, spec->id, requirements);
        if (status != SCN_OK) {
            return status;
        }
        requirements->list[requirements->count++] = (struct scn_requirement){
            .id = spec->id->text,
            .text = spec->text->text,
            .section = text_of(spec->section),
            .says = spec->says->text,
            .strength = (enum scn_strength)spec->strength,
            .profiles = (unsigned)spec->profiles,
            .from = (uint32_t)spec->from,
            .until = (uint32_t)spec->until,
        };
    }
    return SCN_OK;
}

static enum scn_status read_file(const struct scn_spec_reader *reader,
                                 const struct scn_yaml *node,
                                 struct scn_requirements *requirements)
{
    struct scn_spec_requirements spec = { .node = NULL };

    if (node->kind != SCN_YAML_MAP) {
        return scn_fail(reader->error, reader->file, node->at,
                        "a requirements file is a mapping: chapters, "
                        "requirements");
    }
    enum scn_status status =
        scn_spec_read(reader, &scn_keys_requirements, node, &spec);
    if (status == SCN_OK) {
        status = take_chapters(reader, &spec.chapters, requirements);
    }
    return status == SCN_OK
               ? take_list(reader, &spec.requirements, requirements)
               : status;
}

enum scn_status scn_requirements_read(
    const char *file, const char *text, size_t len, struct scn_error *error,
    struct scn_requirements **requirements_out)
{
    const struct scn_yaml *node = NULL;
    enum scn_status status = SCN_ENOMEM;
    struct scn_requirements *requirements = calloc(1, sizeof(*requirements));

    if (requirements == NULL) {
        return SCN_ENOMEM;
    }
    status = scn_yaml_read(&requirements->arena, file, text, len, error, &node);
    if (status == SCN_OK) {
        const struct scn_spec_reader reader = { &requirements->arena, file,
                                                error };
        status = read_file(&reader, node, requirements);
    }
    if (status != SCN_OK) {
        scn_requirements_free(requirements);
        return status;
    }
    *requirements_out = requirements;
    return SCN_OK;
}

void scn_requirements_free(struct scn_requirements *requirements)
{
    if (requirements != NULL) {
        scn_arena_fini(&requirements->arena);
        free(requirements);
    }
}

const struct scn_chapter *scn_requirements_chapters(
    const struct scn_requirements *requirements, size_t *count_out)
{
    *count_out = requirements->chapter_count;
    return requirements->chapters;
}

const struct scn_requirement *scn_requirements_list(
    const struct scn_requirements *requirements, size_t *count_out)
{
    *count_out = requirements->count;
    return requirements->list;
}

static int id_to_requirement(const void *id, const void *requirement)
{
    return strcmp(id, ((const struct scn_requirement *)requirement)->id);
}

const struct scn_requirement *scn_requirements_find(
    const struct scn_requirements *requirements, const char *id)
{
    return bsearch(id, requirements->list, requirements->count,
                   sizeof(*requirements->list), id_to_requirement);
}
