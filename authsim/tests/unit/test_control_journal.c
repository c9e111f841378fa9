/* SPDX-License-Identifier: BSD-2-Clause */
#include "desk.h"
#include "testing.h"

#include <stdio.h>
#include <string.h>

#define P   "desk/permits"
#define R   "desk/refuses"
#define WWW "www.zone.desk-permits"

enum { TYPE_A = 1 };

/* "NUMBER NAME TYPE" of the exchanges that are shown, parted by blanks, and
 * whether there are more. */
static void shows(struct test_desk *d, const char *query, const char *wanted)
{
    char path[256];
    char found[512] = "";
    size_t index = 0;
    const json_t *x = NULL;

    (void)snprintf(path, sizeof(path), "/journal%s", query);
    assert_int_equal(test_desk_get(d, path), 200);
    json_t *body = json_loads(d->answer.body, 0, NULL);
    json_array_foreach(json_object_get(body, "exchanges"), index, x)
    {
        const size_t len = strlen(found);
        (void)snprintf(found + len, sizeof(found) - len, "%d %s %s ",
                       (int)json_integer_value(json_object_get(x, "number")),
                       json_string_value(json_object_get(x, "name")),
                       json_string_value(json_object_get(x, "type")));
    }
    const size_t len = strlen(found);
    (void)snprintf(found + len, sizeof(found) - len, "%s",
                   json_is_true(json_object_get(body, "more")) ? "more"
                                                               : "all");
    json_decref(body);
    assert_string_equal(found, wanted);
}

static void ask_three(struct test_desk *d)
{
    (void)test_desk_query(d, P, WWW, SCN_TYPE_CAA);
    (void)test_desk_query(d, R, "other.zone.desk-refuses", SCN_TYPE_CAA);
    (void)test_desk_query(d, P, WWW, TYPE_A);
}

static void shows_what_all_were_asked_in_order(void **state)
{
    struct test_desk *d = *state;

    shows(d, "", "all");
    ask_three(d);
    shows(d, "", "1 " WWW " CAA 2 other.zone.desk-refuses CAA 3 " WWW " A all");
    shows(d, "?scenario=desk&limit=2",
          "1 " WWW " CAA 2 other.zone.desk-refuses CAA more");
    shows(d, "?scenario=" P "&after=1", "3 " WWW " A all");
    shows(d, "?type=CAA&name=WWW.zone.desk-permits.", "1 " WWW " CAA all");
    shows(d, "?server=zone&transport=udp&limit=1", "1 " WWW " CAA more");
    shows(d, "?server=loose", "all");
    shows(d, "?transport=tcp", "all");
    shows(d, "?after=18446744073709551615", "all");
}

static void clears_all_or_some(void **state)
{
    struct test_desk *d = *state;

    ask_three(d);
    assert_int_equal(test_desk_delete(d, "/journal?scenario=" R), 204);
    shows(d, "", "1 " WWW " CAA 3 " WWW " A all");
    control_desk_turn(&d->desk, 0);
    shows(d, "", "1 " WWW " CAA 3 " WWW " A all");
    assert_int_equal(test_desk_delete(d, "/journal"), 204);
    shows(d, "", "all");
    assert_int_equal(test_desk_delete(d, "/journal"), 204);
    control_desk_turn(&d->desk, 0);
    (void)test_desk_query(d, P, WWW, TYPE_A);
    shows(d, "", "4 " WWW " A all");
}

static void refuses_what_is_no_filter(void **state)
{
    static const struct {
        const char *query;
        unsigned status;
    } queries[] = {
        { "?after=-1", 400 },       { "?after=", 400 },
        { "?after=1x", 400 },       { "?after=18446744073709551616", 400 },
        { "?limit=0", 400 },        { "?limit=10001", 400 },
        { "?limit=+1", 400 },       { "?limit=1&limit=1", 400 },
        { "?name=", 400 },          { "?name=a..b", 400 },
        { "?type=caa", 400 },       { "?type=TYPE65536", 400 },
        { "?transport=quic", 400 }, { "?colour=red", 400 },
        { "?scenario=none", 404 },  { "?scenario=", 404 },
        { "?name=%", 400 },         { "?name=%00", 400 },
    };
    char path[128];

    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        char *before = test_desk_state(*state);
        (void)snprintf(path, sizeof(path), "/journal%s", queries[i].query);
        (void)test_desk_get(*state, path);
        test_desk_refused(*state, before, queries[i].status, "");
    }
}

