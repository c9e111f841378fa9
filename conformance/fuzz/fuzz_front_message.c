/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_front_message.c - a DNS message as the front sees it. */
#include "front_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cfm_message message;
    if (cfm_message_read(data, size, &message) && message.has_question) {
        (void)cfm_message_question_hash(&message);
    }
    return 0;
}
