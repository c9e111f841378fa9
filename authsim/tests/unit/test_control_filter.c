/* SPDX-License-Identifier: BSD-2-Clause */
#include "control_filter.h"
#include "testing.h"

#include <string.h>

static const struct sim_exchange exchange = {
    .number = 5,
    .server = "near",
    .name = (const uint8_t *)"\3wWw\1x",
    .type = 257,
    .transport = SCN_UDP,
};

/* Whether a filter of that text takes the exchange. */
static bool takes(struct control_filter_text text)
{
    struct control_filter filter;
    struct control_answer answer = { 0 };

    assert_true(control_filter_read(&text, &filter, &answer));
    return control_filter_takes(&filter, &exchange);
}

static void what_is_absent_matches_all(void **state)
{
    (void)state;
    assert_true(takes((struct control_filter_text){ .after = 0 }));
}

static void all_that_is_given_must_match(void **state)
{
    struct control_filter_text text = { .name = "WWW.x.",
                                        .type = "CAA",
                                        .server = "near",
                                        .transport = "udp",
                                        .after = 4 };

    (void)state;
    assert_true(takes(text));
    text.after = 5;
    assert_false(takes(text));
    text.after = 4;
    text.name = "x";
    assert_false(takes(text));
    text.name = NULL;
    text.type = "A";
    assert_false(takes(text));
    text.type = "TYPE257";
    assert_true(takes(text));
    text.server = "far";
    assert_false(takes(text));
    text.server = NULL;
    text.transport = "tcp";
    assert_false(takes(text));
}

static void an_exchange_without_a_server_has_no_label(void **state)
{
    struct sim_exchange x = exchange;
    const struct control_filter_text text = { .server = "near" };
    struct control_filter filter;
    struct control_answer answer = { 0 };

    (void)state;
    x.server = NULL;
    assert_true(control_filter_read(&text, &filter, &answer));
    assert_false(control_filter_takes(&filter, &x));
}

static void an_exchange_without_a_question_has_no_name_or_type(void **state)
{
    const struct sim_exchange x = { .number = 5, .server = "near" };
    struct control_filter_text text = { .server = "near" };
    struct control_filter filter;
    struct control_answer answer = { 0 };

    (void)state;
    assert_true(control_filter_read(&text, &filter, &answer));
    assert_true(control_filter_takes(&filter, &x));
    text.name = ".";
    assert_true(control_filter_read(&text, &filter, &answer));
    assert_false(control_filter_takes(&filter, &x));
    text = (struct control_filter_text){ .type = "CAA" };
    assert_true(control_filter_read(&text, &filter, &answer));
    assert_false(control_filter_takes(&filter, &x));
}

static void refuses_what_can_never_match(void **state)
{
    static const struct control_filter_text wrong[] = {
        { .name = "a..b" },
        { .name = "" },
        { .type = "caa" },
        { .transport = "UDP" },
    };
    struct control_filter filter;

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct control_answer answer = { 0 };
        assert_false(control_filter_read(&wrong[i], &filter, &answer));
        assert_int_equal(answer.status, 400);
        control_answer_fini(&answer);
    }
}

static void selects_a_scenario_or_one_check(void **state)
{
    struct scn_instance first = { .id = "s", .key = "s/a" };
    struct scn_instance second = { .id = "s", .key = "s/b" };
    struct scn_instance *models[] = { &first, &second };
    const struct lab lab = { .models = models, .count = 2 };
    struct control_answer answer = { 0 };

    (void)state;
    assert_true(control_lab_selects(&lab, 1, NULL));
    assert_true(control_lab_selects(&lab, 1, "s"));
    assert_true(control_lab_selects(&lab, 1, "s/b"));
    assert_false(control_lab_selects(&lab, 1, "s/a"));
    assert_true(control_lab_has(&lab, "s/b", &answer));
    assert_false(control_lab_has(&lab, "s/c", &answer));
    assert_int_equal(answer.status, 404);
    control_answer_fini(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_absent_matches_all),
        cmocka_unit_test(all_that_is_given_must_match),
        cmocka_unit_test(an_exchange_without_a_server_has_no_label),
        cmocka_unit_test(an_exchange_without_a_question_has_no_name_or_type),
        cmocka_unit_test(refuses_what_can_never_match),
        cmocka_unit_test(selects_a_scenario_or_one_check),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
