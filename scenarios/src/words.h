/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * words.h - the words of the format and the values they stand for.
 *
 * A list ends with a NULL text. The loader, its messages and the JSON Schema
 * all read these lists: a new word is one line here.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct scn_word {
    const char *text;
    long value;
};

extern const struct scn_word scn_words_verdict[];
extern const struct scn_word scn_words_reason[];
extern const struct scn_word scn_words_profile[];
extern const struct scn_word scn_words_feature[];
extern const struct scn_word scn_words_kind[];
extern const struct scn_word scn_words_universe[];
extern const struct scn_word scn_words_apex[];
extern const struct scn_word scn_words_qmin[];
extern const struct scn_word scn_words_case_randomisation[];
extern const struct scn_word scn_words_anchor[];
extern const struct scn_word scn_words_family[];
extern const struct scn_word scn_words_dnssec[];
extern const struct scn_word scn_words_keys[];
extern const struct scn_word scn_words_rollover[];
extern const struct scn_word scn_words_denial[];
extern const struct scn_word scn_words_ns[];
extern const struct scn_word scn_words_digest[];
extern const struct scn_word scn_words_damage[];
extern const struct scn_word scn_words_state[];
extern const struct scn_word scn_words_count_by[];
extern const struct scn_word scn_words_transport[];
extern const struct scn_word scn_words_edns[];
extern const struct scn_word scn_words_dnssec_ok[];
extern const struct scn_word scn_words_case[];
extern const struct scn_word scn_words_echo[];
extern const struct scn_word scn_words_owners[];
extern const struct scn_word scn_words_spoil[];
extern const struct scn_word scn_words_opt[];
extern const struct scn_word scn_words_place[];
extern const struct scn_word scn_words_drop[];
extern const struct scn_word scn_words_breaks[];
extern const struct scn_word scn_words_alias[];
extern const struct scn_word scn_words_strip[];
extern const struct scn_word scn_words_rrsets[];
extern const struct scn_word scn_words_wire[];
extern const struct scn_word scn_words_rcode[];
extern const struct scn_word scn_words_flag[];
extern const struct scn_word scn_words_decoy[];
extern const struct scn_word scn_words_tcp[];
extern const struct scn_word scn_words_forget[];
extern const struct scn_word scn_words_shown[];       /* of a deviation */
extern const struct scn_word scn_words_any_type[];    /* any */
extern const struct scn_word scn_words_damage_type[]; /* any, denial */
extern const struct scn_word scn_words_strength[];
extern const struct scn_word scn_words_predicate[]; /* with looked */

bool scn_word_find(const struct scn_word *words, const char *text,
                   long *value_out);
/* "" when no word has the value. */
const char *scn_word_text(const struct scn_word *words, long value);
/* For scn_nearest(): entry i of a list of words. */
const char *scn_word_at(const void *words, size_t i);
