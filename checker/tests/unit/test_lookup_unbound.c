/* SPDX-License-Identifier: BSD-2-Clause */
/* libunbound with a resolver of the test's own, on a real socket. */
#include "fake_server.h"

#include <caacheck/lookup_unbound.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* An anchor for a zone nobody asks about: everything else is Insecure. */
static const char anchor_text[] =
    "island.example. IN DS 1 13 2 "
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n";

struct lab {
    struct event_base *base;
    struct fake_server server;
    char anchor[32];
    char resolver[64];
    struct caa_unbound_settings settings;
    struct caa_unbound *unbound;
    struct caa_lookup lookup;
};

static void lab_init(struct lab *lab)
{
    char problem[CAA_PROBLEM_MAX] = "";

    memset(lab, 0, sizeof(*lab));
    lab->base = event_base_new();
    assert_non_null(lab->base);
    fake_server_init(&lab->server, lab->base);
    memcpy(lab->anchor, "/tmp/caacheck-XXXXXX", 21);
    int fd = mkstemp(lab->anchor);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, anchor_text, sizeof(anchor_text) - 1),
                     sizeof(anchor_text) - 1);
    assert_int_equal(close(fd), 0);
    (void)snprintf(lab->resolver, sizeof(lab->resolver), "127.0.0.1@%u",
                   lab->server.port);
    lab->settings.resolver = lab->resolver;
    lab->settings.trust_anchor = lab->anchor;
    lab->settings.timeout_ms = 20000;
    lab->settings.attempts = 2;
    assert_int_equal(
        caa_unbound_new(lab->base, &lab->settings, problem, &lab->unbound),
        CAA_OK);
    lab->lookup = caa_unbound_lookup(lab->unbound);
}

static void lab_fini(struct lab *lab)
{
    caa_unbound_free(lab->unbound);
    fake_server_fini(&lab->server);
    event_base_free(lab->base);
    (void)unlink(lab->anchor);
}

static const struct caa_answer *ask(struct lab *lab, const char *text)
{
    const struct caa_answer *answer = NULL;
    struct caa_name name;

    assert_int_equal(caa_name_from_text(text, &name), CAA_OK);
    answer = lab->lookup.ask(lab->lookup.context, &name, CAA_TYPE_CAA);
    while (answer == NULL) {
        assert_int_equal(caa_unbound_wait(&lab->unbound, 1), CAA_OK);
        answer = lab->lookup.ask(lab->lookup.context, &name, CAA_TYPE_CAA);
    }
    return answer;
}

static void brings_records_once(void **state)
{
    struct lab lab;

    (void)state;
    lab_init(&lab);
    const struct caa_answer *answer = ask(&lab, "found.test");
    assert_int_equal(answer->outcome, CAA_OUTCOME_ANSWERED);
    assert_int_equal(answer->security, CAA_INSECURE);
    assert_int_equal(answer->attempts, 1);
    assert_int_equal(answer->record_count, 1);
    assert_memory_equal(answer->records[0].data, fake_issue,
                        sizeof(fake_issue));
    unsigned queries = lab.server.queries;
    assert_ptr_equal(ask(&lab, "found.test"), answer);
    assert_int_equal(lab.server.queries, queries);
    lab_fini(&lab);
}

static void tells_names_that_are_missing_or_empty(void **state)
{
    struct lab lab;

    (void)state;
    lab_init(&lab);
    assert_int_equal(ask(&lab, "missing.test")->rcode, 3);
    assert_int_equal(ask(&lab, "empty.test")->rcode, 0);
    assert_int_equal(ask(&lab, "empty.test")->record_count, 0);
    lab_fini(&lab);
}

static void follows_an_alias(void **state)
{
    struct caa_name target;
    struct lab lab;

    (void)state;
    lab_init(&lab);
    const struct caa_answer *answer = ask(&lab, "alias.test");
    assert_int_equal(answer->alias_count, 1);
    assert_int_equal(answer->record_count, 1);
    assert_int_equal(caa_name_from_text("found.test", &target), CAA_OK);
    assert_true(caa_name_equal(&answer->owner, &target));
    lab_fini(&lab);
}

