/* SPDX-License-Identifier: BSD-2-Clause */
#include "anchor.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_type(const char *field, size_t length)
{
    return (length == 2 && strncmp(field, "DS", 2) == 0) ||
           (length == 6 && strncmp(field, "DNSKEY", 6) == 0);
}

static bool has_anchor(const char *line)
{
    static const char blanks[] = " \t\r\n";

    if (line[0] != '.' || strchr(blanks, line[1]) == NULL) {
        return false;
    }
    while (*line != '\0' && *line != ';') {
        size_t length = strcspn(line, " \t\r\n;");
        if (is_type(line, length)) {
            return true;
        }
        line += length;
        line += strspn(line, blanks);
    }
    return false;
}

enum caa_status caa_anchor_check(const char *path)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;
    bool found = false;

    if (file == NULL) {
        return CAA_ESYSTEM;
    }
    while (!found && getline(&line, &size, file) >= 0) {
        found = has_anchor(line);
    }
    enum caa_status st = found               ? CAA_OK
                         : ferror(file) != 0 ? CAA_ESYSTEM
                                             : CAA_EFORMAT;
    free(line);
    (void)fclose(file);
    return st;
}
