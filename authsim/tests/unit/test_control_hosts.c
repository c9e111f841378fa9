/* SPDX-License-Identifier: BSD-2-Clause */
#include "desk.h"
#include "testing.h"

#include <stdio.h>
#include <string.h>

#define P   "desk/permits"
#define E   "every-name"
#define WWW "www.zone.desk-permits"

enum { NOERROR = 0, SERVFAIL = 2, TYPE_A = 1, TYPE_TXT = 16 };

static void does(struct test_desk *d, const char *path, const char *body)
{
    assert_int_equal(test_desk_post(d, path, body), 200);
    assert_null(d->answer.type);
    assert_int_equal(d->answer.body_len, 0);
}

static void every_type_of_a_host_fails(void **state)
{
    struct test_desk *d = *state;

    does(d, "/set-servfail", "{\"host\":\"WWW.zone.desk-permits.\"}");
    does(d, "/set-servfail", "{\"host\":\"" WWW "\"}");
    assert_int_equal(test_desk_query(d, P, WWW, SCN_TYPE_CAA), SERVFAIL);
    assert_int_equal(test_desk_query(d, P, WWW, TYPE_TXT), SERVFAIL);
    assert_int_equal(
        test_desk_query(d, P, "other.zone.desk-permits", SCN_TYPE_CAA),
        NOERROR);
    does(d, "/clear-servfail", "{\"Host\":\"" WWW "\"}");
    assert_int_equal(test_desk_query(d, P, WWW, SCN_TYPE_CAA), NOERROR);
    does(d, "/clear-servfail", "{\"host\":\"" WWW "\"}");
    does(d, "/clear-servfail", "{\"host\":\"never.heard.of\"}");
    assert_int_equal(test_desk_query(d, P, WWW, SCN_TYPE_CAA), NOERROR);
}

static void a_refused_switch_switches_nothing(void **state)
{
    struct test_desk *d = *state;

    does(d, "/set-servfail", "{\"host\":\"" WWW "\"}");
    test_desk_refuses(d, "/clear-servfail", "{\"host\":[\"" WWW "\"]}", 400,
                      "'host'");
    assert_int_equal(test_desk_query(d, P, WWW, TYPE_A), SERVFAIL);
    does(d, "/clear-servfail", "{\"host\":\"" WWW "\"}");
    test_desk_refuses(d, "/set-servfail", "{\"hosts\":\"" WWW "\"}", 400,
                      "'host'");
    assert_int_equal(test_desk_query(d, P, WWW, TYPE_A), NOERROR);
}

/* At the root, its wildcard, and what was named with all above it. */
static void a_default_stands_where_nothing_else_does(void **state)
{
    struct test_desk *d = *state;

    does(d, "/add-a", "{\"host\":\"a.example\",\"addresses\":[\"192.0.2.9\"]}");
    does(d, "/set-default-ipv4", "{\"ip\":\"10.10.10.2\"}");
    does(d, "/set-default-ipv6", "{\"IP\":\"::1\"}");
    test_desk_shows(d, E, "*.", "A", "10.10.10.2");
    test_desk_shows(d, E, "*.", "AAAA", "::1");
    test_desk_shows(d, E, "example.", "A", "10.10.10.2");
    test_desk_shows(d, E, "a.example.", "A", "192.0.2.9");
    test_desk_shows(d, E, "a.example.", "AAAA", "::1");
    test_desk_shows(d, E, "*.a.example.", "A", "10.10.10.2");
    does(d, "/clear-a", "{\"host\":\"a.example\"}");
    test_desk_shows(d, E, "a.example.", "A", "10.10.10.2");
    does(d, "/set-default-ipv4", "{\"ip\":\"10.10.10.3\"}");
    test_desk_shows(d, E, "*.", "A", "10.10.10.3");
    test_desk_shows(d, E, "a.example.", "A", "10.10.10.3");
    does(d, "/set-default-ipv4", "{\"ip\":\"\"}");
    test_desk_shows(d, E, "*.", "A", "");
    test_desk_shows(d, E, "a.example.", "A", "");
    test_desk_shows(d, E, "*.", "AAAA", "::1");
    test_desk_shows(d, P, WWW ".", "AAAA", "");
}

static void a_default_is_an_address_of_its_family(void **state)
{
    static const char *const others[] = { "{}", "{\"ip\":null}", "{\"ip\":1}",
                                          "{\"ip\":[\"10.10.10.2\"]}",
                                          "{\"addr\":\"10.10.10.2\"}" };
    struct test_desk *d = *state;

    does(d, "/set-default-ipv4", "{\"ip\":\"10.10.10.2\"}");
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        test_desk_refuses(d, "/set-default-ipv4", others[i], 400,
                          "the body wants 'ip': a string");
        test_desk_refuses(d, "/set-default-ipv6", others[i], 400,
                          "the body wants 'ip': a string");
    }
    test_desk_refuses(d, "/set-default-ipv4", "", 400, "no JSON");
    test_desk_refuses(d, "/set-default-ipv4", "{\"ip\":\"::1\"}", 400,
                      "ip is '::1': an IPv4 address is wanted");
    test_desk_refuses(d, "/set-default-ipv4", "{\"ip\":\"10.10.10\"}", 400,
                      "an IPv4 address is wanted");
    test_desk_refuses(d, "/set-default-ipv6", "{\"ip\":\"10.10.10.2\"}", 400,
                      "an IPv6 address is wanted");
    test_desk_shows(d, E, "*.", "A", "10.10.10.2");
    test_desk_shows(d, E, "*.", "AAAA", "");
    assert_int_equal(test_desk_delete(d, "/scenarios/every-name"), 204);
    test_desk_refuses(d, "/set-default-ipv4", "{\"ip\":\"10.10.10.2\"}", 409,
                      "no scenario has every name");
    test_desk_refuses(d, "/set-default-ipv6", "{\"ip\":\"\"}", 409,
                      "no scenario has every name");
}

