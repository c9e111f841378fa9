/* SPDX-License-Identifier: BSD-2-Clause */
/* default_command.c - the command line of the reference implementation. */
#include "default_command.h"

#include "text.h"
#include "words.h"

#include <stdlib.h>
#include <unistd.h>

static char *find_caacheck(const char *program_dir)
{
    char *beside = NULL;

    if (program_dir != NULL) {
        beside = cfm_textf("%s/caacheck", program_dir);
    }
    if (beside != NULL && access(beside, X_OK) == 0) {
        return beside;
    }
    free(beside);
    return cfm_text_copy("caacheck");
}

static bool add_all(struct cfm_settings *settings, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (!cfm_list_add(&settings->command, &settings->command_count,
                          *words)) {
            return false;
        }
    }
    return true;
}

bool cfm_default_command(struct cfm_invocation *invocation,
                         const char *program_dir)
{
    static const char *const request[] = {
        "--json",    "--issuer",       "{issuer}",       "--account",
        "{account}", "--method",       "{method}",       "--kind",
        "{kind}",    "--trust-anchor", "{trust-anchor}", "--now",
        "{now}",     "--state",        "{state}",        NULL
    };
    static const char *const through[] = { "--resolver", "{resolver}",
                                           "--remote", "{remotes}", NULL };
    static const char *const itself[] = { "--root-hints", "{root-hints}",
                                          NULL };
    struct cfm_settings *settings = &invocation->settings;
    char buf[CFM_WORD_MAX];
    const char *program =
        cfm_invocation_own(invocation, find_caacheck(program_dir));
    const char *date = cfm_invocation_own(
        invocation, cfm_text_copy(cfm_date_text(settings->policy_date, buf)));

    if (program == NULL || date == NULL) {
        return false;
    }
    const char *const start[] = { program, NULL };
    const char *const rules[] = { "--profile",
                                  scn_profile_text(settings->profile), "--date",
                                  date, NULL };
    const char *const names[] = { "--", "{names}", NULL };
    settings->default_command = true;
    settings->features |= CFM_REFERENCE_FEATURES & ~settings->features_said;
    return add_all(settings, start) && add_all(settings, request) &&
           add_all(settings, settings->resolver == CFM_RESOLVER_NONE
                                 ? itself
                                 : through) &&
           add_all(settings, rules) && add_all(settings, names);
}
