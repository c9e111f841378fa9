/* SPDX-License-Identifier: BSD-2-Clause */
/* servers.c - servers of one instance, named or one for each zone. */
#include "build.h"

#include <string.h>

bool scn_build_has_server(const struct scn_build *build, const char *label,
                          size_t *index_out)
{
    const struct scn_server *servers = build->servers.items;

    for (size_t i = 0; i < build->servers.count; i++) {
        if (strcmp(servers[i].label, label) == 0) {
            *index_out = i;
            return true;
        }
    }
    return false;
}

static enum scn_status add_server(struct scn_build *build, const char *label,
                                  long family)
{
    struct scn_server *server =
        scn_vec_push(build->scope.arena, &build->servers, sizeof(*server));

    if (server == NULL) {
        return SCN_ENOMEM;
    }
    server->label = scn_copy_text(build->scope.arena, label, strlen(label));
    if (server->label == NULL) {
        return SCN_ENOMEM;
    }
    server->family = (enum scn_family)family;
    return SCN_OK;
}

/* Servers that the file describes. */
enum scn_status scn_build_read_servers(struct scn_build *build)
{
    const struct scn_spec_list *list = &build->scenario->spec.servers;
    const struct scn_spec_server *servers = list->items;
    enum scn_status status = SCN_OK;
    size_t ignored = 0;

    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        if (scn_build_has_server(build, servers[i].name->text, &ignored)) {
            return scn_fail(
                build->scope.error, build->scope.file, servers[i].name->at,
                "server '%s' is described twice", servers[i].name->text);
        }
        status = add_server(build, servers[i].name->text, servers[i].family);
    }
    return status;
}

/* A label for the server of a zone that names none: the zone's own name
 * as far as it is a host name, then a number if that is taken. */
static char *own_label(const struct scn_build *build, const uint8_t *zone)
{
    char text[SCN_NAME_TEXT_MAX];
    char *label = NULL;
    size_t ignored = 0;
    uint8_t name[SCN_NAME_MAX];

    memcpy(name, zone, scn_name_length(zone));
    if (scn_name_is_under(zone, build->scope.origin) &&
        *build->scope.origin != 0) {
        size_t keep =
            scn_name_length(zone) - scn_name_length(build->scope.origin);
        name[keep] = 0;
    }
    scn_name_to_text(name, text);
    for (char *c = text; *c != '\0'; c++) {
        bool host = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
        if (!host) {
            *c = '-';
        }
    }
    const char *shown = name[0] != 0 ? text : *zone == 0 ? "root" : "apex";
    label = scn_format(build->scope.arena, "%.50s", shown);
    for (unsigned i = 2;
         label != NULL && scn_build_has_server(build, label, &ignored); i++) {
        label = scn_format(build->scope.arena, "%.50s-%u", shown, i);
    }
    return label;
}

static enum scn_status give_server(struct scn_build *build,
                                   struct scn_draft *draft, uint16_t *index)
{
    char *label = own_label(build, draft->zone.name);

    if (label == NULL) {
        return SCN_ENOMEM;
    }
    *index = (uint16_t)build->servers.count;
    return add_server(build, label, SCN_BOTH_FAMILIES);
}

static enum scn_status name_server(struct scn_build *build,
                                   const struct scn_yaml *labels, size_t i,
                                   uint16_t *indices)
{
    const struct scn_yaml *label = &labels->items[i];
    size_t index = build->servers.count;

    if (!scn_build_has_server(build, label->text, &index)) {
        enum scn_status status =
            add_server(build, label->text, SCN_BOTH_FAMILIES);
        if (status != SCN_OK) {
            return status;
        }
    }
    for (size_t k = 0; k < i; k++) {
        if (indices[k] == index) {
            return scn_fail(build->scope.error, build->scope.file, label->at,
                            "server '%s' stands twice", label->text);
        }
    }
    indices[i] = (uint16_t)index;
    return SCN_OK;
}

/* Named servers in a first pass, so that labels made up never meet them. */
static enum scn_status link_servers(struct scn_build *build,
                                    struct scn_draft *draft, bool named)
{
    const struct scn_yaml *labels = draft->spec ? draft->spec->servers : NULL;
    enum scn_status status = SCN_OK;

    if (named != (labels != NULL) || draft->zone.server_count > 0) {
        return SCN_OK;
    }
    size_t count = labels != NULL ? labels->count : 1;
    uint16_t *indices =
        scn_alloc_array(build->scope.arena, count, sizeof(*indices));
    if (indices == NULL) {
        return SCN_ENOMEM;
    }
    if (labels == NULL) {
        status = give_server(build, draft, indices);
    }
    for (size_t i = 0; status == SCN_OK && labels != NULL && i < count; i++) {
        status = name_server(build, labels, i, indices);
    }
    draft->zone.servers = indices;
    draft->zone.server_count = count;
    return status;
}

static bool is_listed(const struct scn_spec_zone *zone, const char *label)
{
    const struct scn_yaml *labels = zone != NULL ? zone->servers : NULL;

    for (size_t i = 0; labels != NULL && i < labels->count; i++) {
        if (strcmp(labels->items[i].text, label) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_named(const struct scn_build *build, const char *label)
{
    const struct scn_draft *drafts = build->drafts.items;
    bool named = false;

    for (size_t i = 0; !named && i < build->drafts.count; i++) {
        named = is_listed(drafts[i].spec, label);
    }
    return named;
}

static enum scn_status check_used(const struct scn_build *build)
{
    const struct scn_spec_list *list = &build->scenario->spec.servers;
    const struct scn_spec_server *servers = list->items;

    for (size_t i = 0; i < list->count; i++) {
        if (!is_named(build, servers[i].name->text)) {
            return scn_fail(build->scope.error, build->scope.file,
                            servers[i].name->at,
                            "no zone names the server '%s' in its `servers`",
                            servers[i].name->text);
        }
    }
    return SCN_OK;
}

enum scn_status scn_build_link_servers(struct scn_build *build)
{
    struct scn_draft *drafts = build->drafts.items;
    enum scn_status status = SCN_OK;

    status = check_used(build);
    for (int named = 1; named >= 0; named--) {
        for (size_t i = 0; status == SCN_OK && i < build->drafts.count; i++) {
            status = link_servers(build, &drafts[i], named != 0);
        }
    }
    return status;
}
