/* SPDX-License-Identifier: BSD-2-Clause */
/* Every allocation of ours fails once: nothing crashes, nothing leaks. */
#include "reading.h"
#include "testing.h"

#include <stdlib.h>

static long countdown = -1; /* allocations until one fails; <0: none */

static int fails(void)
{
    return countdown >= 0 && countdown-- == 0;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

static const char rule_text[] =
    "r:\n  - {if: [{shown-insecure: '{zone}'}], verdict: refuse}\n";

static const char story[] =
    HEAD "universe: private\nresolver: {negative-trust-anchors: [z]}\n"
         "servers: [{name: far, family: ipv4}]\nzones:\n"
         "  - name: z\n    dnssec: signed\n    servers: [far]\n"
         "    algorithms: [13]\n    delegation: {ds: [{digest: wrong}]}\n"
         "    records: |\n      $GENERATE 1-40 n$.z TXT \"{ISSUER}\" {account}"
         "\n      www.z CAA \\# 3 000561\n"
         "    faults: [{id: f, when: {server: far}, do: {answer: 'a.z A "
         "192.0.2.1', decoy: 'a.z A 192.0.2.1', set: [tc]}}]\n"
         "  - {name: y, damage: [{what: expired, under: y}]}\nsteps:\n"
         "  - check: {id: a, names: ['n<1-30>.z'], verdict: permit, apply: "
         "[{rule: r, zone: z}]}\n"
         "  - disable: [f]\n  - publish: 'www.z CAA 0 issue \";\"'\n"
         "  - withdraw: ['www.z CAA']\n"
         "  - check: {id: b, names: [b.z], caa: ['0 issue \";\"'], verdict: "
         "refuse, refused-names: [b.z]}\n";

/* Everything once; the first status that is not SCN_OK. */
static enum scn_status run_all(void)
{
    struct scn_rules *rules = NULL;
    struct scn_scenario *scenario = NULL;
    struct scn_instance *instance = NULL;
    struct scn_params params;
    struct scn_error error = { .text = "no error" };

    scn_params_default(&params);
    enum scn_status status = scn_rules_read("rules.yaml", rule_text,
                                            strlen(rule_text), &error, &rules);
    if (status == SCN_OK) {
        status = scn_scenario_read("story.yaml", story, strlen(story), rules,
                                   &error, &scenario);
    }
    if (status == SCN_OK) {
        status = scn_instance_new(scenario, 0, &params, &error, &instance);
    }
    if (status == SCN_EINPUT) {
        print_error("%u:%u %s\n", error.line, error.column, error.text);
    }
    scn_instance_free(instance);
    scn_scenario_free(scenario);
    scn_rules_free(rules);
    return status;
}

static void says_so_when_memory_runs_out(void **state)
{
    long tried = 0;

    (void)state;
    countdown = -1;
    assert_int_equal(run_all(), SCN_OK);
    for (;; tried++) {
        countdown = tried;
        enum scn_status status = run_all();
        bool fired = countdown < 0;
        countdown = -1;
        if (!fired) {
            assert_int_equal(status, SCN_OK);
            break;
        }
        assert_int_equal(status, SCN_ENOMEM);
    }
    assert_true(tried > 30);
}

static void a_catalogue_says_so_too(void **state)
{
    const char *const paths[] = { TESTBED_SCENARIOS
                                  "/catalogue/alias-timeout.yaml" };
    enum scn_status status = SCN_ENOMEM;

    (void)state;
    for (long tried = 0; status != SCN_OK; tried++) {
        struct scn_catalogue *catalogue = NULL;
        countdown = tried;
        status = scn_catalogue_load(paths, 1, NULL, NULL, &catalogue);
        bool fired = countdown < 0;
        countdown = -1;
        /* A file that finds no memory cannot be read. */
        assert_true(status == SCN_OK || status == SCN_ENOMEM ||
                    status == SCN_ESYSTEM);
        assert_true(fired == (status != SCN_OK));
        scn_catalogue_free(catalogue);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_so_when_memory_runs_out),
        cmocka_unit_test(a_catalogue_says_so_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