static void shows(struct test_desk *d, const char *host, const char *wanted)
{
    char body[128];

    (void)snprintf(body, sizeof(body), "{\"host\":\"%s\"}", host);
    assert_int_equal(test_desk_post(d, "/dns-request-history", body), 200);
    assert_string_equal(d->answer.type, "application/json");
    assert_string_equal(d->answer.body, wanted);
}

#define EVENT(name, type) \
    "{\"Question\":{\"Name\":\"" name "\",\"Qtype\":" type ",\"Qclass\":1}}"

static void history_is_what_was_asked_of_a_host(void **state)
{
    struct test_desk *d = *state;

    shows(d, WWW, "[]\n");
    (void)test_desk_query(d, P, WWW, SCN_TYPE_CAA);
    (void)test_desk_query(d, P, "other.zone.desk-permits", SCN_TYPE_CAA);
    (void)test_desk_query(d, P, "Www.zone.desk-permits.", TYPE_A);
    shows(d, "WWW.zone.desk-permits.",
          "[" EVENT(WWW ".", "257") "," EVENT("Www.zone.desk-permits.",
                                              "1") "]\n");
    (void)test_desk_query(d, E, ".", TYPE_A);
    shows(d, ".", "[" EVENT(".", "1") "]\n");
    shows(d, "never.heard.of", "[]\n");
}

static void history_begins_anew_when_it_is_cleared(void **state)
{
    static const char other[] =
        "[" EVENT("other.zone.desk-permits.", "257") "]\n";
    struct test_desk *d = *state;

    does(d, "/clear-request-history",
         "{\"host\":\"" WWW "\",\"type\":\"dns\"}"); /* there is none */
    (void)test_desk_query(d, P, WWW, SCN_TYPE_CAA);
    (void)test_desk_query(d, P, "other.zone.desk-permits", SCN_TYPE_CAA);
    does(d, "/clear-request-history",
         "{\"host\":\"" WWW "\",\"type\":\"http\"}");
    does(d, "/clear-request-history",
         "{\"host\":\"" WWW "\",\"type\":\"tlsalpn\"}");
    shows(d, WWW, "[" EVENT(WWW ".", "257") "]\n");
    test_desk_refuses(d, "/clear-request-history",
                      "{\"host\":\"" WWW "\",\"type\":\"smtp\"}", 400,
                      "type is 'smtp': dns, http or tlsalpn is wanted");
    test_desk_refuses(d, "/clear-request-history",
                      "{\"host\":\"" WWW "\",\"type\":\"DNS\"}", 400,
                      "type is 'DNS'");
    shows(d, WWW, "[" EVENT(WWW ".", "257") "]\n");
    does(d, "/clear-request-history",
         "{\"Host\":\"" WWW ".\",\"Type\":\"dns\"}");
    shows(d, WWW, "[]\n");
    shows(d, "other.zone.desk-permits", other);
    (void)test_desk_query(d, P, WWW, TYPE_A);
    shows(d, WWW, "[" EVENT(WWW ".", "1") "]\n");
    /* Nothing is lost of the journal itself. */
    assert_int_equal(test_desk_get(d, "/journal?type=CAA&name=" WWW), 200);
    assert_non_null(strstr(d->answer.body, "\"name\":\"" WWW "\""));
}

static void history_ends_with_the_journal(void **state)
{
    struct test_desk *d = *state;

    (void)test_desk_query(d, P, WWW, SCN_TYPE_CAA);
    assert_int_equal(test_desk_delete(d, "/journal"), 204);
    shows(d, WWW, "[]\n");
    does(d, "/clear-request-history",
         "{\"host\":\"" WWW "\",\"type\":\"dns\"}");
    control_desk_turn(&d->desk, 0);
    shows(d, WWW, "[]\n");
    (void)test_desk_query(d, P, WWW, TYPE_A);
    shows(d, WWW, "[" EVENT(WWW ".", "1") "]\n");
}

#define T(f) \
    cmocka_unit_test_setup_teardown(f, test_desk_setup, test_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_type_of_a_host_fails),
        T(a_refused_switch_switches_nothing),
        T(a_default_stands_where_nothing_else_does),
        T(a_default_is_an_address_of_its_family),
        T(history_is_what_was_asked_of_a_host),
        T(history_begins_anew_when_it_is_cleared),
        T(history_ends_with_the_journal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
