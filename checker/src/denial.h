/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * denial.h - what the denial of a DS says about the name (RFC 4035 section
 * 5.2, RFC 5155 section 6). The packet must have been validated by others:
 * here it is only read.
 */
#pragma once

#include <caacheck/lookup.h>

enum caa_denial {
    CAA_DENIAL_NO_CUT,  /* the name is in its parent's zone, or unproven */
    CAA_DENIAL_CUT,     /* a delegation, NS bit set, without DS */
    CAA_DENIAL_OPT_OUT, /* an opt-out span lies over the name */
};

/*
 * Reads NSEC and NSEC3 of the authority section for `name`. An NSEC3 counts as
 * a cut only when its hash is that of the name.
 */
enum caa_denial caa_denial_read(const uint8_t *packet, size_t length,
                                const struct caa_name *name);

/*
 * Whether a DS set leaves its zone Insecure: every record has an algorithm or
 * a digest type that no validator of today knows (RFC 4035 section 5.2, RFC
 * 6840 section 5.2). One that cannot be parsed counts as known.
 */
bool caa_ds_all_unknown(const struct caa_rdata *records, size_t count);
