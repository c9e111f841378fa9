/* SPDX-License-Identifier: BSD-2-Clause */
/* lab_journals.c - the last exchanges of a lab, and no others. */
#include "lab.h"

/* A twenty-fifth more than is kept, and one for each journal, make it worth a
 * walk. */
enum { PARTS = 25 };

bool lab_forget_old(struct lab *lab)
{
    const uint64_t newest = sim_world_newest(lab->world);

    if (newest < lab->oldest + lab->keep + lab->keep / PARTS + lab->count) {
        return false;
    }
    lab->oldest = newest - lab->keep + 1;
    for (size_t i = 0; i < lab->count; i++) {
        sim_journal_forget_before(sim_instance_journal(lab->instances[i]),
                                  lab->oldest);
    }
    sim_journal_forget_before(sim_world_journal(lab->world), lab->oldest);
    return true;
}

void lab_give_up_old(struct lab *lab)
{
    for (size_t i = 0; i < lab->count; i++) {
        sim_journal_drop(sim_instance_journal(lab->instances[i]));
    }
    sim_journal_drop(sim_world_journal(lab->world));
}
