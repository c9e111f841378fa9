/* SPDX-License-Identifier: BSD-2-Clause */
/* pace.c - one table of pacings: length told, copies, share sent, finish. */
#include "pace.h"

#include <stdlib.h>
#include <string.h>

enum {
    LENGTH_SIZE = 2,
    LENGTH_MAX = 65535,
    EXCESS = 16, /* octets that length-long promises in vain */
    OCTET_INTERVAL_NS = 1000000,
    TRICKLE_MAX_NS = 1000000000 /* a whole message takes no longer */
};

/* Octets of the message that are sent, as halves of it. */
enum share { NOTHING = -1, LENGTH_ONLY = 0, HALF = 1, WHOLE = 2 };

struct pacing {
    enum share share;
    unsigned copies;
    enum sim_finish finish;
};

static const struct pacing pacings[] = {
    [SCN_TCP_NORMAL] = { WHOLE, 1, SIM_FINISH_KEEP },
    [SCN_TCP_REFUSE] = { NOTHING, 0, SIM_FINISH_RESET },
    [SCN_TCP_SILENT] = { NOTHING, 0, SIM_FINISH_KEEP },
    [SCN_TCP_RESET] = { HALF, 1, SIM_FINISH_RESET },
    [SCN_TCP_CLOSE_AFTER_LENGTH] = { LENGTH_ONLY, 1, SIM_FINISH_CLOSE },
    [SCN_TCP_LENGTH_LONG] = { WHOLE, 1, SIM_FINISH_CLOSE },
    [SCN_TCP_LENGTH_SHORT] = { WHOLE, 1, SIM_FINISH_CLOSE },
    [SCN_TCP_ONE_OCTET] = { WHOLE, 1, SIM_FINISH_KEEP },
    [SCN_TCP_TWO_MESSAGES] = { WHOLE, 2, SIM_FINISH_KEEP },
};

bool sim_pacing_is_readable(enum scn_tcp_pacing pacing)
{
    switch (pacing) {
    case SCN_TCP_NORMAL:
    case SCN_TCP_ONE_OCTET:
    case SCN_TCP_TWO_MESSAGES:
        return true;
    case SCN_TCP_REFUSE:
    case SCN_TCP_SILENT:
    case SCN_TCP_RESET:
    case SCN_TCP_CLOSE_AFTER_LENGTH:
    case SCN_TCP_LENGTH_LONG:
    case SCN_TCP_LENGTH_SHORT:
        return false;
    }
    return false; /* LCOV_EXCL_LINE: DefensiveCoding */
}

static size_t told_length(enum scn_tcp_pacing pacing, size_t len)
{
    if (pacing == SCN_TCP_LENGTH_LONG) {
        return len + EXCESS < LENGTH_MAX ? len + EXCESS : LENGTH_MAX;
    }
    return pacing == SCN_TCP_LENGTH_SHORT ? len / 2 : len;
}

static int64_t octet_interval(size_t len)
{
    const int64_t even = TRICKLE_MAX_NS / (int64_t)(len + LENGTH_SIZE);

    return even < OCTET_INTERVAL_NS ? even : OCTET_INTERVAL_NS;
}

enum sim_status sim_frame_make(enum scn_tcp_pacing pacing,
                               const uint8_t *message, size_t len,
                               struct sim_frame *frame_out)
{
    const struct pacing *p = &pacings[pacing];
    const size_t told = told_length(pacing, len);
    const size_t body = p->share <= LENGTH_ONLY ? 0
                        : p->share == HALF      ? len / 2
                                                : len;
    struct sim_frame frame = { .finish = p->finish };

    if (p->copies > 0) {
        frame.octets = malloc(p->copies * (LENGTH_SIZE + body));
        if (frame.octets == NULL) {
            return SIM_ENOMEM;
        }
    }
    for (unsigned i = 0; i < p->copies; i++) {
        frame.octets[frame.len++] = (uint8_t)(told >> 8);
        frame.octets[frame.len++] = (uint8_t)told;
        memcpy(frame.octets + frame.len, message, body);
        frame.len += body;
    }
    if (pacing == SCN_TCP_ONE_OCTET) {
        frame.interval_ns = octet_interval(len);
    }
    *frame_out = frame;
    return SIM_OK;
}

void sim_frame_fini(struct sim_frame *frame)
{
    free(frame->octets);
    frame->octets = NULL;
    frame->len = 0;
}
