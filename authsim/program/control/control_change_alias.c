/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_change_alias.c - what a name will have (RFC 1034 section 3.6.2): the
 * text that is published is checked by itself; this is about what stays beside
 * it.
 */
#include "control_change.h"
#include "control_owner.h"

#include <scenario/name.h>

enum { TYPE_CNAME = 5, TYPES_MAX = 64 };

static bool is_of(const struct scn_record *record,
                  const struct scn_rrset_id *id)
{
    return record->type == id->type && scn_name_equal(record->owner, id->owner);
}

static bool has_record(const struct scn_record *records, size_t count,
                       const struct scn_rrset_id *id)
{
    while (count > 0 && !is_of(&records[count - 1], id)) {
        count--;
    }
    return count > 0;
}

static bool has_id(const struct control_ids *ids, const struct scn_rrset_id *id)
{
    size_t i = 0;

    while (i < ids->count && (ids->ids[i].type != id->type ||
                              !scn_name_equal(ids->ids[i].owner, id->owner))) {
        i++;
    }
    return i < ids->count;
}

static const struct scn_record *published(const struct control_change *change,
                                          size_t *count_out)
{
    *count_out = 0;
    return change->records != NULL
               ? scn_records_list(change->records, count_out)
               : NULL;
}

/* Whether there will be such records: what comes last counts. */
static bool will_be(const struct control_change *change,
                    const struct sim_instance *home,
                    const struct scn_rrset_id *id)
{
    const struct scn_zone *zone = control_zone_of(home, id->owner);
    size_t count = 0;
    const struct scn_record *list = published(change, &count);

    if (has_id(&change->restore, id)) {
        return has_record(zone->records, zone->record_count, id);
    }
    if (has_id(&change->withdraw, id)) {
        return false;
    }
    return has_record(list, count, id) || sim_instance_has(home, id);
}

/* Whether the name will have other data than an alias of these types. */
static bool will_be_any(const struct control_change *change,
                        const struct sim_instance *home, const uint8_t *owner,
                        const uint16_t *types, size_t count)
{
    bool found = false;

    for (size_t i = 0; !found && i < count; i++) {
        const struct scn_rrset_id id = { owner, types[i] };
        found =
            !scn_rrtype_goes_with_alias(id.type) && will_be(change, home, &id);
    }
    return found;
}

/* Of what is there, what is published, and what comes back. */
static bool will_have_others(const struct control_change *change,
                             const struct sim_instance *home,
                             const uint8_t *owner)
{
    uint16_t types[TYPES_MAX];
    size_t count = sim_instance_types(home, owner, types, TYPES_MAX);
    const struct scn_record *list = NULL;

    count = count < TYPES_MAX ? count : TYPES_MAX;
    if (will_be_any(change, home, owner, types, count)) {
        return true;
    }
    list = published(change, &count);
    for (size_t i = 0; i < count; i++) {
        if (scn_name_equal(list[i].owner, owner) &&
            will_be_any(change, home, owner, &list[i].type, 1)) {
            return true;
        }
    }
    for (size_t i = 0; i < change->restore.count; i++) {
        const struct scn_rrset_id *id = &change->restore.ids[i];
        if (scn_name_equal(id->owner, owner) &&
            will_be_any(change, home, owner, &id->type, 1)) {
            return true;
        }
    }
    return false;
}

static bool check(const struct control_change *change, const uint8_t *owner,
                  struct control_answer *answer)
{
    const struct sim_instance *home = control_change_home(change, owner, NULL);
    const struct scn_zone *zone = control_zone_of(home, owner);
    const struct scn_rrset_id alias = { owner, TYPE_CNAME };
    char text[SCN_NAME_TEXT_MAX];

    if ((zone->breaks & (unsigned)SCN_BREAKS_CNAME) != 0 ||
        !will_be(change, home, &alias) ||
        !will_have_others(change, home, owner)) {
        return true;
    }
    scn_name_to_text(owner, text);
    return control_problem(answer, 409,
                           "'%s' would have a CNAME beside other data: "
                           "withdraw either in the same request, or say "
                           "`breaks: [cname]` in the zone",
                           text);
}

bool control_change_aliases(const struct control_change *change,
                            struct control_answer *answer)
{
    size_t count = 0;
    const struct scn_record *list = published(change, &count);
    bool good = true;

    for (size_t i = 0; good && i < count; i++) {
        good = check(change, list[i].owner, answer);
    }
    for (size_t i = 0; good && i < change->restore.count; i++) {
        good = check(change, change->restore.ids[i].owner, answer);
    }
    return good;
}
