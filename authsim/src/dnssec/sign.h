/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sign.h - RRSIG records over RRsets (RFC 4034 sections 3 and 6).
 *
 * Nothing is signed before it is asked for; what was signed once is kept with
 * its RRset as wire.
 */
#pragma once

#include "arena.h"
#include "keys.h"
#include "rrset.h"

#include <authsim/status.h>

/* The fields of an RRSIG that do not follow from key and RRset, and the bits
 * that are turned over in those that do. */
struct sim_rrsig {
    const uint8_t *signer;
    uint32_t inception_s;
    uint32_t expiration_s;
    uint8_t labels;
    uint8_t algorithm_error;
    uint16_t type_error;
    uint16_t tag_error;
};

/* When signatures are valid: FORMAT and DESIGN, "The universe". */
struct sim_window {
    uint32_t inception_s;
    uint32_t expiration_s;
};

/* From epoch - 1 year to the earlier of epoch + 10 years and 2037-12-31. */
struct sim_window sim_window_valid(int64_t epoch_s);
/* Ended two years before the epoch. */
struct sim_window sim_window_expired(int64_t epoch_s);
/* Begins when the valid one ends. */
struct sim_window sim_window_future(int64_t epoch_s);

/* Labels field of RFC 4034 section 3.1.3: neither the root nor a leading "*"
 * counts. */
uint8_t sim_rrsig_labels(const uint8_t *owner);

/*
 * The octets that are signed: RRSIG RDATA without the signature, then the
 * RRset in canonical form and order.
 *   data_out  [owned] by the caller, free()
 */
SIM_NODISCARD enum sim_status sim_sign_data(const struct sim_rrset *rrset,
                                            const struct sim_rrsig *fields,
                                            const struct sim_key *key,
                                            uint8_t **data_out,
                                            size_t *len_out);

/* One RRSIG RDATA, in arena. */
SIM_NODISCARD enum sim_status sim_sign_rrset(struct sim_keyring *ring,
                                             const struct sim_rrset *rrset,
                                             const struct sim_rrsig *fields,
                                             const struct sim_key *key,
                                             struct sim_arena *arena,
                                             struct sim_rdata *rrsig_out);
