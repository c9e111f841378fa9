/* SPDX-License-Identifier: BSD-2-Clause */
#include "path.h"

#include <string.h>

enum { DEPTH_LIMIT = 16, DEPTH_LOW = 5 }; /* of the deviations of depth */

/* What a reader of public suffixes would have in his list. */
static bool is_public_suffix(const struct caa_name *name)
{
    static const char *const labels[] = { "ac",  "co",  "com", "edu",
                                          "gov", "net", "org" };
    size_t count = caa_name_label_count(name);

    for (size_t i = 0; count == 2 && i < sizeof(labels) / sizeof(labels[0]);
         i++) {
        size_t length = strlen(labels[i]);
        if (name->wire[0] == length &&
            memcmp(name->wire + 1, labels[i], length) == 0) {
            return true;
        }
    }
    return count == 1;
}

static bool starts_with_www(const struct caa_name *name)
{
    return name->length > 4 && memcmp(name->wire, "\003www", 4) == 0;
}

/* Deviations that end the climb for what the name is. */
static bool is_left_out(const struct caa_rules *rules,
                        const struct caa_name *name, size_t labels,
                        size_t asked)
{
    switch ((enum caa_rule_climb)rules->climb) {
    case CAA_CLIMB_TO_TLD:
    case CAA_CLIMB_TO_ROOT:
        break;
    case CAA_CLIMB_SKIP_TLD:
        return labels == 1;
    case CAA_CLIMB_NONE:
    case CAA_CLIMB_REGISTERED:
        return asked > 0;
    case CAA_CLIMB_SKIP_SINGLE:
        return labels == 1 && asked == 0;
    case CAA_CLIMB_PUBLIC_SUFFIX:
        return is_public_suffix(name);
    case CAA_CLIMB_WITH_WWW:
        return asked > 1;
    }
    return false;
}

/* The root is never asked (RFC 8659 section 3). */
bool caa_path_ends(const struct caa_name *name, size_t asked,
                   const struct caa_rules *rules)
{
    static const size_t limits[] = { SIZE_MAX, DEPTH_LIMIT, DEPTH_LOW };
    size_t labels = caa_name_label_count(name);

    return (labels == 0 && rules->climb != CAA_CLIMB_TO_ROOT) ||
           is_left_out(rules, name, labels, asked) ||
           asked >= limits[rules->depth];
}

bool caa_path_ends_after(const struct caa_name *name,
                         const struct caa_subject *subject,
                         const struct caa_rules *rules)
{
    return caa_name_is_root(name) ||
           (subject->wildcard &&
            rules->wildcard_name == CAA_WILDCARD_NO_CLIMB) ||
           (rules->climb == CAA_CLIMB_WITH_WWW && !starts_with_www(name));
}

/* *.x as it stands, where that still is a name. */
static struct caa_name literal_of(const struct caa_name *name)
{
    struct caa_name literal = { .length = 2, .wire = { 1, '*' } };

    if (name->length > CAA_NAME_MAX - 2) {
        return *name;
    }
    memcpy(literal.wire + 2, name->wire, name->length);
    literal.length = (uint8_t)(name->length + 2);
    return literal;
}

/* Where the climb starts: at x, also for *.x (RFC 8659 section 3). */
struct caa_name caa_path_start(const struct caa_subject *subject,
                               const struct caa_rules *rules)
{
    const struct caa_name *name = &subject->name;

    if (subject->wildcard && rules->wildcard_name == CAA_WILDCARD_LITERAL) {
        return literal_of(name);
    }
    if ((subject->wildcard && rules->wildcard_name == CAA_WILDCARD_PARENT) ||
        (rules->start == CAA_START_WITHOUT_WWW && starts_with_www(name))) {
        return caa_name_parent(name);
    }
    return rules->climb == CAA_CLIMB_REGISTERED ? caa_name_suffix(name, 2)
                                                : *name;
}
