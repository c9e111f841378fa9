/* SPDX-License-Identifier: BSD-2-Clause */
/* zones.c - zones and servers of one instance. */
#include "build.h"
#include "convert.h"
#include "zone_text.h"

#include <stdlib.h>
#include <string.h>

struct scn_draft *scn_build_deepest(const struct scn_build *build,
                                    const uint8_t *name)
{
    struct scn_draft *drafts = build->drafts.items;
    struct scn_draft *deepest = NULL;
    size_t most = 0;

    for (size_t i = 0; i < build->drafts.count; i++) {
        size_t labels = scn_name_labels(drafts[i].zone.name);
        if ((deepest == NULL || labels > most) &&
            scn_name_is_under(name, drafts[i].zone.name)) {
            deepest = &drafts[i];
            most = labels;
        }
    }
    return deepest;
}

const struct scn_draft *scn_build_find_zone(const struct scn_build *build,
                                            const uint8_t *name)
{
    const struct scn_draft *drafts = build->drafts.items;

    for (size_t i = 0; i < build->drafts.count; i++) {
        if (scn_name_equal(drafts[i].zone.name, name)) {
            return &drafts[i];
        }
    }
    return NULL;
}

static enum scn_status read_records(struct scn_build *build,
                                    struct scn_draft *draft)
{
    const struct scn_yaml *text = draft->spec->records;

    if (text == NULL) {
        return SCN_OK;
    }
    enum scn_status status =
        scn_zone_text_read(&build->scope, text, &draft->records);
    const struct scn_record *records = draft->records.items;
    for (size_t i = 0; status == SCN_OK && i < draft->records.count; i++) {
        if (!scn_name_is_under(records[i].owner, draft->zone.name)) {
            char owner[SCN_NAME_TEXT_MAX + 1];
            char zone[SCN_NAME_TEXT_MAX + 1];
            struct scn_at at = { records[i].line, text->text_at.column };
            scn_scope_show(&build->scope, records[i].owner, owner);
            scn_scope_show(&build->scope, draft->zone.name, zone);
            status = scn_fail(build->scope.error, build->scope.file, at,
                              "owner '%.200s' lies outside its zone '%.200s': "
                              "names are relative to the apex, not to the zone",
                              owner, zone);
        }
    }
    return status;
}

static enum scn_status read_damage(struct scn_build *build,
                                   struct scn_draft *draft)
{
    const struct scn_spec_list *list = &draft->spec->damage;
    const struct scn_spec_damage *specs = list->items;
    struct scn_damage *damages =
        scn_alloc_array(build->scope.arena, list->count, sizeof(*damages));
    enum scn_status status = damages != NULL ? SCN_OK : SCN_ENOMEM;

    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        damages[i].what = (enum scn_damage_what)specs[i].what;
        damages[i].type = (uint32_t)specs[i].type;
        damages[i].bit = (uint16_t)specs[i].bit;
        damages[i].line = specs[i].node->at.line;
        if (specs[i].name != NULL) {
            status =
                scn_scope_name(&build->scope, specs[i].name, &damages[i].name);
        }
        if (status == SCN_OK && specs[i].under != NULL) {
            status = scn_scope_name(&build->scope, specs[i].under,
                                    &damages[i].under);
        }
        if (status == SCN_OK) {
            status = scn_lint_damage(build, draft, damages, i);
        }
    }
    draft->zone.damages = damages;
    draft->zone.damage_count = list->count;
    return status;
}

static enum scn_status read_numbers(struct scn_build *build,
                                    struct scn_draft *draft)
{
    const struct scn_yaml *list = draft->spec->algorithms;
    const struct scn_yaml *hex = draft->spec->nsec3_salt;
    uint8_t *numbers =
        scn_alloc(build->scope.arena, list != NULL ? list->count : 0);
    uint8_t *salt = scn_alloc(build->scope.arena, hex ? hex->len / 2 : 0);

