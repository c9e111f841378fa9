/* SPDX-License-Identifier: BSD-2-Clause */
/* report_text.c - the command lines that reports show. */
#include "report.h"
#include "text.h"

#include <string.h>

/* Appends word as a POSIX shell must be given it. */
static void add_quoted(struct cfm_text *text, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-_./:=@,+%{}";

    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        cfm_text_add(text, word);
        return;
    }
    cfm_text_add(text, "'");
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            cfm_text_add(text, "'\\''");
        } else {
            cfm_text_add_octets(text, word, 1);
        }
    }
    cfm_text_add(text, "'");
}

static void add_command(struct cfm_text *text,
                        const struct cfm_settings *settings)
{
    for (size_t i = 0; i < settings->command_count; i++) {
        cfm_text_add(text, i == 0 ? "" : " ");
        add_quoted(text, settings->command[i]);
    }
}

char *cfm_implementation_text(const struct cfm_settings *settings)
{
    struct cfm_text text = { 0 };

    if (settings->default_command) {
        return cfm_text_copy("caacheck");
    }
    add_command(&text, settings);
    return cfm_text_take(&text);
}

char *cfm_resolver_text(const struct cfm_settings *settings)
{
    char address[SIM_ADDRESS_TEXT_MAX];

    switch (settings->resolver) {
    case CFM_RESOLVER_NONE:
        return cfm_text_copy("none");
    case CFM_RESOLVER_ADDRESS:
        sim_address_text(&settings->resolver_address, address);
        return cfm_textf("%s@%u", address,
                         (unsigned)settings->resolver_address.port);
    case CFM_RESOLVER_UNBOUND:
        break;
    }
    return cfm_textf("unbound (%s)", settings->preset == CFM_PRESET_BRISK
                                         ? "brisk"
                                         : "default");
}

char *cfm_rerun_text(const struct cfm_report *report, const char *command,
                     const char *address)
{
    struct cfm_text text = { 0 };

    cfm_text_addf(&text, "caaconform %s ", command);
    add_quoted(&text, address);
    for (size_t i = 0; i < report->kept_count; i++) {
        cfm_text_add(&text, " ");
        add_quoted(&text, report->kept[i]);
    }
    if (!report->settings->default_command) {
        cfm_text_add(&text, " -- ");
        add_command(&text, report->settings);
    }
    return cfm_text_take(&text);
}
