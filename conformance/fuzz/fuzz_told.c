/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_told.c - standard output of an implementation, up to what it told. */
#include "capture.h"
#include "told.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cfm_capture capture;
    struct cfm_told told;
    cfm_capture_init(&capture);
    cfm_capture_add(&capture, CFM_STDOUT, (const char *)data, size);
    cfm_capture_end(&capture);
    if (capture.json != NULL) {
        cfm_told_read(capture.json, capture.json_len, &told);
        cfm_told_fini(&told);
    }
    free(cfm_capture_text(&capture));
    cfm_capture_fini(&capture);
    return 0;
}
