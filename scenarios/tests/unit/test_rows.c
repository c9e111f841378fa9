/* SPDX-License-Identifier: BSD-2-Clause */
#include "reading.h"
#include "testing.h"

#define ONE(check) HEAD "twin: other\nchecks:\n  - " check "\n"

static const char rule_text[] =
    "failed:\n"
    "  - if: [{failed: {}}]\n"
    "    verdict: either\n"
    "    because: nobody says\n"
    "  - for: [tls-br]\n"
    "    from: 2025-07-21\n"
    "    if: [{failed: {}}, {shown-insecure: '{zone}'}]\n"
    "    verdict: refuse\n"
    "    evidence: [{retried: {}}]\n"
    "plain:\n"
    "  - {for: [rfc6844], verdict: permit}\n";

static struct scn_rules *make_rules(void)
{
    struct scn_rules *rules = NULL;
    struct scn_error error;

    assert_int_equal(scn_rules_read("rules.yaml", rule_text,
                                    sizeof(rule_text) - 1, &error, &rules),
                     SCN_OK);
    return rules;
}

static void a_row_that_states_nothing_wants_somebody_to_look(void **state)
{
    struct scn_instance *i =
        make_instance(ONE("{id: a, verdict: refuse}"), 0, NULL);
    const struct scn_check *check = i->steps[0].check;

    (void)state;
    assert_int_equal(check->row_count, 1);
    const struct scn_row *row = check->rows;
    assert_string_equal(row->label, "check");
    assert_int_equal(row->verdict, SCN_REFUSE);
    assert_int_equal(row->reason, SCN_REASON_NONE);
    assert_null(row->because);
    assert_null(row->found_at);
    assert_null(row->rule);
    assert_int_equal(row->profiles, 0);
    assert_int_equal(row->evidence_count, 1);
    assert_int_equal(row->evidence[0].kind, SCN_LOOKED);
    assert_name(row->evidence[0].filter.name, "a.story");
    assert_int_equal(row->evidence[0].filter.type, SCN_TYPE_ANY);
    scn_instance_free(i);
}

static void a_row_keeps_all_it_says(void **state)
{
    struct scn_instance *i = make_instance(
        ONE("{id: a, names: ['n<1-2>', b], verdict: refuse, reason: account, "
            "found-at: '@', refused-names: [n2, b], except: [{for: [tls-br, "
            "smime-br], from: 2025-01-02, until: 2026-01-02, if: [{asked: "
            "{}}], verdict: either, because: both do}]}"),
        0, NULL);
    const struct scn_check *check = i->steps[0].check;
    const struct scn_row *row = check->rows;

    (void)state;
    assert_int_equal(check->row_count, 2);
    assert_int_equal(row->reason, SCN_ACCOUNT);
    assert_name(row->found_at, "story");
    assert_int_equal(row->refused_name_count, 2);
    assert_string_equal(row->refused_names[0], "n2.story");
    assert_string_equal(row->refused_names[1], "b.story");
    row++;
    assert_string_equal(row->label, "except 1");
    assert_int_equal(row->verdict, SCN_EITHER);
    assert_string_equal(row->because, "both do");
    assert_int_equal(row->profiles, (1u << SCN_TLS_BR) | (1u << SCN_SMIME_BR));
    assert_int_equal(row->from, 20250102);
    assert_int_equal(row->until, 20260102);
    assert_int_equal(row->condition_count, 1);
    assert_int_equal(row->conditions[0].kind, SCN_ASKED);
    assert_int_equal(row->evidence[0].kind, SCN_LOOKED);
    scn_instance_free(i);
}

