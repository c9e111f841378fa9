/* SPDX-License-Identifier: BSD-2-Clause */
#include "fake_lookup.h"
#include "report.h"
#include "wording.h"

#include <jansson.h>

/* Two results, put together by hand. */
struct told {
    struct options options;
    struct caa_subject subjects[2];
    struct caa_result results[2];
    struct caa_step steps[4];
    struct caa_answer answers[4];
    struct caa_rdata records[2];
    uint8_t octets[2][FAKE_RDATA_MAX];
    struct caa_name alias;
    struct caa_diagnosis diagnosis;
};

static void told_init(struct told *told)
{
    const char *problem = NULL;

    memset(told, 0, sizeof(*told));
    assert_int_equal(caa_subject_parse("good.test", CAA_KIND_TLS,
                                       &told->subjects[0], &problem),
                     CAA_OK);
    assert_int_equal(caa_subject_parse("*.bad.test", CAA_KIND_TLS,
                                       &told->subjects[1], &problem),
                     CAA_OK);
    told->options.subjects = told->subjects;
    told->options.subject_count = 2;
    told->results[0].section = "RFC 8659 section 4.2";
    told->results[0].found = true;
    told->results[0].found_at = fake_name("alias.test");
    told->results[0].steps = told->steps;
    told->results[0].step_count = 1;
    told->records[0].data = told->octets[0];
    told->records[0].length = fake_rdata("0 issue \"ca\\", told->octets[0]);
    told->records[1].data = (const uint8_t *)"\0\11x\377";
    told->records[1].length = 4;
    told->alias = fake_name("alias.test");
    told->answers[0].records = told->records;
    told->answers[0].record_count = 2;
    told->answers[0].aliases = &told->alias;
    told->answers[0].alias_count = 1;
    told->answers[0].attempts = 1;
    told->answers[0].security = CAA_SECURE;
    told->steps[0].effect = CAA_EFFECT_FOUND;
    told->steps[0].name = fake_name("good.test");
    told->steps[0].type = CAA_TYPE_CAA;
    told->steps[0].answer = &told->answers[0];
    told->steps[0].section = "RFC 8659 section 4.2";
    told->results[1].verdict = CAA_REFUSE;
    told->results[1].reason = CAA_REASON_LOOKUP_FAILED;
    told->results[1].section = "TLS-BR section 4.2.2.1";
    told->results[1].steps = told->steps + 1;
    told->results[1].step_count = 3;
    told->answers[1].security = CAA_BOGUS;
    told->answers[1].rcode = 3;
    memcpy(told->answers[1].why, "no signature", 13);
    told->answers[2].outcome = CAA_OUTCOME_SERVFAIL;
    told->answers[2].attempts = 2;
    told->answers[3].outcome = CAA_OUTCOME_TIMEOUT;
    told->answers[3].attempts = 2;
    for (size_t i = 1; i < 4; i++) {
        told->steps[i].effect = CAA_EFFECT_FAILED;
        told->steps[i].name = fake_name("bad.test");
        told->steps[i].type = CAA_TYPE_CAA;
        told->steps[i].answer = &told->answers[i];
        told->steps[i].section = "TLS-BR section 4.2.2.1";
    }
    told->diagnosis.behaviour = CAA_BEHAVIOUR_ERROR;
    told->diagnosis.probe_count = 1;
    memcpy(told->diagnosis.probes[0].address, "192.0.2.1", 10);
    told->diagnosis.probes[0].behaviour = CAA_BEHAVIOUR_ERROR;
    told->diagnosis.probes[0].rcode = 4;
    told->steps[2].diagnosis = &told->diagnosis;
    told->steps[3].proof_sought = true;
    told->steps[3].insecurity.shown = CAA_SHOWN_CUT;
    told->steps[3].insecurity.zone = fake_name("test");
}

/* What report_text() prints. Free with free(). */
static char *text_of(const struct told *told)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    report_text(out, &told->options, told->results);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void without_explain_one_line_a_name(void **state)
{
    struct told told;

    (void)state;
    told_init(&told);
    char *text = text_of(&told);
    assert_string_equal(
        text, "good.test: permit, CAA found at alias.test "
              "(RFC 8659 section 4.2)\n"
              "*.bad.test: refuse, lookup-failed (TLS-BR section 4.2.2.1)\n");
    free(text);
}

static void explain_tells_every_step(void **state)
{
    struct told told;

    (void)state;
    told_init(&told);
    told.options.explain = true;
    char *text = text_of(&told);
    assert_string_equal(
        text,
        "good.test: permit, CAA found at alias.test (RFC 8659 section 4.2)\n"
        "  good.test CAA: NOERROR, 2 records, secure\n"
        "    alias of alias.test\n"
        "    CAA 0 issue \"\\\"ca\\\\\"\n"
        "    CAA \\# 4 000978ff\n"
        "    this is the relevant set, it decides (RFC 8659 section 4.2)\n"
        "*.bad.test: refuse, lookup-failed (TLS-BR section 4.2.2.1)\n"
        "  bad.test CAA: NXDOMAIN, 0 records, bogus\n"
        "    no signature\n"
        "    the look-up failed, which refuses (TLS-BR section 4.2.2.1)\n"
        "  bad.test CAA: the resolver reports a failure, attempts 2\n"
        "    asked directly: 192.0.2.1 gives an error (NOTIMP)\n"
        "    the look-up failed, which refuses (TLS-BR section 4.2.2.1)\n"
        "  bad.test CAA: no answer in time, attempts 2\n"
        "    Insecure: a validated denial of DS with the NS bit, at test\n"
        "    the look-up failed, which refuses (TLS-BR section 4.2.2.1)\n");
    free(text);
}

