/* SPDX-License-Identifier: BSD-2-Clause */
/* options_help.c - the text of --help, from the tables. */
#include "option_table.h"
#include "options.h"
#include "text.h"

#include <string.h>

static void add_help_lines(struct cfm_text *text, const char *lines)
{
    const char *end = strchr(lines, '\n');

    while (end != NULL) {
        cfm_text_add_octets(text, lines, (size_t)(end - lines));
        cfm_text_addf(text, "\n%26s", "");
        lines = end + 1;
        end = strchr(lines, '\n');
    }
    cfm_text_addf(text, "%s\n", lines);
}

static void add_option_help(struct cfm_text *text, const char *name,
                            const char *metavar, const char *help)
{
    size_t start = text->len;

    cfm_text_addf(text, "  --%s%s%s", name, metavar == NULL ? "" : " ",
                  metavar == NULL ? "" : metavar);
    size_t used = text->len - start;
    if (used > 24) {
        cfm_text_addf(text, "\n%26s", "");
    } else {
        cfm_text_addf(text, "%*s", (int)(26 - used), "");
    }
    add_help_lines(text, help);
}

char *cfm_options_help(void)
{
    struct cfm_text text = { 0 };

    cfm_text_add(&text,
                 "usage: caaconform COMMAND [OPTION...]\n\n"
                 "Puts a CAA implementation into a sealed, simulated DNS, asks "
                 "it \"may you issue for\nthis name?\", and grades the answer "
                 "by what was seen on the wire.\n\n");
    for (int i = 0; i < CFM_COMMAND_COUNT; i++) {
        cfm_text_addf(&text, "  caaconform %s %s\n%26s%s\n",
                      cfm_command_table[i].name, cfm_command_table[i].operands,
                      "", cfm_command_table[i].summary);
    }
    cfm_text_add(
        &text, "\nID is a scenario, ID/CHECK one check of it, or the path of "
               "a scenario file.\nIn COMMAND these words are replaced: {name} "
               "{names} {issuer} {account} {method}\n{kind} {resolver} "
               "{root-hints} {trust-anchor} {remotes} {now} {state}. It exits\n"
               "0 to permit, 1 to refuse, 2 to refuse because a look-up "
               "failed, 3 when it does\nnot support the request."
               "\n\nOptions:\n");
    for (size_t i = 0; i < cfm_option_count; i++) {
        add_option_help(&text, cfm_option_table[i].name,
                        cfm_option_table[i].metavar, cfm_option_table[i].help);
    }
    add_option_help(&text, "help", NULL, "print this");
    add_option_help(&text, "version", NULL, "print the version");
    cfm_text_add(&text,
                 "\nExit status: 0 conformant; 1 not; 2 bad usage or input; 3 "
                 "the lab failed.\n");
    return cfm_text_take(&text);
}