static void a_refused_clearing_clears_nothing(void **state)
{
    static const char by_name[] = "?name=" WWW;
    static const char *const queries[] = { "?scenario=none", by_name,
                                           "?scenario" };
    struct test_desk *d = *state;
    char path[128];

    ask_three(d);
    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        char *before = test_desk_state(d);
        (void)snprintf(path, sizeof(path), "/journal%s", queries[i]);
        (void)test_desk_delete(d, path);
        test_desk_refused(d, before, i == 0 ? 404 : 400, "");
    }
}

/* What a wait counts that need not wait. */
static void counts_what_was_asked(void **state)
{
    struct test_desk *d = *state;

    ask_three(d);
    assert_int_equal(test_desk_post(d, "/wait",
                                    "{\"name\":\"" WWW "\",\"at-least\":2,"
                                    "\"timeout-ms\":60000}"),
                     200);
    assert_string_equal(d->answer.body, "{\"met\":true,\"count\":2}\n");
    assert_int_equal(test_desk_post(d, "/wait",
                                    "{\"name\":\"" WWW "\",\"type\":\"CAA\","
                                    "\"after\":1,\"timeout-ms\":0}"),
                     200);
    assert_string_equal(d->answer.body, "{\"met\":false,\"count\":0}\n");
    assert_int_equal(test_desk_post(d, "/wait",
                                    "{\"name\":\"other.zone.desk-refuses\","
                                    "\"scenario\":\"" P "\","
                                    "\"timeout-ms\":0}"),
                     200);
    assert_string_equal(d->answer.body, "{\"met\":false,\"count\":0}\n");
}

static void refuses_what_is_no_wait(void **state)
{
    static const struct {
        const char *rest;
        unsigned status;
        const char *words;
    } bodies[] = {
        { "\"timeout-ms\":-1", 400, "'timeout-ms': an integer" },
        { "\"timeout-ms\":\"1\"", 400, "'timeout-ms': an integer" },
        { "\"timeout-ms\":1.5", 400, "'timeout-ms': an integer" },
        { "\"timeout-ms\":60001", 400, "timeout-ms is at most 60000" },
        { "\"at-least\":-1", 400, "'at-least'" },
        { "\"at-least\":true", 400, "'at-least'" },
        { "\"after\":[]", 400, "'after'" },
        { "\"after\":9223372036854775808", 400, "no JSON" },
        { "\"type\":1", 400, "'type': a string" },
        { "\"type\":\"caa\"", 400, "type is 'caa'" },
        { "\"server\":null", 400, "'server': a string" },
        { "\"transport\":\"quic\"", 400, "transport is 'quic'" },
        { "\"transport\":{}", 400, "'transport': a string" },
        { "\"scenario\":7", 400, "'scenario': a string" },
        { "\"scenario\":\"none\"", 404, "no scenario 'none'" },
        { "\"scenario\":\"desk\"", 409, "several checks" },
        { "\"until\":1", 400, "'until'" },
        { "\"name\":\"x\"", 400, "no JSON" },
    };
    char body[256];

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        const bool timed = strstr(bodies[i].rest, "timeout-ms") != NULL;
        (void)snprintf(body, sizeof(body), "{\"name\":\"" WWW "\",%s%s}",
                       timed ? "" : "\"timeout-ms\":0,", bodies[i].rest);
        test_desk_refuses(*state, "/wait", body, bodies[i].status,
                          bodies[i].words);
    }
    test_desk_refuses(*state, "/wait", "{}", 400, "'name': a string");
    test_desk_refuses(*state, "/wait", "{\"name\":\"" WWW "\"}", 400,
                      "'timeout-ms'");
    test_desk_refuses(*state, "/wait", "{\"name\":\"a..b\",\"timeout-ms\":0}",
                      400, "no domain name");
}

#define T(f) \
    cmocka_unit_test_setup_teardown(f, test_desk_setup, test_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(shows_what_all_were_asked_in_order),
        T(clears_all_or_some),
        T(refuses_what_is_no_filter),
        T(a_refused_clearing_clears_nothing),
        T(counts_what_was_asked),
        T(refuses_what_is_no_wait),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
