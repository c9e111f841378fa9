/* SPDX-License-Identifier: BSD-2-Clause */
#include "desk.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define P    "desk/permits"
#define E    "every-name"
#define WWW  "www.zone.desk-permits"
#define HOST "\"host\":\"" WWW "\""

/* A verb that changed something says nothing. */
static void does(struct test_desk *d, const char *path, const char *body)
{
    const unsigned status = test_desk_post(d, path, body);

    if (status != 200) {
        print_error("%s %s: %u\n", path, body, status);
    }
    assert_int_equal(status, 200);
    assert_null(d->answer.type);
    assert_int_equal(d->answer.body_len, 0);
}

static void adds_addresses(void **state)
{
    struct test_desk *d = *state;

    does(d, "/add-a",
         "{" HOST ", \"addresses\":[\"12.12.12.12\", \"13.13.13.13\"]}");
    test_desk_shows(d, P, WWW ".", "A", "12.12.12.12|13.13.13.13");
    does(d, "/add-a", "{" HOST ", \"addresses\":[\"14.14.14.14\"]}");
    test_desk_shows(d, P, WWW ".", "A", "12.12.12.12|13.13.13.13|14.14.14.14");
    does(d, "/add-aaaa", "{" HOST ", \"addresses\":[\"2001:DB8::1\"]}");
    test_desk_shows(d, P, WWW ".", "AAAA", "2001:db8::1");
    does(d, "/clear-a", "{" HOST "}");
    test_desk_shows(d, P, WWW ".", "A", "192.0.2.1");
    test_desk_shows(d, P, WWW ".", "AAAA", "2001:db8::1");
    does(d, "/clear-aaaa", "{" HOST "}");
    test_desk_shows(d, P, WWW ".", "AAAA", "");
}

static void a_set_has_a_record_once(void **state)
{
    struct test_desk *d = *state;

    does(d, "/add-a",
         "{" HOST ", \"addresses\":[\"192.0.2.9\", \"192.0.2.9\"]}");
    does(d, "/add-a", "{" HOST ", \"addresses\":[\"192.0.2.9\"]}");
    test_desk_shows(d, P, WWW ".", "A", "192.0.2.9");
    does(d, "/set-txt", "{" HOST ", \"value\":\"x\"}");
    does(d, "/set-txt", "{" HOST ", \"value\":\"x\"}");
    test_desk_shows(d, P, WWW ".", "TXT", "\"x\"");
}

static void adds_policies(void **state)
{
    struct test_desk *d = *state;

    does(d, "/add-caa",
         "{" HOST ", \"policies\":[{\"tag\":\"issue\",\"value\":\"a.test\"}]}");
    does(d, "/add-caa",
         "{" HOST
         ", \"policies\":[{\"Tag\":\"iodef\",\"VALUE\":\"mailto:a@b\"},"
         "{\"tag\":\"issue\",\"value\":\"\",\"flags\":128}]}");
    test_desk_shows(d, P, WWW ".", "CAA",
                    "0 issue \"a.test\"|0 iodef \"mailto:a@b\"|0 issue \"\"");
    does(d, "/clear-caa", "{" HOST "}");
    test_desk_shows(d, P, WWW ".", "CAA", "0 issue \"ca.test\"");
}

static void sets_text_of_as_many_strings_as_it_needs(void **state)
{
    struct test_desk *d = *state;
    char value[601];
    char body[700];
    char wanted[700];

    memset(value, 'x', sizeof(value) - 1);
    value[sizeof(value) - 1] = '\0';
    (void)snprintf(body, sizeof(body), "{" HOST ",\"value\":\"%s\"}", value);
    (void)snprintf(wanted, sizeof(wanted), "\"%.255s\" \"%.255s\" \"%.90s\"",
                   value, value, value);
    does(d, "/set-txt", body);
    test_desk_shows(d, P, WWW ".", "TXT", wanted);
    does(d, "/clear-txt", "{" HOST "}");
    does(d, "/set-txt", "{" HOST ",\"value\":\"a\"}");
    does(d, "/set-txt", "{" HOST ",\"value\":\"b\"}");
    test_desk_shows(d, P, WWW ".", "TXT", "\"a\"|\"b\"");
    does(d, "/clear-txt", "{" HOST "}");
    test_desk_shows(d, P, WWW ".", "TXT", "");
}

