/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tag.h - what tag and flags of a property say (RFC 8659 section 4.1), and the
 * misreadings of them that the rules name.
 */
#pragma once

#include "property.h"

#include <caacheck/rules.h>

enum caa_tag {
    CAA_TAG_ISSUE,
    CAA_TAG_ISSUEWILD,
    CAA_TAG_ISSUEMAIL,
    CAA_TAG_IODEF,
    CAA_TAG_UNKNOWN
};

enum caa_tag caa_tag_of(const struct caa_octets *tag,
                        const struct caa_rules *rules);

/* Whether the property must be understood. */
bool caa_is_critical(uint8_t flags, const struct caa_rules *rules);

/* Deviations: whether the property is passed over, or refuses by its looks. */
bool caa_property_is_dropped(const struct caa_property *property,
                             const struct caa_rules *rules);
bool caa_property_is_refused(const struct caa_property *property,
                             const struct caa_rules *rules);
