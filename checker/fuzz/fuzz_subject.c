/* SPDX-License-Identifier: BSD-2-Clause */
/* A name or mailbox as it stands in a request, through both readings. */
#include <caacheck/subject.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_as(const char *text, enum caa_kind kind)
{
    struct caa_subject subject;
    const char *problem = NULL;
    enum caa_status st = caa_subject_parse(text, kind, &subject, &problem);

    /* A problem is told, and a name that will be asked for is one. */
    if (st == CAA_OK
            ? subject.kind != CAA_SUBJECT_IP && caa_name_is_root(&subject.name)
            : problem == NULL) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    if (text == NULL) {
        return 0;
    }
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    read_as(text, CAA_KIND_TLS);
    read_as(text, CAA_KIND_SMIME);
    free(text);
    return 0;
}
