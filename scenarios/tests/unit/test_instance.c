/* SPDX-License-Identifier: BSD-2-Clause */
#include "reading.h"
#include "testing.h"

#include <stdio.h>

#define MANY "checks:\n" PERMITS REFUSES

static const struct scn_zone *zone_at(const struct scn_instance *instance,
                                      const char *name)
{
    char text[SCN_NAME_TEXT_MAX];

    for (size_t i = 0; i < instance->zone_count; i++) {
        scn_name_to_text(instance->zones[i].name, text);
        if (strcmp(text, name) == 0) {
            return &instance->zones[i];
        }
    }
    return NULL;
}

static void an_instance_hangs_below_its_label(void **state)
{
    const char *text = HEAD "zones: [{name: z}]\n" MANY;
    struct scn_instance *i = make_instance(text, 1, NULL);

    (void)state;
    assert_name(i->apex, "story-refuses");
    assert_string_equal(i->key, "story/refuses");
    assert_string_equal(i->id, "story");
    assert_string_equal(i->file, "story.yaml");
    assert_int_equal(i->step_count, 1);
    const struct scn_check *check = i->steps[0].check;
    assert_string_equal(check->address, "story/refuses");
    assert_string_equal(check->subjects[0].text, "api.z.story-refuses");
    assert_name(check->subjects[0].start, "api.z.story-refuses");
    assert_int_equal(check->line, 6);
    scn_instance_free(i);
    scn_instance_free(NULL);
}

static void a_single_check_hangs_below_the_id_alone(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "twin: other\nchecks:\n  - {names: [www], verdict: permit}\n", 0,
        NULL);

    (void)state;
    assert_name(i->apex, "story");
    assert_string_equal(i->key, "story");
    assert_null(i->steps[0].check->id);
    assert_string_equal(i->steps[0].check->address, "story");
    scn_instance_free(i);
    i = make_instance(HEAD "twin: other\nchecks:\n" PERMITS, 0, NULL);
    assert_name(i->apex, "story");
    assert_string_equal(i->key, "story/permits");
    scn_instance_free(i);
}

static void a_suffix_moves_the_apex(void **state)
{
    struct scn_params params;
    const char *text = HEAD "zones: [{name: z}]\n" MANY;

    (void)state;
    scn_params_default(&params);
    params.suffix = "CAA.example.org";
    struct scn_instance *i = make_instance(text, 0, &params);
    assert_name(i->apex, "story-permits.caa.example.org");
    assert_string_equal(i->steps[0].check->subjects[0].text,
                        "www.z.story-permits.caa.example.org");
    scn_instance_free(i);
    i = make_instance(HEAD "apex: top-level\n" MANY, 0, &params);
    assert_name(i->apex, "story-permits");
    assert_true(i->top_level);
    scn_instance_free(i);
}

static void a_parameter_that_does_not_fit_is_an_error(void **state)
{
    struct scn_scenario *scenario = read_good(HEAD MANY, NULL);
    struct scn_instance *instance = NULL;
    struct scn_params params;
    struct scn_error error;
    char suffix[300];

    (void)state;
    scn_params_default(&params);
    params.suffix = "a..b";
    assert_int_equal(scn_instance_new(scenario, 0, &params, &error, &instance),
                     SCN_EINPUT);
    memset(suffix, 'a', sizeof(suffix));
    for (size_t i = 60; i < sizeof(suffix); i += 60) {
        suffix[i] = '.';
    }
    suffix[240] = '\0';
    params.suffix = suffix;
    assert_int_equal(scn_instance_new(scenario, 0, &params, &error, &instance),
                     SCN_EINPUT);
    assert_null(instance);
    scn_scenario_free(scenario);
}

static void parents_stand_before_children(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "zones:\n  - {name: a.b.z, servers: [two]}\n  - {name: z}\n"
             "  - {name: b.z, servers: [two, one], dnssec: island}\n" MANY,
        0, NULL);

    (void)state;
    assert_int_equal(i->zone_count, 4);
    assert_name(i->zones[0].name, "story-permits");
    assert_false(i->zones[0].declared);
    assert_int_equal(i->zones[0].dnssec, SCN_SIGNED);
    assert_int_equal(i->zones[0].record_count, 0);
    assert_name(i->zones[1].name, "z.story-permits");
    assert_name(i->zones[2].name, "b.z.story-permits");
    assert_name(i->zones[3].name, "a.b.z.story-permits");
    assert_true(i->zones[3].declared);
    assert_int_equal(i->zones[2].server_count, 2);
    assert_int_equal(i->zones[2].servers[0], i->zones[3].servers[0]);
    assert_string_equal(i->servers[i->zones[2].servers[1]].label, "one");
    assert_string_equal(i->servers[i->zones[0].servers[0]].label, "apex");
    assert_string_equal(i->servers[i->zones[1].servers[0]].label, "z");
    assert_int_equal(i->server_count, 4);
    scn_instance_free(i);
}