    if (numbers == NULL || salt == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        uint32_t number = 0;
        (void)scn_number_from_text(list->items[i].text, list->items[i].len, 255,
                                   &number);
        numbers[i] = (uint8_t)number;
        if (i > 0 && memchr(numbers, numbers[i], i) != NULL) {
            return scn_fail(build->scope.error, build->scope.file,
                            list->items[i].at,
                            "algorithm %u stands twice, and a zone has its "
                            "keys once: leave one out",
                            (unsigned)number);
        }
    }
    draft->zone.algorithms = numbers;
    draft->zone.algorithm_count = list != NULL ? list->count : 0;
    if (hex != NULL) {
        (void)scn_hex_from_text(hex->text, hex->len, salt);
        draft->zone.nsec3_salt = salt;
        draft->zone.nsec3_salt_len = hex->len / 2;
    }
    return SCN_OK;
}

static bool has_ds(const struct scn_ds *list, size_t count,
                   const struct scn_ds *wanted)
{
    bool found = false;

    for (size_t i = 0; !found && i < count; i++) {
        found = list[i].algorithm == wanted->algorithm &&
                list[i].digest_type == wanted->digest_type &&
                list[i].key_tag == wanted->key_tag &&
                list[i].digest_wrong == wanted->digest_wrong;
    }
    return found;
}

static enum scn_status read_delegation(struct scn_build *build,
                                       struct scn_draft *draft)
{
    const struct scn_spec_delegation *spec = draft->spec->delegation;

    if (spec == NULL) {
        return SCN_OK;
    }
    if (*draft->zone.name == 0) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "the root has no parent that would delegate it: leave "
                        "`delegation` out");
    }
    if (spec->ns_absent != 0 && spec->ds.count > 0) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "with `ns: absent` the parent has no place for a DS: "
                        "leave one out");
    }
    const struct scn_spec_ds *specs = spec->ds.items;
    struct scn_ds *ds =
        scn_alloc_array(build->scope.arena, spec->ds.count, sizeof(*ds));
    if (ds == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < spec->ds.count; i++) {
        ds[i].algorithm = (int)specs[i].algorithm;
        ds[i].digest_type = (int)specs[i].digest_type;
        ds[i].key_tag = (int)specs[i].key_tag;
        ds[i].digest_wrong = specs[i].digest_wrong != 0;
    }
    for (size_t i = 1; i < spec->ds.count; i++) {
        if (has_ds(ds, i, &ds[i])) {
            return scn_fail(build->scope.error, build->scope.file,
                            specs[i].node->at,
                            "this DS stands twice: leave one out");
        }
    }
    draft->zone.ns_absent = spec->ns_absent != 0;
    draft->zone.ds = ds;
    draft->zone.ds_count = spec->ds.count;
    return SCN_OK;
}

static enum scn_status add_draft(struct scn_build *build, const uint8_t *name,
                                 const struct scn_spec_zone *spec)
{
    struct scn_draft *draft =
        scn_vec_push(build->scratch, &build->drafts, sizeof(*draft));

    if (draft == NULL) {
        return SCN_ENOMEM;
    }
    draft->spec = spec;
    draft->zone.name = name;
    draft->zone.declared = spec != NULL;
    if (spec != NULL) {
        draft->zone.breaks = (unsigned)spec->breaks;
        draft->zone.dnssec = (enum scn_dnssec)spec->dnssec;
        draft->zone.keys = (enum scn_keys)spec->keys;
        draft->zone.rollover = (enum scn_rollover)spec->rollover;
        draft->zone.denial = (enum scn_denial)spec->denial;
        draft->zone.nsec3_iterations = (uint16_t)spec->nsec3_iterations;
        draft->zone.line = spec->node->at.line;
    }
    return SCN_OK;
}

