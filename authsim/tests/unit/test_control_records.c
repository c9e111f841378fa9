/* SPDX-License-Identifier: BSD-2-Clause */
#include "desk.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define P     "desk/permits"
#define ZONE  "zone.desk-permits"
#define LOOSE "loose.desk-permits"
#define BARE  "bare.desk-permits"

static void answers(struct test_desk *d, const char *body, const char *wanted)
{
    assert_int_equal(test_desk_post(d, "/records", body), 200);
    assert_string_equal(d->answer.body, wanted);
}

static void publishes_in_place_of_what_is_there(void **state)
{
    struct test_desk *d = *state;

    answers(d,
            "{\"publish\": \"www." ZONE ". 60 CAA 0 issue \\\"new.test\\\"\\n"
            "www." ZONE " 60 CAA 128 tbs \\\"x\\\"\\n"
            "new." ZONE " A 192.0.2.7\\n"
            "other.zone.desk-refuses TXT \\\"there\\\"\\n\"}",
            "{\"published\":4,\"withdrawn\":0,\"restored\":0}\n");
    test_desk_shows(d, P, "www." ZONE ".", "CAA",
                    "0 issue \"new.test\"|128 tbs \"x\"");
    test_desk_shows(d, P, "www." ZONE ".", "A", "192.0.2.1");
    test_desk_shows(d, P, "new." ZONE ".", "A", "192.0.2.7");
    test_desk_shows(d, "desk/refuses", "other.zone.desk-refuses.", "TXT",
                    "\"there\"");
    char *signatures = test_desk_records(d, P, "new." ZONE ".", "RRSIG");
    assert_non_null(strstr(signatures, "A 13 3 300 "));
    free(signatures);
}

static void withdraws_and_restores(void **state)
{
    struct test_desk *d = *state;

    answers(d,
            "{\"scenario\": \"" P "\", \"publish\": \"new." ZONE
            " A 192.0.2.7\", \"withdraw\": [\"WWW." ZONE " CAA\", \"www." ZONE
            ". TYPE1\"]}",
            "{\"published\":1,\"withdrawn\":2,\"restored\":0}\n");
    test_desk_shows(d, P, "www." ZONE ".", "CAA", "");
    test_desk_shows(d, P, "www." ZONE ".", "A", "");
    answers(d,
            "{\"restore\": [\"www." ZONE " CAA\", \"new." ZONE
            " A\", \"www." ZONE " A\"]}",
            "{\"published\":0,\"withdrawn\":0,\"restored\":3}\n");
    test_desk_shows(d, P, "www." ZONE ".", "CAA", "0 issue \"ca.test\"");
    test_desk_shows(d, P, "www." ZONE ".", "A", "192.0.2.1");
    test_desk_shows(d, P, "new." ZONE ".", "A", "");
}

/* One request: published, then withdrawn, then restored. */
static void what_comes_last_counts(void **state)
{
    struct test_desk *d = *state;

    answers(d,
            "{\"restore\": [\"www." ZONE " A\"], \"withdraw\": [\"www." ZONE
            " A\", \"www." ZONE " CAA\"], \"publish\": \"www." ZONE
            " A 192.0.2.7\\nwww." ZONE " CAA 0 issue \\\"new.test\\\"\"}",
            "{\"published\":2,\"withdrawn\":2,\"restored\":1}\n");
    test_desk_shows(d, P, "www." ZONE ".", "A", "192.0.2.1");
    test_desk_shows(d, P, "www." ZONE ".", "CAA", "");
}

static void nothing_to_do_is_done(void **state)
{
    struct test_desk *d = *state;
    char *before = test_desk_state(d);
    char *after = NULL;

    answers(d, "{}", "{\"published\":0,\"withdrawn\":0,\"restored\":0}\n");
    answers(d, "{\"publish\":\"\",\"withdraw\":[],\"restore\":[]}",
            "{\"published\":0,\"withdrawn\":0,\"restored\":0}\n");
    answers(d, "{\"restore\": [\"www." ZONE " A\", \"none." ZONE " TXT\"]}",
            "{\"published\":0,\"withdrawn\":0,\"restored\":2}\n");
    after = test_desk_state(d);
    assert_string_equal(after, before);
    free(before);
    free(after);
    answers(d, "{\"withdraw\": [\"none." ZONE " A\"]}",
            "{\"published\":0,\"withdrawn\":1,\"restored\":0}\n");
    test_desk_shows(d, P, "none." ZONE ".", "A", "");
}

