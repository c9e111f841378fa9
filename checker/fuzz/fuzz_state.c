/* SPDX-License-Identifier: BSD-2-Clause */
/* A state file, and what is made of it for one request. */
#include "state_text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NOW_S = 1700000000 };

/* Written anew it must be read again, and hold the check that was added. */
static void add_and_read(const json_t *root, const struct options *options)
{
    const struct caa_earlier made = { .checked_s = NOW_S };
    int64_t checked_s = -1;
    json_t *with = state_text_with(root, options, &made);
    char *octets = json_dumps(with, JSON_COMPACT);

    if (octets == NULL) {
        abort();
    }
    json_t *again = state_text_read(octets, strlen(octets));
    if (!state_text_recall(again, options, &checked_s) || checked_s != NOW_S) {
        abort();
    }
    json_decref(again);
    json_decref(with);
    free(octets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct options options = { .kind = CAA_KIND_TLS,
                               .now_s = NOW_S,
                               .rules = { .reuse = CAA_REUSE_LONGER },
                               .unbound = { .trust_anchor = "root.key" } };
    int64_t checked_s = -1;
    json_t *root = state_text_read((const char *)data, size);

    if (state_text_recall(root, &options, &checked_s) &&
        (root == NULL || checked_s < 0 || checked_s > NOW_S)) {
        abort();
    }
    add_and_read(root, &options);
    json_decref(root);
    return 0;
}