static enum scn_status declare_zone(struct scn_build *build,
                                    const struct scn_spec_zone *spec)
{
    const uint8_t *name = build->scope.origin;
    enum scn_status status = SCN_OK;
    struct scn_at at = spec->node->at;

    if (spec->name != NULL) {
        status = scn_scope_name(&build->scope, spec->name, &name);
        at = spec->name->at;
    } else {
        build->scope.origin_used = true;
    }
    if (status == SCN_OK && !build->scope.absolute_allowed &&
        !scn_name_is_under(name, build->scope.origin)) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "a zone outside the apex: state `universe: private`");
    }
    if (status == SCN_OK && name[0] == 1 && name[1] == '*') {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "a wildcard is no zone: RFC 4592 section 4.2");
    }
    if (status == SCN_OK && *name == 0 &&
        spec->rollover == SCN_ROLLOVER_KSK_DOUBLE_DS) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "the root has no parent for the DS of `ksk-double-ds`");
    }
    if (status == SCN_OK && scn_build_find_zone(build, name) != NULL) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "this zone is declared twice");
    }
    return status == SCN_OK ? add_draft(build, name, spec) : status;
}

/* Zones that no file need declare: the apex, and a private root. */
enum scn_status scn_build_imply(struct scn_build *build)
{
    static const uint8_t root[1] = { 0 };
    bool apex = !build->scope.absolute_allowed || build->scope.origin_used;
    enum scn_status status = SCN_OK;

    if (apex && scn_build_find_zone(build, build->scope.origin) == NULL) {
        status = add_draft(build, build->scope.origin, NULL);
    }
    if (status == SCN_OK && build->scope.absolute_allowed &&
        scn_build_find_zone(build, root) == NULL) {
        const uint8_t *name = scn_copy(build->scope.arena, root, 1);
        status = name != NULL ? add_draft(build, name, NULL) : SCN_ENOMEM;
    }
    return status;
}

static enum scn_status read_zone(struct scn_build *build,
                                 struct scn_draft *draft)
{
    enum scn_status status = read_records(build, draft);

    if (status == SCN_OK) {
        status = scn_lint_records(build, draft);
    }
    if (status == SCN_OK) {
        status = read_numbers(build, draft);
    }
    if (status == SCN_OK) {
        status = read_delegation(build, draft);
    }
    if (status == SCN_OK) {
        status = read_damage(build, draft);
    }
    if (status == SCN_OK) {
        status = scn_build_faults(build, draft);
    }
    return status;
}

enum scn_status scn_build_zones(struct scn_build *build)
{
    const struct scn_spec_list *list = &build->scenario->spec.zones;
    const struct scn_spec_zone *specs = list->items;
    enum scn_status status = scn_build_read_servers(build);

    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        status = declare_zone(build, &specs[i]);
    }
    if (status == SCN_OK) {
        status = scn_build_imply(build);
    }
    if (status == SCN_OK) {
        status = scn_build_link_servers(build);
    }
    struct scn_draft *drafts = build->drafts.items;
    for (size_t i = 0; status == SCN_OK && i < build->drafts.count; i++) {
        status = drafts[i].spec != NULL ? read_zone(build, &drafts[i]) : SCN_OK;
    }
    return status;
}

static int by_depth(const void *a, const void *b)
{
    const struct scn_zone *x = a;
    const struct scn_zone *y = b;
    size_t x_labels = scn_name_labels(x->name);
    size_t y_labels = scn_name_labels(y->name);

    if (x_labels != y_labels) {
        return x_labels < y_labels ? -1 : 1;
    }
    return scn_name_compare(x->name, y->name);
}

enum scn_status scn_build_finish(struct scn_build *build,
                                 struct scn_instance *instance)
{
    enum scn_status status = scn_build_imply(build);

    if (status == SCN_OK) {
        status = scn_build_link_servers(build);
    }
    if (status != SCN_OK) {
        return status;
    }
    size_t count = build->drafts.count;
    const struct scn_draft *drafts = build->drafts.items;
    struct scn_zone *zones =
        scn_alloc_array(build->scope.arena, count, sizeof(*zones));
    if (zones == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        zones[i] = drafts[i].zone;
        zones[i].records = drafts[i].records.items;
        zones[i].record_count = drafts[i].records.count;
    }
    qsort(zones, count, sizeof(*zones), by_depth);
    instance->zones = zones;
    instance->zone_count = count;
    instance->servers = build->servers.items;
    instance->server_count = build->servers.count;
    return SCN_OK;
}