/* Whatever the order: what was added is back when the alias is gone. */
static void an_alias_stands_alone(void **state)
{
    struct test_desk *d = *state;

    does(d, "/add-a", "{" HOST ", \"addresses\":[\"192.0.2.9\"]}");
    does(d, "/set-cname", "{" HOST ", \"target\":\"a.example\"}");
    does(d, "/set-txt", "{" HOST ", \"value\":\"x\"}");
    test_desk_shows(d, P, WWW ".", "CNAME", "a.example.");
    test_desk_shows(d, P, WWW ".", "A", "");
    test_desk_shows(d, P, WWW ".", "CAA", "");
    test_desk_shows(d, P, WWW ".", "TXT", "");
    does(d, "/set-cname", "{" HOST ", \"target\":\"B.Example.\"}");
    test_desk_shows(d, P, WWW ".", "CNAME", "b.example.");
    does(d, "/clear-a", "{" HOST "}");
    does(d, "/clear-cname", "{" HOST "}");
    test_desk_shows(d, P, WWW ".", "CNAME", "");
    test_desk_shows(d, P, WWW ".", "A", "192.0.2.1");
    test_desk_shows(d, P, WWW ".", "CAA", "0 issue \"ca.test\"");
    test_desk_shows(d, P, WWW ".", "TXT", "\"x\"");
}

static void an_alias_of_the_scenario_gives_way(void **state)
{
#define ALIAS "alias.zone.desk-permits"
    struct test_desk *d = *state;

    does(d, "/set-txt", "{\"host\":\"" ALIAS "\", \"value\":\"x\"}");
    does(d, "/add-a",
         "{\"host\":\"" ALIAS "\", \"addresses\":[\"192.0.2.9\"]}");
    test_desk_shows(d, P, ALIAS ".", "CNAME", "");
    test_desk_shows(d, P, ALIAS ".", "TXT", "\"x\"");
    does(d, "/clear-txt", "{\"host\":\"" ALIAS "\"}");
    test_desk_shows(d, P, ALIAS ".", "CNAME", "");
    does(d, "/set-cname", "{\"host\":\"" ALIAS "\", \"target\":\"a.example\"}");
    test_desk_shows(d, P, ALIAS ".", "CNAME", "a.example.");
    test_desk_shows(d, P, ALIAS ".", "A", "");
    does(d, "/clear-cname", "{\"host\":\"" ALIAS "\"}");
    test_desk_shows(d, P, ALIAS ".", "CNAME", "");
    test_desk_shows(d, P, ALIAS ".", "A", "192.0.2.9");
    does(d, "/clear-a", "{\"host\":\"" ALIAS "\"}");
    test_desk_shows(d, P, ALIAS ".", "CNAME", WWW ".");
    test_desk_shows(d, P, ALIAS ".", "A", "");
}

static void an_alias_that_was_published_gives_way(void **state)
{
    struct test_desk *d = *state;

    assert_int_equal(
        test_desk_post(d, "/records",
                       "{\"publish\": \"new.zone.desk-permits CNAME " WWW
                       "\\nc.example CNAME d.example\"}"),
        200);
    does(d, "/set-txt",
         "{\"host\":\"new.zone.desk-permits\", \"value\":\"x\"}");
    does(d, "/set-txt",
         "{\"host\":\"new.zone.desk-permits\", \"value\":\"y\"}");
    test_desk_shows(d, P, "new.zone.desk-permits.", "CNAME", "");
    test_desk_shows(d, P, "new.zone.desk-permits.", "TXT", "\"x\"|\"y\"");
    /* A default stands beside no alias. */
    does(d, "/set-default-ipv4", "{\"ip\":\"192.0.2.77\"}");
    does(d, "/set-txt", "{\"host\":\"b.c.example\", \"value\":\"x\"}");
    test_desk_shows(d, E, "c.example.", "CNAME", "d.example.");
    test_desk_shows(d, E, "c.example.", "A", "");
    test_desk_shows(d, E, "b.c.example.", "A", "192.0.2.77");
    does(d, "/set-cname",
         "{\"host\":\"b.c.example\", \"target\":\"d.example\"}");
    test_desk_shows(d, E, "b.c.example.", "A", "");
    does(d, "/clear-cname", "{\"host\":\"b.c.example\"}");
    test_desk_shows(d, E, "b.c.example.", "A", "192.0.2.77");
}