static void refuses_what_is_no_body(void **state)
{
    static const struct {
        const char *body;
        const char *words;
    } bodies[] = {
        { "", "no JSON" },
        { "{", "no JSON" },
        { "[]", "no JSON object" },
        { "null", "no JSON" },
        { "{\"publish\":\"\",\"publish\":\"\"}", "no JSON" },
        { "{\"Publish\":\"\"}", "'Publish', which this path does not know" },
        { "{\"scenario\":1}", "'scenario': a string" },
        { "{\"scenario\":null}", "'scenario': a string" },
        { "{\"scenario\":[\"desk\"]}", "'scenario': a string" },
        { "{\"publish\":1}", "'publish': a string" },
        { "{\"publish\":[\"a A 192.0.2.1\"]}", "'publish': a string" },
        { "{\"publish\":{}}", "'publish': a string" },
        { "{\"withdraw\":\"www." ZONE " A\"}", "'withdraw': an array" },
        { "{\"withdraw\":true}", "'withdraw': an array" },
        { "{\"restore\":{}}", "'restore': an array" },
        { "{\"restore\":0}", "'restore': an array" },
    };
    static const char octets[] = "{\"publish\":\"www." ZONE " TXT \xff\"}";

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        test_desk_refuses(*state, "/records", bodies[i].body, 400,
                          bodies[i].words);
    }
    test_desk_refuses_octets(*state, "/records", octets, sizeof(octets) - 1,
                             400, "no JSON");
    test_desk_refuses_octets(*state, "/records", "{}\0", 3, 400, "no JSON");
}

/* Each behind something that would be done. */
static void refuses(struct test_desk *d, const char *text, unsigned status,
                    const char *words)
{
    char body[1024];

    (void)snprintf(body, sizeof(body),
                   "{\"restore\": [\"www." ZONE
                   " A\"], \"withdraw\": [\"www." ZONE
                   " CAA\"], \"publish\": \"fine." ZONE " A 192.0.2.7\\n%s\"}",
                   text);
    test_desk_refuses(d, "/records", body, status, words);
}

static void refuses_what_is_no_record(void **state)
{
    struct test_desk *d = *state;

    refuses(d, "www." ZONE " A ::1", 400, "publish, line 2, column ");
    refuses(d, "www." ZONE " AAAA 192.0.2.1", 400, "publish, line 2");
    refuses(d, "www." ZONE " CAA issue", 400, "publish, line 2");
    refuses(d, "www." ZONE " CAA 256 issue \\\"x\\\"", 400, "publish, line 2");
    refuses(d, "www." ZONE " TXT", 400, "publish, line 2");
    refuses(d, "www." ZONE " ANY 192.0.2.1", 400, "publish, line 2");
    refuses(d, "a..b A 192.0.2.1", 400, "publish, line 2");
    refuses(d, "www." ZONE " CH TXT \\\"x\\\"", 400, "publish, line 2");
    refuses(d, "www." ZONE " 4294967296 A 192.0.2.1", 400, "publish, line 2");
    refuses(d, "www." ZONE " TXT \\\"\\u0001\\\"", 400, "publish, line 2");
}

