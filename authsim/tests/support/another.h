/* SPDX-License-Identifier: BSD-2-Clause */
/* another.h - the parts of a scenario that tests bring in later: HEAD, ZONE and
 * CHECKS in a row are a whole one, with two checks. */
#pragma once

#define ANOTHER_HEAD   \
    "title: Another\n" \
    "sources: [{text: RFC 8659, section: \"3\"}]\n"
#define ANOTHER_ZONE                                \
    "zones:\n"                                      \
    "  - name: zone\n"                              \
    "    dnssec: signed\n"                          \
    "    records: |\n"                              \
    "      www.zone    CAA  0 issue \"{issuer}\"\n" \
    "      other.zone  CAA  0 issue \"{other}\"\n"
#define ANOTHER_CHECKS(first, second)                           \
    "checks:\n"                                                 \
    "  - {id: " first ", names: [www.zone], verdict: permit}\n" \
    "  - {id: " second ", names: [other.zone], verdict: refuse}\n"
