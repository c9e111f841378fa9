/* SPDX-License-Identifier: BSD-2-Clause */
/* reading.h - scenarios and instances from text, for tests. */
#pragma once

#include "scenario.h"
#include "testing.h"

#include <scenario/catalogue.h>
#include <scenario/name.h>

#include <string.h>

#define HEAD                     \
    "title: Something happens\n" \
    "sources: [{text: RFC 8659, section: \"3\"}]\n"
#define PERMITS "  - {id: permits, names: [www.z], verdict: permit}\n"
#define REFUSES "  - {id: refuses, names: [api.z], verdict: refuse}\n"

/* Reads text as the file NAME.yaml; the test fails when it is refused. */
static inline struct scn_scenario *read_good(const char *text,
                                             const struct scn_rules *rules)
{
    struct scn_error error = { .text = "no error" };
    struct scn_scenario *scenario = NULL;
    enum scn_status status = scn_scenario_read("story.yaml", text, strlen(text),
                                               rules, &error, &scenario);

    if (status != SCN_OK) {
        print_error("%u:%u: %s\n", error.line, error.column, error.text);
    }
    assert_int_equal(status, SCN_OK);
    return scenario;
}

/* Instance `index` of text, with these parameters or the default ones. */
static inline struct scn_instance *make_instance(
    const char *text, size_t index, const struct scn_params *params)
{
    struct scn_params usual;
    struct scn_error error = { .text = "no error" };
    struct scn_scenario *scenario = read_good(text, NULL);
    struct scn_instance *instance = NULL;

    scn_params_default(&usual);
    enum scn_status status = scn_instance_new(
        scenario, index, params != NULL ? params : &usual, &error, &instance);
    if (status != SCN_OK) {
        print_error("%u:%u: %s\n", error.line, error.column, error.text);
    }
    assert_int_equal(status, SCN_OK);
    scn_scenario_free(scenario); /* an instance stands on its own */
    return instance;
}

static inline void assert_name(const uint8_t *name, const char *text)
{
    char shown[SCN_NAME_TEXT_MAX];

    assert_non_null(name);
    scn_name_to_text(name, shown);
    assert_string_equal(shown, text);
}
