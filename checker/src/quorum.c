/* SPDX-License-Identifier: BSD-2-Clause */
#include "quorum.h"

enum { MANY_REMOTES = 6, FEW_REMOTES = 2 };

size_t caa_quorum_allows(const struct caa_rules *rules, size_t remotes)
{
    switch ((enum caa_rule_quorum)rules->quorum) {
    case CAA_QUORUM_NONE:
        return remotes;
    case CAA_QUORUM_BASELINE:
        return remotes >= MANY_REMOTES ? 2 : remotes >= FEW_REMOTES ? 1 : 0;
    case CAA_QUORUM_MAJORITY:
        return remotes > 0 ? (remotes - 1) / 2 : 0;
    case CAA_QUORUM_ALL:
        return 0;
    }
    return 0;
}

void caa_quorum_judge(const struct caa_rules *rules, struct caa_result *result)
{
    size_t against = 0;

    for (size_t i = 0; i < result->remote_count; i++) {
        against += result->remotes[i].verdict == CAA_REFUSE;
    }
    if (result->verdict == CAA_REFUSE ||
        against <= caa_quorum_allows(rules, result->remote_count)) {
        return;
    }
    result->verdict = CAA_REFUSE;
    result->reason = CAA_REASON_NOT_CORROBORATED;
    result->section = caa_section(rules, CAA_TOPIC_QUORUM);
}
