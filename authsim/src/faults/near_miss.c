/* SPDX-License-Identifier: BSD-2-Clause */
/* near_miss.c - a filter taken apart: each of its keys is asked alone. */
#include "near_miss.h"

const char *sim_near_miss_key(const struct scn_filter *filter,
                              const struct sim_fault_query *q)
{
    const struct {
        const char *key;
        bool given;
        struct scn_filter alone;
    } parts[] = {
        { "server", filter->server != NULL, { .server = filter->server } },
        { "name", filter->name != NULL, { .name = filter->name } },
        { "under", filter->under != NULL, { .under = filter->under } },
        { "type", filter->type != SCN_TYPE_ANY, { .type = filter->type } },
        { "transport",
          filter->transport != SCN_ANY_TRANSPORT,
          { .transport = filter->transport } },
        { "edns", filter->edns != SCN_ANY_EDNS, { .edns = filter->edns } },
        { "dnssec-ok",
          filter->dnssec_ok != SCN_ANY_DO,
          { .dnssec_ok = filter->dnssec_ok } },
        { "case",
          filter->name_case != SCN_ANY_CASE,
          { .name_case = filter->name_case } },
        { "perspective",
          filter->perspective != NULL,
          { .perspective = filter->perspective } },
    };
    const char *missed = NULL;
    size_t matched = 0;

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (!parts[i].given) {
            continue;
        }
        if (sim_fault_filter_matches(&parts[i].alone, q)) {
            matched++;
        } else if (missed != NULL) {
            return NULL;
        } else {
            missed = parts[i].key;
        }
    }
    return matched > 0 ? missed : NULL;
}
