/* SPDX-License-Identifier: BSD-2-Clause */
/* A scenario file of any octets, and every instance of what is accepted. */
#include "scenario.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char rule_text[] =
    "lookup-failure:\n"
    "  - {if: [{failed: {}}], verdict: either, because: nobody says}\n"
    "  - for: [tls-br]\n"
    "    if: [{failed: {}}, {shown-insecure: '{zone}'}]\n"
    "    verdict: refuse\n";

/* Accepted is accepted: with the usual parameters every instance can be made,
 * and with others it is made or refused. */
static void make_all(const struct scn_scenario *scenario)
{
    struct scn_params params;
    struct scn_error error;
    size_t count = scn_scenario_instances(scenario);

    for (size_t i = 0; i < count && i < 8; i++) {
        struct scn_instance *instance = NULL;
        scn_params_default(&params);
        if (scn_instance_new(scenario, i, &params, &error, &instance) !=
            SCN_OK) {
            abort();
        }
        scn_instance_free(instance);
        instance = NULL;
        params.issuer = "\"; \\ {x} .\xff";
        params.account = "";
        params.suffix = "long.suffix.example.org";
        if (scn_instance_new(scenario, i, &params, &error, &instance) ==
            SCN_OK) {
            scn_instance_free(instance);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scn_rules *rules = NULL;
    struct scn_scenario *scenario = NULL;
    struct scn_error error = { 0 };

    if (scn_rules_read("rules.yaml", rule_text, strlen(rule_text), &error,
                       &rules) != SCN_OK) {
        abort();
    }
    enum scn_status status = scn_scenario_read("story.yaml", (const char *)data,
                                               size, rules, &error, &scenario);
    if (status == SCN_OK) {
        make_all(scenario);
    } else if (error.text[0] == '\0') {
        abort(); /* a refusal without a reason */
    }
    scn_scenario_free(scenario);
    scn_rules_free(rules);
    return 0;
}
