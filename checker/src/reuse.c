/* SPDX-License-Identifier: BSD-2-Clause */
#include "reuse.h"

#include "message.h"

enum {
    EIGHT_HOURS_S = 8 * 60 * 60,
    THIRTY_DAYS_S = 30 * 24 * 60 * 60,
    SOA_MINIMUM_LENGTH = 4
};

static int64_t longer(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static bool lasts_forever(const struct caa_rules *rules)
{
    return rules->reuse == CAA_REUSE_FOREVER;
}

/* How long it stands; negative: not at all. */
static int64_t lifetime_s(const struct caa_rules *rules,
                          const struct caa_earlier *earlier)
{
    int64_t lifetime = -1;

    switch ((enum caa_rule_reuse)rules->reuse) {
    case CAA_REUSE_NONE:
        return -1;
    case CAA_REUSE_LONGER:
    case CAA_REUSE_FOREVER:
        lifetime = longer(earlier->ttl_s, EIGHT_HOURS_S);
        break;
    case CAA_REUSE_THIRTY_DAYS:
        lifetime = longer(earlier->ttl_s, THIRTY_DAYS_S);
        break;
    }
    if (earlier->denial && rules->reuse_denial == CAA_REUSE_DENIAL_LONG) {
        lifetime = longer(lifetime, THIRTY_DAYS_S);
    }
    return lifetime;
}

bool caa_reuse_counts(const struct caa_rules *rules,
                      const struct caa_earlier *earlier, int64_t now_s)
{
    return earlier->checked_s <= now_s &&
           (lasts_forever(rules) ||
            now_s - earlier->checked_s <= lifetime_s(rules, earlier));
}

/* RFC 2181 section 8: the greatest bit makes it nothing. */
static uint32_t sane(uint32_t ttl_s)
{
    return ttl_s > INT32_MAX ? 0 : ttl_s;
}

static uint32_t lesser(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* MINIMUM is the last field of a SOA. */
static uint32_t minimum_of(const struct caa_octets *soa)
{
    uint32_t minimum = 0;

    if (soa->length < SOA_MINIMUM_LENGTH) {
        return 0;
    }
    const uint8_t *field = soa->data + soa->length - SOA_MINIMUM_LENGTH;
    for (size_t i = 0; i < SOA_MINIMUM_LENGTH; i++) {
        minimum = minimum << 8 | field[i];
    }
    return sane(minimum);
}

uint32_t caa_reuse_ttl(const struct caa_answer *answer)
{
    struct caa_message message;
    struct caa_record record = { .section = CAA_SECTION_ANSWER };
    uint32_t ttl_s = UINT32_MAX;
    bool denied = false;

    if (answer->outcome != CAA_OUTCOME_ANSWERED ||
        caa_message_open(answer->packet, answer->packet_length, &message) !=
            CAA_OK) {
        return 0;
    }
    while (record.section != CAA_SECTION_END) {
        if (caa_message_next(&message, &record) != CAA_OK) {
            return 0;
        }
        if (record.section == CAA_SECTION_ANSWER) {
            ttl_s = lesser(ttl_s, sane(record.ttl_s));
        } else if (record.section == CAA_SECTION_AUTHORITY &&
                   record.type == CAA_TYPE_SOA) {
            denied = true;
            ttl_s = lesser(
                ttl_s, lesser(sane(record.ttl_s), minimum_of(&record.rdata)));
        }
    }
    /* A denial without a SOA is not to be kept (RFC 2308 section 5). */
    return denied || answer->record_count > 0 ? ttl_s : 0;
}

void caa_reuse_add(struct caa_earlier *earlier, const struct caa_result *result)
{
    for (size_t i = 0; i < result->step_count; i++) {
        earlier->ttl_s =
            lesser(earlier->ttl_s, caa_reuse_ttl(result->steps[i].answer));
    }
    earlier->denial = earlier->denial || !result->found;
}
