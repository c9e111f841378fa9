/* SPDX-License-Identifier: BSD-2-Clause */
#include "file.h"
#include "testing.h"

#include <scenario/catalogue.h>

#include <stdlib.h>
#include <string.h>

static void the_committed_schema_is_what_the_tables_say(void **state)
{
    size_t len = 0;
    char *committed = scn_file_read(TESTBED_SCENARIOS "/schema.json", &len);
    char *made = scn_schema_text();

    (void)state;
    assert_non_null(committed);
    assert_non_null(made);
    if (strlen(made) != len || memcmp(made, committed, len) != 0) {
        fail_msg("scenarios/schema.json is stale: run the program "
                 "scenario-schema and commit what it prints");
    }
    free(made);
    free(committed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_committed_schema_is_what_the_tables_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
