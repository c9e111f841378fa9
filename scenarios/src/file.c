/* SPDX-License-Identifier: BSD-2-Clause */
/* file.c - read a whole file. */
#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

char *scn_file_read(const char *path, size_t *len_out)
{
    enum { FILE_MAX = 64 << 20 };
    FILE *file = fopen(path, "rbe");
    char *text = NULL;
    size_t len = 0;
    size_t cap = 0;

    if (file == NULL) {
        return NULL;
    }
    do {
        if (cap - len < 4096) {
            cap = 2 * cap + 16384;
            char *grown = cap <= FILE_MAX ? realloc(text, cap) : NULL;
            if (grown == NULL) {
                errno = cap <= FILE_MAX ? ENOMEM : EFBIG;
                goto fail;
            }
            text = grown;
        }
        len += fread(text + len, 1, cap - len, file);
    } while (!feof(file) && !ferror(file));
    if (ferror(file)) {
        goto fail;
    }
    (void)fclose(file);
    *len_out = len;
    return text;
fail:
    free(text);
    (void)fclose(file);
    return NULL;
}