static void predicates_have_the_defaults_of_the_format(void **state)
{
    struct scn_instance *i = make_instance(
        ONE("{id: a, names: ['*.b.a'], verdict: refuse, evidence: [{asked: "
            "{}}, {never-asked: {under: c, type: any}}, {answered: {name: x, "
            "type: A}}, {failed: {at: front, perspective: primary}}, {retried:"
            " {transport: udp}}, {shown-insecure: '@'}, {asked: {at-least: 3, "
            "name: y}}]}"),
        0, NULL);
    const struct scn_predicate *p = i->steps[0].check->rows->evidence;

    (void)state;
    assert_int_equal(i->steps[0].check->rows->evidence_count, 7);
    assert_int_equal(p[0].kind, SCN_ASKED);
    assert_name(p[0].filter.name, "b.a.story");
    assert_int_equal(p[0].filter.type, SCN_TYPE_CAA);
    assert_int_equal(p[0].at_least, 1);
    assert_int_equal(p[0].at, SCN_AT_SERVERS);
    assert_int_equal(p[0].line, 5);
    assert_int_equal(p[1].kind, SCN_NEVER_ASKED);
    assert_null(p[1].filter.name);
    assert_name(p[1].filter.under, "c.story");
    assert_int_equal(p[1].filter.type, SCN_TYPE_ANY);
    assert_int_equal(p[2].kind, SCN_ANSWERED);
    assert_name(p[2].filter.name, "x.story");
    assert_int_equal(p[2].filter.type, 1);
    assert_int_equal(p[3].at, SCN_AT_FRONT);
    assert_string_equal(p[3].filter.perspective, "primary");
    assert_int_equal(p[4].kind, SCN_RETRIED);
    assert_int_equal(p[4].filter.transport, SCN_UDP);
    assert_int_equal(p[4].at_least, 1);
    assert_int_equal(p[5].kind, SCN_SHOWN_INSECURE);
    assert_name(p[5].zone, "story");
    assert_int_equal(p[6].at_least, 3);
    scn_instance_free(i);
}

static void rows_of_rules_come_before_exceptions(void **state)
{
    struct scn_rules *rules = make_rules();
    struct scn_scenario *scenario = read_good(
        HEAD "twin: other\nzones: [{name: z, dnssec: unsigned}]\nchecks:\n"
             "  - {id: a, names: [www.z], verdict: permit, apply: [{rule: "
             "plain}, {rule: failed, zone: z}], except: [{if: [{failed: {}}, "
             "{asked: {}}], verdict: refuse}]}\n",
        rules);
    struct scn_instance *i = NULL;
    struct scn_params params;
    struct scn_error error;

    (void)state;
    scn_params_default(&params);
    assert_int_equal(scn_instance_new(scenario, 0, &params, &error, &i),
                     SCN_OK);
    scn_scenario_free(scenario);
    scn_rules_free(rules); /* an instance stands on its own */
    const struct scn_row *rows = i->steps[0].check->rows;
    assert_int_equal(i->steps[0].check->row_count, 5);
    assert_string_equal(rows[0].label, "check");
    assert_string_equal(rows[1].label, "plain 1");
    assert_string_equal(rows[2].label, "failed 1");
    assert_string_equal(rows[3].label, "failed 2");
    assert_string_equal(rows[4].label, "except 1");
    assert_string_equal(rows[3].rule, "failed");
    assert_null(rows[4].rule);
    assert_int_equal(rows[3].line, 5);
    assert_name(rows[2].conditions[0].filter.name, "www.z.story");
    assert_name(rows[3].conditions[1].zone, "z.story");
    assert_int_equal(rows[3].evidence[0].kind, SCN_RETRIED);
    assert_int_equal(rows[2].evidence[0].kind, SCN_LOOKED);
    scn_instance_free(i);
}

static void a_request_has_the_runs_values_or_its_own(void **state)
{
    const char *text =
        HEAD "features: [wildcard]\nchecks:\n"
             "  - {id: a, verdict: permit}\n"
             "  - {id: b, verdict: refuse, issuer: '{other}', account: "
             "'{other-account}/\\{x}', method: tls-alpn-01, features: "
             "[issuer-per-request, account-per-request, method-per-request], "
             "sources: [{text: RFC 8657, url: 'u'}]}\n";
    struct scn_instance *i = make_instance(text, 0, NULL);
    const struct scn_check *check = i->steps[0].check;

    (void)state;
    assert_string_equal(check->issuer, "ca.test");
    assert_string_equal(check->account, "https://ca.test/account/1");
    assert_string_equal(check->method, "http-01");
    assert_int_equal(check->features, SCN_F_WILDCARD);
    assert_int_equal(check->source_count, 1);
    assert_int_equal(check->kind, SCN_TLS);
    scn_instance_free(i);
    i = make_instance(text, 1, NULL);
    check = i->steps[0].check;
    assert_string_equal(check->issuer, "other-ca.test");
    assert_string_equal(check->account, "https://ca.test/account/2/{x}");
    assert_string_equal(check->method, "tls-alpn-01");
    assert_int_equal(check->features,
                     SCN_F_WILDCARD | SCN_F_ISSUER_PER_REQUEST |
                         SCN_F_ACCOUNT_PER_REQUEST | SCN_F_METHOD_PER_REQUEST);
    assert_int_equal(check->source_count, 2);
    assert_string_equal(check->sources[0].text, "RFC 8659");
    assert_string_equal(check->sources[1].text, "RFC 8657");
    assert_string_equal(check->sources[1].url, "u");
    scn_instance_free(i);
}

