/* SPDX-License-Identifier: BSD-2-Clause */
#include "provisions.h"

#include "remotes.h"
#include "state.h"

#include <stdlib.h>

static const char *give_remotes(struct cfm_provisions *provisions,
                                const struct cfm_lab_context *lab,
                                unsigned count, struct cfm_place_texts *texts)
{
    free(provisions->remotes);
    provisions->remotes = cfm_remotes_text(lab->network, count);
    texts->remotes = provisions->remotes;
    return provisions->remotes == NULL ? "out of memory" : NULL;
}

static const char *give_clock(struct cfm_provisions *provisions,
                              struct cfm_lab_context *lab,
                              struct cfm_place_texts *texts)
{
    if (provisions->state == NULL) {
        provisions->state =
            cfm_state_new(lab->states++,
                          lab->job->settings->epoch_s + provisions->advanced_s);
    }
    if (provisions->state == NULL) {
        return "cannot make a directory for a command's state";
    }
    texts->now = cfm_state_now(provisions->state);
    texts->state = cfm_state_directory(provisions->state);
    return NULL;
}

const char *cfm_provisions_give(struct cfm_provisions *provisions,
                                struct cfm_lab_context *lab,
                                const struct scn_instance *model,
                                const struct scn_check *check,
                                struct cfm_place_texts *texts)
{
    const char *trouble = NULL;
    if ((check->features & (unsigned)SCN_F_PERSPECTIVES) != 0) {
        trouble = give_remotes(provisions, lab, model->remotes, texts);
    }
    if (trouble == NULL && (check->features & (unsigned)SCN_F_CLOCK) != 0) {
        trouble = give_clock(provisions, lab, texts);
    }
    return trouble;
}

void cfm_provisions_advance(struct cfm_provisions *provisions, int64_t seconds)
{
    provisions->advanced_s += seconds;
    if (provisions->state != NULL) {
        cfm_state_advance(provisions->state, seconds);
    }
}

void cfm_provisions_fini(struct cfm_provisions *provisions)
{
    cfm_state_free(provisions->state);
    free(provisions->remotes);
    *provisions = (struct cfm_provisions){ .state = NULL };
}