static void refuses_what_no_zone_can_have(void **state)
{
    struct test_desk *d = *state;

    refuses(d, "new." ZONE " CNAME www." ZONE "\\nnew." ZONE " A 192.0.2.1",
            400,
            "publish, line 2, column 1: 'new." ZONE
            "': no name has a CNAME beside other data");
    refuses(d, "new." ZONE " A 192.0.2.1\\nnew." ZONE " CNAME www." ZONE, 400,
            "line 3, column 1: 'new." ZONE "': no name has a CNAME");
    refuses(d, ZONE " CNAME www." ZONE, 400, "an apex has SOA and NS");
    refuses(d, "new." ZONE " CNAME a." ZONE "\\nnew." ZONE " CNAME b." ZONE,
            400, "line 3, column 1: 'new." ZONE "': a name has one CNAME");
    refuses(d, "fine." ZONE " A 192.0.2.7", 400,
            "line 2, column 1: 'fine." ZONE "': this record stands twice");
    refuses(d, "fine." ZONE " 60 A 192.0.2.8", 400,
            "line 2, column 1: 'fine." ZONE
            "': the records of one set have one TTL");
    refuses(d, "new." ZONE " DNAME a." ZONE "\\nnew." ZONE " DNAME b." ZONE,
            400, "line 3, column 1: 'new." ZONE "': a name has one DNAME");
    refuses(d, "new." ZONE " SOA a b 1 2 3 4 5", 400,
            "line 2, column 1: 'new." ZONE "': a zone has one SOA");
    refuses(d, ZONE " SOA a b 1 2 3 4 5\\n" ZONE " SOA a b 2 2 3 4 5", 400,
            "line 3, column 1: '" ZONE "': a zone has one SOA");
    refuses(d, "new." ZONE " NSEC a CNAME", 400,
            "line 2, column 1: 'new." ZONE "': a signed zone has RRSIG, NSEC");
    refuses(d, "new." ZONE " TSIG \\\\# 0", 400,
            "line 2, column 1: 'new." ZONE "': no zone holds this type");
}

static void refuses_an_alias_beside_what_stays(void **state)
{
    static const char words[] = "would have a CNAME beside other data";
    struct test_desk *d = *state;

    test_desk_refuses(d, "/records",
                      "{\"publish\": \"www." ZONE " CNAME new." ZONE "\"}", 409,
                      words);
    test_desk_refuses(d, "/records",
                      "{\"publish\": \"www." ZONE " CNAME new." ZONE
                      "\", \"withdraw\": [\"www." ZONE " A\"]}",
                      409, "'www." ZONE "' would have");
    test_desk_refuses(d, "/records", "{\"publish\": \"alias." ZONE " TXT x\"}",
                      409, words);
    answers(d,
            "{\"publish\": \"www." ZONE " CNAME new." ZONE
            "\", \"withdraw\": [\"www." ZONE " A\", \"www." ZONE " CAA\"]}",
            "{\"published\":1,\"withdrawn\":2,\"restored\":0}\n");
    /* What is back stands beside what was published. */
    test_desk_refuses(d, "/records", "{\"restore\": [\"www." ZONE " A\"]}", 409,
                      words);
    answers(d,
            "{\"restore\": [\"www." ZONE " TXT\", \"www." ZONE
            " CNAME\", \"www." ZONE " A\"]}",
            "{\"published\":0,\"withdrawn\":0,\"restored\":3}\n");
    answers(d,
            "{\"publish\": \"alias." ZONE " TXT x\", \"withdraw\": "
            "[\"alias." ZONE " CNAME\"]}",
            "{\"published\":1,\"withdrawn\":1,\"restored\":0}\n");
    test_desk_refuses(d, "/records",
                      "{\"restore\": [\"alias." ZONE " CNAME\"]}", 409, words);
    answers(d,
            "{\"restore\": [\"alias." ZONE " CNAME\", \"alias." ZONE " TXT\"]}",
            "{\"published\":0,\"withdrawn\":0,\"restored\":2}\n");
    test_desk_shows(d, P, "alias." ZONE ".", "CNAME", "www." ZONE ".");
    test_desk_shows(d, P, "alias." ZONE ".", "TXT", "");
    /* Its signature and its NSEC go with an alias. */
    answers(d, "{\"publish\": \"alias." BARE " NSEC a CNAME\"}",
            "{\"published\":1,\"withdrawn\":0,\"restored\":0}\n");
}

static void breaks_the_rule_where_the_zone_says_so(void **state)
{
    struct test_desk *d = *state;

    answers(d,
            "{\"publish\": \"new." LOOSE " CNAME www." LOOSE "\\nnew." LOOSE
            " A 192.0.2.1\\n" LOOSE " CNAME www." LOOSE "\"}",
            "{\"published\":3,\"withdrawn\":0,\"restored\":0}\n");
    test_desk_shows(d, P, "new." LOOSE ".", "A", "192.0.2.1");
    test_desk_shows(d, P, "new." LOOSE ".", "CNAME", "www." LOOSE ".");
}

