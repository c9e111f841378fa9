/* SPDX-License-Identifier: BSD-2-Clause */
/* control_records.c - changes of any RRsets, signed anew: all of a request, or
 * none. */
#include "control_body.h"
#include "control_change.h"
#include "control_desk.h"

#include <stdlib.h>

/* The records of one check together, so that an RRset stays one. */
static enum sim_status publish_in(const struct control_change *change,
                                  struct sim_instance *instance,
                                  const struct scn_record *list, size_t count)
{
    struct scn_record *own = calloc(count + 1, sizeof(*own));
    size_t found = 0;

    if (own == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        if (control_change_home(change, list[i].owner, NULL) == instance) {
            own[found++] = list[i];
        }
    }
    const enum sim_status st =
        found > 0 ? sim_instance_publish(instance, own, found) : SIM_OK;
    free(own);
    return st;
}

/* Whether one of the first `count` records belongs to that check. */
static bool is_done(const struct control_change *change,
                    const struct sim_instance *instance,
                    const struct scn_record *list, size_t count)
{
    while (count > 0 && control_change_home(change, list[count - 1].owner,
                                            NULL) != instance) {
        count--;
    }
    return count > 0;
}

static enum sim_status publish_all(const struct control_change *change,
                                   size_t *count_out)
{
    const struct scn_record *list = NULL;
    enum sim_status st = SIM_OK;

    *count_out = 0;
    if (change->records != NULL) {
        list = scn_records_list(change->records, count_out);
    }
    for (size_t i = 0; st == SIM_OK && i < *count_out; i++) {
        struct sim_instance *home =
            control_change_home(change, list[i].owner, NULL);
        if (!is_done(change, home, list, i)) {
            st = publish_in(change, home, list, *count_out);
        }
    }
    return st;
}

typedef enum sim_status change_fn(struct sim_instance *instance,
                                  const struct scn_rrset_id *ids, size_t count);

static enum sim_status change_all(const struct control_change *change,
                                  const struct control_ids *ids, change_fn *fn)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; st == SIM_OK && i < ids->count; i++) {
        st = fn(control_change_home(change, ids->ids[i].owner, NULL),
                &ids->ids[i], 1);
    }
    return st;
}

static void do_change(const struct control_change *change,
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
    struct control_change change = { .lab = desk->lab };
    json_t *body = NULL;

    if (!control_body_read(request, &form, &body, answer)) {
        return;
    }
    if (control_change_read(&change, body, answer)) {
        do_change(&change, answer);
    }
    control_change_fini(&change);
    json_decref(body);
}
