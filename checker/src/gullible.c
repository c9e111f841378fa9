/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gullible.c - the bugs of who asks the servers of a zone himself, over UDP,
 * and believes what they say. libunbound has none of them, so that the replies
 * which a diagnosis gets are overheard instead. Part of caacheck-deviant only.
 */
#include "answer.h"
#include "deviation.h"

#include <stdlib.h>

enum { HEADER = 12, FLAG_TC = 0x02, FLAG_AD = 0x20 };

/* The first reply to the question for the CAA of a name. */
struct heard {
    struct caa_name name;
    struct caa_answer answer; /* owned */
    bool readable;
    bool truncated;
    bool authentic; /* it says so */
    bool folded;    /* the question came back in lower case */
    struct heard *next;
};

/* For as long as the process runs: it looks up one request. */
static struct heard *all;

static const struct caa_answer failure = { .outcome = CAA_OUTCOME_SERVFAIL,
                                           .attempts = 2 };

static struct heard *find(const struct caa_name *name)
{
    struct heard *heard = all;

    while (heard != NULL && !caa_name_equal(&heard->name, name)) {
        heard = heard->next;
    }
    return heard;
}

void caa_overhear(const struct caa_name *name, const struct caa_name *target,
                  const uint8_t *reply, size_t length)
{
    struct heard *heard = NULL;

    if (reply == NULL || length <= HEADER + 1 || find(name) != NULL) {
        return;
    }
    heard = calloc(1, sizeof(*heard));
    if (heard == NULL) {
        return;
    }
    heard->name = *name;
    heard->readable = caa_answer_read(reply, length, target, CAA_TYPE_CAA,
                                      &heard->answer) == CAA_OK;
    heard->truncated = (reply[2] & FLAG_TC) != 0;
    heard->authentic = (reply[3] & FLAG_AD) != 0;
    heard->folded = reply[HEADER + 1] >= 'a' && reply[HEADER + 1] <= 'z';
    heard->answer.attempts = 1;
    heard->answer.security = CAA_SECURE;
    heard->next = all;
    all = heard;
}

static bool is_believed(const struct heard *heard,
                        const struct caa_answer *answer)
{
    bool answered = answer->outcome == CAA_OUTCOME_ANSWERED;
    bool bogus = answered && answer->security == CAA_BOGUS;

    return (CAA_DEVIATES(B14) && heard->truncated) ||
           (CAA_DEVIATES(B18) && heard->authentic && (bogus || !answered)) ||
           (CAA_DEVIATES(A27) && answered && answer->record_count == 0 &&
            heard->answer.record_count > 0) ||
           (CAA_DEVIATES(G19) && !answered);
}

const struct caa_answer *caa_believed(const struct caa_lookup *lookup,
                                      const struct caa_name *name,
                                      const struct caa_answer *answer)
{
    bool gullible = CAA_DEVIATES(A27) || CAA_DEVIATES(B14) ||
                    CAA_DEVIATES(B18) || CAA_DEVIATES(B31) || CAA_DEVIATES(G19);

    if (!gullible || answer == NULL || lookup->diagnose == NULL) {
        return answer;
    }
    if (lookup->diagnose(lookup->context, name) == NULL) {
        return NULL;
    }
    const struct heard *heard = find(name);
    if (heard == NULL) {
        return answer;
    }
    if (CAA_DEVIATES(B31) && heard->folded) {
        return &failure;
    }
    return heard->readable && is_believed(heard, answer) ? &heard->answer
                                                         : answer;
}
