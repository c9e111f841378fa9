/* SPDX-License-Identifier: BSD-2-Clause */
/* deviant_main.c - caacheck-deviant: caacheck with one bug switched on. */
#include "compare.h"
#include "deviation.h"
#include "options.h"
#include "program.h"

#include <stdio.h>
#include <string.h>

static int list(void)
{
    size_t count = 0;
    const struct caa_deviation *table = caa_deviation_table(&count);

    for (size_t i = 0; i < count; i++) {
        (void)printf("%s\n", table[i].id);
    }
    return EXIT_PERMIT;
}

int main(int argc, char **argv)
{
    static const char usage[] =
        "usage: caacheck-deviant --deviation ID [options of caacheck] NAME...\n"
        "       caacheck-deviant --compare 'ID[:RULE[,RULE...]] ...' [options "
        "of caacheck] NAME...\n"
        "       caacheck-deviant --compare-asking ... the same, and may ask "
        "for "
        "more\n"
        "       caacheck-deviant --list-deviations\n";

    if (argc == 2 && strcmp(argv[1], "--list-deviations") == 0) {
        return list();
    }
    bool asking = argc >= 3 && strcmp(argv[1], "--compare-asking") == 0;
    bool compares = asking || (argc >= 3 && strcmp(argv[1], "--compare") == 0);
    if (argc < 3 || (!compares && strcmp(argv[1], "--deviation") != 0)) {
        (void)fputs(usage, stderr);
        return EXIT_USAGE;
    }
    if (compares) {
        compare_set(argv[2], asking);
    } else if (caa_deviation_select(argv[2]) != CAA_OK) {
        (void)fprintf(stderr,
                      "caacheck-deviant: --deviation %s: no such deviation, "
                      "see --list-deviations\n",
                      argv[2]);
        return EXIT_USAGE;
    }
    argv[2] = argv[0];
    return program_run(argc - 2, argv + 2);
}
