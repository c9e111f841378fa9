/* SPDX-License-Identifier: BSD-2-Clause */
/* adequacy_json.c - everything the matrix says, in one order. */
#include "adequacy_report.h"
#include "results.h"
#include "text.h"
#include "words.h"

#include <stdlib.h>

/* Adds value, [consumed], under key of object. */
static bool put(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value) == 0;
}

static bool add_word(json_t *array, const char *word)
{
    return json_array_append_new(array, json_string(word)) == 0;
}

/* value, [consumed] and returned; NULL when something of it is missing. */
static json_t *whole(json_t *value, bool complete)
{
    if (!complete) {
        json_decref(value);
    }
    return complete ? value : NULL;
}

/* Adds a check to the list of its outcome in object. */
static bool add_check(json_t *object, const struct cfm_matrix_check *check,
                      uint8_t outcome)
{
    const char *word = cfm_outcome_text((enum cfm_outcome)outcome);
    json_t *list = json_object_get(object, word);
    bool made = true;

    if (list == NULL) {
        list = json_array();
        made = put(object, word, list);
    }
    return made && add_word(list, check->address);
}

/* outcome -> addresses of the checks that catch it so. */
static json_t *caught_by(const struct cfm_matrix *matrix,
                         const struct cfm_matrix_row *row)
{
    json_t *object = json_object();
    bool complete = true;

    for (size_t i = 0; i < matrix->check_count; i++) {
        if (cfm_matrix_catches(matrix, row, i)) {
            complete =
                add_check(object, &matrix->checks[i], row->outcomes[i]) &&
                complete;
        }
    }
    return whole(object, complete);
}

/* Scenarios that claim it, and whether they catch it: null where nothing of
 * them could be asked. */
static json_t *claims(const struct cfm_matrix *matrix,
                      const struct cfm_matrix_row *row)
{
    json_t *object = json_object();
    bool complete = true;
    size_t end = 0;

    for (size_t start = 0; start < matrix->check_count; start = end) {
        end = cfm_matrix_end_of_scenario(matrix, start);
        enum cfm_claim claim = cfm_matrix_claim(matrix, row, start, end);
        const char *id = scn_scenario_id(matrix->checks[start].scenario);
        if (claim != CFM_CLAIM_NONE) {
            json_t *holds = claim == CFM_CLAIM_NOT_ASKED
                                ? json_null()
                                : json_boolean(claim == CFM_CLAIM_HOLDS);
            complete = put(object, id, holds) && complete;
        }
    }
    return whole(object, complete);
}

static json_t *row_to_json(const struct cfm_matrix *matrix,
                           const struct cfm_matrix_row *row)
{
    const struct scn_deviation *deviation = row->deviation;
    json_t *object = json_pack(
        "{s:s,s:s,s:s,s:s,s:s,s:I,s:o,s:o}", "id", deviation->id, "what",
        deviation->what, "source", deviation->source, "expected",
        scn_shown_text(deviation->shown), "fate", cfm_fate_text(row->fate),
        "checks", (json_int_t)row->caught, "caught-by", caught_by(matrix, row),
        "claims", claims(matrix, row));

    if (object != NULL && row->equivalent != NULL) {
        (void)put(object, "equivalent", json_string(row->equivalent->because));
    }
    return object;
}

static json_t *rows_to_json(const struct cfm_matrix *matrix)
{
    json_t *array = json_array();
    bool complete = true;

    for (size_t i = 0; i < matrix->row_count; i++) {
        json_t *row = row_to_json(matrix, &matrix->rows[i]);
        complete = json_array_append_new(array, row) == 0 && complete;
    }
    return whole(array, complete);
}

static json_t *weakest(const struct cfm_matrix *matrix)
{
    json_t *array = matrix->claims_only ? json_null() : json_array();

    for (size_t i = 0; !matrix->claims_only && i < matrix->row_count; i++) {
        if (matrix->rows[i].caught == 1) {
            (void)add_word(array, matrix->rows[i].deviation->id);
        }
    }
    return array;
}

static json_t *unneeded(const struct cfm_matrix *matrix)
{
    json_t *array = matrix->whole ? json_array() : json_null();
    size_t end = 0;

    for (size_t start = 0; matrix->whole && start < matrix->check_count;
         start = end) {
        end = cfm_matrix_end_of_scenario(matrix, start);
        if (!cfm_matrix_needs(matrix, start, end)) {
            (void)add_word(array,
                           scn_scenario_id(matrix->checks[start].scenario));
        }
    }
    return array;
}

/* outcome -> addresses of the checks that the reference does not pass. */
static json_t *reference_to_json(const struct cfm_matrix *matrix)
{
    json_t *object = json_object();
    bool complete = true;

    for (size_t i = 0; i < matrix->check_count; i++) {
        uint8_t outcome = matrix->checks[i].reference;
        if (outcome != CFM_PASS && outcome != CFM_NOT_SEEN) {
            complete =
                add_check(object, &matrix->checks[i], outcome) && complete;
        }
    }
    return whole(object, complete);
}

char *cfm_adequacy_json(const struct cfm_matrix *matrix,
                        const struct cfm_settings *settings)
{
    char date[CFM_WORD_MAX];
    char *text = NULL;
    json_t *root =
        json_pack("{s:s,s:s,s:I,s:b,s:o,s:o,s:o,s:o}", "profile",
                  scn_profile_text(settings->profile), "date",
                  cfm_date_text(settings->policy_date, date), "checks",
                  (json_int_t)matrix->check_count, "adequate",
                  cfm_matrix_exit(matrix) == 0, "reference-not-passed",
                  reference_to_json(matrix), "deviations", rows_to_json(matrix),
                  "weakest", weakest(matrix), "unneeded", unneeded(matrix));
    char *json = root == NULL ? NULL : json_dumps(root, JSON_INDENT(2));

    if (json != NULL) {
        text = cfm_textf("%s\n", json);
    }
    free(json);
    json_decref(root);
    return text;
}
