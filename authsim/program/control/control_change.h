/* SPDX-License-Identifier: BSD-2-Clause */
/* control_change.h - changes of any RRsets, read and checked before the first
 * of them is made. */
#pragma once

#include "control_answer.h"
#include "lab.h"

#include <scenario/records.h>

/* RRsets by their ids, names and all. */
struct control_ids {
    struct scn_rrset_id *ids; /* [owned] */
    uint8_t *names;           /* [owned] SCN_NAME_MAX octets each */
    size_t count;
};

struct control_change {
    const struct lab *lab;
    struct sim_instance *only;   /* the check that is named, or NULL */
    struct scn_records *records; /* [owned] or NULL */
    struct control_ids withdraw;
    struct control_ids restore;
};

/* change: its lab is set, all else zero. False: the answer says what is wrong.
 * Whatever it returns, fini is due. */
bool control_change_read(struct control_change *change, const json_t *body,
                         struct control_answer *answer);
void control_change_fini(struct control_change *change);

/* The check whose name it is, or NULL. */
struct sim_instance *control_change_home(const struct control_change *change,
                                         const uint8_t *owner,
                                         struct control_answer *answer);

/* control_change_alias.c: false with a problem when a name had a CNAME beside
 * other data after the change. */
bool control_change_aliases(const struct control_change *change,
                            struct control_answer *answer);
