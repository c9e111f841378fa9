/* SPDX-License-Identifier: BSD-2-Clause */
/* A message from a resolver: answers, denials, and what a probe makes of it. */
#include "answer.h"
#include "denial.h"
#include "probe.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_answer(const uint8_t *data, size_t size,
                        const struct caa_name *name, uint16_t type)
{
    struct caa_answer answer = { .attempts = 1 };
    struct caa_name target;

    if (caa_answer_read(data, size, name, type, &answer) != CAA_OK) {
        return;
    }
    if (caa_answer_target(&answer, &target) == CAA_OK &&
        caa_name_label_count(&target) > 127) {
        abort();
    }
    (void)caa_ds_all_unknown(answer.records, answer.record_count);
    caa_answer_fini(&answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint16_t types[] = { CAA_TYPE_CAA, CAA_TYPE_DS, CAA_TYPE_CNAME,
                                      CAA_TYPE_NS };
    struct caa_name name;
    unsigned rcode = 0;

    if (caa_name_from_text("a.test", &name) != CAA_OK) {
        return 0;
    }
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        read_answer(data, size, &name, types[i]);
    }
    (void)caa_denial_read(data, size, &name);
    (void)caa_probe_classify(data, size, 0x1234, &name, &rcode);
    return 0;
}
