/* SPDX-License-Identifier: BSD-2-Clause */
/* row_text.c - verdict and conditions of a row, as the file says them. */
#include "row_text.h"

#include "words.h"

#include <scenario/catalogue.h>
#include <scenario/name.h>

void cfm_row_add_head(struct cfm_text *text, const struct scn_row *row)
{
    char place[SCN_NAME_TEXT_MAX];

    cfm_text_addf(text, "%s: %s", row->label, scn_verdict_text(row->verdict));
    if (row->because != NULL) {
        cfm_text_addf(text, ", because %s", row->because);
    }
    if (row->reason != SCN_REASON_NONE) {
        cfm_text_addf(text, ", reason %s", scn_reason_text(row->reason));
    }
    if (row->found_at != NULL) {
        scn_name_to_text(row->found_at, place);
        cfm_text_addf(text, ", found at %s", place);
    }
    for (size_t i = 0; i < row->refused_name_count; i++) {
        cfm_text_addf(text, "%s%s", i == 0 ? ", refused names " : " ",
                      row->refused_names[i]);
    }
}

void cfm_row_add_when(struct cfm_text *text, const struct scn_row *row)
{
    const char *before = "for ";
    char date[CFM_WORD_MAX];

    for (int i = 0; i < SCN_PROFILE_COUNT; i++) {
        if ((row->profiles & (1U << i)) != 0) {
            cfm_text_addf(text, "%s%s", before,
                          scn_profile_text((enum scn_profile)i));
            before = ", ";
        }
    }
    if (row->from != 0) {
        cfm_text_addf(text, " from %s", cfm_date_text(row->from, date));
    }
    if (row->until != 0) {
        cfm_text_addf(text, " until %s", cfm_date_text(row->until, date));
    }
}

void cfm_features_add(struct cfm_text *text, unsigned features,
                      const char *between)
{
    const char *before = "";

    for (unsigned bit = 1; bit != 0 && bit <= features; bit <<= 1) {
        if ((features & bit) != 0) {
            cfm_text_addf(text, "%s%s", before,
                          scn_feature_text((enum scn_feature)bit));
            before = between;
        }
    }
}
