/* SPDX-License-Identifier: BSD-2-Clause */
#include "another.h"
#include "desk.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char later[] =
    ANOTHER_HEAD ANOTHER_ZONE ANOTHER_CHECKS("permits", "refuses");

static unsigned load(struct test_desk *d, const char *id, const char *text)
{
    char path[160];

    (void)snprintf(path, sizeof(path), "/scenarios?id=%s", id);
    return test_desk_post(d, path, text);
}

static void refuses(struct test_desk *d, const char *id, const char *text,
                    unsigned status, const char *words)
{
    char path[160];

    (void)snprintf(path, sizeof(path), "/scenarios?id=%s", id);
    test_desk_refuses(d, path, text, status, words);
}

static void serves_one_more(void **state)
{
    struct test_desk *d = *state;
    char *before = test_desk_state(d);
    char *after = NULL;

    assert_int_equal(load(d, "later", later), 201);
    assert_string_equal(d->answer.body,
                        "{\"loaded\":[\"later/permits\",\"later/refuses\"]}\n");
    assert_int_equal(d->lab.count, 5);
    test_desk_shows(d, "later/refuses", "other.zone.later-refuses.", "CAA",
                    "0 issue \"other-ca.test\"");
    assert_int_equal(test_desk_query(d, "later/permits",
                                     "www.zone.later-permits", SCN_TYPE_CAA),
                     0);
    assert_int_equal(test_desk_post(d, "/add-a",
                                    "{\"host\":\"www.zone.later-permits\","
                                    "\"addresses\":[\"192.0.2.9\"]}"),
                     200);
    assert_int_equal(test_desk_delete(d, "/scenarios/later"), 204);
    assert_null(d->answer.type);
    after = test_desk_state(d);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void what_was_changed_goes_with_its_scenario(void **state)
{
    struct test_desk *d = *state;

    assert_int_equal(load(d, "later", later), 201);
    assert_int_equal(test_desk_post(d, "/set-txt",
                                    "{\"host\":\"www.zone.later-permits\","
                                    "\"value\":\"x\"}"),
                     200);
    assert_int_equal(test_desk_post(d, "/set-servfail",
                                    "{\"host\":\"www.zone.later-permits\"}"),
                     200);
    assert_int_equal(
        test_desk_post(d, "/set-default-ipv4", "{\"ip\":\"192.0.2.77\"}"), 200);
    assert_int_equal(test_desk_delete(d, "/scenarios/later"), 204);
    assert_int_equal(load(d, "later", later), 201);
    test_desk_shows(d, "later/permits", "www.zone.later-permits.", "TXT", "");
    assert_int_equal(test_desk_query(d, "later/permits",
                                     "www.zone.later-permits", SCN_TYPE_CAA),
                     0);
    test_desk_shows(d, "every-name", "*.", "A", "192.0.2.77");
    assert_int_equal(test_desk_delete(d, "/scenarios/every-name"), 204);
    assert_int_equal(load(d, "every",
                          ANOTHER_HEAD
                          "universe: private\n"
                          "zones:\n"
                          "  - {name: ., dnssec: unsigned, records: 'a. "
                          "A 192.0.2.1'}\n"
                          "twin: later\n"
                          "steps:\n"
                          "  - check: {names: [a.], verdict: permit}\n"),
                     201);
    assert_int_equal(
        test_desk_post(d, "/set-txt", "{\"host\":\"b\",\"value\":\"x\"}"), 200);
    test_desk_shows(d, "every", "b.", "A", "");
}

static void refuses_wrong_text(void **state)
{
    static const char octets[] = ANOTHER_HEAD "story: \"\xff\"\n" ANOTHER_ZONE;
    struct test_desk *d = *state;

    refuses(d, "bad", "", 400, "bad.yaml:");
    refuses(d, "bad", "title: x\nzones: [\n", 400, "bad.yaml:");
    refuses(d, "bad", "- a\n", 400, "bad.yaml:1:1: ");
    refuses(d, "bad", "{\"title\": 1}", 400, "bad.yaml:1");
    refuses(d, "bad", ANOTHER_HEAD ANOTHER_ZONE, 400, "bad.yaml:1:1: ");
    refuses(d, "bad",
            ANOTHER_HEAD ANOTHER_ZONE ANOTHER_CHECKS("permits", "permits"), 400,
            "bad.yaml:");
    refuses(d, "bad",
            ANOTHER_HEAD "colour: red\n" ANOTHER_ZONE ANOTHER_CHECKS("a", "b"),
            400, "bad.yaml:3:1: ");
    refuses(d, "bad",
            ANOTHER_HEAD ANOTHER_ZONE
            "      www.zone CNAME other.zone\n" ANOTHER_CHECKS("a", "b"),
            400, "bad.yaml:9:");
    refuses(d, "bad",
            ANOTHER_HEAD ANOTHER_ZONE
            "    faults: [{do: {explode: true}}]\n" ANOTHER_CHECKS("a", "b"),
            400, "bad.yaml:9:");
    test_desk_refuses_octets(d, "/scenarios?id=bad", octets, sizeof(octets) - 1,
                             400, "bad.yaml:");
    test_desk_refuses_octets(d, "/scenarios?id=bad", "title: \0x", 9, 400,
                             "bad.yaml:");
}

/* Its socket is made at the start. */
static void refuses_what_needs_a_socket_of_the_start(void **state)
{
    refuses(
        *state, "later",
        ANOTHER_HEAD ANOTHER_ZONE
        "    faults: [{do: {drop: unreachable}}]\n" ANOTHER_CHECKS("a", "b"),
        400, "later.yaml: `drop: unreachable` needs a socket");
}

static void refuses_a_wrong_id(void **state)
{
    static const char *const ids[] = {
        "Later", "a%2Fb", "a/b",   "..%2Fa", "a.yaml",  "a_b",
        "-a",    "a%20b", "a%0Ab", "%C3%A9", "a--b%2E",
    };
    char wide[129];

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        refuses(*state, ids[i], later, 400, "at most 63");
    }
    refuses(*state, "", later, 400, "at most 63");
    memset(wide, 'a', sizeof(wide) - 1);
    wide[sizeof(wide) - 1] = '\0';
    refuses(*state, wide, later, 400, "is no id: small letters");
    wide[64] = '\0';
    refuses(*state, wide, later, 400, "at most 63");
    refuses(*state, "x%2Fevery-name", later, 400,
            "id: 'x/every-name' is no id: small letters");
    test_desk_refuses(*state, "/scenarios", later, 400, "?id=ID is wanted");
    test_desk_refuses(*state, "/scenarios?id", later, 400, "name=value");
    test_desk_refuses(*state, "/scenarios?name=later", later, 400,
                      "names 'name'");
    test_desk_refuses(*state, "/scenarios?id=a&id=b", later, 400, "twice");
}

