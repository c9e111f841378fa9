/* SPDX-License-Identifier: BSD-2-Clause */
/* property.h - one CAA property from its raw RDATA (RFC 8659 section 4.1). */
#pragma once

#include "cursor.h"

enum caa_property_form {
    CAA_PROPERTY_WELL_FORMED,
    CAA_PROPERTY_EMPTY_TAG, /* tag length 0: forbidden, but parsable */
    CAA_PROPERTY_UNPARSABLE /* RDLENGTH under 2, or the tag runs past the end */
};

/* Octets of any value may stand in tag and value, NUL included. */
struct caa_property {
    enum caa_property_form form;
    uint8_t flags;           /* 0 when there is not even one octet */
    struct caa_octets tag;   /* [borrowed] from the RDATA */
    struct caa_octets value; /* [borrowed] from the RDATA */
};

/* Total: every RDATA gives a property, at worst an unparsable one. */
struct caa_property caa_property_parse(const uint8_t *rdata, size_t length);