static void an_apex_is_no_alias(void **state)
{
    struct test_desk *d = *state;

    test_desk_refuses(d, "/set-cname",
                      "{\"host\":\"Zone.desk-permits.\", \"target\":\"a\"}",
                      409, "the apex of a zone");
    test_desk_refuses(d, "/set-cname", "{\"host\":\".\", \"target\":\"a\"}",
                      409, "the apex of a zone");
    does(d, "/set-cname",
         "{\"host\":\"loose.desk-permits\", \"target\":\"a.example\"}");
    test_desk_shows(d, P, "loose.desk-permits.", "CNAME", "a.example.");
    does(d, "/add-a",
         "{\"host\":\"zone.desk-permits\", \"addresses\":[\"192.0.2.9\"]}");
    test_desk_shows(d, P, "zone.desk-permits.", "A", "192.0.2.9");
}

/* Names in any case, with and without a last dot. */
static void a_name_is_that_name_however_written(void **state)
{
    struct test_desk *d = *state;

    does(d, "/add-caa",
         "{\"host\":\"WWW.Zone.Desk-Permits.\", "
         "\"policies\":[{\"tag\":\"issue\","
         "\"value\":\"a.test\"}]}");
    does(
        d, "/add-caa",
        "{\"Host\":\"www.zone.desk-permits\", \"Policies\":[{\"Tag\":\"issue\","
        "\"Value\":\"b.test\"}]}");
    test_desk_shows(d, P, WWW ".", "CAA",
                    "0 issue \"a.test\"|0 issue \"b.test\"");
    does(d, "/clear-caa", "{\"HOST\":\"www.ZONE.desk-permits.\"}");
    test_desk_shows(d, P, WWW ".", "CAA", "0 issue \"ca.test\"");
}

static void clears_what_is_not_there(void **state)
{
    static const char *const paths[] = { "/clear-a", "/clear-aaaa",
                                         "/clear-caa", "/clear-cname",
                                         "/clear-txt" };
    struct test_desk *d = *state;
    char *before = test_desk_state(d);
    char *after = NULL;

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        does(d, paths[i], "{" HOST "}");
        does(d, paths[i], "{\"host\":\"never.heard.of\"}");
    }
    after = test_desk_state(d);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void whose_a_name_is(void **state)
{
    struct test_desk *d = *state;

    does(d, "/set-txt", "{\"host\":\"any.where.example\", \"value\":\"x\"}");
    test_desk_shows(d, E, "any.where.example.", "TXT", "\"x\"");
    assert_int_equal(test_desk_delete(d, "/scenarios/every-name"), 204);
    test_desk_refuses(d, "/set-txt",
                      "{\"host\":\"any.where.example\", \"value\":\"x\"}", 404,
                      "'any.where.example' is below no apex");
    test_desk_refuses(d, "/clear-txt", "{\"host\":\"any.where.example\"}", 404,
                      "below no apex");
}

/* Every verb, and what its second field is like. */
static const struct {
    const char *path;
    const char *field; /* NULL: there is none */
    const char *good;
} verbs[] = {
    { "/add-a", "addresses", "[\"192.0.2.9\"]" },
    { "/add-aaaa", "addresses", "[\"::1\"]" },
    { "/add-caa", "policies", "[{\"tag\":\"issue\",\"value\":\"x\"}]" },
    { "/set-cname", "target", "\"a.example\"" },
    { "/set-txt", "value", "\"x\"" },
    { "/clear-a", NULL, NULL },
    { "/clear-aaaa", NULL, NULL },
    { "/clear-caa", NULL, NULL },
    { "/clear-cname", NULL, NULL },
    { "/clear-txt", NULL, NULL },
    { "/set-servfail", NULL, NULL },
    { "/clear-servfail", NULL, NULL },
    { "/dns-request-history", NULL, NULL },
    { "/clear-request-history", "type", "\"dns\"" },
};

