/* SPDX-License-Identifier: BSD-2-Clause */
/* RDATA of one CAA record, through the parser and the decision. */
#include "property.h"

#include <caacheck/decide.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const issuers[] = { "ca.test" };
    static const struct caa_request request = { .issuers = issuers,
                                                .issuer_count = 1,
                                                .account = "https://ca.test/1",
                                                .method = "dns-01" };
    static const struct caa_rules rules = { .text = CAA_TEXT_8659 };
    struct caa_property property = caa_property_parse(data, size);
    struct caa_rdata record = { data, size };
    struct caa_decision decision =
        caa_decide(&record, 1, &request, false, &rules);

    /* What cannot be parsed is never permitted. */
    if (property.form == CAA_PROPERTY_UNPARSABLE &&
        decision.verdict == CAA_PERMIT) {
        abort();
    }
    (void)caa_decide(&record, 1, &request, true, &rules);
    return 0;
}