static void a_made_up_label_never_meets_a_named_one(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "servers: [{name: far, family: ipv6}]\n"
             "zones:\n  - {name: z}\n  - {name: y, servers: [z, far]}\n"
             "  - {name: a.b}\n  - {name: a-b}\n" MANY,
        0, NULL);

    (void)state;
    const struct scn_zone *z = zone_at(i, "z.story-permits");
    assert_string_equal(i->servers[z->servers[0]].label, "z-2");
    assert_string_equal(i->servers[0].label, "far");
    assert_int_equal(i->servers[0].family, SCN_IPV6);
    const struct scn_zone *ab = zone_at(i, "a.b.story-permits");
    const struct scn_zone *a_b = zone_at(i, "a-b.story-permits");
    assert_int_not_equal(ab->servers[0], a_b->servers[0]);
    scn_instance_free(i);
}

static void caa_goes_to_the_deepest_zone(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "zones:\n  - {name: z, records: 'z A 192.0.2.1'}\n"
             "  - {name: y.z}\nchecks:\n"
             "  - {id: a, names: ['*.x.y.z'], caa: ['0 issue \"{issuer}\"', "
             "'0 issue \";\"'], verdict: permit}\n"
             "  - {id: b, caa: ['0 issue \";\"'], verdict: refuse}\n",
        0, NULL);

    (void)state;
    const struct scn_zone *y = zone_at(i, "y.z.story-a");
    assert_int_equal(y->record_count, 2);
    assert_name(y->records[0].owner, "x.y.z.story-a");
    assert_int_equal(y->records[0].ttl, 300);
    assert_int_equal(y->records[0].line, 0);
    assert_memory_equal(y->records[0].rdata, "\0\5issueca.test", 14);
    assert_int_equal(zone_at(i, "z.story-a")->record_count, 1);
    assert_int_equal(zone_at(i, "story-a")->record_count, 0);
    assert_string_equal(i->steps[0].check->subjects[0].text, "*.x.y.z.story-a");
    scn_instance_free(i);
}

static void a_private_universe_has_a_root(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "universe: private\n"
             "resolver: {qname-minimisation: strict, case-randomisation: "
             "enabled, trust-anchor: wrong, negative-trust-anchors: [z, open.]}"
             "\nzones: [{name: open.}, {name: z}]\n" MANY,
        0, NULL);

    (void)state;
    assert_int_equal(i->universe, SCN_PRIVATE);
    assert_name(i->apex, ".");
    assert_int_equal(i->zone_count, 4);
    assert_name(i->zones[0].name, ".");
    assert_name(i->zones[1].name, "open");
    assert_name(i->zones[2].name, "story-permits");
    assert_name(i->zones[3].name, "z.story-permits");
    assert_int_equal(i->resolver.qname_minimisation, SCN_QMIN_STRICT);
    assert_true(i->resolver.case_randomisation);
    assert_int_equal(i->resolver.trust_anchor, SCN_ANCHOR_WRONG);
    assert_int_equal(i->resolver.negative_trust_anchor_count, 2);
    assert_name(i->resolver.negative_trust_anchors[0], "z.story-permits");
    assert_name(i->resolver.negative_trust_anchors[1], "open");
    scn_instance_free(i);
}

static void a_private_apex_holds_the_caa_below_it(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "twin: other\nuniverse: private\nchecks:\n"
             "  - {id: a, names: [www.a], caa: ['0 issue \";\"'], verdict: "
             "refuse, except: [{if: [{shown-insecure: '@'}], verdict: permit}]"
             "}\n",
        0, NULL);

    (void)state;
    assert_int_equal(i->zone_count, 2);
    assert_int_equal(i->zones[0].record_count, 0);
    assert_name(i->zones[1].name, "story");
    assert_int_equal(i->zones[1].record_count, 1);
    assert_name(i->zones[1].records[0].owner, "www.a.story");
    assert_string_equal(i->servers[i->zones[1].servers[0]].label, "apex");
    scn_instance_free(i);
}