static void asks_a_failing_server_again(void **state)
{
    struct lab lab;

    (void)state;
    lab_init(&lab);
    const struct caa_answer *answer = ask(&lab, "servfail.test");
    assert_int_equal(answer->outcome, CAA_OUTCOME_SERVFAIL);
    assert_int_equal(answer->attempts, 2);
    assert_true(lab.server.queries >= 2);
    lab_fini(&lab);
}

static void a_deadline_ends_each_attempt_at_a_silent_server(void **state)
{
    char problem[CAA_PROBLEM_MAX];
    struct lab lab;

    (void)state;
    lab_init(&lab);
    caa_unbound_free(lab.unbound);
    lab.settings.timeout_ms = 20;
    assert_int_equal(
        caa_unbound_new(lab.base, &lab.settings, problem, &lab.unbound),
        CAA_OK);
    lab.lookup = caa_unbound_lookup(lab.unbound);
    const struct caa_answer *answer = ask(&lab, "silent.test");
    assert_int_equal(answer->outcome, CAA_OUTCOME_TIMEOUT);
    assert_int_equal(answer->attempts, 2);
    lab_fini(&lab);
}

static void takes_an_answer_that_comes_to_a_later_query(void **state)
{
    struct lab lab;

    (void)state;
    lab_init(&lab);
    const struct caa_answer *answer = ask(&lab, "late.test");
    assert_int_equal(answer->outcome, CAA_OUTCOME_ANSWERED);
    assert_int_equal(answer->record_count, 1);
    assert_true(lab.server.queries >= 2);
    lab_fini(&lab);
}

static void a_second_attempt_that_cannot_be_made_is_not_counted(void **state)
{
    struct lab lab;

    (void)state;
    lab_init(&lab);
    /* a fresh context reads the anchor again */
    assert_int_equal(unlink(lab.anchor), 0);
    const struct caa_answer *answer = ask(&lab, "servfail.test");
    assert_int_equal(answer->outcome, CAA_OUTCOME_SERVFAIL);
    assert_int_equal(answer->attempts, 1);
    lab_fini(&lab);
}

/* Asks for 36 names that differ in their second label, of one letter. */
static void ask_many(struct lab *lab, char text[])
{
    char *second = strchr(text, '.') + 1;

    for (const char *letter = fake_letters; *letter != '\0'; letter++) {
        struct caa_name name;
        *second = *letter;
        assert_int_equal(caa_name_from_text(text, &name), CAA_OK);
        (void)lab->lookup.ask(lab->lookup.context, &name, CAA_TYPE_CAA);
    }
}

static void thirty_two_names_are_asked_at_a_time(void **state)
{
    char text[] = "silent.?.test";
    struct lab lab;

    (void)state;
    lab_init(&lab);
    ask_many(&lab, text);
    while ((lab.server.numbers & 0xFFFFFFFF) != 0xFFFFFFFF) {
        assert_int_equal(event_base_loop(lab.base, EVLOOP_ONCE), 0);
    }
    /* had the others been sent they would be in the socket by now */
    for (unsigned i = 0; i < 100; i++) {
        (void)event_base_loop(lab.base, EVLOOP_NONBLOCK);
    }
    assert_int_equal(lab.server.numbers, 0xFFFFFFFF);
    lab_fini(&lab);
}

static void names_that_wait_are_asked_in_the_end(void **state)
{
    char text[] = "empty.?.test";
    struct lab lab;

    (void)state;
    lab_init(&lab);
    ask_many(&lab, text);
    for (const char *letter = fake_letters; *letter != '\0'; letter++) {
        text[6] = *letter;
        const struct caa_answer *answer = ask(&lab, text);
        assert_int_equal(answer->outcome, CAA_OUTCOME_ANSWERED);
        assert_int_equal(answer->attempts, 1);
    }
    lab_fini(&lab);
}