static void refuses_what_is_there(void **state)
{
    struct test_desk *d = *state;

    refuses(d, "desk", later, 409, "DELETE it first");
    refuses(d, "every-name", later, 409, "DELETE it first");
}

/* Apexes are ID-CHECK: that of the second check is taken. */
static void all_checks_come_or_none(void **state)
{
    struct test_desk *d = *state;

    assert_int_equal(
        load(d, "a-b", ANOTHER_HEAD ANOTHER_ZONE ANOTHER_CHECKS("c", "d")),
        201);
    refuses(d, "a", ANOTHER_HEAD ANOTHER_ZONE ANOTHER_CHECKS("x", "b-c"), 409,
            "the same apex");
    assert_int_equal(
        load(d, "a", ANOTHER_HEAD ANOTHER_ZONE ANOTHER_CHECKS("x", "b-e")),
        201);
    assert_string_equal(d->answer.body, "{\"loaded\":[\"a/x\",\"a/b-e\"]}\n");
}

static void removes_only_what_is_there(void **state)
{
    static const char *const paths[] = {
        "/scenarios/none",
        "/scenarios/des",
        "/scenarios/desk-permits",
        "/scenarios/DESK",
        "/scenarios/",
        "/scenarios/desk/permits",
        "/scenarios/desk%2Fpermits",
    };
    struct test_desk *d = *state;

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        char *before = test_desk_state(d);
        (void)test_desk_delete(d, paths[i]);
        test_desk_refused(d, before, 404, "there is no ");
    }
    char *before = test_desk_state(d);
    (void)test_desk_delete(d, "/scenarios/desk?force=1");
    test_desk_refused(d, before, 400, "names 'force'");
    before = test_desk_state(d);
    (void)test_desk_delete(d, "/scenarios");
    test_desk_refused(d, before, 405, "GET, POST");
}

static void nothing_need_be_left(void **state)
{
    struct test_desk *d = *state;

    assert_int_equal(test_desk_delete(d, "/scenarios/desk"), 204);
    assert_int_equal(test_desk_delete(d, "/scenarios/every-name"), 204);
    assert_int_equal(d->lab.count, 0);
    assert_int_equal(test_desk_get(d, "/scenarios"), 200);
    assert_string_equal(d->answer.body, "{\"scenarios\":[]}\n");
    test_desk_refuses(d, "/set-txt", "{\"host\":\"a\",\"value\":\"x\"}", 404,
                      "below no apex");
    assert_int_equal(test_desk_delete(d, "/scenarios/desk"), 404);
    assert_int_equal(load(d, "later", later), 201);
    assert_int_equal(d->lab.count, 2);
}

#define T(f) \
    cmocka_unit_test_setup_teardown(f, test_desk_setup, test_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(serves_one_more),         T(what_was_changed_goes_with_its_scenario),
        T(refuses_wrong_text),      T(refuses_what_needs_a_socket_of_the_start),
        T(refuses_a_wrong_id),      T(refuses_what_is_there),
        T(all_checks_come_or_none), T(removes_only_what_is_there),
        T(nothing_need_be_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
