/* SPDX-License-Identifier: BSD-2-Clause */
/* A request from anywhere is read, and any reply to it can be framed. */
#include "message.h"
#include "query.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sim_query query;
    struct sim_message message;
    uint8_t buf[SIM_UDP_EDNS_MAX];
    uint8_t rcode = 0;

    if (sim_query_parse(data, size, &query, &rcode) == SIM_QUERY_IGNORED) {
        return 0;
    }
    sim_message_frame(&query, rcode, &message);
    size_t len =
        sim_message_encode(&message, sim_message_limit(&query, SCN_UDP), buf);
    if (len < 12 || (buf[2] & 0x80) == 0) {
        abort(); /* a reply that is none */
    }
    return 0;
}
