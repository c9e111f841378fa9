/* SPDX-License-Identifier: BSD-2-Clause */
#include "desk.h"
#include "testing.h"

#include <string.h>

#define P "desk/permits"
#define R "desk/refuses"

enum { NOERROR = 0, SERVFAIL = 2 };

static unsigned asked(struct test_desk *d, const char *key, const char *name)
{
    return test_desk_query(d, key, name, SCN_TYPE_CAA);
}

/* Whether fault `index` of the answer is enabled and has acted. */
static void stands(struct test_desk *d, const char *query, size_t index,
                   bool enabled, bool acted)
{
    json_t *body = NULL;
    const json_t *fault = NULL;

    assert_int_equal(test_desk_get(d, query), 200);
    body = json_loads(d->answer.body, 0, NULL);
    fault = json_array_get(json_object_get(body, "faults"), index);
    assert_non_null(fault);
    assert_string_equal(json_string_value(json_object_get(fault, "id")),
                        "outage");
    assert_int_equal(json_is_true(json_object_get(fault, "enabled")), enabled);
    assert_int_equal(json_is_true(json_object_get(fault, "acted")), acted);
    json_decref(body);
}

static void switches_in_all_checks_or_in_one(void **state)
{
    struct test_desk *d = *state;

    stands(d, "/faults", 0, false, false);
    assert_int_equal(test_desk_post(d, "/faults",
                                    "{\"scenario\":\"desk\",\"fault\":"
                                    "\"outage\",\"enabled\":true}"),
                     200);
    assert_string_equal(d->answer.body, "{\"switched\":2}\n");
    assert_int_equal(asked(d, P, "www.zone.desk-permits"), SERVFAIL);
    assert_int_equal(asked(d, R, "www.zone.desk-refuses"), SERVFAIL);
    stands(d, "/faults?scenario=" P, 0, true, true);
    assert_int_equal(test_desk_post(d, "/faults",
                                    "{\"scenario\":\"" P "\",\"fault\":"
                                    "\"outage\",\"enabled\":false}"),
                     200);
    assert_string_equal(d->answer.body, "{\"switched\":1}\n");
    assert_int_equal(asked(d, P, "www.zone.desk-permits"), NOERROR);
    assert_int_equal(asked(d, R, "www.zone.desk-refuses"), SERVFAIL);
    stands(d, "/faults", 0, false, true);
    stands(d, "/faults", 1, true, true);
}

static void refuses_what_is_no_switch(void **state)
{
    static const struct {
        const char *body;
        unsigned status;
        const char *words;
    } bodies[] = {
        { "", 400, "no JSON" },
        { "[]", 400, "no JSON object" },
        { "{\"fault\":\"outage\",\"enabled\":true}", 400, "'scenario'" },
        { "{\"scenario\":1,\"fault\":\"outage\",\"enabled\":true}", 400,
          "'scenario': a string" },
        { "{\"scenario\":\"desk\",\"enabled\":true}", 400, "'fault'" },
        { "{\"scenario\":\"desk\",\"fault\":[],\"enabled\":true}", 400,
          "'fault': a string" },
        { "{\"scenario\":\"desk\",\"fault\":\"outage\"}", 400, "'enabled'" },
        { "{\"scenario\":\"desk\",\"fault\":\"outage\",\"enabled\":1}", 400,
          "'enabled': true or false" },
        { "{\"scenario\":\"desk\",\"fault\":\"outage\",\"enabled\":\"true\"}",
          400, "'enabled': true or false" },
        { "{\"scenario\":\"desk\",\"fault\":\"outage\",\"enabled\":null}", 400,
          "'enabled': true or false" },
        { "{\"scenario\":\"desk\",\"fault\":\"outage\",\"enabled\":true,"
          "\"all\":1}",
          400, "'all', which this path does not know" },
        { "{\"Scenario\":\"desk\",\"fault\":\"outage\",\"enabled\":true}", 400,
          "'scenario'" },
        { "{\"scenario\":\"none\",\"fault\":\"outage\",\"enabled\":true}", 404,
          "no scenario 'none'" },
        { "{\"scenario\":\"desk\",\"fault\":\"Outage\",\"enabled\":true}", 404,
          "no fault 'Outage'" },
        { "{\"scenario\":\"every-name\",\"fault\":\"outage\",\"enabled\":true}",
          404, "no fault 'outage'" },
    };

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        test_desk_refuses(*state, "/faults", bodies[i].body, bodies[i].status,
                          bodies[i].words);
    }
}

static void refuses_a_question_that_is_none(void **state)
{
    struct test_desk *d = *state;

    assert_int_equal(test_desk_get(d, "/faults?scenario=none"), 404);
    assert_int_equal(test_desk_get(d, "/faults?fault=outage"), 400);
    assert_int_equal(test_desk_get(d, "/faults?scenario"), 400);
    assert_int_equal(test_desk_get(d, "/faults?scenario=desk"), 200);
    assert_int_equal(test_desk_get(d, "/faults?scenario=every-name"), 200);
    assert_string_equal(d->answer.body, "{\"faults\":[]}\n");
}

#define T(f) \
    cmocka_unit_test_setup_teardown(f, test_desk_setup, test_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(switches_in_all_checks_or_in_one),
        T(refuses_what_is_no_switch),
        T(refuses_a_question_that_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
