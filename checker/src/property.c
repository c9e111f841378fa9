/* SPDX-License-Identifier: BSD-2-Clause */
#include "property.h"

struct caa_property caa_property_parse(const uint8_t *rdata, size_t length)
{
    struct caa_property property = { .form = CAA_PROPERTY_UNPARSABLE };
    struct caa_cursor cursor = caa_cursor_init(rdata, length);
    uint8_t tag_length = 0;

    if (caa_cursor_u8(&cursor, &property.flags) != CAA_OK ||
        caa_cursor_u8(&cursor, &tag_length) != CAA_OK ||
        caa_cursor_octets(&cursor, tag_length, &property.tag) != CAA_OK ||
        caa_cursor_octets(&cursor, caa_cursor_left(&cursor), &property.value) !=
            CAA_OK) {
        return property;
    }
    property.form =
        tag_length == 0 ? CAA_PROPERTY_EMPTY_TAG : CAA_PROPERTY_WELL_FORMED;
    return property;
}