static void refuses_what_is_no_rrset(void **state)
{
    static const char *const items[] = {
        "1",
        "null",
        "[]",
        "{}",
        "\"\"",
        "\" A\"",
        "\"www." ZONE "\"",
        "\"www." ZONE " a\"",
        "\"www." ZONE " \"",
        "\"www." ZONE " A \"",
        "\"www." ZONE " ANY\"",
        "\"a..b A\"",
        "\"www." ZONE "  A\"",
        "\"www." ZONE " TYPE65536\"",
    };
    static const char *const fields[] = { "withdraw", "restore" };
    char body[256];

    for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
        for (size_t f = 0; f < 2; f++) {
            (void)snprintf(body, sizeof(body),
                           "{\"publish\": \"fine." ZONE
                           " A 192.0.2.7\", \"%s\": [\"www." ZONE " A\", %s]}",
                           fields[f], items[i]);
            test_desk_refuses(*state, "/records", body, 400, "is ");
        }
    }
}

static void refuses_names_of_others(void **state)
{
    struct test_desk *d = *state;

    test_desk_refuses(d, "/records",
                      "{\"scenario\": \"" P
                      "\", \"publish\": \"other.zone.desk-refuses TXT x\"}",
                      404, "no zone of 'desk/permits' holds");
    test_desk_refuses(d, "/records",
                      "{\"scenario\": \"" P
                      "\", \"withdraw\": [\"www.example A\"]}",
                      404, "no zone of 'desk/permits' holds 'www.example'");
    test_desk_refuses(d, "/records",
                      "{\"publish\": \"desk-permits DS 1 13 2 00\"}", 404,
                      "no zone of 'desk/permits' holds 'desk-permits'");
    test_desk_refuses(d, "/records", "{\"restore\": [\"desk-permits DS\"]}",
                      404, "no zone of 'desk/permits' holds 'desk-permits'");
    test_desk_refuses(d, "/records", "{\"scenario\": \"desk\"}", 409,
                      "several checks");
    test_desk_refuses(d, "/records", "{\"scenario\": \"none\"}", 404,
                      "no scenario 'none'");
    test_desk_refuses(d, "/records", "{\"scenario\": \"\"}", 404,
                      "no scenario ''");
    /* Without a universe of its own not every name is somebody's. */
    assert_int_equal(test_desk_delete(d, "/scenarios/every-name"), 204);
    refuses(d, "www.example A 192.0.2.1", 404, "below no apex");
    test_desk_refuses(d, "/records", "{\"restore\": [\"www.example A\"]}", 404,
                      "below no apex");
}

/* As much as HTTP lets through. */
static void takes_a_large_body(void **state)
{
    enum { RECORDS = 1500 };
    struct test_desk *d = *state;
    char *body = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&body, &len);

    assert_non_null(out);
    (void)fprintf(out, "{\"publish\": \"");
    for (int i = 0; i < RECORDS; i++) {
        (void)fprintf(out, "n%d." LOOSE " A 192.0.2.1\\n", i);
    }
    (void)fprintf(out, "\"}");
    assert_int_equal(fclose(out), 0);
    answers(d, body, "{\"published\":1500,\"withdrawn\":0,\"restored\":0}\n");
    test_desk_shows(d, P, "n1499." LOOSE ".", "A", "192.0.2.1");
    free(body);
}

#define T(f) \
    cmocka_unit_test_setup_teardown(f, test_desk_setup, test_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(publishes_in_place_of_what_is_there),
        T(withdraws_and_restores),
        T(what_comes_last_counts),
        T(nothing_to_do_is_done),
        T(refuses_what_is_no_body),
        T(refuses_what_is_no_record),
        T(refuses_what_no_zone_can_have),
        T(refuses_an_alias_beside_what_stays),
        T(breaks_the_rule_where_the_zone_says_so),
        T(refuses_what_is_no_rrset),
        T(refuses_names_of_others),
        T(takes_a_large_body),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
