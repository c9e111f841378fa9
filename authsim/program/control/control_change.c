/* SPDX-License-Identifier: BSD-2-Clause */
/* control_change.c - from the body of a request to a change that can be made.
 */
#include "control_change.h"

#include "control_body.h"
#include "control_owner.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

static void ids_fini(struct control_ids *ids)
{
    free(ids->ids);
    free(ids->names);
}

struct sim_instance *control_change_home(const struct control_change *change,
                                         const uint8_t *owner,
                                         struct control_answer *answer)
{
    return change->only != NULL ? change->only
                                : control_owner_of(change->lab, owner, answer);
}

/* False with a problem when no zone can hold the RRset. */
static bool is_held(const struct control_change *change,
                    const struct scn_rrset_id *id,
                    struct control_answer *answer)
{
    const struct sim_instance *home =
        control_change_home(change, id->owner, answer);
    char text[SCN_NAME_TEXT_MAX];

    if (home == NULL || sim_instance_holds(home, id)) {
        return home != NULL;
    }
    scn_name_to_text(id->owner, text);
    return control_problem(answer, 404,
                           "no zone of '%s' holds '%s': a name below its apex "
                           "is wanted, for a DS below that of a zone",
                           sim_instance_model(home)->key, text);
}

/* --- reading --- */

static const struct scn_zone *zone_at(const void *ctx, const uint8_t *name)
{
    return control_zone_of(control_change_home(ctx, name, NULL), name);
}

/* False: the answer says what kept the text from being read, or from standing
 * in its zones. */
static bool is_well(enum scn_status st, const struct scn_error *error,
                    struct control_answer *answer)
{
    if (st == SCN_EINPUT) {
        return control_problem(answer, 400, "publish, line %u, column %u: %s",
                               error->line, error->column, error->text);
    }
    if (st != SCN_OK) {
        control_answer_empty(answer, 500);
    }
    return st == SCN_OK;
}

static bool read_publish(struct control_change *change, const char *text,
                         struct control_answer *answer)
{
    struct scn_error error = { .line = 0 };
    size_t count = 0;

    if (text == NULL) {
        return true;
    }
    if (!is_well(scn_records_read("publish", text, strlen(text), &error,
                                  &change->records),
                 &error, answer)) {
        return false;
    }
    const struct scn_record *list = scn_records_list(change->records, &count);
    for (size_t i = 0; i < count; i++) {
        const struct scn_rrset_id id = { list[i].owner, list[i].type };
        if (!is_held(change, &id, answer)) {
            return false;
        }
    }
    return is_well(scn_records_check(change->records, zone_at, change, &error),
                   &error, answer);
}

/* "name TYPE" */
static bool read_id(const struct control_change *change, const json_t *item,
                    uint8_t *name, struct scn_rrset_id *id,
                    struct control_answer *answer)
{
    char owner[SCN_NAME_TEXT_MAX];
    const char *text = json_string_value(item);
    const char *blank = text != NULL ? strchr(text, ' ') : NULL;
    const size_t len = blank != NULL ? (size_t)(blank - text) : 0;

    if (blank == NULL || len >= sizeof(owner) ||
        !scn_rrtype_from_text(blank + 1, &id->type)) {
        return control_problem(answer, 400,
                               "'%s' is no RRset: 'name TYPE' is wanted",
                               text != NULL ? text : "");
    }
    memcpy(owner, text, len);
    owner[len] = '\0';
    id->owner = name;
    return control_name_read("the name of an RRset", owner, name, answer) &&
           is_held(change, id, answer);
}

static bool read_ids(const struct control_change *change, const json_t *list,
                     struct control_ids *ids, struct control_answer *answer)
{
    const size_t count = json_array_size(list);
    bool good = true;

    ids->ids = calloc(count + 1, sizeof(*ids->ids));
    ids->names = calloc(count + 1, SCN_NAME_MAX);
    if (ids->ids == NULL || ids->names == NULL) {
        control_answer_empty(answer, 500);
        return false;
    }
    for (size_t i = 0; good && i < count; i++) {
        good = read_id(change, json_array_get(list, i),
                       ids->names + i * SCN_NAME_MAX, &ids->ids[i], answer);
        ids->count += good ? 1 : 0;
    }
    return good;
}

bool control_change_read(struct control_change *change, const json_t *body,
                         struct control_answer *answer)
{
    const char *scenario = control_body_text(body, "scenario");

    if (scenario != NULL) {
        change->only = control_owner_named(change->lab, scenario, answer);
        if (change->only == NULL) {
            return false;
        }
    }
    return read_publish(change, control_body_text(body, "publish"), answer) &&
           read_ids(change, json_object_get(body, "withdraw"),
                    &change->withdraw, answer) &&
           read_ids(change, json_object_get(body, "restore"), &change->restore,
                    answer) &&
           control_change_aliases(change, answer);
}

void control_change_fini(struct control_change *change)
{
    ids_fini(&change->withdraw);
    ids_fini(&change->restore);
    scn_records_free(change->records);
}
