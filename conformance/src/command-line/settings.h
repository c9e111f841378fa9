/* SPDX-License-Identifier: BSD-2-Clause */
/* settings.h - what one invocation of caaconform was asked to do. */
#pragma once

#include <authsim/network.h>
#include <scenario/catalogue.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cfm_resolver_kind {
    CFM_RESOLVER_UNBOUND, /* run by the lab, behind the front */
    CFM_RESOLVER_ADDRESS, /* the user's own, behind the front */
    CFM_RESOLVER_NONE     /* the implementation recurses itself */
};

enum cfm_resolver_preset {
    CFM_PRESET_BRISK,  /* short time-outs, for a quick run */
    CFM_PRESET_DEFAULT /* as packaged */
};

/* Features that are assumed of any command when --features does not say: all
 * but those that few have: smime, perspectives and a clock. */
#define CFM_DEFAULT_FEATURES                                           \
    ((unsigned)SCN_F_WILDCARD | (unsigned)SCN_F_RFC8657 |              \
     (unsigned)SCN_F_MANY_NAMES | (unsigned)SCN_F_ISSUER_PER_REQUEST | \
     (unsigned)SCN_F_ACCOUNT_PER_REQUEST |                             \
     (unsigned)SCN_F_METHOD_PER_REQUEST | (unsigned)SCN_F_VALIDATION)

/* What caacheck has beside them. */
#define CFM_REFERENCE_FEATURES                              \
    ((unsigned)SCN_F_SMIME | (unsigned)SCN_F_PERSPECTIVES | \
     (unsigned)SCN_F_CLOCK)

/* Strings are [borrowed] from argv or literals; lists [owned], see
 * cfm_settings_fini(). */
struct cfm_settings {
    const char **catalogue; /* directories and files */
    size_t catalogue_count;
    const char **only; /* globs over ID/CHECK and ID */
    size_t only_count;
    const char **skip;
    size_t skip_count;
    const char **reports; /* files: .json, .xml */
    size_t report_count;
    const char *baseline;       /* known failures, or NULL */
    const char *write_baseline; /* or NULL */
    unsigned time_limit_ms;     /* per run of the command */
    unsigned jobs;              /* checks in flight, at least 1 */
    unsigned repeat;            /* runs of each check, at least 1 */
    uint64_t seed;
    int64_t epoch_s;
    uint8_t algorithm;
    bool reproducible;
    enum scn_profile profile;
    uint32_t policy_date; /* yyyymmdd */
    struct scn_params params;
    unsigned features; /* enum scn_feature bits the implementation declares */
    unsigned features_said; /* those of which --features said yes or no */
    enum cfm_resolver_kind resolver;
    struct sim_address resolver_address; /* CFM_RESOLVER_ADDRESS */
    enum cfm_resolver_preset preset;
    /* The command under test with its placeholders; NULL-terminated. */
    const char **command;
    size_t command_count;
    bool default_command; /* caacheck: nothing was given after -- */
    bool verbose;
    const char **deviations; /* adequacy: globs over ids */
    size_t deviation_count;
    bool claims;     /* adequacy: only checks that claim the deviation */
    bool exhaustive; /* adequacy: also where nothing can differ */
};

void cfm_settings_fini(struct cfm_settings *settings);
