/* SPDX-License-Identifier: BSD-2-Clause */
/* The value of an issue property, under every grammar there is. */
#include "issue_value.h"
#include "rfc8657.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void parse(const uint8_t *data, size_t size,
                  const struct caa_rules *rules)
{
    struct caa_octets octets = { data, size };
    struct caa_issue_value value = caa_issue_value_parse(octets, rules);
    struct caa_octets rest = value.parameters;
    struct caa_parameter parameter;

    if (value.issuer.length > size || value.parameters.length > size) {
        abort();
    }
    while (caa_parameter_next(&rest, rules, &parameter)) {
        if (parameter.tag.length > size || parameter.value.length > size) {
            abort();
        }
    }
    /* In a value that conforms, parameters are read to the last octet. */
    if (value.conforms && rest.length > 0 && rules->parameters == CAA_STRICT) {
        abort();
    }
    (void)caa_8657_judge(value.parameters, rules, "a", "b");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct caa_rules all[] = {
        { .grammar = CAA_GRAMMAR_8659 },
        { .grammar = CAA_GRAMMAR_6844 },
        { .parameter_tag = CAA_LENIENT },
        { .parameters = CAA_LENIENT },
        { .trailing_dot = CAA_LENIENT },
        { .issuer_blanks = CAA_LENIENT },
        { .method_list = CAA_METHOD_LIST_TRIMMED },
        { .empty_parameter = CAA_EMPTY_PARAMETER_IGNORE },
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        parse(data, size, &all[i]);
    }
    return 0;
}
