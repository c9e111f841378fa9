/* SPDX-License-Identifier: BSD-2-Clause */
/* Any octets as each table beside a catalogue: rules.yaml, deviations.yaml,
 * requirements.yaml. */
#include "scenario.h"

#include <scenario/deviations.h>
#include <scenario/requirements.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A refusal has a reason. */
static void judge(enum scn_status status, const struct scn_error *error)
{
    if (status != SCN_OK && error->text[0] == '\0') {
        abort();
    }
}

/* Whatever the table has is found by its id. */
static void read_deviations(const char *text, size_t len)
{
    struct scn_deviations *table = NULL;
    struct scn_error error = { 0 };
    enum scn_status status =
        scn_deviations_read("deviations.yaml", text, len, &error, &table);

    judge(status, &error);
    for (size_t i = 0; status == SCN_OK && i < scn_deviations_count(table);
         i++) {
        const struct scn_deviation *deviation = scn_deviations_at(table, i);
        if (scn_deviations_find(table, deviation->id) != deviation) {
            abort();
        }
    }
    scn_deviations_free(table);
}

static void read_requirements(const char *text, size_t len)
{
    struct scn_requirements *table = NULL;
    struct scn_error error = { 0 };
    size_t count = 0;
    enum scn_status status =
        scn_requirements_read("requirements.yaml", text, len, &error, &table);

    judge(status, &error);
    const struct scn_requirement *list =
        status == SCN_OK ? scn_requirements_list(table, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (scn_requirements_find(table, list[i].id) != &list[i]) {
            abort();
        }
    }
    scn_requirements_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct scn_rules *rules = NULL;
    struct scn_error error = { 0 };

    judge(scn_rules_read("rules.yaml", text, size, &error, &rules), &error);
    scn_rules_free(rules);
    read_deviations(text, size);
    read_requirements(text, size);
    return 0;
}