static void can_be_freed_with_questions_open(void **state)
{
    struct caa_name name;
    struct lab lab;

    (void)state;
    lab_init(&lab);
    assert_int_equal(caa_name_from_text("silent.test", &name), CAA_OK);
    assert_null(lab.lookup.ask(lab.lookup.context, &name, CAA_TYPE_CAA));
    assert_null(lab.lookup.ask(lab.lookup.context, &name, CAA_TYPE_DS));
    lab_fini(&lab);
    caa_unbound_free(NULL);
}

static void waiting_for_nothing_is_an_error(void **state)
{
    struct lab lab;

    (void)state;
    lab_init(&lab);
    assert_int_equal(caa_unbound_wait(&lab.unbound, 1), CAA_ESYSTEM);
    lab_fini(&lab);
}

static void says_which_setting_was_refused(void **state)
{
    char problem[CAA_PROBLEM_MAX] = "";
    struct caa_unbound *unbound = NULL;
    struct lab lab;

    (void)state;
    lab_init(&lab);
    lab.settings.resolver = "not an address";
    assert_int_equal(
        caa_unbound_new(lab.base, &lab.settings, problem, &unbound),
        CAA_ESYSTEM);
    assert_null(unbound);
    assert_non_null(strstr(problem, "not an address"));
    lab_fini(&lab);
}

static void an_unreadable_trust_anchor_is_refused(void **state)
{
    char problem[CAA_PROBLEM_MAX] = "";
    struct caa_unbound *unbound = NULL;
    struct lab lab;

    (void)state;
    lab_init(&lab);
    lab.settings.trust_anchor = "/nonexistent/anchor";
    assert_int_equal(
        caa_unbound_new(lab.base, &lab.settings, problem, &unbound),
        CAA_ESYSTEM);
    assert_true(strlen(problem) > 0);
    lab_fini(&lab);
}

static void a_diagnosis_without_name_servers_is_unknown(void **state)
{
    const struct caa_diagnosis *diagnosis = NULL;
    struct caa_name name;
    struct lab lab;

    (void)state;
    lab_init(&lab);
    assert_int_equal(caa_name_from_text("x.empty.test", &name), CAA_OK);
    diagnosis = lab.lookup.diagnose(lab.lookup.context, &name);
    while (diagnosis == NULL) {
        assert_int_equal(caa_unbound_wait(&lab.unbound, 1), CAA_OK);
        diagnosis = lab.lookup.diagnose(lab.lookup.context, &name);
    }
    assert_int_equal(diagnosis->behaviour, CAA_BEHAVIOUR_UNKNOWN);
    assert_int_equal(diagnosis->probe_count, 0);
    lab_fini(&lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brings_records_once),
        cmocka_unit_test(tells_names_that_are_missing_or_empty),
        cmocka_unit_test(follows_an_alias),
        cmocka_unit_test(asks_a_failing_server_again),
        cmocka_unit_test(a_deadline_ends_each_attempt_at_a_silent_server),
        cmocka_unit_test(takes_an_answer_that_comes_to_a_later_query),
        cmocka_unit_test(a_second_attempt_that_cannot_be_made_is_not_counted),
        cmocka_unit_test(thirty_two_names_are_asked_at_a_time),
        cmocka_unit_test(names_that_wait_are_asked_in_the_end),
        cmocka_unit_test(can_be_freed_with_questions_open),
        cmocka_unit_test(waiting_for_nothing_is_an_error),
        cmocka_unit_test(says_which_setting_was_refused),
        cmocka_unit_test(an_unreadable_trust_anchor_is_refused),
        cmocka_unit_test(a_diagnosis_without_name_servers_is_unknown),
    };

    return cmocka_run_group_tests_name("checker.lookup_unbound", tests, NULL,
                                       NULL);
}