static void absolute_names_alone_need_no_apex_zone(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "universe: private\nzones:\n  - name: .\n    records: |\n"
             "      . CAA 0 issue \";\"\n  - name: open.\nchecks:\n"
             "  - {id: a, names: [www.open.], verdict: permit}\n"
             "  - {id: b, names: [open.], verdict: refuse}\n",
        0, NULL);

    (void)state;
    assert_int_equal(i->zone_count, 2);
    assert_true(i->zones[0].declared);
    assert_int_equal(i->zones[0].record_count, 1);
    assert_string_equal(i->steps[0].check->subjects[0].text, "www.open");
    scn_instance_free(i);
}

static void reads_everything_a_zone_can_say(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "zones:\n"
             "  - name: z\n    dnssec: island\n    algorithms: [8, 13]\n"
             "    keys: ksk-and-zsk\n    denial: nsec3\n"
             "    nsec3-iterations: 5\n    nsec3-salt: 00ff\n"
             "    delegation: {ds: [{algorithm: 5, digest-type: 1,"
             " key-tag: 7, digest: wrong}, {digest: right}]}\n"
             "    damage: [{what: wrong-next, type: denial, name: a.z},\n"
             "             {what: expired, under: b.z}]\n"
             "  - {name: y, delegation: {ns: absent}}\n" MANY,
        0, NULL);

    (void)state;
    const struct scn_zone *z = zone_at(i, "z.story-permits");
    assert_int_equal(z->dnssec, SCN_ISLAND);
    assert_int_equal(z->algorithm_count, 2);
    assert_int_equal(z->algorithms[1], 13);
    assert_int_equal(z->keys, SCN_KSK_AND_ZSK);
    assert_int_equal(z->denial, SCN_DENIAL_NSEC3);
    assert_int_equal(z->nsec3_iterations, 5);
    assert_int_equal(z->nsec3_salt_len, 2);
    assert_memory_equal(z->nsec3_salt, "\0\xff", 2);
    assert_false(z->ns_absent);
    assert_true(zone_at(i, "y.story-permits")->ns_absent);
    assert_int_equal(z->ds_count, 2);
    assert_int_equal(z->ds[0].algorithm, 5);
    assert_int_equal(z->ds[0].digest_type, 1);
    assert_int_equal(z->ds[0].key_tag, 7);
    assert_true(z->ds[0].digest_wrong);
    assert_int_equal(z->ds[1].algorithm, -1);
    assert_int_equal(z->ds[1].digest_type, -1);
    assert_int_equal(z->ds[1].key_tag, -1);
    assert_false(z->ds[1].digest_wrong);
    assert_int_equal(z->damage_count, 2);
    assert_int_equal(z->damages[0].what, SCN_WRONG_NEXT);
    assert_int_equal(z->damages[0].type, SCN_TYPE_DENIAL);
    assert_name(z->damages[0].name, "a.z.story-permits");
    assert_int_equal(z->damages[1].type, SCN_TYPE_ANY);
    assert_name(z->damages[1].under, "b.z.story-permits");
    assert_null(z->damages[1].name);
    scn_instance_free(i);
}

static void expect_every_action(const struct scn_fault *f)
{
    const struct scn_action *a = &f->action;
    assert_int_equal(a->drop, SCN_DROP_NOTHING);
    assert_true(a->has_answer);
    assert_int_equal(a->answer_count, 1);
    assert_int_equal(a->authority_count, 1);
    assert_int_equal(a->additional_count, 1);
    assert_int_equal(a->strip, SCN_STRIP_NSEC | SCN_STRIP_SOA);
    assert_int_equal(a->rcode, 5);
    assert_int_equal(a->set, SCN_TC | SCN_AA);
    assert_int_equal(a->clear, SCN_RA);
    assert_int_equal(a->decoy_count, 1);
    assert_int_equal(a->decoy_wrong, SCN_DECOY_PORT);
    assert_int_equal(a->rrsets, SCN_RRSETS_PART | SCN_RRSETS_TWICE);
    assert_int_equal(a->echo, SCN_ECHO_TWICE);
    assert_int_equal(a->wire, SCN_WIRE_OPCODE | SCN_WIRE_COUNT_LOW);
    assert_int_equal(a->copies, 2);
    assert_int_equal(a->delay_ms, 20);
    assert_int_equal(a->jitter_ms, 30);
    assert_int_equal(a->tcp, SCN_TCP_RESET);
    assert_string_equal(f->summary,
                        "answer replaced, strip NSEC SOA, rrsets part twice, "
                        "authority added, additional added, spoil signatures, "
                        "rcode REFUSED, echo twice, owners upper, opt echo, "
                        "set aa tc, clear ra, udp limit 300, decoy first, "
                        "wrong port, wire opcode count-low, 2 copies, "
                        "delay 20 ms, jitter 30 ms, tcp reset");
}

