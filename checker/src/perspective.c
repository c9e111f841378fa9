/* SPDX-License-Identifier: BSD-2-Clause */
#include "perspective.h"

#include "quorum.h"

#include <event2/event.h>

#include <stdlib.h>
#include <string.h>

enum caa_status perspectives_init(const struct options *options,
                                  char problem_out[CAA_PROBLEM_MAX],
                                  struct perspectives *perspectives_out)
{
    struct perspectives *all = perspectives_out;
    size_t count = 1 + options->remote_count;
    size_t cells = count * options->subject_count;

    *all = (struct perspectives){
        .base = event_base_new(),
        .unbounds = calloc(count, sizeof(struct caa_unbound *)),
        .lookups = calloc(count, sizeof(struct caa_lookup)),
        .results = calloc(cells, sizeof(struct caa_result)),
        .finished = calloc(cells, sizeof(bool)),
        .subject_count = options->subject_count,
    };
    if (all->base == NULL || all->unbounds == NULL || all->lookups == NULL ||
        all->results == NULL || all->finished == NULL) {
        return CAA_ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        struct caa_unbound_settings settings = options->unbound;
        if (i > 0) {
            settings.resolver = options->remotes[i - 1];
        }
        enum caa_status st = caa_unbound_new(all->base, &settings, problem_out,
                                             &all->unbounds[i]);
        if (st != CAA_OK) {
            return st;
        }
        all->lookups[i] = caa_unbound_lookup(all->unbounds[i]);
        all->count++;
    }
    return CAA_OK;
}

void perspectives_fini(struct perspectives *perspectives)
{
    size_t cells = perspectives->count * perspectives->subject_count;

    for (size_t i = 0; perspectives->results != NULL && i < cells; i++) {
        caa_result_fini(&perspectives->results[i]);
    }
    for (size_t i = 0;
         perspectives->unbounds != NULL && i < perspectives->count; i++) {
        caa_unbound_free(perspectives->unbounds[i]);
    }
    if (perspectives->base != NULL) {
        event_base_free(perspectives->base);
    }
    free(perspectives->unbounds);
    free(perspectives->lookups);
    free(perspectives->results);
    free(perspectives->finished);
    *perspectives = (struct perspectives){ .base = NULL };
}

struct caa_result *perspectives_results(struct perspectives *perspectives,
                                        size_t index)
{
    return &perspectives->results[index * perspectives->subject_count];
}

static enum caa_status judge_subject(struct perspectives *perspectives,
                                     const struct options *options,
                                     size_t subject)
{
    struct caa_result *primary = &perspectives->results[subject];

    primary->remotes = calloc(options->remote_count, sizeof(*primary->remotes));
    if (primary->remotes == NULL) {
        return CAA_ENOMEM;
    }
    for (size_t i = 0; i < options->remote_count; i++) {
        const struct caa_result *remote =
            &perspectives_results(perspectives, i + 1)[subject];
        primary->remotes[i] = (struct caa_remote){
            .address = options->remotes[i],
            .verdict = remote->verdict,
            .reason = remote->reason,
            .section = remote->section,
        };
    }
    primary->remote_count = options->remote_count;
    caa_quorum_judge(&options->rules, primary);
    return CAA_OK;
}

enum caa_status perspectives_judge(struct perspectives *perspectives,
                                   const struct options *options)
{
    enum caa_status st = CAA_OK;

    for (size_t i = 0; options->remote_count > 0 &&
                       i < options->subject_count && st == CAA_OK;
         i++) {
        st = judge_subject(perspectives, options, i);
    }
    return st;
}
