/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * insecure.h - is a name in a zone that is known to have no chain of trust?
 * An answer without AD shows nothing, and the absence of a DS alone does not
 * tell a cut from an ordinary name: the proof is looked for from the top-level
 * domain down, as RFC 4035 section 5.2 has it.
 */
#pragma once

#include <caacheck/lookup.h>

enum caa_shown {
    CAA_SHOWN_NOTHING,      /* Secure, Bogus, Indeterminate or unproven */
    CAA_SHOWN_CUT,          /* a validated denial of DS with the NS bit */
    CAA_SHOWN_OPT_OUT,      /* an opt-out span over the delegation */
    CAA_SHOWN_UNKNOWN_DS,   /* a DS set of only unknown algorithms or digests */
    CAA_SHOWN_BY_VALIDATOR, /* the validator says so, without one of these */
    CAA_SHOWN_NO_FAULT      /* the alias's last target answers: not its fault */
};

struct caa_insecurity {
    enum caa_shown shown;
    struct caa_name zone; /* where it was shown, unless absent */
};

/*
 * Judges `name` and, when it is an alias, every target as well: what failed may
 * be any of them. When they differ the weakest proof is reported; where it
 * cannot be learnt whether a name is an alias, nothing is shown. A target that
 * does answer for CAA means that a resolver's limit failed, not its zone.
 * CAA_PENDING while look-ups are on their way.
 */
CAA_NODISCARD enum caa_status caa_insecure_prove(
    const struct caa_lookup *lookup, const struct caa_name *name,
    struct caa_insecurity *insecurity_out);

/*
 * Whether the trust anchor validates the root's own keys. Where it does not,
 * "insecure" is the lack of a proof and no proof: Indeterminate (RFC 4035
 * section 4.3). CAA_PENDING while the look-up is on its way.
 */
CAA_NODISCARD enum caa_status caa_root_is_secure(
    const struct caa_lookup *lookup, bool *secure_out);

/* Static, e.g. "a denial of DS with the NS bit". */
const char *caa_shown_text(enum caa_shown shown);