static void reads_everything_a_fault_can_do(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD
        "zones:\n"
        "  - name: z\n    dnssec: signed\n    servers: [near]\n    faults:\n"
        "      - {id: f, state: disabled, after: 1, first: 6, every: 3,\n"
        "         window-ms: 4, count-by: server, when: {server: near, name: "
        "a.z,\n"
        "         under: z, type: TXT,\n"
        "         dnssec-ok: clear, case: mixed, perspective: primary},\n"
        "         do: {answer: 'a.z A 192.0.2.1', strip: [NSEC, SOA],\n"
        "         spoil: signatures, owners: upper, opt: echo,\n"
        "         udp-limit: 300,\n"
        "              authority: 'b.z A 192.0.2.1',\n"
        "              additional: 'c.z A 192.0.2.1',\n"
        "         rcode: REFUSED, set: [tc, aa], clear: [ra],\n"
        "         decoy: 'a.z A 192.0.2.9', decoy-wrong: port,\n"
        "         rrsets: [part, twice], echo: twice, wire: [opcode, "
        "count-low],\n"
        "         copies: 2, delay-ms: 20, jitter-ms: 30, tcp: reset}}\n"
        "      - {when: {type: A, transport: tcp, edns: absent},\n"
        "         do: {alias: endless}}\n"
        "      - {do: {drop: unreachable}}\n" MANY,
        0, NULL);

    (void)state;
    const struct scn_zone *z = zone_at(i, "z.story-permits");
    const struct scn_fault *f = z->faults;
    assert_int_equal(z->fault_count, 3);
    assert_string_equal(f->id, "f");
    assert_false(f->enabled);
    assert_int_equal(f->after, 1);
    assert_int_equal(f->first, 6);
    assert_int_equal(f->every, 3);
    assert_int_equal(f->window_ms, 4);
    assert_int_equal(f->count_by, SCN_PER_SERVER);
    assert_string_equal(f->when.server, "near");
    assert_name(f->when.name, "a.z.story-permits");
    assert_name(f->when.under, "z.story-permits");
    assert_int_equal(f->when.type, 16);
    assert_int_equal(f->when.dnssec_ok, SCN_DO_CLEAR);
    assert_int_equal(f->when.name_case, SCN_CASE_MIXED);
    assert_string_equal(f->when.perspective, "primary");
    expect_every_action(f);
    f++;
    assert_int_equal(f->when.transport, SCN_TCP);
    assert_int_equal(f->when.edns, SCN_EDNS_ABSENT);
    assert_int_equal(f->action.alias, SCN_ALIAS_ENDLESS);
    assert_string_equal(f->summary, "alias endless");
    f++;
    assert_null(f->id);
    assert_true(f->enabled);
    assert_int_equal(f->first, 0);
    assert_int_equal(f->when.type, SCN_TYPE_ANY);
    assert_int_equal(f->action.rcode, -1);
    assert_int_equal(f->action.drop, SCN_DROP_UNREACHABLE);
    assert_string_equal(f->summary, "drop unreachable");
    scn_instance_free(i);
}

static void an_empty_answer_is_an_answer(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "zones:\n  - {name: z, dnssec: signed, faults: [{do: {answer: '',"
             " rcode: NOERROR}}]}\n" MANY,
        0, NULL);

    (void)state;
    const struct scn_fault *f = zone_at(i, "z.story-permits")->faults;
    assert_true(f->action.has_answer);
    assert_int_equal(f->action.answer_count, 0);
    assert_int_equal(f->action.rcode, 0);
    assert_string_equal(f->summary, "answer emptied, rcode NOERROR");
    scn_instance_free(i);
}