static void names_are_sent_as_written_and_looked_up_in_small(void **state)
{
    struct scn_instance *i = make_instance(
        ONE("{id: a, names: ['WWW.x', '@', '*.@', '*.y', 'n<9-11>.g', "
            "192.0.2.1, '2001:db8::1', X.onion.], verdict: refuse}"),
        0, NULL);
    const struct scn_check *check = i->steps[0].check;
    const struct scn_subject *s = check->subjects;

    (void)state;
    assert_int_equal(check->subject_count, 10);
    assert_string_equal(s[0].text, "WWW.x.story");
    assert_name(s[0].start, "www.x.story");
    assert_string_equal(s[1].text, "story");
    assert_name(s[1].start, "story");
    assert_string_equal(s[2].text, "*.story");
    assert_name(s[2].start, "story");
    assert_string_equal(s[3].text, "*.y.story");
    assert_name(s[3].start, "y.story");
    assert_string_equal(s[4].text, "n9.g.story");
    assert_string_equal(s[6].text, "n11.g.story");
    assert_string_equal(s[7].text, "192.0.2.1");
    assert_null(s[7].start);
    assert_string_equal(s[8].text, "2001:db8::1");
    assert_null(s[8].start);
    assert_string_equal(s[9].text, "X.onion");
    assert_name(s[9].start, "x.onion");
    scn_instance_free(i);
}

static void a_mailbox_starts_at_its_domain(void **state)
{
    struct scn_instance *i = make_instance(
        ONE("{id: a, kind: smime, names: [Alice@B, '\"x@y\"@c', 'bob@@'], "
            "verdict: refuse}"),
        0, NULL);
    const struct scn_check *check = i->steps[0].check;
    const struct scn_subject *s = check->subjects;

    (void)state;
    assert_int_equal(check->kind, SCN_SMIME);
    assert_string_equal(s[0].text, "Alice@B.story");
    assert_name(s[0].start, "b.story");
    assert_string_equal(s[1].text, "\"x@y\"@c.story");
    assert_name(s[1].start, "c.story");
    assert_string_equal(s[2].text, "bob@story");
    assert_name(s[2].start, "story");
    scn_instance_free(i);
}

static void a_mailbox_is_sent_as_it_stands_and_asked_for_in_a_labels(
    void **state)
{
    struct scn_instance *i =
        make_instance(ONE("{id: a, kind: smime, names: ['j\xC3\xB6rg@b\xC3\xBC"
                          "cher.B'], verdict: refuse}"),
                      0, NULL);
    const struct scn_subject *s = i->steps[0].check->subjects;

    (void)state;
    assert_string_equal(s[0].text, "j\xC3\xB6rg@b\xC3\xBC"
                                   "cher.B.story");
    assert_name(s[0].start, "xn--bcher-kva.b.story");
    scn_instance_free(i);
}

static void the_root_can_be_asked_for(void **state)
{
    struct scn_instance *i =
        make_instance(HEAD "twin: other\nuniverse: private\nchecks:\n"
                           "  - {id: a, names: [.], verdict: refuse}\n",
                      0, NULL);

    (void)state;
    assert_string_equal(i->steps[0].check->subjects[0].text, ".");
    assert_name(i->steps[0].check->subjects[0].start, ".");
    scn_instance_free(i);
}

static void an_address_needs_evidence_that_can_hold(void **state)
{
    struct scn_instance *i = make_instance(
        ONE("{id: a, names: [192.0.2.1], verdict: permit, evidence: "
            "[{never-asked: {under: '@', type: any}}]}"),
        0, NULL);

    (void)state;
    assert_null(i->steps[0].check->subjects[0].start);
    assert_name(i->steps[0].check->rows->evidence[0].filter.under, "story");
    scn_instance_free(i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_that_states_nothing_wants_somebody_to_look),
        cmocka_unit_test(a_row_keeps_all_it_says),
        cmocka_unit_test(predicates_have_the_defaults_of_the_format),
        cmocka_unit_test(rows_of_rules_come_before_exceptions),
        cmocka_unit_test(a_request_has_the_runs_values_or_its_own),
        cmocka_unit_test(names_are_sent_as_written_and_looked_up_in_small),
        cmocka_unit_test(a_mailbox_starts_at_its_domain),
        cmocka_unit_test(
            a_mailbox_is_sent_as_it_stands_and_asked_for_in_a_labels),
        cmocka_unit_test(the_root_can_be_asked_for),
        cmocka_unit_test(an_address_needs_evidence_that_can_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
