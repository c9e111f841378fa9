/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_trial.h - one check of one name over a table.
 */
#pragma once

#include "fake_lookup.h"

#include <caacheck/check.h>

#include <stdio.h>

struct trial {
    struct fake_lookup fake;
    struct caa_rules rules;
    struct caa_result result;
    char place[CAA_NAME_TEXT_MAX]; /* found-at, or "" */
};

static const char *const issuers[] = { "ca.test" };

static inline void trial_init(struct trial *trial,
                              const struct fake_line *lines,
                              const char *profile)
{
    static const struct caa_diagnosis unknown = { .behaviour =
                                                      CAA_BEHAVIOUR_UNKNOWN };

    fake_init(&trial->fake, lines);
    trial->fake.diagnosis = &unknown;
    assert_int_equal(
        caa_profile_rules(profile, 20261101, CAA_KIND_TLS, &trial->rules),
        CAA_OK);
    caa_result_init(&trial->result);
}

static inline void trial_rule(struct trial *trial, const char *rule)
{
    assert_int_equal(caa_rules_apply(&trial->rules, rule), CAA_OK);
}

/* Runs to the end, restarting as often as something was on its way. */
static inline void trial_run(struct trial *trial, const char *name)
{
    const char *problem = NULL;
    struct caa_subject subject;
    struct caa_request request = { .issuers = issuers, .issuer_count = 1 };
    struct caa_check check = { .request = &request,
                               .rules = &trial->rules,
                               .lookup = &trial->fake.lookup };
    enum caa_status st = CAA_PENDING;

    assert_int_equal(caa_subject_parse(name, CAA_KIND_TLS, &subject, &problem),
                     CAA_OK);
    while (st == CAA_PENDING) {
        st = caa_check_subject(&check, &subject, &trial->result);
    }
    assert_int_equal(st, CAA_OK);
    trial->place[0] = '\0';
    if (trial->result.found) {
        caa_name_to_text(&trial->result.found_at, trial->place);
    }
}

static inline void trial_fini(struct trial *trial)
{
    caa_result_fini(&trial->result);
    fake_fini(&trial->fake);
}

/* "permit@place" or "refuse:reason@place". rule may be NULL. */
static inline void assert_told(const struct fake_line *lines,
                               const char *profile, const char *rule,
                               const char *name, const char *expected)
{
    struct trial trial;
    char told[CAA_NAME_TEXT_MAX + 64];

    trial_init(&trial, lines, profile);
    if (rule != NULL) {
        trial_rule(&trial, rule);
    }
    trial_run(&trial, name);
    (void)snprintf(told, sizeof(told), "%s%s%s%s%s",
                   trial.result.verdict == CAA_PERMIT ? "permit" : "refuse",
                   trial.result.reason != CAA_REASON_NONE ? ":" : "",
                   caa_reason_id(trial.result.reason),
                   trial.result.found ? "@" : "", trial.place);
    trial_fini(&trial);
    assert_string_equal(told, expected);
}

#define PERMITS           \
    {                     \
        "0 issue ca.test" \
    }
#define REFUSES     \
    {               \
        "0 issue ;" \
    }
#define NXDOMAIN 3
