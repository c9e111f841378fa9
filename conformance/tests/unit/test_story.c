/* SPDX-License-Identifier: BSD-2-Clause */
#include "made.h"
#include "story.h"

#include <stdlib.h>

static int make(void **state)
{
    *state = made_journal();
    return 0;
}

static int drop(void **state)
{
    sim_journal_free(*state);
    return 0;
}

/* The story as one text; [owned]. */
static char *tell(const struct sim_journal *journal)
{
    json_t *lines =
        cfm_story_tell(&made_instance, &made_check, journal, 1000000000);
    size_t size = 1;
    size_t i = 0;
    json_t *line = NULL;

    assert_non_null(lines);
    json_array_foreach(lines, i, line)
    {
        size += json_string_length(line) + 1;
    }
    char *text = calloc(1, size);
    assert_non_null(text);
    char *end = text;
    json_array_foreach(lines, i, line)
    {
        size_t len = json_string_length(line);
        memcpy(end, json_string_value(line), len);
        end[len] = '\n';
        end += len + 1;
    }
    json_decref(lines);
    return text;
}

static void expect(const struct sim_journal *journal, const char *wanted)
{
    char *text = tell(journal);

    if (strstr(text, wanted) == NULL) {
        assert_string_equal(text, wanted); /* shows both */
    }
    free(text);
}

static void expect_not(const struct sim_journal *journal, const char *unwanted)
{
    char *text = tell(journal);

    assert_null(strstr(text, unwanted));
    free(text);
}

static void tells_of_an_alias_met_by_another_type(void **state)
{
    struct sim_exchange x = made_exchange(made_www_agency);

    x.type = 1;
    x.alias_to = made_www_search;
    x.answer_count = 1;
    made_append(*state, &x);
    made_answered_at_target(*state);
    expect(*state,
           "The alias was met by a type A query for www.agency.top, which "
           "leads to www.search.top; the server of agency.top was never asked "
           "for CAA of that name.\n"
           "CAA www.search.top was asked once at the server of search.top; "
           "the answer was NOERROR with 1 record.\n");
    x.type = SCN_TYPE_CAA;
    made_append(*state, &x);
    expect_not(*state, "was met by");
    expect(*state, "the answer was NOERROR with 1 record, an alias to "
                   "www.search.top.");
}

static void tells_of_a_query_dropped_each_time(void **state)
{
    made_dropped(*state, 4);
    expect(*state, "CAA www.agency.top was asked 4 times at the server of "
                   "agency.top, and dropped each time (fault: drop query); no "
                   "answer was given.\n");
    expect(*state, "-> CAA www.agency.top (UDP, EDNS, DO): no reply [fault: "
                   "drop query]\n");
}

static void tells_another_story_of_another_fault(void **state)
{
    struct sim_exchange x = made_exchange(made_www_agency);

    x.usable = false;
    x.rcode = 2;
    x.fault = "rcode SERVFAIL";
    made_append(*state, &x);
    expect(*state, "CAA www.agency.top was asked once at the server of "
                   "agency.top, and answered SERVFAIL (fault: rcode "
                   "SERVFAIL); no answer was given.\n");
    x.fault = "delay 1500 ms";
    x.rcode = 0;
    x.usable = true;
    made_append(*state, &x);
    expect(*state, "was asked 2 times at the server of agency.top, of which 2 "
                   "times a fault hit (rcode SERVFAIL and others); the answer "
                   "was NOERROR with 0 records.\n");
}

static void tells_of_a_retry_that_was_answered(void **state)
{
    struct sim_exchange x = made_exchange(made_www_agency);

    made_dropped(*state, 1);
    x.answer_count = 2;
    made_append(*state, &x);
    expect(*state, "was asked 2 times at the server of agency.top, of which "
                   "once a fault hit (drop query); the answer was NOERROR "
                   "with 2 records.\n");
}

static void tells_of_silence_without_a_fault(void **state)
{
    struct sim_exchange x = made_exchange(made_www_agency);

    x.replied = false;
    x.usable = false;
    made_append(*state, &x);
    expect(*state, "was asked once at the server of agency.top, and no reply "
                   "left; no answer was given.\n");
}