enum { VERBS = sizeof(verbs) / sizeof(verbs[0]) };

/* A body with that host, and the second field unless it is NULL. */
static void refuses(struct test_desk *d, size_t verb, const char *host,
                    const char *second, const char *words)
{
    char body[512];

    (void)snprintf(
        body, sizeof(body), "{%s%s%s%s%s%s%s}", host != NULL ? "\"host\":" : "",
        host != NULL ? host : "", host != NULL && second != NULL ? "," : "",
        second != NULL ? "\"" : "", second != NULL ? verbs[verb].field : "",
        second != NULL ? "\":" : "", second != NULL ? second : "");
    test_desk_refuses(d, verbs[verb].path, body, 400, words);
}

static void every_verb_wants_a_host(void **state)
{
    static const char *const no_texts[] = { "1", "null", "true", "[\"a\"]",
                                            "{}" };
    static const char *const no_names[] = { "\"\"", "\"a..b\"", "\".a\"",
                                            "\"..\"" };

    for (size_t v = 0; v < VERBS; v++) {
        refuses(*state, v, NULL, verbs[v].good, "the body wants 'host'");
        for (size_t i = 0; i < sizeof(no_texts) / sizeof(no_texts[0]); i++) {
            refuses(*state, v, no_texts[i], verbs[v].good,
                    "the body wants 'host': a string");
        }
        for (size_t i = 0; i < sizeof(no_names) / sizeof(no_names[0]); i++) {
            refuses(*state, v, no_names[i], verbs[v].good,
                    "which is no domain name");
        }
    }
}

static void every_verb_wants_its_field(void **state)
{
    static const char *const others[] = { "1", "null", "false", "{}", NULL };
    char wanted[64];

    for (size_t v = 0; v < VERBS; v++) {
        if (verbs[v].field == NULL) {
            continue;
        }
        (void)snprintf(wanted, sizeof(wanted), "the body wants '%s': %s",
                       verbs[v].field,
                       verbs[v].good[0] == '[' ? "an array" : "a string");
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
            refuses(*state, v, "\"" WWW "\"", others[i], wanted);
        }
        refuses(*state, v, "\"" WWW "\"",
                verbs[v].good[0] == '[' ? verbs[v].good + 1 : "[]",
                verbs[v].good[0] == '[' ? "no JSON" : wanted);
    }
}

static void every_verb_wants_json(void **state)
{
    static const char octets[] = "{\"host\":\"www.\xff\"}";
    static const char *const bodies[] = { "",   "{",     "host=x",
                                          "[]", "\"x\"", "{}{}" };

    for (size_t v = 0; v < VERBS; v++) {
        for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
            test_desk_refuses(*state, verbs[v].path, bodies[i], 400, "no JSON");
        }
        test_desk_refuses_octets(*state, verbs[v].path, octets,
                                 sizeof(octets) - 1, 400, "no JSON");
    }
}

/* None is added when one is wrong. */
static void refuses_what_does_not_fit(void **state)
{
    struct test_desk *d = *state;
    static const struct {
        const char *path;
        const char *rest;
        const char *words;
    } bodies[] = {
        { "/add-a", "\"addresses\":[]", "addresses are 0" },
        { "/add-a", "\"addresses\":[\"192.0.2.9\",\"::1\"]",
          "'::1', which is no IPv4 address" },
        { "/add-a", "\"addresses\":[\"192.0.2.9\",1]", "no IPv4 address" },
        { "/add-a", "\"addresses\":[\"192.0.2\"]", "no IPv4 address" },
        { "/add-a", "\"addresses\":[\"a.example\"]", "no IPv4 address" },
        { "/add-aaaa", "\"addresses\":[\"::1\",\"192.0.2.9\"]",
          "'192.0.2.9', which is no IPv6 address" },
        { "/add-aaaa", "\"addresses\":[null]", "no IPv6 address" },
        { "/add-caa", "\"policies\":[]", "policies are 0" },
        { "/add-caa",
          "\"policies\":[{\"tag\":\"issue\",\"value\":\"x\"},{\"tag\":\"\","
          "\"value\":\"\"}]",
          "a policy wants 'tag' of 1 to 255 octets" },
        { "/add-caa", "\"policies\":[{\"tag\":\"issue\"}]", "and 'value'" },
        { "/add-caa", "\"policies\":[{\"tag\":1,\"value\":\"x\"}]",
          "a policy" },
        { "/add-caa", "\"policies\":[{\"tag\":\"a\",\"value\":1}]",
          "a policy" },
        { "/add-caa", "\"policies\":[\"issue\"]", "a policy" },
        { "/set-cname", "\"target\":\"\"", "target is ''" },
        { "/set-cname", "\"target\":\"a..b\"", "target is 'a..b'" },
        { "/set-txt", "\"value\":\"\"", "value has 0 octets" },
    };
    char body[512];

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        (void)snprintf(body, sizeof(body), "{" HOST ",%s}", bodies[i].rest);
        test_desk_refuses(d, bodies[i].path, body, 400, bodies[i].words);
    }
}

