/* SPDX-License-Identifier: BSD-2-Clause */
#include "tag.h"

#include "ascii.h"

#include <string.h>

enum { OLD_TAG_MAX = 15, VALUE_MAX = 255 };

static size_t length_before(const struct caa_octets *octets, uint8_t octet)
{
    size_t length = 0;

    while (length < octets->length && octets->data[length] != octet) {
        length++;
    }
    return length;
}

/* How many octets of the tag are compared with a name of `length`. */
static size_t compared_length(const struct caa_octets *tag, size_t length,
                              const struct caa_rules *rules)
{
    switch ((enum caa_rule_tag_match)rules->tag_match) {
    case CAA_TAG_WHOLE:
        break;
    case CAA_TAG_PREFIX:
        return tag->length < length ? tag->length : length;
    case CAA_TAG_TO_NUL:
        return length_before(tag, '\0');
    case CAA_TAG_TO_HYPHEN:
        return length_before(tag, '-');
    }
    return tag->length;
}

static bool tag_is(const struct caa_octets *tag, const char *name,
                   const struct caa_rules *rules)
{
    size_t length = strlen(name);

    if (compared_length(tag, length, rules) != length) {
        return false;
    }
    if (rules->tag_case == CAA_TAG_EXACT) {
        return memcmp(tag->data, name, length) == 0;
    }
    return caa_ascii_equal_nocase(tag->data, (const uint8_t *)name, length);
}

enum caa_tag caa_tag_of(const struct caa_octets *tag,
                        const struct caa_rules *rules)
{
    if (tag_is(tag, "issue", rules)) {
        return CAA_TAG_ISSUE;
    }
    if (tag_is(tag, "issuewild", rules)) {
        return rules->issuewild == CAA_ISSUEWILD_AS_ISSUE ? CAA_TAG_ISSUE
                                                          : CAA_TAG_ISSUEWILD;
    }
    if (tag_is(tag, "issuemail", rules)) {
        return CAA_TAG_ISSUEMAIL;
    }
    return tag_is(tag, "iodef", rules) ? CAA_TAG_IODEF : CAA_TAG_UNKNOWN;
}

bool caa_is_critical(uint8_t flags, const struct caa_rules *rules)
{
    switch ((enum caa_rule_flag)rules->flag) {
    case CAA_FLAG_BIT_0:
        return (flags & 0x80) != 0;
    case CAA_FLAG_ANY_BIT:
        return flags != 0;
    case CAA_FLAG_VALUE_1:
        return (flags & 0x01) != 0;
    case CAA_FLAG_EXACTLY_128:
        return flags == 0x80;
    case CAA_FLAG_EITHER_END:
        return (flags & 0x81) != 0;
    }
    return true;
}

bool caa_property_is_dropped(const struct caa_property *property,
                             const struct caa_rules *rules)
{
    return (property->tag.length > OLD_TAG_MAX &&
            rules->tag_length == CAA_TAG_15_DROPPED) ||
           (property->form == CAA_PROPERTY_EMPTY_TAG &&
            rules->empty_tag == CAA_EMPTY_TAG_SKIP) ||
           ((property->flags & 0x7F) != 0 &&
            rules->reserved == CAA_RESERVED_DROPPED) ||
           (property->value.length > VALUE_MAX &&
            rules->value_end == CAA_VALUE_DROPPED_255);
}

/* RFC 8659 section 4.4 names these schemes; what else an iodef holds is for
 * whoever reports by it. */
static bool is_uri_of_iodef(const struct caa_octets *value)
{
    static const char *const schemes[] = { "mailto:", "http://", "https://" };

    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(schemes[i]);
        if (value->length > length &&
            caa_ascii_equal_nocase(value->data, (const uint8_t *)schemes[i],
                                   length)) {
            return true;
        }
    }
    return false;
}

bool caa_property_is_refused(const struct caa_property *property,
                             const struct caa_rules *rules)
{
    return (property->tag.length > OLD_TAG_MAX &&
            rules->tag_length == CAA_TAG_15_REFUSED) ||
           ((property->flags & 0x7F) != 0 &&
            rules->reserved == CAA_RESERVED_REFUSED) ||
           (rules->iodef == CAA_IODEF_CHECKED &&
            caa_tag_of(&property->tag, rules) == CAA_TAG_IODEF &&
            !is_uri_of_iodef(&property->value));
}