static void tells_who_only_referred_on(void **state)
{
    static const uint8_t root[] = "";
    struct sim_exchange x = made_exchange(made_www_agency);

    x.flags = 0x8000;
    x.zone = root;
    made_append(*state, &x);
    expect(*state, "CAA www.agency.top was asked once at the root's server, "
                   "which referred it on.\n");
}

static void tells_both_sides_of_the_resolver(void **state)
{
    struct sim_exchange x = made_exchange(made_www_agency);

    x.at = SCN_AT_FRONT;
    x.server = NULL;
    x.zone = NULL;
    x.replied = false;
    x.received_ns = 1001000000;
    size_t index = made_append(*state, &x);
    made_ds_proof(*state);
    sim_journal_reply(*state, index, 1251500000, 0x8182, 40, 0);
    x.type = 48;
    x.received_ns = 1300000000;
    made_append(*state, &x);
    expect(*state, "     1.000  resolver's front      -> CAA www.agency.top "
                   "(UDP, EDNS, DO)\n");
    expect(*state, "   251.500  resolver's front      <- SERVFAIL, 0 in the "
                   "answer, 40 octets, to CAA www.agency.top (UDP, EDNS, "
                   "DO)\n");
    expect(*state, "-> DNSKEY www.agency.top (UDP, EDNS, DO): never "
                   "answered\n");
    expect(*state, "The implementation asked its resolver for CAA "
                   "www.agency.top once and was told SERVFAIL, after 250 "
                   "ms.\n");
    expect(*state, "It also asked its resolver 1 question of other types.\n");
    expect(*state, "That agency.top is insecure was shown: the server of top "
                   "proved that it has no usable DS.\n");
    expect(*state, "No server was asked about www.agency.top itself.\n");
}

static void says_what_is_out_of_the_ordinary(void **state)
{
    struct sim_exchange x = made_exchange(made_www_agency);

    x.transport = SCN_TCP;
    x.edns = false;
    x.dnssec_ok = false;
    x.perspective = "remote-2";
    x.lab_own = true;
    x.received_ns = 1000000000;
    x.replied_ns = 2500000000;
    x.flags = SCN_QR | SCN_AA | SCN_AD | SCN_TC;
    x.server = NULL;
    made_append(*state, &x);
    expect(*state, "     0.000    server ?            -> CAA www.agency.top "
                   "(TCP) from remote-2 [a step of the lab's own]: NOERROR AA "
                   "AD TC, 0 in the answer, 0 octets, after 1500 ms\n");
    expect(*state, "was asked by the lab itself once");
}

static void says_that_nothing_was_asked(void **state)
{
    expect(*state, "nothing was asked\n");
    expect(*state, "No server was asked about www.agency.top itself.\n");
}

static void stays_short_when_eighty_names_are_asked(void **state)
{
    uint8_t name[] = "\5n00.x" AT_APEX;
    size_t sentences = 0;

    for (int i = 0; i < 80; i++) {
        struct sim_exchange x = made_exchange(name);
        name[2] = (uint8_t)('0' + i / 10);
        name[3] = (uint8_t)('0' + i % 10);
        made_append(*state, &x);
    }
    char *text = tell(*state);
    for (const char *at = strstr(text, "was asked once"); at != NULL;
         at = strstr(at + 1, "was asked once")) {
        sentences++;
    }
    assert_int_equal(sentences, 40);
    assert_non_null(strstr(text, "And 40 more questions like these.\n"));
    free(text);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(tells_of_an_alias_met_by_another_type),
        CASE(tells_of_a_query_dropped_each_time),
        CASE(tells_another_story_of_another_fault),
        CASE(tells_of_a_retry_that_was_answered),
        CASE(tells_of_silence_without_a_fault),
        CASE(tells_who_only_referred_on),
        CASE(tells_both_sides_of_the_resolver),
        CASE(says_what_is_out_of_the_ordinary),
        CASE(says_that_nothing_was_asked),
        CASE(stays_short_when_eighty_names_are_asked),
    };

    return cmocka_run_group_tests_name("conformance.story", tests, NULL, NULL);
}