/* A body whose text in the middle is `count` times 'x', [owned]. */
static char *padded(const char *begin, size_t count, const char *end)
{
    char *body = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&body, &len);

    assert_non_null(out);
    (void)fprintf(out, "%s", begin);
    for (size_t i = 0; i < count; i++) {
        (void)fputc('x', out);
    }
    (void)fprintf(out, "%s", end);
    assert_int_equal(fclose(out), 0);
    return body;
}

static void bounds_what_a_record_holds(void **state)
{
    enum { TXT_MAX = 65279 /* and 256 lengths */ };
    struct test_desk *d = *state;
    char *body = padded("{" HOST ",\"value\":\"", TXT_MAX + 1, "\"}");

    test_desk_refuses(d, "/set-txt", body, 400, "what a TXT record can hold");
    free(body);
    body = padded("{" HOST ",\"value\":\"", TXT_MAX, "\"}");
    does(d, "/set-txt", body);
    free(body);
    body = padded("{" HOST ",\"policies\":[{\"value\":\"\",\"tag\":\"", 256,
                  "\"}]}");
    test_desk_refuses(d, "/add-caa", body, 400, "1 to 255 octets");
    free(body);
    body = padded("{" HOST ",\"policies\":[{\"tag\":\"issue\",\"value\":\"",
                  65535 - 6, "\"}]}");
    test_desk_refuses(d, "/add-caa", body, 400, "a policy wants");
    free(body);
    body = padded("{" HOST ",\"target\":\"", 64, "\"}");
    test_desk_refuses(d, "/set-cname", body, 400, "no domain name");
    free(body);
}

static void bounds_the_records_of_a_request(void **state)
{
    enum { MAX = 1024 };
    struct test_desk *d = *state;
    char *body = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&body, &len);

    assert_non_null(out);
    (void)fprintf(out, "{" HOST ",\"addresses\":[\"192.0.2.1\"");
    for (int i = 1; i <= MAX; i++) {
        (void)fprintf(out, ",\"10.0.%d.%d\"", i / 256, i % 256);
    }
    (void)fprintf(out, "]}");
    assert_int_equal(fclose(out), 0);
    test_desk_refuses(d, "/add-a", body, 400,
                      "addresses are 1025: 1 to 1024 are wanted");
    free(body);
}

#define T(f) \
    cmocka_unit_test_setup_teardown(f, test_desk_setup, test_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(adds_addresses),
        T(a_set_has_a_record_once),
        T(adds_policies),
        T(sets_text_of_as_many_strings_as_it_needs),
        T(an_alias_stands_alone),
        T(an_alias_of_the_scenario_gives_way),
        T(an_alias_that_was_published_gives_way),
        T(an_apex_is_no_alias),
        T(a_name_is_that_name_however_written),
        T(clears_what_is_not_there),
        T(whose_a_name_is),
        T(every_verb_wants_a_host),
        T(every_verb_wants_its_field),
        T(every_verb_wants_json),
        T(refuses_what_does_not_fit),
        T(bounds_what_a_record_holds),
        T(bounds_the_records_of_a_request),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
