/* SPDX-License-Identifier: BSD-2-Clause */
/* control_records.c - changes of any RRsets, signed anew: all of a request, or
 * none. */
#include "control_body.h"
#include "control_desk.h"
#include "control_owner.h"

#include <scenario/name.h>
#include <scenario/records.h>

#include <stdlib.h>
#include <string.h>

/* RRsets by their ids, names and all. */
struct ids {
    struct scn_rrset_id *ids; /* [owned] */
    uint8_t *names;           /* [owned] SCN_NAME_MAX octets each */
    size_t count;
};

struct change {
    const struct lab *lab;
    struct sim_instance *only;   /* the check that is named, or NULL */
    struct scn_records *records; /* [owned] or NULL */
    struct ids withdraw;
    struct ids restore;
};

static void ids_fini(struct ids *ids)
{
    free(ids->ids);
    free(ids->names);
}

/* The check whose name it is, or NULL. */
static struct sim_instance *home_of(const struct change *change,
                                    const uint8_t *owner,
                                    struct control_answer *answer)
{
    return change->only != NULL ? change->only
                                : control_owner_of(change->lab, owner, answer);
}

/* False with a problem when no zone can hold the RRset. */
static bool is_held(const struct change *change, const struct scn_rrset_id *id,
                    struct control_answer *answer)
{
    const struct sim_instance *home = home_of(change, id->owner, answer);
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
    return control_zone_of(home_of(ctx, name, NULL), name);
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

static bool read_publish(struct change *change, const char *text,
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
static bool read_id(const struct change *change, const json_t *item,
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

static bool read_ids(const struct change *change, const json_t *list,
                     struct ids *ids, struct control_answer *answer)
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

static bool read_change(struct change *change, const json_t *body,
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
                    answer);
}

/* --- doing --- */

/* The records of one check together, so that an RRset stays one. */
static enum sim_status publish_in(const struct change *change,
                                  struct sim_instance *instance,
                                  const struct scn_record *list, size_t count)
{
    struct scn_record *own = calloc(count + 1, sizeof(*own));
    size_t found = 0;

    if (own == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        if (home_of(change, list[i].owner, NULL) == instance) {
            own[found++] = list[i];
        }
    }
    const enum sim_status st =
        found > 0 ? sim_instance_publish(instance, own, found) : SIM_OK;
    free(own);
    return st;
}

/* Whether one of the first `count` records belongs to that check. */
static bool is_done(const struct change *change,
                    const struct sim_instance *instance,
                    const struct scn_record *list, size_t count)
{
    while (count > 0 &&
           home_of(change, list[count - 1].owner, NULL) != instance) {
        count--;
    }
    return count > 0;
}

static enum sim_status publish_all(const struct change *change,
                                   size_t *count_out)
{
    const struct scn_record *list = NULL;
    enum sim_status st = SIM_OK;

    *count_out = 0;
    if (change->records != NULL) {
        list = scn_records_list(change->records, count_out);
    }
    for (size_t i = 0; st == SIM_OK && i < *count_out; i++) {
        struct sim_instance *home = home_of(change, list[i].owner, NULL);
        if (!is_done(change, home, list, i)) {
            st = publish_in(change, home, list, *count_out);
        }
    }
    return st;
}

typedef enum sim_status change_fn(struct sim_instance *instance,
                                  const struct scn_rrset_id *ids, size_t count);

static enum sim_status change_all(const struct change *change,
                                  const struct ids *ids, change_fn *fn)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; st == SIM_OK && i < ids->count; i++) {
        st = fn(home_of(change, ids->ids[i].owner, NULL), &ids->ids[i], 1);
    }
    return st;
}

static void do_change(const struct change *change,
                      struct control_answer *answer)
{
    size_t published = 0;
    enum sim_status st = publish_all(change, &published);

    if (st == SIM_OK) {
        st = change_all(change, &change->withdraw, sim_instance_withdraw);
    }
    if (st == SIM_OK) {
        st = change_all(change, &change->restore, sim_instance_restore);
    }
    if (st != SIM_OK) {
        control_answer_empty(answer, 500);
        return;
    }
    control_answer_json(
        answer, 200,
        json_pack("{s:I, s:I, s:I}", "published", (json_int_t)published,
                  "withdrawn", (json_int_t)change->withdraw.count, "restored",
                  (json_int_t)change->restore.count));
}

void control_change_records(struct control_desk *desk,
                            const struct control_request *request,
                            struct control_answer *answer)
{
    static const struct control_field fields[] = {
        { "scenario", CONTROL_TEXT, false },
        { "publish", CONTROL_TEXT, false },
        { "withdraw", CONTROL_LIST, false },
        { "restore", CONTROL_LIST, false },
    };
    static const struct control_form form = { fields, 4,
                                              CONTROL_OTHERS_REFUSED };
    struct change change = { .lab = desk->lab };
    json_t *body = NULL;

    if (!control_body_read(request, &form, &body, answer)) {
        return;
    }
    if (read_change(&change, body, answer)) {
        do_change(&change, answer);
    }
    ids_fini(&change.withdraw);
    ids_fini(&change.restore);
    scn_records_free(change.records);
    json_decref(body);
}