static void a_diagnosis_without_servers_says_so(void **state)
{
    struct told told;

    (void)state;
    told_init(&told);
    told.options.explain = true;
    told.diagnosis.probe_count = 0;
    told.diagnosis.behaviour = CAA_BEHAVIOUR_UNKNOWN;
    char *text = text_of(&told);
    assert_non_null(strstr(text, "no name server was found to ask\n"));
    free(text);
}

static json_t *json_of(const struct told *told)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    assert_int_equal(report_json(out, &told->options, told->results), CAA_OK);
    assert_int_equal(fclose(out), 0);
    assert_ptr_equal(strchr(text, '\n'), text + size - 1);
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    free(text);
    return root;
}

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void json_holds_verdict_place_and_refused_names(void **state)
{
    struct told told;

    (void)state;
    told_init(&told);
    json_t *root = json_of(&told);
    const json_t *refused = json_object_get(root, "refused-names");
    const json_t *names = json_object_get(root, "names");
    assert_string_equal(text_at(root, "verdict"), "refuse");
    assert_string_equal(text_at(root, "reason"), "lookup-failed");
    assert_null(text_at(root, "found-at"));
    assert_int_equal(json_array_size(refused), 1);
    assert_string_equal(json_string_value(json_array_get(refused, 0)),
                        "*.bad.test");
    assert_int_equal(json_array_size(names), 2);
    const json_t *good = json_array_get(names, 0);
    assert_string_equal(text_at(good, "verdict"), "permit");
    assert_null(text_at(good, "reason"));
    assert_string_equal(text_at(good, "found-at"), "alias.test");
    const json_t *step = json_array_get(json_object_get(good, "steps"), 0);
    assert_string_equal(text_at(step, "effect"), "found");
    assert_string_equal(text_at(step, "dnssec"), "secure");
    json_decref(root);
}

static void json_of_a_permit_tells_the_place(void **state)
{
    struct told told;

    (void)state;
    told_init(&told);
    told.options.subject_count = 1;
    json_t *root = json_of(&told);
    assert_string_equal(text_at(root, "verdict"), "permit");
    assert_string_equal(text_at(root, "found-at"), "alias.test");
    assert_int_equal(json_array_size(json_object_get(root, "refused-names")),
                     0);
    json_decref(root);
}

static void long_records_are_cut_and_escaped(void **state)
{
    uint8_t octets[3000] = { 0, 1, 'a', 0, '\n' };
    struct caa_rdata rdata = { octets, sizeof(octets) };
    char text[WORDING_RECORD_MAX];

    (void)state;
    wording_record(&rdata, text);
    assert_non_null(strstr(text, "0 a \"\\000\\010\\000"));
    assert_non_null(strstr(text, "\"..."));
    octets[1] = 255;
    memset(octets + 2, 'x', 255);
    wording_record(&rdata, text);
    assert_true(strlen(text) < WORDING_RECORD_MAX);
    rdata.length = 200;
    wording_record(&rdata, text);
    assert_int_equal(strncmp(text, "\\# 200 00ff78", 13), 0);
    memset(octets, 0, sizeof(octets));
    octets[1] = 255;
    rdata.length = 3000;
    wording_record(&rdata, text);
    assert_non_null(strstr(text, "..."));
}

static void every_word_exists(void **state)
{
    char rcode[WORDING_RCODE_MAX];

    (void)state;
    for (int i = CAA_EFFECT_EMPTY; i <= CAA_EFFECT_EXHAUSTED; i++) {
        assert_true(strlen(wording_effect((enum caa_effect)i)) > 0);
        assert_true(strlen(wording_sentence((enum caa_effect)i)) > 0);
    }
    for (int i = CAA_BEHAVIOUR_UNKNOWN; i <= CAA_BEHAVIOUR_ANSWERS; i++) {
        assert_true(strlen(wording_behaviour((enum caa_behaviour)i)) > 0);
    }
    for (int i = CAA_REASON_NOT_AUTHORISED; i <= CAA_REASON_NOT_CORROBORATED;
         i++) {
        assert_true(strlen(caa_reason_id((enum caa_reason)i)) > 0);
    }
    assert_string_equal(wording_security(CAA_INSECURE), "insecure");
    assert_string_equal(wording_type(CAA_TYPE_DNAME), "DNAME");
    wording_rcode(23, rcode);
    assert_string_equal(rcode, "RCODE 23");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_explain_one_line_a_name),
        cmocka_unit_test(explain_tells_every_step),
        cmocka_unit_test(a_diagnosis_without_servers_says_so),
        cmocka_unit_test(json_holds_verdict_place_and_refused_names),
        cmocka_unit_test(json_of_a_permit_tells_the_place),
        cmocka_unit_test(long_records_are_cut_and_escaped),
        cmocka_unit_test(every_word_exists),
    };

    return cmocka_run_group_tests_name("checker.report", tests, NULL, NULL);
}
