/* SPDX-License-Identifier: BSD-2-Clause */
/* facts.c - what a scenario tells about itself. */
#include "scenario.h"

#include <scenario/catalogue.h>

const char *scn_scenario_file(const struct scn_scenario *scenario)
{
    return scenario->file;
}

const char *scn_scenario_id(const struct scn_scenario *scenario)
{
    return scenario->id;
}

static const char *text_of(const struct scn_yaml *node)
{
    return node != NULL ? node->text : NULL;
}

const char *scn_scenario_title(const struct scn_scenario *scenario)
{
    return text_of(scenario->spec.title);
}

const char *scn_scenario_story(const struct scn_scenario *scenario)
{
    return text_of(scenario->spec.story);
}

const char *scn_scenario_notes(const struct scn_scenario *scenario)
{
    return text_of(scenario->spec.notes);
}

const char *scn_scenario_twin(const struct scn_scenario *scenario)
{
    return text_of(scenario->spec.twin);
}

const char *const *scn_scenario_catches(const struct scn_scenario *scenario,
                                        size_t *count_out)
{
    *count_out =
        scenario->spec.catches != NULL ? scenario->spec.catches->count : 0;
    return scenario->catches;
}

const struct scn_source *scn_scenario_sources(
    const struct scn_scenario *scenario, size_t *count_out)
{
    *count_out = scenario->spec.sources.count;
    return scenario->sources;
}

unsigned scn_scenario_features(const struct scn_scenario *scenario)
{
    return (unsigned)scenario->spec.features;
}

size_t scn_scenario_instances(const struct scn_scenario *scenario)
{
    return scenario->spec.steps.count > 0 ? 1 : scenario->spec.checks.count;
}