static void steps_share_one_instance(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "features: [clock]\nzones:\n"
             "  - {name: z, dnssec: signed, faults: [{id: f, do: {drop: "
             "query}}]}\nsteps:\n"
             "  - check: {id: a, names: [www.z], verdict: permit}\n"
             "  - enable: [f]\n  - disable: [f]\n"
             "  - publish: |\n      www.z 60 CAA 0 issue \"{other}\"\n"
             "  - withdraw: ['www.z CAA', '@ NS']\n"
             "  - wait-ms: 5\n  - advance-s: 60\n  - forget: journal\n"
             "  - query: {name: www.z, type: A}\n"
             "  - check: {id: b, names: [www.z], verdict: refuse, evidence: "
             "[{asked: {}}]}\n",
        0, NULL);
    const struct scn_step *s = i->steps;

    (void)state;
    assert_name(i->apex, "story");
    assert_string_equal(i->key, "story");
    assert_int_equal(i->step_count, 10);
    assert_string_equal(s[0].check->address, "story/a");
    assert_int_equal(s[1].kind, SCN_STEP_ENABLE);
    assert_string_equal(s[1].fault_ids[0], "f");
    assert_int_equal(s[2].kind, SCN_STEP_DISABLE);
    assert_int_equal(s[2].fault_id_count, 1);
    assert_int_equal(s[3].publish_count, 1);
    assert_int_equal(s[3].publish[0].ttl, 60);
    assert_int_equal(s[4].withdraw_count, 2);
    assert_name(s[4].withdraw[0].owner, "www.z.story");
    assert_int_equal(s[4].withdraw[0].type, 257);
    assert_name(s[4].withdraw[1].owner, "story");
    assert_int_equal(s[5].wait_ms, 5);
    assert_int_equal(s[6].advance_s, 60);
    assert_int_equal(s[7].kind, SCN_STEP_FORGET_JOURNAL);
    assert_int_equal(s[8].query.type, 1);
    assert_name(s[8].query.owner, "www.z.story");
    assert_int_equal(s[9].kind, SCN_STEP_CHECK);
    assert_int_equal(s[9].line, 17);
    scn_instance_free(i);
}

/* The name changes hands twice; beside it a zone that breaks the rule. */
static void an_alias_may_follow_what_was_withdrawn(void **state)
{
    struct scn_instance *i = make_instance(
        HEAD "twin: other\nzones:\n"
             "  - {name: z, records: 'www.z A 192.0.2.1'}\n"
             "  - {name: y, breaks: [cname], records: 'www.y A 192.0.2.1'}\n"
             "steps:\n"
             "  - withdraw: ['www.z A']\n"
             "  - publish: |\n      www.z CNAME there.z\n"
             "  - check: {names: [www.z], verdict: permit}\n"
             "  - withdraw: ['www.z CNAME']\n"
             "  - publish: |\n      www.z TXT \"back\"\n"
             "      www.y CNAME there.z\n",
        0, NULL);

    (void)state;
    assert_int_equal(i->step_count, 5);
    assert_int_equal(i->steps[4].publish_count, 2);
    scn_instance_free(i);
}

static void the_same_parameters_give_the_same_instance(void **state)
{
    const char *text = HEAD "zones: [{name: z}, {name: y}]\n" MANY;
    struct scn_instance *a = make_instance(text, 0, NULL);
    struct scn_instance *b = make_instance(text, 0, NULL);

    (void)state;
    assert_int_equal(a->zone_count, b->zone_count);
    for (size_t i = 0; i < a->zone_count; i++) {
        assert_true(scn_name_equal(a->zones[i].name, b->zones[i].name));
        assert_int_equal(a->zones[i].servers[0], b->zones[i].servers[0]);
    }
    scn_instance_free(a);
    scn_instance_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instance_hangs_below_its_label),
        cmocka_unit_test(a_single_check_hangs_below_the_id_alone),
        cmocka_unit_test(a_suffix_moves_the_apex),
        cmocka_unit_test(a_parameter_that_does_not_fit_is_an_error),
        cmocka_unit_test(parents_stand_before_children),
        cmocka_unit_test(a_made_up_label_never_meets_a_named_one),
        cmocka_unit_test(caa_goes_to_the_deepest_zone),
        cmocka_unit_test(a_private_universe_has_a_root),
        cmocka_unit_test(a_private_apex_holds_the_caa_below_it),
        cmocka_unit_test(absolute_names_alone_need_no_apex_zone),
        cmocka_unit_test(reads_everything_a_zone_can_say),
        cmocka_unit_test(reads_everything_a_fault_can_do),
        cmocka_unit_test(an_empty_answer_is_an_answer),
        cmocka_unit_test(steps_share_one_instance),
        cmocka_unit_test(an_alias_may_follow_what_was_withdrawn),
        cmocka_unit_test(the_same_parameters_give_the_same_instance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
