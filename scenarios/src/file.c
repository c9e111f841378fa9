/* SPDX-License-Identifier: BSD-2-Clause */
/* file.c - read a whole file. */
#include "file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILE_MAX = 64 << 20 };

/* Makes room for some octets more; false with errno set. */
static bool grow(char **text, size_t len, size_t *cap)
{
    if (*cap - len >= 4096) {
        return true;
    }
    size_t more = 2 * *cap + 16384;
    if (more > FILE_MAX) {
        errno = EFBIG;
        return false;
    }
    char *grown = realloc(*text, more);
    if (grown == NULL) {
        return false;
    }
    *text = grown;
    *cap = more;
    return true;
}

char *scn_file_read(const char *path, size_t *len_out)
{
    FILE *file = fopen(path, "rbe");
    char *text = NULL;
    size_t len = 0;
    size_t cap = 0;
    bool ok = file != NULL;

    while (ok && !feof(file)) {
        ok = grow(&text, len, &cap);
        if (ok) {
            len += fread(text + len, 1, cap - len, file);
            ok = ferror(file) == 0;
        }
    }
    int number = errno;
    if (file != NULL) {
        (void)fclose(file);
    }
    if (!ok) {
        free(text);
        errno = number;
        return NULL;
    }
    *len_out = len;
    return text;
}
